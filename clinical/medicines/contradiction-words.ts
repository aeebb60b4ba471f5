/**
 * A contradiction of a dose in the words of the reader. In a record it stands as two sources and what they disagree about, as in
 * `text, short-dose: amount` (clinical/e-prescription/dose.ts).
 */
type Row = readonly [nb: string, nn: string, en: string]

const sources: Readonly<Record<string, Row>> = {
  text: ['teksten', 'teksten', 'the text'],
  extension: ['tilleggsteksten', 'tilleggsteksten', 'the additional text'],
  'short-dose': ['kortdosen', 'kortdosen', 'the short dose'],
  structure: ['oppdelingen i doser', 'oppdelinga i dosar', 'the division into doses'],
  use: ['bruksmåten', 'bruksmåten', 'the use'],
}

const subjects: Readonly<Record<string, Row>> = {
  words: ['ordlyden', 'ordlyden', 'the wording'],
  amount: ['mengden', 'mengda', 'the amount'],
  days: ['hvilke dager', 'kva dagar', 'which days'],
  place: ['når på dagen', 'når på dagen', 'when in the day'],
  use: ['fast bruk eller ved behov', 'fast bruk eller ved behov', 'regular use or as needed'],
}

const columns = { nb: 0, nn: 1, en: 2 } as const

/** A part without a sentence of its own: to stand after a colon, or in one. What is not known is named as it stands in the record. */
export function contradictionWords(stated: string, language: keyof typeof columns): string {
  const [between = '', about = ''] = stated.split(': ')
  const [one, other] = between.split(', ').map((source) => sources[source]?.[columns[language]])
  const subject = subjects[about]?.[columns[language]]
  if (one === undefined || other === undefined || subject === undefined) return stated
  return {
    nb: `${one} og ${other} er ikke enige om ${subject}`,
    nn: `${one} og ${other} er ikkje samde om ${subject}`,
    en: `${one} and ${other} disagree about ${subject}`,
  }[language]
}

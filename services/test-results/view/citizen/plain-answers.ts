/** What laboratories answer most often in words, in the language of the reader; any other answer stands as it was written. */
import { type Language, languages } from '@helsevev/ui/format.ts'

const answers: readonly (readonly [nb: string, nn: string, en: string])[] = [
  ['Vekst', 'Vekst', 'Growth'],
  ['Ingen vekst', 'Ingen vekst', 'No growth'],
  ['Påvist', 'Påvist', 'Found'],
  ['Ikke påvist', 'Ikkje påvist', 'Not found'],
  ['Positiv', 'Positiv', 'Positive'],
  ['Negativ', 'Negativ', 'Negative'],
]

export function plainAnswerOf(text: string, language: Language): string {
  const known = answers.find(([nb]) => nb.toLowerCase() === text.trim().replace(/\.$/, '').toLowerCase())
  return known?.[languages.indexOf(language)] ?? text
}

const susceptibility = {
  S: ['middelet virker', 'middelet verkar', 'the medicine works'],
  I: ['middelet virker i høyere dose', 'middelet verkar i høgare dose', 'the medicine works in a higher dose'],
  R: ['middelet virker ikke', 'middelet verkar ikkje', 'the medicine does not work'],
} as const

/** How a bacterium answers to a medicine, by its code in list 8271; undefined for another code. */
export function plainSusceptibility(code: string | undefined, language: Language): string | undefined {
  return code !== undefined && Object.hasOwn(susceptibility, code)
    ? susceptibility[code as keyof typeof susceptibility][languages.indexOf(language)]
    : undefined
}

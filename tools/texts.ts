/**
 * What people read on the screens, looked over as texts: every row of three languages in the files that hold texts. New tables are found by
 * themselves.
 */
import { globSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'

const languages = ['nb', 'nn', 'en'] as const
type Language = (typeof languages)[number]

/** Files that hold texts, by their names. */
const patterns = [
  'ui/*texts.ts',
  'services/*/view/**/*texts*.ts',
  'portals/*/client/**/*texts*.ts',
  'portals/*/client/texts/*.ts',
  'portals/*/pages/**/*texts*.ts',
  'server/pages/**/*texts.ts',
  'server/pages/to-try.ts',
]

/** One text in three languages. `path` as in `portals/citizen/client/texts.ts texts.home.title`. */
export interface Text {
  path: string
  words: Partial<Record<Language, string>>
}

/** Every text of the screens under `root`. */
export async function textsOf(root: string): Promise<Text[]> {
  const files = [...new Set(patterns.flatMap((pattern) => globSync(pattern, { cwd: root, exclude: ['**/*.test.ts'] })))].sort()
  const loaded = await Promise.all(
    files.map(async (file) => ({ file, exports: (await import(pathToFileURL(join(root, file)).href)) as object })),
  )
  return loaded.flatMap(({ file, exports }) =>
    Object.entries(exports).flatMap(([name, value]) => textsIn(value, `${file.replaceAll('\\', '/')} ${name}`)),
  )
}

const isRow = (value: object): value is [nb: string, nn: string, en: string] =>
  Array.isArray(value) && value.length === 3 && value.every((one) => typeof one === 'string')

/** The rows of a table. */
export function textsIn(value: unknown, path: string): Text[] {
  if (typeof value !== 'object' || value === null) return []
  if (isRow(value)) return [{ path, words: { nb: value[0], nn: value[1], en: value[2] } }]
  return Object.entries(value).flatMap(([key, inner]) => textsIn(inner, `${path}.${key}`))
}

/** Words of bokmål that nynorsk spells or says in another way. */
const bokmalWords = wordsIn(`
  ikke hvordan hva hvem hvor hvorfor hvilken hvilke hvilket hver hvert hvis noen noe jeg fra være vært bare mye hun hennes dere deres en et
  de dem nå selv samme flere mer annen annet ble uten utenfor sier se gjøre gjør velg velge velger åpne åpner åpnet finnes trenger heter
  kommer vises hentes brukes endres sendes deles opplysninger opplysningene tjeneste tjenester tjenesten tjenestene virksomhet virksomheten
  enhet enheten enheter kilde kilden måned måneder uke uker timer dager minutter sykehus sykehuset sykepleier pasienter personer målinger
  avtaler resultater endringer meldinger valgene kommuner henter sperret logget hentet endret siden rettigheter innbygger innbyggere leger
  hjemme begynner tidligere senere ennå`)
/** Words of nynorsk that bokmål spells or says in another way. */
const nynorskWords = wordsIn(`
  ikkje korleis kva kven kvar kvifor nokon noko eg frå vere berre mykje ho dykk ein eit dei sjølv fleire meir annan anna blei utan seier sjå
  gjere gjer opne opnar finst treng heiter kjem opplysningar opplysningane teneste tenester tenesta verksemd eining kjelde månad veke timar
  dagar sjukehus sjukepleiar pasientar personar målingar avtalar hentar`)
const englishWords = 'the of with is are not this your you please click loading error failed settings update'.split(' ')

function wordsIn(text: string): string[] {
  return text.toLowerCase().match(/\p{L}+/gu) ?? []
}
/** Placeholders, addresses and code are no words of ours. */
const plain = (text: string): string => text.replace(/\{\{[^}]*\}\}/g, ' ').replace(/https?:\S+|\S+\.(no|ts|md)\b|`[^`]*`/g, ' ')

const oddWords: Record<Language, Set<string>> = {
  nb: new Set([...nynorskWords, ...englishWords]),
  nn: new Set([...bokmalWords, ...englishWords]),
  en: new Set(['ikke', 'og', 'eller', 'ikkje', 'opplysninger']),
}

/** Words in one sentence, at most: what one reads in one breath. */
const longestSentence = 28

const signs: readonly [sign: RegExp, fault: string][] = [
  [/!/, 'has an exclamation mark'],
  [/\.\.\./, 'has three full stops: use …'],
  [/ {2}|^\s|\s$/, 'has a space too many'],
  [/vennligst|ver venleg|\bplease\b/i, 'begs: say what to do'],
  [/\b(feilkode|exception|undefined|JSON|HTTP|token)\b/i, 'has a word of programmers'],
]

/** What is wrong with a text, one sentence for each fault. */
export function faultsOf({ path, words }: Text): string[] {
  const faults: string[] = []
  const names = (language: Language) => (words[language]?.match(/\{\{\w+/g) ?? []).sort().join()
  for (const language of languages) {
    const text = words[language]
    if (text === undefined || text.trim() === '') {
      faults.push(`${path} is not there in ${language}.`)
      continue
    }
    if (names(language) !== names('nb')) faults.push(`${path} (${language}) does not name the same values as nb.`)
    for (const [sign, fault] of signs) if (sign.test(text)) faults.push(`${path} (${language}) ${fault}: ${text}`)
    for (const word of new Set(wordsIn(plain(text))))
      if (oddWords[language].has(word)) faults.push(`${path} (${language}) has “${word}”: ${text}`)
    for (const sentence of plain(text).split(/[.?:;]\s+/))
      if (wordsIn(sentence).length > longestSentence)
        faults.push(
          `${path} (${language}) has a sentence of ${wordsIn(sentence).length} words, and may have ${longestSentence}: ${sentence}`,
        )
  }
  return faults
}

/**
 * What people read on the screens, looked over as texts: every row of three languages in the files that hold texts. A file is found by what
 * it holds, so that a new table is looked over wherever it lies.
 */
import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'

const languages = ['nb', 'nn', 'en'] as const
type Language = (typeof languages)[number]

const source = '{clinical,kernel,panel,portals,server,services,ui}/**/*.ts'
const notShown = ['**/node_modules/**', '**/*.test.ts', '**/*.types.ts', '**/testing/**', 'server/seed/**']

/** A table of rows, as `texts` of `ui/texts.ts` makes it. */
const rowTable = /\btexts\(\{/
/** A text under the names of the languages, or whole tables under them. */
const namedTexts = /\bnn: ['"`[{]|\{ nb, nn, en \}/

/** One text in three languages. `path` as in `portals/citizen/client/texts.ts texts.home.title`. */
export interface Text {
  path: string
  words: Partial<Record<Language, string>>
}

/** Every text of the screens under `root`. */
export async function textsOf(root: string): Promise<Text[]> {
  const found = globSync(source, { cwd: root, exclude: notShown })
    .sort()
    .map((file) => ({ file, content: readFileSync(join(root, file), 'utf8') }))
    .filter(({ content }) => rowTable.test(content) || namedTexts.test(content))
  const loaded = await Promise.all(
    found.map(async ({ file, content }) => ({
      file,
      hasRows: rowTable.test(content),
      exports: (await import(pathToFileURL(join(root, file)).href)) as object,
    })),
  )
  return loaded.flatMap(({ file, hasRows, exports }) =>
    Object.entries(exports).flatMap(([name, value]) => {
      const path = `${file.replaceAll('\\', '/')} ${name}`
      return hasRows ? textsIn(value, path) : namedTextsIn(value, path)
    }),
  )
}

const isRow = (value: object): value is [nb: string, nn: string, en: string] =>
  Array.isArray(value) && value.length === 3 && value.every((one) => typeof one === 'string')

/** The rows of a table, and what stands under the names of the languages. */
export function textsIn(value: unknown, path: string): Text[] {
  if (!isObject(value)) return []
  if (isRow(value)) return [{ path, words: { nb: value[0], nn: value[1], en: value[2] } }]
  if (isNamed(value)) return sideBySide(value, path)
  return Object.entries(value).flatMap(([key, inner]) => textsIn(inner, `${path}.${key}`))
}

/** What stands under the names of the languages, where a list of three strings need not be a text. */
function namedTextsIn(value: unknown, path: string, within: readonly object[] = []): Text[] {
  if (!isObject(value) || within.includes(value)) return []
  if (isNamed(value)) return sideBySide(value, path)
  return Object.entries(value).flatMap(([key, inner]) => namedTextsIn(inner, `${path}.${key}`, [...within, value]))
}

/** An object literal or a list: instances of classes, such as schemas, hold no texts. */
function isObject(value: unknown): value is Record<string, unknown> {
  if (typeof value !== 'object' || value === null) return false
  return Array.isArray(value) || Object.getPrototypeOf(value) === Object.prototype
}

function isNamed(value: object): value is Partial<Record<Language, unknown>> {
  const held = Object.keys(value).filter((key) => languages.some((language) => language === key))
  return held.length > 1 && Object.values(value).every((inner) => typeof inner === 'string' || isObject(inner))
}

/** Texts of three tables that have the same form, one for each language. */
function sideBySide(tables: Partial<Record<Language, unknown>>, path: string): Text[] {
  const given = Object.entries(tables).filter(([language]) => languages.some((one) => one === language))
  const keys = new Set(given.flatMap(([, table]) => (isObject(table) ? Object.keys(table) : [])))
  if (keys.size === 0) return [{ path, words: tables as Text['words'] }]
  return [...keys].flatMap((key) =>
    sideBySide(
      Object.fromEntries(given.map(([language, table]) => [language, isObject(table) ? table[key] : undefined])),
      `${path}.${key}`,
    ),
  )
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
const plain = (text: string): string => text.replace(/\{\{?[^}]*\}\}?/g, ' ').replace(/https?:\S+|\S+\.(no|ts|md)\b|`[^`]*`/g, ' ')

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
  const names = (language: Language) => (words[language]?.match(/\{\w+/g) ?? []).sort().join()
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

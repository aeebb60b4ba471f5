/**
 * How texts are written and typed: flat tables with one row to a text, in three languages. A row with a language left out does not compile,
 * nor does a key that no table has.
 */
import type { TFunction } from 'i18next'
import type { Language } from './format.ts'

/** A text in bokmål, nynorsk and English. `{{name}}` stands for a value; `_one` and `_other` at the end of a key are forms of a plural. */
export type Row = readonly [nb: string, nn: string, en: string]
export type TextTable = Readonly<Record<string, Row>>

/** A table of texts; its keys and the values that each text needs are known to the compiler. */
export function texts<const Table extends TextTable>(table: Table): Table {
  return table
}

/**
 * Every i18next namespace with its table. A package adds its own:
 * `declare module '@helsevev/ui/texts.ts' { interface Namespaces { news2: typeof news2Texts } }`.
 */
// biome-ignore lint/suspicious/noEmptyInterface: packages add to it
export interface Namespaces {}
export type Namespace = keyof Namespaces

declare module 'i18next' {
  interface CustomTypeOptions {
    defaultNS: 'ui'
    keySeparator: false
    nsSeparator: false
    strictKeyChecks: true
    /** The compiler reads the values that a text needs from its bokmål. */
    resources: {
      [Name in Namespace]: { [Key in keyof Namespaces[Name]]: Namespaces[Name][Key] extends Row ? Namespaces[Name][Key][0] : never }
    }
  }
}

/** `t` of a namespace: takes its keys only. */
export type Words<Name extends Namespace> = TFunction<Name>

/** The words of a namespace, and the language they are in. */
export interface Wording<Name extends Namespace> {
  t: Words<Name>
  language: Language
}

type Values = Readonly<Record<string, string | number>>

/** The beginnings of a table's keys: `kind` where there is `kind.weight`. */
type Group<Name extends Namespace> = GroupOf<keyof Namespaces[Name]>
type GroupOf<Key> = Key extends `${infer First}.${infer Rest}` ? First | `${First}.${GroupOf<Rest>}` : never

/**
 * The text `{group}.{code}` for a code that comes from outside; undefined where there is none. A code of a closed list needs no help:
 * t(`band.${band}`).
 */
export function codedText<Name extends Namespace>(t: Words<Name>, group: Group<Name>, code: string, values?: Values): string | undefined {
  return foundText(t, `${group}.${code}`, values)
}

/** The text of a key that only the running page knows; undefined where there is none. */
export function foundText<Name extends Namespace>(t: Words<Name>, key: string, values: Values = {}): string | undefined {
  const text = (t as (key: string, values: Values) => string)(key, values)
  return text === key ? undefined : text
}

/** The texts `{group}.0`, `{group}.1` and so on, as points of a list. */
export function numberedTexts<Name extends Namespace>(t: Words<Name>, group: Group<Name>, values: Values = {}): string[] {
  const found: string[] = []
  for (let index = 0; ; index += 1) {
    const text = foundText(t, `${group}.${index}`, values)
    if (text === undefined) return found
    found.push(text)
  }
}

const columns = { nb: 0, nn: 1, en: 2 } as const

/** A text in one language, where no `t` is at hand. */
export function rowIn(row: Row, language: Language): string {
  return row[columns[language]]
}

/** One language of a table, as i18next takes it. */
export function inLanguage(table: TextTable, language: Language): Record<string, string> {
  return Object.fromEntries(Object.entries(table).map(([key, row]) => [key, rowIn(row, language)]))
}

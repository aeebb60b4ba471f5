/** The kinds of values that options and positionals take: how each is read, and the sentence about one that is wrong. */
import { existsSync } from 'node:fs'
import { isLogicalId } from '@helsevev/kernel/store/ids'
import { instant, period } from '@helsevev/kernel/values/dates'

export interface ValueKind<T> {
  /** Stands for the value in the usage. */
  readonly word: string
  /** Ends the sentence "--option takes …". */
  readonly rule: string
  readonly example: string
  /** A path of this computer, which may hold what looks like an identity number. */
  readonly isPath?: true
  /** Undefined when the text is none. */
  read(text: string): T | undefined
}

const form = (pattern: RegExp) => (text: string) => (pattern.test(text) ? text : undefined)

export const text: ValueKind<string> = { word: 'TEXT', rule: 'a text', example: '"Petra Berg"', read: (given) => given }
export const id: ValueKind<string> = { word: 'ID', rule: 'an id', example: 'abcdefghijkl', read: (given) => given || undefined }
export const organizationNumber: ValueKind<string> = {
  word: 'NUMBER',
  rule: 'an organisation number, nine digits',
  example: '964338531',
  read: form(/^\d{9}$/),
}
export const hprNumber: ValueKind<string> = {
  word: 'HPR-NUMBER',
  rule: 'an HPR number, one to nine digits',
  example: '990000001',
  read: form(/^\d{1,9}$/),
}
export const municipalityNumber: ValueKind<string> = {
  word: 'NUMBER',
  rule: 'a municipality number, four digits',
  example: '0301',
  read: form(/^\d{4}$/),
}
export const uuid: ValueKind<string> = {
  word: 'UUID',
  rule: 'a UUID',
  example: '5b1c2f9e-7a52-4f6e-9d52-0c4a3c1f0e11',
  read: form(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i),
}
/** The id of a record or choice as the API writes it. What it names is read when the database is open, since its key lies there. */
export const recordId: ValueKind<string> = {
  word: 'ID',
  rule: 'an id as the API and the lists write it, in letters',
  example: 'kcmhdjapgbofnleijkpmlgodbhcfnaeg',
  read: (given) => (isLogicalId(given) ? given : undefined),
}
export const wholeNumber: ValueKind<number> = {
  word: 'N',
  rule: 'a whole number from 1',
  example: '2',
  read: (given) => (/^[1-9]\d{0,5}$/.test(given) ? Number(given) : undefined),
}
/** A number of requests, or a seed. */
export const count: ValueKind<number> = {
  word: 'N',
  rule: 'a whole number from 1 to 999999999',
  example: '1000000',
  read: (given) => (/^[1-9]\d{0,8}$/.test(given) ? Number(given) : undefined),
}
export const yesOrNo: ValueKind<boolean> = {
  word: 'yes|no',
  rule: 'yes or no',
  example: 'yes',
  read: (given) => ({ yes: true, no: false })[given],
}
export const day: ValueKind<string> = {
  word: 'DAY',
  rule: 'a day of the calendar',
  example: '2026-12-31',
  read: (given) => (/^\d{4}-\d{2}-\d{2}$/.test(given) && period(given) ? given : undefined),
}

const aTime = { word: 'TIME', rule: 'a day or a time, Norwegian unless a zone is given', example: '2026-12-31 or 2026-12-31T12:00' }

/** The first instant of a day, or the instant of a time. */
export const time: ValueKind<Date> = { ...aTime, read: instant }
/** As `time`; a day is within what ends then. */
export const endOfTime: ValueKind<Date> = { ...aTime, read: (given) => period(given)?.end }
/** Null is without end. */
export const timeOrNever: ValueKind<Date | null> = {
  word: 'TIME|never',
  rule: `${aTime.rule}, or never`,
  example: '2026-12-31 or never',
  read: (given) => (given === 'never' ? null : instant(given)),
}
export const path: ValueKind<string> = {
  word: 'PATH',
  rule: 'a file or folder',
  example: 'messages/',
  isPath: true,
  read: (given) => given || undefined,
}
/** Not looked for before the command runs, which says why it cannot be read. */
export const anyFile: ValueKind<string> = { ...path, word: 'FILE', rule: 'a file', example: 'people.csv' }
export const file: ValueKind<string> = {
  word: 'FILE',
  rule: 'a file that exists',
  example: 'technical.log',
  isPath: true,
  read: (given) => (existsSync(given) ? given : undefined),
}
export const address: ValueKind<string> = {
  word: 'URL',
  rule: 'an address that starts with http:// or https://',
  example: 'http://localhost:8080',
  read: (given) => (/^https?:$/.test(URL.parse(given)?.protocol ?? '') ? given : undefined),
}

/** Several texts with commas between them. */
export function listOf(word: string, example: string): ValueKind<string[]> {
  return { word: `${word},${word}`, rule: 'one or several, with commas between them', example, read: listed }
}

/** One of a few words. */
export function oneOf<const Word extends string>(words: readonly Word[]): ValueKind<Word> {
  const rule = words.length === 1 ? `${words[0]}` : `one of ${words.join(', ')}`
  return { word: words.join('|'), rule, example: `${words[0]}`, read: (given) => words.find((word) => word === given) }
}

/** Another word in the usage for the same kind. */
export function called<T>(word: string, kind: ValueKind<T>): ValueKind<T> {
  return { ...kind, word }
}

function listed(given: string): string[] {
  return given
    .split(',')
    .map((one) => one.trim())
    .filter((one) => one !== '')
}

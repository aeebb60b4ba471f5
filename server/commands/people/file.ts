/** People to add, from flags or a file: every fault at once, with its place, and no identity number in any of them. */
import { type Column, readRows } from '@helsevev/kernel/codes/read-rows'
import { classify, type IdentityNumberKind, redactIdentityNumbers } from '@helsevev/kernel/values/identity-number'

export interface NewPerson {
  number: string
  /** Only where the number's own form does not show it. */
  system?: IdentityNumberKind
  /** YYYY-MM-DD */
  birthDate?: string
  givenName?: string
  familyName?: string
  gender?: (typeof genders)[number]
  /** Municipality number, as in 0301. */
  municipality?: string
}

type Field = Exclude<keyof NewPerson, 'system'>
type Written = { [Name in Field]?: string | undefined }

interface PersonFault {
  field: Field
  text: string
}

export const genders = ['male', 'female', 'other', 'unknown'] as const

/** In words, and the rule; a field that is absent breaks only the rule of the number. */
export const rules: Record<Field, { expected: string; holds: (value: string) => boolean }> = {
  number: {
    expected: 'a national identity number, D-number or help number, eleven digits whose check digits agree',
    holds: (value) => classify(value) !== undefined,
  },
  birthDate: { expected: 'a day that has been, as in 1950-05-17', holds: isPastDay },
  givenName: { expected: 'a name without digits', holds: isName },
  familyName: { expected: 'a name without digits', holds: isName },
  gender: { expected: `one of ${genders.join(', ')}`, holds: (value) => genders.some((gender) => gender === value) },
  municipality: { expected: 'four digits, as in 0301', holds: (value) => /^\d{4}$/.test(value) },
}

const fields = Object.keys(rules) as Field[]

export function personFaults(person: Written): PersonFault[] {
  return fields
    .filter((field) => (person[field] ? !rules[field].holds(person[field]) : field === 'number'))
    .map((field) => ({ field, text: `${person[field] ? 'Wrong' : 'Missing'} ${field}: expected ${rules[field].expected}.` }))
}

/** The people of a .json file (an array of objects) or a .csv file (a header row), or one sentence per fault. */
export function readPeople(path: string, text: string): { people: NewPerson[] } | { faults: string[] } {
  const read = path.toLowerCase().endsWith('.json') ? fromJson(text) : fromCsv(text)
  if ('faults' in read) return { faults: read.faults.map((fault) => `${path}: ${redactIdentityNumbers(fault)}`) }
  const faults = read.rows.flatMap(({ place, person }) => personFaults(person).map((fault) => `${path}: ${place}: ${fault.text}`))
  faults.push(...repeated(read.rows).map((place) => `${path}: ${place}: the number stands in the file already. Keep one of the two.`))
  return faults.length > 0 ? { faults: [...faults, 'Nobody was added.'] } : { people: read.rows.map(({ person }) => person as NewPerson) }
}

type Read = { rows: { place: string; person: Written }[] } | { faults: string[] }

function fromCsv(text: string): Read {
  const columns = fields.map((name): Column & { name: Field } => ({ name, expected: rules[name].expected, required: name === 'number' }))
  const read = readRows({ name: 'people', columns, key: ['number'] }, text)
  if ('faults' in read) {
    return { faults: read.faults.map(({ line, column, rule, remedy }) => `line ${line}${column ? `, ${column}` : ''}: ${rule} ${remedy}`) }
  }
  return { rows: read.rows.map(({ line, values }) => ({ place: `line ${line}`, person: withoutEmpty(values) })) }
}

function fromJson(text: string): Read {
  let content: unknown
  try {
    content = JSON.parse(text)
  } catch {
    // The message of the parser repeats the text around the fault, which may be a number.
    return { faults: ['is not JSON.'] }
  }
  if (!Array.isArray(content)) return { faults: [`holds no array. Write [{ "number": "...", "birthDate": "1950-05-17" }].`] }
  const faults = content.flatMap((one, index) => shapeFaults(one).map((fault) => `person ${index + 1}: ${fault}`))
  if (faults.length > 0) return { faults }
  return { rows: content.map((one, index) => ({ place: `person ${index + 1}`, person: withoutEmpty(one as Written) })) }
}

function shapeFaults(one: unknown): string[] {
  if (typeof one !== 'object' || one === null) return ['expected an object.']
  return Object.entries(one).flatMap(([name, value]) => {
    if (!fields.includes(name as Field)) return [`there is no field ${name}. There are ${fields.join(', ')}.`]
    return typeof value === 'string' ? [] : [`${name} must be a text, in quotes.`]
  })
}

function withoutEmpty(person: Written): Written {
  return Object.fromEntries(Object.entries(person).flatMap(([name, value]) => (value?.trim() ? [[name, value.trim()]] : [])))
}

function repeated(rows: { place: string; person: Written }[]): string[] {
  const seen = new Set<string>()
  return rows.flatMap(({ place, person: { number = '' } }) => {
    if (number && seen.has(number)) return [place]
    seen.add(number)
    return []
  })
}

function isPastDay(value: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(value)) return false
  const time = Date.parse(`${value}T00:00:00Z`)
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(value) && time <= Date.now() && value >= '1850-01-01'
}

function isName(value: string): boolean {
  return value.length <= 200 && !/\d/.test(value)
}

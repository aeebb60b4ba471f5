/**
 * Several entries of one fact, as one fact with its sources. An organisation that may not read the entry of another one registers its own
 * (docs/decisions/0042-duplicates-of-what-may-not-be-read.md); who may see both is shown one fact with two sources. The functions are pure,
 * and are given nothing but what the reader may see.
 */
import { ICD_10, volven } from '@helsevev/clinical/systems'
import { categoryOf, type Entry, extensionUrls, labelOf, mainCodingOf, recordedOf, standingOf } from './entry.ts'

type Canonical = (system: string) => string

/** One fact: the entries that state it, the one that was registered first in front. */
export type Fact<E extends Entry = Entry> = readonly [E, ...E[]]

/**
 * The same category and the same main code, in any spelling of its list, make the same fact; an entry that was entered in error is no fact.
 */
export function factOf(entry: Entry, canonical: Canonical): string | undefined {
  const category = categoryOf(entry, canonical)
  if (!category || standingOf(entry, new Date(0)) === 'entered-in-error') return undefined
  const main = mainCodingOf(entry)
  if (!main) return `${category.code}|${labelOf(entry).trim().toLowerCase()}`
  const system = canonical(main.system ?? '')
  // ICD-10 codes are written both with and without a point.
  const code = system === ICD_10 ? main.code?.replace('.', '').toUpperCase() : main.code
  return `${category.code}|${system}|${code}`
}

/**
 * The entries as facts, in the order of their first entries. Entries are sources of one fact when they say the same: the same fact by its
 * category and code, and the same in everything else that they state (status, certainty, severity, reactions, period, notes). Where they
 * differ in anything, each stands by itself, so that no difference is hidden.
 */
export function factsIn<E extends Entry>(entries: readonly E[], canonical: Canonical = listOf): Fact<E>[] {
  const facts = new Map<string, [E, ...E[]]>()
  for (const [at, entry] of entries.entries()) {
    const key = factOf(entry, canonical)
    const said = key === undefined ? `${at}` : `${key} ${statementOf(entry, canonical)}`
    const known = facts.get(said)
    if (known) known.push(entry)
    else facts.set(said, [entry])
  }
  return [...facts.values()].map(firstRegistered)
}

/** A list of Volven by its number, however the system is spelt. For who has not the spellings of the installation at hand. */
export function listOf(system: string): string {
  const number = /^(?:urn:[ou]id:)?2\.16\.578\.1\.12\.4\.1\.1\.(\d{4})$|(?:^|[._-])(\d{4})$/.exec(system)
  return number ? volven(Number(number[1] ?? number[2])) : system
}

function firstRegistered<E extends Entry>(entries: [E, ...E[]]): Fact<E> {
  // An entry without a time of registration is the later one. Two of the same time stand in the order of their ids.
  const time = (entry: E) => Date.parse(recordedOf(entry) ?? '9999-12-31')
  return entries.sort((one, other) => time(one) - time(other) || (one.id ?? '').localeCompare(other.id ?? ''))
}

/** Who says it, where and when, and what the server adds. Everything else is what an entry states. */
const ofTheSource = new Set(['id', 'meta', 'text', 'language', 'identifier', 'patient', 'subject', 'encounter', 'recorder', 'recordedDate'])
const ofTheType: Readonly<Record<Entry['resourceType'], readonly string[]>> = {
  AllergyIntolerance: ['asserter', 'code'],
  Condition: ['asserter', 'code', 'category'],
  Procedure: ['asserter', 'code', 'category'],
  DeviceUseStatement: ['source', 'recordedOn', 'device'],
  Flag: ['author', 'code', 'category'],
}
const extensionsOfTheSource = new Set<string>([
  extensionUrls.updater,
  extensionUrls.updated,
  extensionUrls.recorded,
  extensionUrls.source,
  'http://helsevev.no/fhir/StructureDefinition/data-controller',
])

/** What the entry states in addition to its category and code, as a text that is the same for the same statement. */
function statementOf(entry: Entry, canonical: Canonical): string {
  const left = new Set([...ofTheSource, ...ofTheType[entry.resourceType], 'contained', 'extension'])
  const stated = Object.entries(entry).filter(([name]) => !left.has(name))
  const extension = (entry.extension ?? []).filter(({ url }) => !extensionsOfTheSource.has(url ?? ''))
  const contained = (entry.contained ?? [])
    .filter(({ resourceType }) => resourceType !== 'PractitionerRole' && resourceType !== 'Practitioner' && resourceType !== 'Organization')
    .map(({ id: _id, ...rest }) => (rest.resourceType === 'Device' ? { ...rest, type: undefined } : rest))
  const note = 'note' in entry ? (entry.note ?? []).map(({ text }) => text) : []
  return written({ ...Object.fromEntries(stated), note, extension, contained, label: labelOf(entry).trim().toLowerCase() }, canonical)
}

/** JSON in which neither the order of members and of repeated elements nor the words of a coded value count. */
function written(value: unknown, canonical: Canonical): string {
  if (Array.isArray(value))
    return `[${value
      .map((one) => written(one, canonical))
      .sort()
      .join()}]`
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? ''
  const members = Object.entries(codedOnly(value, canonical)).filter(([, one]) => one !== undefined && !isEmpty(one))
  return `{${members
    .map(([name, one]) => `${JSON.stringify(name)}:${written(one, canonical)}`)
    .sort()
    .join()}}`
}

/** A coding is its system and code; the text of a concept counts where it says something else than the display of its code. */
function codedOnly(value: object, canonical: Canonical): object {
  const { system, code, coding, text } = value as { system?: unknown; code?: unknown; coding?: unknown; text?: unknown }
  if (typeof code === 'string' && typeof system === 'string') return { system: canonical(system), code }
  if (!Array.isArray(coding) || typeof text !== 'string') return value
  const displays = coding.map((one: { display?: string }) => one.display?.trim().toLowerCase())
  return displays.includes(text.trim().toLowerCase()) ? { ...value, text: undefined } : value
}

function isEmpty(value: unknown): boolean {
  return Array.isArray(value) && value.length === 0
}

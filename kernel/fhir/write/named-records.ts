/**
 * What a resource names by the addresses that this server gives: `Observation/{id}`, with or without a version and a base, in whatever
 * element. A record names records of the same person in the same service alone, and only those that the writer finds: a record of another
 * person, one that is hidden from the writer and one that never was are refused in the same words.
 * docs/decisions/0075-references-stay-with-the-person.md
 */
import type { Decision } from '../../access/decision.ts'
import { type Issue, isProblem } from '../../problem/problem.ts'
import { type PatientKey, parseGivenId, type RecordId } from '../../store/ids.ts'
import { isSamePerson } from '../../store/visibility.ts'
import { someString, visitStrings } from '../../values/tree.ts'
import { authorize } from '../authorize.ts'
import type { ServiceExchange } from '../exchange.ts'
import { records } from '../records.ts'
import type { Content } from './content.ts'

interface NamedRecord {
  type: string
  patient: PatientKey
  id: RecordId
  version: string | undefined
}

/** Returns those of the records that the writer finds, about the person of the resource. */
export type FindNamed = (named: readonly NamedRecord[]) => Promise<ReadonlySet<NamedRecord>>

/** A type and an id of ours. The ids of others are seldom of this form, and what they name is not stored here. */
const ADDRESS = /(?:^|\/)([A-Za-z]{2,64})\/([a-p]{32}|[a-p]{1,16}-[a-p]{1,16})(?![A-Za-z0-9.-])(?:\/_history\/([^/?#]{1,64}))?/g
/** The shortest address of ours, in the older form. */
const SHORTEST = 19
const LETTERS_OF_AN_ID = /[a-p]{14}/

/** Whether a text may be one, as nearly none is; an address may also be written with per cent signs. */
function mayName(text: string): boolean {
  return text.length >= SHORTEST && (text.includes('%') || (text.includes('/') && LETTERS_OF_AN_ID.test(text)))
}

/** The records that a text names, when it is an address: sentences are none. */
function namedIn(text: string): NamedRecord[] {
  if (!mayName(text) || /\s/.test(text)) return []
  return [...decoded(text).matchAll(ADDRESS)].flatMap(([, type = '', id = '', version]) => {
    const key = parseGivenId(id)
    return key ? [{ type, ...key, version }] : []
  })
}

/** How the records that a resource names are found. */
export interface Naming {
  find: FindNamed
  /** The places whose text is replaced by the id of another entry of the same Bundle. */
  links?: (resource: object) => ReadonlySet<string>
}

/**
 * Finds the records of the person among those of the writer's own organisation, and else among those that a read of the writer opens. All
 * are asked for alike, so that neither the answer nor the time that it takes depends on what is there and may not be read. What `previous`
 * names of the person, the version that is replaced, may stay.
 */
export function findFor(exchange: ServiceExchange, decision: Decision, previous?: object): FindNamed {
  const { bound } = exchange.kernel.rows
  return async (named) => {
    const held = new Set(previous ? namedRecordsIn(previous).map(keyOf) : [])
    const found = new Set(named.filter((one) => held.has(keyOf(one)) && isSamePerson(decision.patient, one.patient)))
    const among = async (opened: Decision) => {
      const ids = [...new Set(named.flatMap((one) => (found.has(one) ? [] : [one.id])))]
      const rows = await bound(records, opened).byId(ids, ids.length)
      for (const one of named) if (rows.some((row) => isThis(one, row))) found.add(one)
    }
    await among(decision)
    if (named.every((one) => found.has(one))) return found
    const { outcome: reading } = await authorize(exchange, 'read', { key: decision.patient.key })
    if (!isProblem(reading)) await among(reading)
    return found
  }
}

function keyOf({ type, patient, id }: NamedRecord): string {
  return `${type} ${patient} ${id}`
}

function isThis(named: NamedRecord, row: { type: string; patient: PatientKey; id: RecordId; version: number }): boolean {
  if (keyOf(named) !== keyOf({ ...row, version: undefined })) return false
  return named.version === undefined || (/^[1-9]\d{0,8}$/.test(named.version) && Number(named.version) <= row.version)
}

/** Errors for addresses of records that the writer does not find. */
export async function unfoundIn(content: Content, { find, links }: Naming): Promise<Issue[]> {
  const named = placesIn(content)
  if (named.length === 0) return []
  const replaced = links?.(content)
  const places = replaced ? named.filter(({ expression }) => !replaced.has(expression)) : named
  const found = await find(places.flatMap((place) => place.named))
  return places.filter(({ named }) => !named.every((one) => found.has(one))).map(({ expression }) => unfound(expression))
}

/** Errors for addresses of records that the same request takes away. What the replaced version named may stay, as in `findFor`. */
export function removedIn(content: Content, removed: ReadonlySet<RecordId>, previous?: object): Issue[] {
  const held = new Set(previous ? namedRecordsIn(previous).map(keyOf) : [])
  const isGone = (one: NamedRecord) => removed.has(one.id) && !held.has(keyOf(one))
  return placesIn(content).flatMap(({ named, expression }) => (named.some(isGone) ? unfound(expression) : []))
}

/** The records that a resource names. */
function namedRecordsIn(resource: object): NamedRecord[] {
  return placesIn(resource as Content).flatMap(({ named }) => named)
}

function placesIn(content: Content): { expression: string; named: NamedRecord[] }[] {
  const places: ReturnType<typeof placesIn> = []
  if (!someString(content, mayName)) return places
  const { resourceType, ...elements } = content
  visitStrings(elements, resourceType, (text, expression) => {
    const named = namedIn(text)
    if (named.length > 0) places.push({ expression, named })
  })
  return places
}

function unfound(expression: string): Issue {
  const text = [
    'You have no record of this person in this service with this address.',
    'Refer to a record of the same person that you can read, or give its identifier in place of the address.',
  ].join(' ')
  return { severity: 'error', type: 'not-found', code: 'reference-not-resolved', text, expression }
}

function decoded(text: string): string {
  try {
    return text.includes('%') ? decodeURIComponent(text) : text
  } catch {
    // A stray per cent sign.
    return text
  }
}

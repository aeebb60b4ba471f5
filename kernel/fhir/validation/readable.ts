/**
 * Stored records as readers may trust them. A record that was stored before a rule may have another shape than its type, and one such
 * record must not take others from a screen, a summary or an operation. What has a wrong shape is taken out, as small as it can be: the
 * display of a code, and not the code. A record that then lacks what FHIR requires of its type cannot be read.
 * docs/decisions/0057-readers-are-safe.md
 */
import type { Bundle, BundleEntry, OperationOutcome, Resource } from '@medplum/fhirtypes'
import { copyJson, parseJson, writeJson } from '../../values/json.ts'
import { NOTHING_SYSTEM } from '../outcome.ts'
import { Compiler } from './compile.ts'
import { Walk } from './walk.ts'

/** The rules of shape. Other faults leave a record that can be read. */
const SHAPE = new Set(['json-type', 'empty', 'blank', 'format', 'choice', 'unknown-element', 'unknown-type'])
/** Taking out a member can leave its holder empty: deeper than records are nested, nothing is left to take out. */
const ROUNDS = 12

/** How many records an answer lacks, in its outcome. */
const UNREADABLE_COUNT = 'http://helsevev.no/fhir/StructureDefinition/unreadable-count'

/** Codes need no other names here: whether a code is the right one is no matter of shape. */
const compiler = new Compiler({ canonical: (system) => system, display: () => undefined, known: () => false, equivalents: () => [] })

/** The record with the shape of its type, the same object when it has it; undefined when it cannot be read. */
function readable<R extends Resource>(record: R): R | undefined {
  let sound = record
  for (let round = 0; round < ROUNDS; round++) {
    const walk = new Walk(sound)
    compiler.resource(sound, walk)
    const wrong = walk.issues.flatMap(({ code }, at) => {
      const place = walk.places[at] ?? []
      if (SHAPE.has(code)) return [place]
      // An element without what it requires goes as a whole: a component without a code says nothing.
      return code === 'cardinality' ? [place.slice(0, -1)] : []
    })
    // The server gave it an id, by which readers know it.
    if (wrong.length === 0) return typeof sound.id === 'string' ? sound : undefined
    if (wrong.some((place) => place.length === 0)) return undefined
    sound = without(sound, wrong)
  }
  return undefined
}

/** Stored text as `readable` gives it. Its decimals are written with the digits that were sent (kernel/values/json.ts). */
export function readableText<R extends Resource>(text: string): R | undefined {
  const stored = parseJson(text)
  return typeof stored === 'object' && stored !== null ? readable(stored as R) : undefined
}

/** The same as text: as it is stored where nothing is wrong with its shape. */
export function readableAsText(text: string): string | undefined {
  const stored = parseJson(text)
  if (typeof stored !== 'object' || stored === null) return undefined
  const sound = readable(stored as Resource)
  return sound === stored ? text : sound && writeJson(sound)
}

/** A copy without the members at the places. */
function without<R extends Resource>(record: R, places: readonly (string | number)[][]): R {
  const copy = copyJson(record)
  const lists = new Set<unknown[]>()
  for (const place of places) {
    const holder = place.slice(0, -1).reduce<unknown>((value, step) => (value as Record<string, unknown> | undefined)?.[step], copy)
    const last = place.at(-1) ?? ''
    if (typeof holder !== 'object' || holder === null) continue
    delete (holder as Record<string, unknown>)[last]
    if (Array.isArray(holder)) lists.add(holder)
  }
  // Members are taken out of their lists last, so that the numbers of the places stay right.
  for (const list of lists) list.splice(0, list.length, ...Object.values(list))
  return copy
}

/** A search result with records that can be read. What cannot be is counted in an outcome, so that the rest does not look complete. */
export function readableBundle(bundle: Bundle): Bundle {
  if (!Array.isArray(bundle.entry)) return bundle
  let unreadable = 0
  const entry = bundle.entry.flatMap((one): BundleEntry[] => {
    if (!one.resource || one.search?.mode === 'outcome') return [one]
    const resource = readable(one.resource)
    if (!resource) unreadable += 1
    return resource ? [resource === one.resource ? one : { ...one, resource }] : []
  })
  if (unreadable > 0)
    entry.push({ search: { mode: 'outcome' }, resource: { resourceType: 'OperationOutcome', issue: [unreadableIssue(unreadable)] } })
  return { ...bundle, entry }
}

/** What an answer says of records that cannot be read. */
export function unreadableIssue(count: number): OperationOutcome['issue'][number] {
  return {
    extension: [{ url: UNREADABLE_COUNT, valueUnsignedInt: count }],
    severity: 'warning',
    code: 'incomplete',
    details: {
      coding: [{ system: NOTHING_SYSTEM, code: 'unreadable' }],
      text: `${count} of the records cannot be read: they were stored in a form that FHIR does not have. Ask the data controller.`,
    },
  }
}

/** The ids that the entries of a Bundle get, by which its other entries refer to them. */
import type { Issue } from '../../problem/problem.ts'
import { logicalId, type PatientKey, placeText, type RecordId, referenceByPlace } from '../../store/ids.ts'
import { referenceIn, tokenText } from '../../store/read-records.ts'
import { isSamePerson } from '../../store/visibility.ts'
import type { ServiceExchange } from '../exchange.ts'
import { removedIn } from './named-records.ts'
import type { ChangeRequest, Planned } from './plan.ts'
import { addressOf, linksTo, notResolved, unresolvedIn } from './references.ts'
import type { Change } from './store-writes.ts'

export interface PlannedEntry {
  /** The place in the Bundle. */
  index: number
  request: ChangeRequest
  planned: Planned
}

/** Gives a fact that is stored already the id it has, so that references from other entries point to it. */
export async function keepKnownIds({ kernel, service }: ServiceExchange, changes: readonly Change[]): Promise<void> {
  const creates = changes.filter((change) => change.kind === 'create')
  if (creates.length === 0) return
  const known = await kernel.rows.store.known(
    service.id,
    creates.map(({ write }) => write.record),
  )
  // What the same Bundle deletes is not there when its creates are stored.
  const deleted = new Set(changes.flatMap((change) => (change.kind === 'delete' ? [change.id] : [])))
  for (const change of creates) {
    const { patient, businessKey } = change.write.record
    const found = known.find((record) => record.patient === patient && record.businessKey === businessKey)
    if (found && !deleted.has(found.id)) change.id = found.id
  }
}

/** Ids by `addressOf` of the fullUrl, also of entries whose condition matched what was there already. */
export function assignedIds(planned: readonly PlannedEntry[]): AssignedIds {
  return new Map(
    planned.flatMap(({ request: { fullUrl, type }, planned }) => {
      const id = idOf(planned)
      return fullUrl && id !== undefined ? [[addressOf(fullUrl), { type, patient: planned.decision.patient.key, id }]] : []
    }),
  )
}

function idOf(planned: Planned): AssignedId['id'] | undefined {
  if ('existing' in planned) return planned.existing.deleted ? undefined : planned.existing.id
  const { change } = 'same' in planned ? planned.same : planned
  return change.kind === 'delete' ? undefined : change.id
}

/** The fullUrl of each entry that is stored, for references relative to it. */
export function fullUrlsOf(planned: readonly PlannedEntry[]): ReadonlyMap<Change, string> {
  return new Map(
    planned.flatMap(({ request: { fullUrl }, planned }) => (fullUrl && 'change' in planned ? [[planned.change, fullUrl] as const] : [])),
  )
}

/**
 * Errors for references to an entry that makes no record, to an entry about another person, whose key would stand in this record, to a
 * record that the same Bundle deletes, and for a urn that no entry has. `entries` by `addressOf` of the fullUrl, the refused ones too.
 */
export function faultyLinks(
  planned: readonly PlannedEntry[],
  entries: ReadonlyMap<string, unknown>,
  ids: AssignedIds,
): { entry: PlannedEntry; faults: Issue[] }[] {
  const addresses = new Map([...entries.keys()].map((address) => [address, address]))
  const removed = new Set(
    planned.flatMap(({ planned }) => ('change' in planned && planned.change.kind === 'delete' ? [planned.change.id] : [])),
  )
  return planned.flatMap((entry) => {
    const { request, planned } = entry
    if (!('change' in planned) || planned.change.kind === 'delete') return []
    const { content } = planned.change.write
    const links = linksTo(content, addresses, request.fullUrl).flatMap(({ target, expression }) => {
      const id = ids.get(target)
      if (!id) return notResolved(expression)
      return isSamePerson(planned.decision.patient, id.patient) ? [] : toAnotherPerson(expression)
    })
    const gone = removed.size > 0 ? removedIn(content, removed, planned.previous) : []
    const faults = [...links, ...gone, ...unresolvedIn(content, entries, request.fullUrl)]
    return faults.length > 0 ? [{ entry, faults }] : []
  })
}

function toAnotherPerson(expression: string): Issue {
  return {
    severity: 'error',
    type: 'business-rule',
    code: 'reference-to-another-person',
    text: 'The entry referred to is about another person. A resource refers to resources of the same person.',
    expression,
  }
}

/** The record that each entry of a Bundle becomes, by fullUrl. */
export type AssignedIds = ReadonlyMap<string, AssignedId>

export interface AssignedId {
  type: string
  patient: PatientKey
  id: RecordId
}

/**
 * Replaces references to other entries (urn:uuid:…) with references to the ids that these entries were given, in the content and in the
 * search tokens. Changes the writes in place. `ids` by `addressOf` of the fullUrl; `fullUrls` for entries that refer relative to their own.
 */
export function rewriteReferences(changes: readonly Change[], ids: AssignedIds, fullUrls?: ReadonlyMap<Change, string>): void {
  if (ids.size === 0) return
  // After an attempt that failed, the references are those of that attempt, and the tokens those of before it.
  const byAddress = new Map([...ids].map(([address, target]) => [referenceByPlace(address), target]))
  for (const change of changes) {
    if (change.kind === 'delete') continue
    const { content, record } = change.write
    const links = linksTo(content, ids, fullUrls?.get(change))
    if (links.length === 0) continue
    const byPlace = new Map<string, AssignedId>()
    for (const { holder, element, target } of links) {
      byPlace.set(referenceByPlace((holder as Record<string, string>)[element] ?? ''), target)
      Object.assign(holder, { [element]: relative(target) })
    }
    record.tokens = record.tokens.map((token) => {
      const { name, text } = referenceIn(token)
      const target = text === undefined ? undefined : (byPlace.get(text) ?? byAddress.get(text))
      return target ? tokenText(name, '', `${target.type}/${placeText(target.patient, target.id)}`) : token
    })
  }
}

function relative({ type, patient, id }: { type: string; patient: PatientKey; id: RecordId }): string {
  return `${type}/${logicalId(patient, id)}`
}

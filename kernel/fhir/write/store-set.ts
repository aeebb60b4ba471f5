/**
 * Stores one version of a record set, all of it or nothing. A new member is created, an equal member stays, a changed member gets a new
 * version, and a member that is left out is removed. An older version changes nothing, so that the result is the same in any order of
 * arrival.
 */

import { type Problem, problem } from '../../problem/problem.ts'
import { logicalId, type RecordId } from '../../store/ids.ts'
import type { NewRecord, SetVersion, TakenKey } from '../../store/record.ts'
import type { ServiceExchange } from '../exchange.ts'
import { actorIdsOf } from '../record-access.ts'
import { type AssignedId, rewriteReferences } from './bundle-references.ts'
import { completed, derives, storeDerived } from './derived.ts'
import { type PreparedWrite, sameContent } from './prepare-write.ts'
import type { StoreTransaction } from './record-store.ts'
import { addressOf } from './references.ts'
import { type Change, isReplacement, newRecord, settled, settleTaken } from './store-writes.ts'
import { Conflict, type StoredChange, stored } from './stored-change.ts'

export interface SetMember {
  fullUrl: string
  write: PreparedWrite
}

export interface StoredSet {
  outcome: 'stored' | 'unchanged' | 'older'
  /** The record of the first member, as it stands now; absent when an older version left none. */
  head: { id: RecordId; version: number; type: string } | undefined
  /** The changes that were made, removals and what depends on them included. */
  changes: StoredChange[]
}

/** Work in the same transaction, which is done even when an older or the same version changes nothing. A `Conflict` undoes all of it. */
export type Together = (tx: StoreTransaction) => Promise<void>

/** What applies to a set that all writers share. */
export interface SharedSet {
  /** The rank of the version that the writer has read; undefined where it does not say. */
  basedOn: string | undefined
  /** Members that stay whatever the version leaves out. */
  hidden: ReadonlySet<RecordId>
  /** Whether what the writer sends may be a version of none of them: the writer has read the set, and cannot have read these. */
  isRead?: boolean
  /** Sets that organisations have of their own next to this one, by key: the newest of all holds, and a newer one takes them over. */
  beside?: readonly string[]
  /** What the writer sees of them. */
  seen?: ReadonlySet<RecordId>
}

/** A set that all writers share was begun by another organisation meanwhile. */
export class SetOfAnother extends Error {}

/**
 * Returns `business-key-conflict` when others write the same facts all the time, `version-conflict` when another version of a shared set
 * stands than the one that was read, and the problem of a `Conflict` that `together` throws. Throws `SetOfAnother`.
 */
export async function storeSet(
  exchange: ServiceExchange,
  set: Omit<SetVersion, 'recorded'>,
  members: readonly SetMember[],
  { together, shared }: { together?: Together | undefined; shared?: SharedSet | undefined } = {},
): Promise<StoredSet | Problem> {
  const { kernel } = exchange
  const { actor: writer } = await actorIdsOf(exchange)
  const recorded = kernel.clock()
  const drafts: Drafts = { members, ids: members.map(() => kernel.ids.recordId()) }
  return await settled(async (attempt) => {
    const whole =
      attempt === 1 && !together && !shared && !derives(exchange.service)
        ? await storeFirst(exchange, { set, drafts, writer, recorded })
        : undefined
    if (whole) return whole
    return await kernel.rows.store.begin(async (tx): Promise<StoredSet> => {
      const fresh = attempt === 1 && !together && !shared ? await storeFresh(tx, exchange, { set, drafts, writer, recorded }) : undefined
      if (fresh) return fresh
      await together?.(tx)
      const locked = shared && (await tx.lockSet(set))
      const beside = await besideOf(tx, set, shared)
      const newest = newestOf([...(locked ? [locked] : []), ...beside])
      if (shared) checkShared(shared, set, locked, newest)
      const isPassed = newest !== undefined && newest !== locked && isNewer(newest, set)
      const [claim, standing] = await Promise.all([isPassed ? 'older' : tx.claimSet({ ...set, recorded }), tx.membersOfSet(set)])
      if (claim !== 'claimed') return { outcome: claim === 'same' ? 'unchanged' : 'older', head: headOf(standing, members), changes: [] }
      const taken = beside.flatMap((one) => one.members.filter(({ id }) => shared?.seen?.has(id)))
      const replaced = await replaceMembers(tx, exchange, { set, drafts, standing, taken, writer, recorded, shared })
      const derived = await storeDerived(exchange, tx, replaced.changes, { writer, recorded })
      return { ...replaced, changes: [...replaced.changes, ...derived] }
    })
  })
}

/** The members with the ids by which they refer to each other. A member that is stored already keeps its own id. */
interface Drafts {
  members: readonly SetMember[]
  ids: RecordId[]
}

interface Storing {
  set: Omit<SetVersion, 'recorded'>
  drafts: Drafts
  writer: string
  recorded: Date
}

interface Replacement extends Storing {
  standing: readonly TakenKey[]
  /** Members of the sets next to this one, which it takes over. */
  taken: readonly TakenKey[]
  shared: SharedSet | undefined
}

type Locked = Awaited<ReturnType<StoreTransaction['lockSet']>>

/** The version that stands already is no conflict: it is sent again. `newest`: of the set and those next to it. */
function checkShared({ basedOn }: SharedSet, set: Storing['set'], standing: Locked, newest: Locked): void {
  if (standing && standing.controller !== set.controller) throw new SetOfAnother('Another organisation has begun the set.')
  const rank = newest?.rank ?? ''
  if (basedOn !== undefined && basedOn !== rank && rank !== set.rank) throw new Conflict(problem('version-conflict'))
}

/** A set whose members are all gone was taken over before. */
async function besideOf(tx: StoreTransaction, set: Storing['set'], { beside = [] }: Partial<SharedSet> = {}) {
  const found: (NonNullable<Locked> & { members: TakenKey[] })[] = []
  for (const key of beside) {
    const locked = await tx.lockSet({ ...set, key })
    const members = locked ? await tx.membersOfSet({ ...set, key }) : []
    if (locked && members.length > 0) found.push({ ...locked, members })
  }
  return found
}

type Aged = Pick<SetVersion, 'version' | 'rank'>

function newestOf<T extends Aged>(sets: readonly T[]): T | undefined {
  return sets.reduce<T | undefined>((newest, one) => (!newest || isNewer(one, newest) ? one : newest), undefined)
}

function isNewer(one: Aged, other: Aged): boolean {
  const [at, then] = [one.version.getTime(), other.version.getTime()]
  return at > then || (at === then && one.rank > other.rank)
}

/** Stores the usual message, a set that is not known yet, in one statement. Undefined when a version of the set is known. */
async function storeFirst({ kernel }: ServiceExchange, { set, drafts, writer, recorded }: Storing): Promise<StoredSet | undefined> {
  if (drafts.members.length === 0) return undefined
  const changes = changesOf(set, drafts, drafts.ids)
  const records = changes.map(({ write, id }) => newRecord(write, id, 1, writer, recorded))
  if (!(await kernel.rows.store.createSet({ ...set, recorded }, records))) return undefined
  return firstOf(records, [])
}

/** The same of a set whose members others complete: in a transaction, since they are read first. */
async function storeFresh(tx: StoreTransaction, exchange: ServiceExchange, storing: Storing): Promise<StoredSet | undefined> {
  const { set, drafts, writer, recorded } = storing
  if (drafts.members.length === 0) return undefined
  const { changes, standing } = await completed(exchange, tx, changesOf(set, drafts, drafts.ids), recorded)
  const records = changes.map(({ write, id }) => newRecord(write, id, 1, writer, recorded))
  if (!(await tx.createSet({ ...set, recorded }, records))) return undefined
  const derived = await storeDerived(
    exchange,
    tx,
    records.map((record) => stored(record, 'created')),
    {
      writer,
      recorded,
      fresh: { records, standing },
    },
  )
  return firstOf(records, derived)
}

function firstOf(records: readonly NewRecord[], derived: readonly StoredChange[]): StoredSet {
  const [head] = records
  return {
    outcome: 'stored',
    head: head && { id: head.id, version: head.version, type: head.type },
    changes: [...records.map((record) => stored(record, 'created')), ...derived],
  }
}

async function replaceMembers(
  tx: StoreTransaction,
  exchange: ServiceExchange,
  { set, drafts, standing, taken: beside, writer, recorded, shared }: Replacement,
): Promise<StoredSet> {
  const { kernel, service } = exchange
  const byKey = new Map(standing.map((record) => [record.businessKey, record]))
  // Members keep their ids over versions, so that references to them stay right.
  const ids = drafts.members.map(({ write }) => byKey.get(write.record.businessKey ?? '')?.id ?? kernel.ids.recordId())
  const { changes } = await completed(exchange, tx, changesOf(set, drafts, ids), recorded)
  const fresh = changes.filter(({ write }) => !byKey.has(write.record.businessKey ?? ''))
  const created = fresh.map(({ write, id }) => newRecord(write, id, 1, writer, recorded))
  const taken = created.length > 0 ? await tx.create(created) : []
  const results: StoredChange[] = []
  const next: NewRecord[] = []
  const made = new Map(created.map((record) => [record.id, record]))
  for (const { write, id } of changes) {
    const before = byKey.get(write.record.businessKey ?? '')
    if (before && shared?.isRead && shared.hidden.has(before.id)) throw new Conflict(problem('business-key-conflict'))
    const elsewhere = before ? undefined : taken.find(({ businessKey }) => businessKey === write.record.businessKey)
    if (elsewhere) results.push(await settleTaken(tx.addVersion, write, elsewhere, writer, recorded))
    else if (!before) results.push(stored(made.get(id) ?? newRecord(write, id, 1, writer, recorded), 'created'))
    else if (sameContent(before.content, write)) results.push({ ...before, outcome: 'unchanged' })
    else {
      const record = newRecord(write, id, before.version + 1, writer, recorded)
      next.push(record)
      results.push(stored(record, 'updated'))
    }
  }
  if ((await tx.addVersions(next)).length < next.length) throw new Conflict(problem('version-conflict'))
  const kept = new Set(results.map(({ id }) => id))
  for (const { patient, id, version, type, controller } of [...standing, ...beside]) {
    if (kept.has(id) || shared?.hidden.has(id)) continue
    const isRemoved = await tx.addTombstone({ patient, id, expected: version, at: recorded, writer })
    if (!isRemoved) throw new Conflict(problem('version-conflict'))
    results.push({ patient, id, version: version + 1, type, controller, recorded, content: undefined, outcome: 'deleted' })
  }
  await tx.remakeMeasured(results.filter(isReplacement(service)))
  const [head] = results
  return { outcome: 'stored', head: head && { id: head.id, version: head.version, type: head.type }, changes: results }
}

function headOf(standing: readonly TakenKey[], [head]: readonly SetMember[]): StoredSet['head'] {
  const found = standing.find(({ businessKey }) => businessKey === head?.write.record.businessKey)
  return found && { id: found.id, version: found.version, type: found.type }
}

/**
 * The members as changes under these ids. References are rewritten in place: after an attempt that failed, they hold the ids of that
 * attempt and are found by them.
 */
function changesOf(set: Storing['set'], drafts: Drafts, ids: RecordId[]): (Change & { kind: 'create' })[] {
  const changes = drafts.members.map(({ write }, index) => ({
    kind: 'create' as const,
    id: ids[index] ?? missing(),
    write: { ...write, record: { ...write.record, setKey: set.key } },
  }))
  const assigned: Map<string, AssignedId> = new Map()
  for (const [index, { fullUrl, write }] of drafts.members.entries()) {
    const { patient, type } = write.record
    const id = ids[index] ?? missing()
    assigned.set(addressOf(fullUrl), { type, patient, id })
    const before = drafts.ids[index] ?? id
    if (before !== id) assigned.set(`${type}/${logicalId(patient, before)}`, { type, patient, id })
  }
  rewriteReferences(changes, assigned)
  drafts.ids = ids
  return changes
}

function missing(): never {
  throw new Error('A member has an id.')
}

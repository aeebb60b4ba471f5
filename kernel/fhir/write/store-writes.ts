/**
 * Stores prepared writes: all of them or none. When a business key is taken, the write changes nothing or becomes a new version; it is
 * refused where the patient has one entry for the fact, shared by all writers.
 */

import type { Resource } from '@medplum/fhirtypes'
import { type Problem, problem } from '../../problem/problem.ts'
import { logicalId, type PatientKey, type RecordId } from '../../store/ids.ts'
import type { NewRecord, TakenKey } from '../../store/record.ts'
import { attempts } from '../../values/attempts.ts'
import type { ServiceExchange } from '../exchange.ts'
import { actorIdsOf } from '../record-access.ts'
import type { InformationService } from '../service.ts'
import { completed, derives, storeDerived } from './derived.ts'
import { contentText, type PreparedWrite, sameContent } from './prepare-write.ts'
import type { StoreTransaction } from './record-store.ts'
import { Conflict, type StoredChange, stored } from './stored-change.ts'

export type Change =
  | { kind: 'create'; write: PreparedWrite; id: RecordId }
  | { kind: 'update'; write: PreparedWrite; id: RecordId; expected: number }
  | { kind: 'delete'; patient: PatientKey; id: RecordId; expected: number; type: string }

/** How often a write is tried when two writers create the same fact at the same moment. */
const ATTEMPTS = 3

/** What became of each change, in their order, and of other records that depend on them (derived.ts). */
export interface StoredChanges {
  results: StoredChange[]
  derived: StoredChange[]
}

export async function storeChanges(exchange: ServiceExchange, changes: readonly Change[]): Promise<StoredChanges | Problem> {
  const { kernel } = exchange
  const { actor: writer } = await actorIdsOf(exchange)
  const recorded = kernel.clock()
  return await settled(async () => await storeOnce(exchange, changes, writer, recorded))
}

/**
 * Tries again when others wrote the same facts at the same moment. Returns `business-key-conflict` when they do so each time, and the
 * problem of a `Conflict` that `work` throws.
 */
export async function settled<T>(work: (attempt: number) => Promise<T>): Promise<T | Problem> {
  try {
    return await attempts(work, { times: ATTEMPTS, again: isContention, spent: () => problem('business-key-conflict') })
  } catch (error) {
    if (error instanceof Conflict) return error.problem
    throw error
  }
}

async function storeOnce(exchange: ServiceExchange, changes: readonly Change[], writer: string, recorded: Date): Promise<StoredChanges> {
  const whole = derives(exchange.service) ? undefined : await storeNew(exchange, changes, writer, recorded)
  if (whole) return { results: whole, derived: [] }
  return await exchange.kernel.rows.store.begin(async (tx) => {
    const made = derives(exchange.service) ? await completedChanges(tx, exchange, changes, recorded) : changes
    const results = await storeEach(tx, exchange, made, writer, recorded)
    return { results, derived: await storeDerived(exchange, tx, results, { writer, recorded }) }
  })
}

async function completedChanges(tx: StoreTransaction, exchange: ServiceExchange, changes: readonly Change[], now: Date): Promise<Change[]> {
  const { changes: writes } = await completed(
    exchange,
    tx,
    changes.filter((change) => change.kind !== 'delete'),
    now,
  )
  const byId = new Map(writes.map((write) => [write.id, write]))
  return changes.map((change) => byId.get(change.id) ?? change)
}

/** Stores the common cases, one new fact and only new facts, which are one statement; undefined where the changes are others. */
async function storeNew(
  { kernel }: ServiceExchange,
  changes: readonly Change[],
  writer: string,
  recorded: Date,
): Promise<StoredChange[] | undefined> {
  const [only] = changes
  if (changes.length === 1 && only?.kind === 'create') {
    const record = newRecord(only.write, only.id, 1, writer, recorded)
    const [taken] = await kernel.rows.store.create([record])
    if (!taken) return [stored(record, 'created')]
    if (!only.write.declaration.measurements) return [await settleTaken(kernel.rows.store.addVersion, only.write, taken, writer, recorded)]
  }
  const records = newRecords(changes, writer, recorded)
  const isAllNew = changes.length > 1 && records.size === changes.length && (await kernel.rows.store.createAll([...records.values()]))
  return isAllNew ? [...records.values()].map((record) => stored(record, 'created')) : undefined
}

function newRecords(changes: readonly Change[], writer: string, recorded: Date): Map<RecordId, NewRecord> {
  const creates = changes.filter((change) => change.kind === 'create')
  return new Map(creates.map(({ write, id }) => [id, newRecord(write, id, 1, writer, recorded)]))
}

async function storeEach(
  tx: StoreTransaction,
  { service }: ServiceExchange,
  changes: readonly Change[],
  writer: string,
  recorded: Date,
): Promise<StoredChange[]> {
  const made = newRecords(changes, writer, recorded)
  const records = [...made.values()]
  // Deletes come first (http://hl7.org/fhir/R4/http.html#trules), so that a record can be replaced by one with the same identifier.
  const removed = new Map<Change, StoredChange>()
  for (const change of changes) if (change.kind === 'delete') removed.set(change, await tombstone(tx, change, writer, recorded))
  const taken = records.length > 0 ? await tx.create(records) : []
  const results: StoredChange[] = []
  for (const change of changes) {
    const gone = removed.get(change)
    if (gone) results.push(gone)
    else if (change.kind === 'create') {
      const record = made.get(change.id) ?? newRecord(change.write, change.id, 1, writer, recorded)
      const { patient, businessKey } = change.write.record
      // Two persons may each have a fact with the same key: a source may number per person, or measure many persons at once.
      const match = taken.find((candidate) => candidate.patient === patient && candidate.businessKey === businessKey)
      results.push(match ? await settleTaken(tx.addVersion, change.write, match, writer, recorded) : stored(record, 'created'))
    } else if (change.kind === 'update') {
      const record = newRecord(change.write, change.id, change.expected + 1, writer, recorded)
      if (!(await tx.addVersion(record))) throw new Conflict(problem('version-conflict'))
      results.push(stored(record, 'updated'))
    }
  }
  await tx.remakeMeasured(results.filter(isReplacement(service)))
  return results
}

/** Selects the changes after which the summaries by day are made again. */
export function isReplacement(service: InformationService): (change: StoredChange) => boolean {
  return ({ type, outcome }) => service.resources[type]?.measurements !== undefined && (outcome === 'updated' || outcome === 'deleted')
}

/**
 * Settles a write whose business key is taken: the same content changes nothing, other content becomes the next version, which `add`
 * stores.
 */
export async function settleTaken(
  add: (record: NewRecord) => Promise<boolean>,
  write: PreparedWrite,
  taken: TakenKey,
  writer: string,
  recorded: Date,
): Promise<StoredChange> {
  const { patient, controller } = write.record
  const { id, version, type } = taken
  const isOwn = taken.controller === controller
  if (isOwn && (sameContent(taken.content, write) || isOlder(taken.content, write)))
    return { patient, id, version, type, controller, recorded: taken.recorded, content: taken.content, outcome: 'unchanged' }
  if (write.declaration.uniqueWithin === 'patient') {
    if (isOwn || write.mayChangeShared || write.ownKey === undefined) throw new Conflict(duplicateEntry(taken))
    // Another writer was first, a moment ago, with an entry that this writer may not read: it is stored as its own.
    write.record.businessKey = write.ownKey
    throw new TakenMeanwhile('The shared key was taken while the write was under way.')
  }
  const record = newRecord(write, id, version + 1, writer, recorded)
  if (!(await add(record))) throw new Conflict(problem('business-key-conflict'))
  return stored(record, 'updated')
}

function isOlder(standing: string, { declaration, content }: PreparedWrite): boolean {
  return declaration.isOlder?.(content as unknown as Resource, JSON.parse(standing) as Resource) ?? false
}

/** Names the entry and nothing of its content: to read it is decided like any other look-up. */
function duplicateEntry({ patient, id, type }: TakenKey): Problem {
  const reference = `${type}/${logicalId(patient, id)}`
  const rule = `The same fact is registered already, as ${reference}, and all organisations share one entry for it.`
  return problem('duplicate-entry', `${rule} Nothing was stored. Read the entry, and send corrections to it with PUT and If-Match.`, {
    expression: type,
  })
}

async function tombstone(
  tx: StoreTransaction,
  change: Extract<Change, { kind: 'delete' }>,
  writer: string,
  recorded: Date,
): Promise<StoredChange> {
  const { patient, id, expected, type } = change
  if (!(await tx.addTombstone({ patient, id, expected, at: recorded, writer }))) throw new Conflict(problem('version-conflict'))
  return { patient, id, version: expected + 1, type, controller: undefined, recorded, content: undefined, outcome: 'deleted' }
}

export function newRecord(write: PreparedWrite, id: RecordId, version: number, writer: string, recorded: Date): NewRecord {
  return {
    ...write.record,
    id,
    version,
    recorded,
    writer,
    content: contentText(write.content, write.record.patient, id, version, recorded),
  }
}

class TakenMeanwhile extends Error {}

/** Whether others write the same facts: one was stored meanwhile (23505), or two requests waited for each other (40P01). */
function isContention(error: unknown): boolean {
  if (error instanceof TakenMeanwhile) return true
  return typeof error === 'object' && error !== null && 'code' in error && (error.code === '23505' || error.code === '40P01')
}

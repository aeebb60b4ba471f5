/**
 * The set that all writers share, such as the list of medication of a patient: it is one for a patient and a service, and every
 * organisation that may read it writes it.
 * docs/decisions/0077-a-record-set-that-all-writers-share.md
 */
import type { Decision } from '../../access/decision.ts'
import { isProblem } from '../../problem/problem.ts'
import type { RecordId } from '../../store/ids.ts'
import { authorize } from '../authorize.ts'
import type { ServiceExchange } from '../exchange.ts'
import { type BoundRecords, records } from '../records.ts'
import { type Ledger, newLedger } from '../rows.ts'
import type { RecordSet } from '../service.ts'
import { uuidOf } from './prepare-write.ts'

/** The stored set that a version belongs to. */
export interface TargetSet {
  key: string
  /** Who answers for the set: the organisation that sent its first version. */
  controller: string
  /** Present for a set that all writers share. */
  shared?: {
    /** What a read by the writer opens, and what it disclosed. */
    rows: BoundRecords
    ledger: Ledger
    /** Members that the writer may see. */
    seen: ReadonlySet<RecordId>
    /** Members that the writer may not see: they stay, whatever the new version leaves out. */
    hidden: ReadonlySet<RecordId>
  }
}

/** The key of a set that a data controller has for itself. */
export function setKeyOf(controller: string, key: string): string {
  return uuidOf(`${controller}|set|${key}`)
}

/** A set is read in one statement. */
const MOST_MEMBERS = 1000

/**
 * Where this version is stored. A writer who may not read the shared set has one of its own, as where there is none: a refusal would show
 * that it is there (docs/decisions/0042-duplicates-of-what-may-not-be-read.md).
 */
export async function targetSet(exchange: ServiceExchange, decision: Decision, rows: BoundRecords, set: RecordSet): Promise<TargetSet> {
  const { kernel, service } = exchange
  const { organization, patient } = decision
  const own = { key: setKeyOf(organization, set.key), controller: organization }
  if (!set.shared) return own
  const key = uuidOf(`patient|set|${set.key}`)
  const standing = await kernel.rows.store.standingSet({ patient: patient.key, service: service.id, key })
  if (!standing) return { key, controller: organization, shared: { rows, ledger: newLedger(), seen: new Set(), hidden: new Set() } }
  const isOwn = standing.controller === organization
  // What is kept from a person is kept in the own organisation too; its system reads what it has sent.
  const isPerson = exchange.caller.kind === 'person'
  const reading = isOwn && !isPerson ? decision : await readingOf(exchange, decision)
  if (!reading) return own
  const ledger = newLedger()
  const open = kernel.rows.bound(records, reading, ledger)
  const seen = new Set((await open.byId(standing.members, MOST_MEMBERS)).map(({ id }) => id))
  if (seen.size === 0 && (!isOwn || (isPerson && standing.members.length > 0))) return own
  const hidden = new Set(standing.members.filter((id) => !seen.has(id)))
  return { key, controller: standing.controller, shared: { rows: open, ledger, seen, hidden } }
}

async function readingOf(exchange: ServiceExchange, { patient }: Decision): Promise<Decision | undefined> {
  const { outcome } = await authorize(exchange, 'read', { key: patient.key })
  return isProblem(outcome) ? undefined : outcome
}

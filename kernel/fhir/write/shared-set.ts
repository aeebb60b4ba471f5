/**
 * The set that all writers share, such as the list of medication of a patient: it is one for a patient and a service, and every
 * organisation that may read it writes it.
 * docs/decisions/0077-a-record-set-that-all-writers-share.md
 */
import type { Decision } from '../../access/decision.ts'
import { isProblem } from '../../problem/problem.ts'
import type { RecordId } from '../../store/ids.ts'
import { authorize, authorizedStaff } from '../authorize.ts'
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
    /** Sets that organisations have of their own, next to the shared one, and that the writer reads: a newer version takes them over. */
    beside: readonly string[]
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
  if (!standing)
    return { key, controller: organization, shared: { rows, ledger: newLedger(), seen: new Set(), hidden: new Set(), beside: [] } }
  const isOwn = standing.controller === organization
  const isPerson = exchange.caller.kind === 'person'
  const reading = await readingOf(exchange, decision, set)
  // What is kept from a person is kept in the own organisation too; its system reads what it has sent.
  const opened = isOwn && !isPerson ? decision : reading
  if (!opened) return own
  const ledger = newLedger()
  const open = kernel.rows.bound(records, opened, ledger)
  const seen = new Set((await open.byId(standing.members, MOST_MEMBERS)).map(({ id }) => id))
  if (seen.size === 0 && (!isOwn || (isPerson && standing.members.length > 0))) return own
  const hidden = new Set(standing.members.filter((id) => !seen.has(id)))
  const others = await setsBeside(exchange, reading ?? opened, set)
  const alsoOpen = kernel.rows.bound(records, reading ?? opened, ledger)
  const named = others.flatMap(({ members }) => members)
  if (named.length > 0) for (const { id } of await alsoOpen.byId(named, MOST_MEMBERS)) seen.add(id)
  const beside = others.filter(({ members }) => members.some((id) => seen.has(id))).map((one) => one.key)
  return { key, controller: standing.controller, shared: { rows: open, ledger, seen, hidden, beside } }
}

/** The sets that organisations have of their own, of those whose records the writer reads. */
async function setsBeside({ kernel, service }: ServiceExchange, { controllers, patient }: Decision, { key }: RecordSet) {
  const keys = controllers.map((controller) => setKeyOf(controller, key))
  return await kernel.rows.store.standingSets({ patient: patient.key, service: service.id, keys })
}

/**
 * A system reads nothing of others. What it sends as the whole set replaces what the staff of its organisation would read; it cannot state
 * which version it is based on.
 */
async function readingOf(exchange: ServiceExchange, { patient }: Decision, { basedOn }: RecordSet): Promise<Decision | undefined> {
  if (exchange.caller.kind === 'system') return basedOn === undefined ? await authorizedStaff(exchange, { key: patient.key }) : undefined
  const { outcome } = await authorize(exchange, 'read', { key: patient.key })
  return isProblem(outcome) ? undefined : outcome
}

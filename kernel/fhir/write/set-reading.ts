/**
 * A set that depends on what its writer reads (`RecordSet.complete`): what the writer may read of it, of the service and of other services,
 * each under its own decision and with its own row of the access log.
 */
import type { Decision } from '../../access/decision.ts'
import { isProblem } from '../../problem/problem.ts'
import { logicalId, parseGivenId, type RecordId } from '../../store/ids.ts'
import { authorize } from '../authorize.ts'
import type { Done, Exchange, ServiceExchange } from '../exchange.ts'
import { messageSender } from '../messages/message-sender.ts'
import { newestElsewhere } from '../newest-elsewhere.ts'
import { type BoundRecords, records } from '../records.ts'
import type { CompletedSet, SetReading } from '../service.ts'
import type { TargetSet } from './shared-set.ts'

export interface Reading {
  reading: SetReading
  /** What was opened under decisions of its own, for the access log. */
  opened(): Done[]
}

/** Runs `work` with what the writer of the set reads. */
export async function readingFor(
  exchange: ServiceExchange,
  { event, decision, rows, target }: { event: string; decision: Decision; rows: BoundRecords; target: TargetSet },
): Promise<Reading> {
  const { kernel, service } = exchange
  const { key } = decision.patient
  const elsewhere = newestElsewhere(exchange, event, { key })
  const { outcome } = await authorize(exchange, 'read', { key })
  const shown = target.shared?.rows ?? rows
  return {
    opened: elsewhere.opened,
    reading: {
      now: kernel.clock(),
      writer: { ...(await messageSender(exchange)), organization: decision.organization },
      standing: shown.ofService(service),
      members: membersOf(decision, target),
      unseen: new Set([...(target.shared?.hidden ?? [])].map((id) => logicalId(key, id))),
      all: isProblem(outcome) ? undefined : kernel.rows.bound(records, outcome, target.shared?.ledger).ofService(service),
      elsewhere: elsewhere.read,
      mayWrite: async (id) => {
        const other = exchangeFor(exchange, id)
        return other !== undefined && !isProblem((await authorize(other, 'write', { key })).outcome)
      },
    },
  }
}

/** The ids of the members that the writer sees. */
export function membersOf({ patient }: Decision, { shared }: TargetSet): ReadonlySet<string> {
  return new Set([...(shared?.seen ?? [])].map((id) => logicalId(patient.key, id)))
}

/** The members that stay whatever the version leaves out. A member that the writer does not see is none that it can name. */
export function stayingMembers({ stays }: CompletedSet, { shared }: TargetSet): Set<RecordId> {
  const named = stays.flatMap((id) => parseGivenId(id)?.id ?? [])
  if (named.some((id) => !shared?.seen.has(id))) throw new Error('A set keeps a member that its writer does not see.')
  return new Set(named)
}

/** The same request to another service, with an event of its own. */
export function exchangeFor(exchange: Exchange, id: string): ServiceExchange | undefined {
  const service = exchange.kernel.services.get(id)
  return service && { ...exchange, area: service, service, eventId: exchange.kernel.ids.uuid() }
}

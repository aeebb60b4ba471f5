/** What every interaction on one record does first: read, vread and history. */
import type { Decision } from '../access/decision.ts'
import { isProblem, problem, type Result } from '../problem/problem.ts'
import { parseLogicalId, type RecordId } from '../store/ids.ts'
import { decided } from './decided.ts'
import type { Answer, Done, ServiceExchange } from './exchange.ts'
import { type BoundRecords, records } from './records.ts'
import { declarationOf } from './write/prepare-write.ts'

/** One record as the address names it. */
export interface RecordAddress {
  event: string
  type: string
  id: string
}

/** `unknown-interaction` when the service does not offer read of the type, `not-found` when the id is none of ours. */
export async function recordById(
  exchange: ServiceExchange,
  { event, type, id }: RecordAddress,
  work: (decision: Decision, rows: BoundRecords, record: RecordId) => Promise<Result<Answer>>,
): Promise<Done> {
  const declaration = declarationOf(exchange, type, 'read')
  const key = parseLogicalId(id)
  if (isProblem(declaration) || !key) return { event, type, result: isProblem(declaration) ? declaration : problem('not-found') }
  const asking = { event, type, kind: 'read', patient: { key: key.patient } } as const
  return await decided(exchange, asking, records, async (decision, rows) => await work(decision, rows, key.id))
}

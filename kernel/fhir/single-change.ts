/** One change as one request: planned, stored, answered. */

import type { Decision } from '../access/decision.ts'
import type { Issue } from '../problem/problem.ts'
import { isProblem, type Problem, problem } from '../problem/problem.ts'
import { currentRecord } from '../store/read-records.ts'
import { etag, resourceAnswer } from './answer.ts'
import { type ChangeRequest, type Plan, planChange } from './changes.ts'
import type { Answer, Done } from './exchange.ts'
import { operationOutcome } from './outcome.ts'
import { type StoredChange, storeChanges } from './store-writes.ts'

export async function changeOne(plan: Plan, event: string, request: ChangeRequest, prefer: string | undefined): Promise<Done> {
  const { exchange } = plan
  const { type } = request
  const planned = await planChange(plan, request)
  if (isProblem(planned)) return { event, type, patient: plan.patient, result: planned }
  const { decision } = planned
  if ('existing' in planned) {
    const record = await currentRecord(exchange.kernel.sql, decision, type, planned.existing.id)
    const answer: Answer = record?.content
      ? resourceAnswer(exchange, 200, { ...record, content: record.content }, decision.patient.identifier)
      : { status: 200, headers: {}, body: undefined }
    return { event, type, decision, disclosed: record ? [{ id: record.id, version: record.version }] : [], result: answer }
  }
  const stored = await storeChanges(exchange, [planned.change])
  if (isProblem(stored)) return { event, type, decision, result: stored }
  const [change] = stored
  if (!change) throw new Error('One change gives one result.')
  return {
    event,
    type,
    decision,
    disclosed: [{ id: change.id, version: change.version }],
    result: changeAnswer(plan, change, decision, planned.flags, prefer),
  }
}

const statusOf = { created: 201, unchanged: 200, updated: 200, deleted: 204 } as const

/** With `Prefer: return=OperationOutcome` the flags, with `return=minimal` nothing, otherwise the resource as stored. */
export function changeAnswer(
  { exchange }: Plan,
  change: StoredChange,
  decision: Decision,
  flags: Issue[],
  prefer: string | undefined,
): Answer {
  const status = statusOf[change.outcome]
  if (change.content === undefined) return { status, headers: { ETag: etag(change.version) }, body: undefined }
  const answer = resourceAnswer(
    exchange,
    status,
    { ...change, content: change.content },
    decision.patient.identifier,
    change.outcome === 'created',
  )
  if (prefer?.includes('return=minimal')) return { ...answer, body: undefined }
  if (prefer?.includes('return=OperationOutcome'))
    return { ...answer, body: JSON.stringify(operationOutcome(flags.length > 0 ? flags : [accepted])) }
  return answer
}

const accepted: Issue = { severity: 'information', type: 'informational', code: 'accepted', text: 'Accepted as it is.' }

/** Of a body that is no JSON, and of JSON that says no resourceType. */
export function notAResource(): Problem {
  return problem(
    'not-json',
    'The body is no JSON object with a resourceType, or is nested more than 64 levels deep. Send one FHIR resource as application/fhir+json.',
  )
}

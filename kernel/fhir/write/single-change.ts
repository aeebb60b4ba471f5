/** Plans, stores and answers a request with one change. */

import type { Decision } from '../../access/decision.ts'
import type { Issue } from '../../problem/problem.ts'
import { isProblem, type Problem, problem, problemWith, type Result } from '../../problem/problem.ts'
import { etag, resourceAnswer } from '../answer.ts'
import type { Answer, Done } from '../exchange.ts'
import { operationOutcome } from '../outcome.ts'
import { preferred } from '../prefer.ts'
import { records } from '../records.ts'
import { planChange } from './changes.ts'
import type { ChangeRequest, Plan, PlannedChange, PlannedExisting } from './plan.ts'
import { unresolvedIn } from './references.ts'
import { storeChanges } from './store-writes.ts'
import type { StoredChange } from './stored-change.ts'

export async function changeOne(plan: Plan, event: string, request: ChangeRequest, prefer: string | undefined): Promise<Done> {
  const { exchange } = plan
  const { type } = request
  const planned = await planChange(plan, request)
  if (isProblem(planned)) return { event, type, patient: plan.patient, result: planned }
  if ('existing' in planned) return await existing(plan, event, type, planned, prefer)
  if ('same' in planned) throw new Error('A single change has no other entry.')
  const { change: asked } = planned
  const unresolved = asked.kind === 'delete' ? [] : unresolvedIn(asked.write.content, new Set())
  if (unresolved.length > 0) return { event, type, decision: planned.decision, result: problemWith('invalid-resource', unresolved) }
  const stored = await storeChanges(exchange, [asked])
  if (isProblem(stored)) return changed(plan, event, planned, stored, prefer)
  const [change] = stored.results
  if (!change) throw new Error('One change gives one result.')
  return changed(plan, event, planned, change, prefer, stored.derived)
}

/** Answers with the resource that stands as it was; 204 for one that was deleted before. */
export async function existing({ exchange }: Plan, event: string, type: string, planned: PlannedExisting, prefer?: string): Promise<Done> {
  const { decision } = planned
  if (planned.existing.deleted) return { event, type, decision, result: { status: 204, headers: {}, body: undefined } }
  const record = await exchange.kernel.rows.bound(records, decision).current(type, planned.existing.id)
  const result: Answer = record?.content
    ? inForm(resourceAnswer(exchange, 200, { ...record, content: record.content }, decision.patient.identifier), [], prefer)
    : { status: 200, headers: {}, body: undefined }
  return { event, type, decision, disclosed: record ? [record] : [], result }
}

/** Answers with the result of a change. What was derived from it is in its row of the access log. */
export function changed(
  plan: Plan,
  event: string,
  { change: asked, decision, flags }: PlannedChange,
  change: Result<StoredChange>,
  prefer: string | undefined,
  derived: readonly StoredChange[] = [],
): Done {
  const type = asked.kind === 'delete' ? asked.type : asked.write.record.type
  if (isProblem(change)) return { event, type, decision, result: change }
  const disclosed = [change, ...derived].map(({ id, version, controller }) => ({ id, version, controller }))
  return { event, type, decision, disclosed, result: changeAnswer(plan, change, decision, flags, prefer) }
}

const statusOf = { created: 201, unchanged: 200, updated: 200, deleted: 204 } as const

/** The body is the flags for `Prefer: return=OperationOutcome`, empty for `return=minimal`, and otherwise the resource as stored. */
function changeAnswer({ exchange }: Plan, change: StoredChange, decision: Decision, flags: Issue[], prefer: string | undefined): Answer {
  const status = statusOf[change.outcome]
  if (change.content === undefined) return { status, headers: { ETag: etag(change.version) }, body: undefined }
  const answer = resourceAnswer(
    exchange,
    status,
    { ...change, content: change.content },
    decision.patient.identifier,
    change.outcome === 'created',
  )
  return inForm(answer, flags, prefer)
}

function inForm(answer: Answer, flags: Issue[], prefer: string | undefined): Answer {
  const form = preferred(prefer, 'return')
  if (form === 'minimal') return { ...answer, body: undefined }
  if (form === 'operationoutcome') return { ...answer, body: JSON.stringify(operationOutcome(flags.length > 0 ? flags : [accepted])) }
  return answer
}

const accepted: Issue = { severity: 'information', type: 'informational', code: 'accepted', text: 'Accepted as it is.' }

/** The problem for a body that is no JSON, and for JSON without a resourceType. */
export function notAResource(): Problem {
  const rule = 'The body is no JSON object with a resourceType, or is nested more than 64 levels deep.'
  return problem('not-json', `${rule} Send one FHIR resource as application/fhir+json.`)
}

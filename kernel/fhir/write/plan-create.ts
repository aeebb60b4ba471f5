/** FHIR create and conditional create: http://hl7.org/fhir/R4/http.html#create, #ccreate */

import type { Resource } from '@medplum/fhirtypes'
import { isProblem, problem, type Result } from '../../problem/problem.ts'
import { logicalId } from '../../store/ids.ts'
import { etag } from '../answer.ts'
import type { Authorized } from '../exchange.ts'
import type { ResourceDeclaration } from '../service.ts'
import { mayChange } from './changeable.ts'
import { conditionNeedsSystem, conditionSearch, matchesPlanned } from './conditions.ts'
import { naming, resolver } from './linked-resources.ts'
import {
  type ChangeRequest,
  decideFor,
  type Plan,
  type Planned,
  type PlannedChange,
  resourceOf,
  rowsOf,
  sentResource,
  toldTo,
} from './plan.ts'
import { planUpdate } from './plan-update.ts'
import { declarationOf, prepareWrite } from './prepare-write.ts'
import { underItsKey } from './shared-facts.ts'

/** A new record, or the one that the condition or the identifier of the request finds. */
export async function planCreate(plan: Plan, request: ChangeRequest): Promise<Result<Planned>> {
  const { exchange } = plan
  const declaration = declarationOf(exchange, request.type, 'create')
  if (isProblem(declaration)) return declaration
  const sent = sentResource(exchange, request, declaration)
  if (isProblem(sent)) return sent
  const decision = await decideFor(
    plan,
    { identityNumber: sent.identityNumber },
    `${request.type}.${declaration.patientElement}.identifier`,
  )
  if (isProblem(decision)) return decision
  if (request.condition !== undefined) {
    const other = await underAnotherKey(plan, declaration, request, sent, decision)
    if (other) return other
  }
  if (request.ifNoneExist !== undefined && exchange.caller.kind === 'person') return conditionNeedsSystem(request.type)
  if (request.ifNoneExist !== undefined) {
    const existing = await matching(plan, declaration, request, request.ifNoneExist, decision, sent.identityNumber)
    if (existing !== undefined) return existing
  }
  const prepared = await prepareWrite(exchange, declaration, sent.resource, {
    decision,
    identityNumber: sent.identityNumber,
    resolve: resolver(plan, request, decision),
    naming: naming(plan, request, decision),
  })
  if (isProblem(prepared)) return prepared
  const write = await underItsKey(prepared, exchange.kernel.rows.store, { mayChange: mayChange(plan, request.type, decision) })
  const planned: PlannedChange = {
    change: { kind: 'create', write, id: exchange.kernel.ids.recordId() },
    decision,
    flags: toldTo(decision, write.flags),
  }
  plan.creates.push({ planned, conditions: new Set(request.ifNoneExist === undefined ? [] : [request.ifNoneExist]) })
  return planned
}

/**
 * The update of the one record that has the identifier, where something else distinguishes the facts of the type: a create would then
 * make a second record with the same identifier.
 */
async function underAnotherKey(
  plan: Plan,
  declaration: ResourceDeclaration,
  request: ChangeRequest,
  { resource, identityNumber }: { resource: Resource; identityNumber: string },
  decision: Authorized,
): Promise<Result<Planned> | undefined> {
  const { type, condition = '' } = request
  const terms = { type, declaration, codes: plan.exchange.kernel.codes }
  const search = conditionSearch({ condition, identityNumber, as: 'request.url' }, terms)
  if (isProblem(search)) return undefined
  const found = await rowsOf(plan, decision).find({ ...search.filter, type, count: 2 })
  if (found.length > 1) return problem('several-matches')
  const [match] = found
  const keyOf = (one: Resource) => declaration.businessKey(one, plan.exchange.kernel.codes)
  if (!match || keyOf(resourceOf(match, declaration, decision)) === keyOf(resource)) return undefined
  const id = logicalId(match.patient, match.id)
  return await planUpdate(plan, { ...request, method: 'PUT', id, ifMatch: etag(match.version), resource: { ...resource, id } })
}

/**
 * Conditional create (http://hl7.org/fhir/R4/http.html#ccreate): undefined when nothing matches; the record, or the entry of the same
 * Bundle that makes it, when one does; 412 when several do.
 */
async function matching(
  plan: Plan,
  declaration: ResourceDeclaration,
  { type }: ChangeRequest,
  condition: string,
  decision: Authorized,
  identityNumber: string,
): Promise<Result<Planned> | undefined> {
  const terms = { type, declaration, codes: plan.exchange.kernel.codes }
  const search = conditionSearch({ condition, identityNumber, as: 'If-None-Exist' }, terms)
  if (isProblem(search)) return search
  const found = await rowsOf(plan, decision).find({ ...search.filter, type, count: 2 })
  const planned = plan.creates.filter(({ planned: { change, decision: other }, conditions }) => {
    if (change.kind !== 'create' || change.write.record.type !== type || other.patient.key !== decision.patient.key) return false
    return conditions.has(condition) || matchesPlanned(search, change.write.record.tokens)
  })
  if (found.length + planned.length > 1) return problem('several-matches')
  const [match] = found
  const [same] = planned
  if (match) return { existing: { id: match.id, version: match.version }, decision }
  same?.conditions.add(condition)
  return same && { same: same.planned, decision }
}

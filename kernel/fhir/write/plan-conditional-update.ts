/** FHIR conditional update: http://hl7.org/fhir/R4/http.html#cond-update */
import { isProblem, problem, type Result } from '../../problem/problem.ts'
import { logicalId } from '../../store/ids.ts'
import { etag } from '../answer.ts'
import { conditionNeedsSystem, conditionSearch } from './conditions.ts'
import { type ChangeRequest, decideFor, type Plan, type Planned, rowsOf, sentResource } from './plan.ts'
import { planCreate } from './plan-create.ts'
import { planUpdate } from './plan-update.ts'
import { declarationOf } from './prepare-write.ts'

/** The create, where its fact is not stored yet: as a resend it would replace a record that the address does not name. */
async function newFact({ exchange }: Plan, planned: Result<Planned>): Promise<Result<Planned>> {
  if (isProblem(planned) || !('change' in planned) || planned.change.kind !== 'create') return planned
  const known = await exchange.kernel.rows.store.known(exchange.service.id, [planned.change.write.record])
  if (known.length === 0) return planned
  const rule = 'The address matches nothing, and a record of this person states the fact that is sent.'
  return problem('business-key-conflict', `${rule} Name that record in the address.`)
}

/**
 * Conditional update (http://hl7.org/fhir/R4/http.html#cond-update): the next version of the one resource that the condition finds, a new
 * resource when it finds none, and 412 when it finds several.
 */
export async function planConditional(plan: Plan, request: ChangeRequest, condition: string): Promise<Result<Planned>> {
  const { exchange } = plan
  const { type, resource } = request
  const declaration = declarationOf(exchange, type, 'update')
  if (isProblem(declaration)) return declaration
  if (exchange.caller.kind === 'person') return conditionNeedsSystem(type, 'A conditional update')
  const sent = sentResource(exchange, { ...request, method: 'POST' }, declaration)
  if (isProblem(sent)) return sent
  const { identityNumber } = sent
  const decision = await decideFor(plan, { identityNumber }, `${type}.${declaration.patientElement}.identifier`)
  if (isProblem(decision)) return decision
  const search = conditionSearch({ condition, identityNumber, as: 'The address' }, { type, declaration, codes: exchange.kernel.codes })
  if (isProblem(search)) return search
  const found = await rowsOf(plan, decision).find({ ...search.filter, type, count: 2 })
  if (found.length > 1) return problem('several-matches', 'The address matches several resources, so none is updated. Name one.')
  const [match] = found
  if (!match) {
    if (request.ifMatch !== undefined)
      return problem('version-conflict', 'Nothing matches the address, so no version is the one in If-Match.')
    if (resource?.id !== undefined)
      return problem('invalid-resource', 'Nothing matches the address. Ids are given by the server: leave id out.')
    return await newFact(plan, await planCreate(plan, { ...request, method: 'POST', condition: undefined }))
  }
  const id = logicalId(match.patient, match.id)
  if (resource?.id !== undefined && resource.id !== id)
    return problem('invalid-parameter', 'The id of the resource is not the id of the resource that the address matches.', {
      expression: `${type}.id`,
    })
  const ifMatch = request.ifMatch ?? etag(match.version)
  return await planUpdate(plan, { ...request, id, ifMatch, resource: { ...sent.resource, id } })
}

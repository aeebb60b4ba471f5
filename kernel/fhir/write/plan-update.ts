/** FHIR update: http://hl7.org/fhir/R4/http.html#update */
import { isProblem, type Problem, problem, type Result } from '../../problem/problem.ts'
import { isSamePerson } from '../../store/visibility.ts'
import type { ResourceDeclaration } from '../service.ts'
import { changeable, mayChange } from './changeable.ts'
import { naming, resolver } from './linked-resources.ts'
import { type ChangeRequest, decideFor, type Plan, type Planned, resourceOf, sentResource, toldTo } from './plan.ts'
import { declarationOf, prepareWrite } from './prepare-write.ts'
import { underItsKey } from './shared-facts.ts'

/** The next version of the record that has the id, of the same person. */
export async function planUpdate(plan: Plan, request: ChangeRequest): Promise<Result<Planned>> {
  const { exchange } = plan
  const declaration = declarationOf(exchange, request.type, 'update')
  if (isProblem(declaration)) return declaration
  const sent = sentResource(exchange, request, declaration)
  if (isProblem(sent)) return sent
  const current = await changeable(plan, request, declaration)
  if (isProblem(current)) return current
  const { decision, record } = current
  const target = await decideFor(plan, { identityNumber: sent.identityNumber }, `${request.type}.${declaration.patientElement}.identifier`)
  if (isProblem(target)) return target
  if (!isSamePerson(target.patient, decision.patient.key)) {
    return toAnother(request.type, declaration)
  }
  const previous = resourceOf(record, declaration, decision)
  const prepared = await prepareWrite(exchange, declaration, sent.resource, {
    decision,
    identityNumber: sent.identityNumber,
    resolve: resolver(plan, request, decision),
    naming: naming(plan, request, decision, previous),
    previous,
    controller: record.controller,
  })
  if (isProblem(prepared)) return prepared
  const write = await underItsKey(prepared, exchange.kernel.rows.store, {
    self: record.id,
    mayChange: mayChange(plan, request.type, decision),
  })
  return {
    change: { kind: 'update', write, id: record.id, expected: record.version },
    decision,
    flags: toldTo(decision, write.flags),
    previous,
  }
}

/** The refusal of an update whose resource is about another person than the record. */
export function toAnother(type: string, { patientElement }: ResourceDeclaration): Problem {
  return problem('invalid-resource', 'An update may not move a resource to another person. Delete it and create it where it belongs.', {
    expression: `${type}.${patientElement}.identifier`,
  })
}

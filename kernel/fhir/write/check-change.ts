/** What `$validate` asks: a change that is decided and checked, and not stored. */
import { type Issue, isProblem, type Result } from '../../problem/problem.ts'
import { isSamePerson } from '../../store/visibility.ts'
import type { Authorized } from '../exchange.ts'
import { actorOf } from '../record-access.ts'
import type { ResourceDeclaration } from '../service.ts'
import { changeable } from './changeable.ts'
import { naming, resolver } from './linked-resources.ts'
import { type ChangeRequest, decideFor, type Plan, resourceOf, sentResource, toldTo } from './plan.ts'
import { toAnother } from './plan-update.ts'
import { checkWrite } from './prepare-write.ts'
import { unresolvedIn } from './references.ts'

/**
 * What a change would get as answer, without storing it: decided as the change, checked as the change, and no number of staff is replaced.
 * `declaration` may name fewer profiles than the type has.
 */
export async function checkChange(
  plan: Plan,
  request: ChangeRequest,
  declaration: ResourceDeclaration,
): Promise<Result<{ decision: Authorized; issues: Issue[] }>> {
  const { exchange } = plan
  // Only the controller of a record may take it back, as in planDelete.
  const changed = request.method === 'DELETE' ? undefined : declaration
  const current = request.method === 'POST' ? undefined : await changeable(plan, { ...request, ifMatch: undefined }, changed, 'any-version')
  if (isProblem(current)) return current
  if (request.method === 'DELETE' && current) return { decision: current.decision, issues: [] }
  const sent = sentResource(exchange, request, declaration)
  if (isProblem(sent)) return sent
  const { identityNumber, resource } = sent
  const decision = await decideFor(plan, { identityNumber }, `${request.type}.${declaration.patientElement}.identifier`)
  if (isProblem(decision)) return decision
  if (current && !isSamePerson(decision.patient, current.decision.patient.key)) return toAnother(request.type, declaration)
  const { organizationName, name, hprNumber } = await actorOf(exchange)
  const previous = current && resourceOf(current.record, declaration, current.decision)
  const checked = await checkWrite(exchange, declaration, resource, {
    identityNumber,
    controller: current?.record.controller ?? decision.organization,
    birthDate: decision.patient.birthDate,
    writer: { organizationName, name: exchange.caller.kind === 'system' ? undefined : name, hprNumber },
    resolve: resolver(plan, request, decision),
    naming: naming(plan, request, decision, previous),
    ...(previous ? { previous } : {}),
  })
  if (isProblem(checked)) return checked
  const unresolved = unresolvedIn(checked.content, new Set())
  return { decision, issues: [...unresolved, ...toldTo(decision, checked.flags)] }
}

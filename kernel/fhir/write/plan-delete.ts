/** FHIR delete: http://hl7.org/fhir/R4/http.html#delete */
import { isProblem, type Result } from '../../problem/problem.ts'
import { changeable } from './changeable.ts'
import { resolver } from './linked-resources.ts'
import { type ChangeRequest, type Plan, type Planned, resourceOf } from './plan.ts'
import { declarationOf, prepareWrite } from './prepare-write.ts'

/** A tombstone, or the version that the type keeps of what is withdrawn. */
export async function planDelete(plan: Plan, request: ChangeRequest): Promise<Result<Planned>> {
  const { exchange } = plan
  const declaration = declarationOf(exchange, request.type, 'delete')
  if (isProblem(declaration)) return declaration
  // Only the controller of a record may take it back, also where others may change it.
  const current = await changeable(plan, request)
  if (isProblem(current)) return current
  const { decision, record } = current
  const { patient, id, version } = record
  if (record.deleted) return { existing: { id, version, deleted: true }, decision }
  if (!declaration.deletion) return { change: { kind: 'delete', patient, id, expected: version, type: request.type }, decision, flags: [] }
  const previous = resourceOf(record, declaration, decision)
  const write = await prepareWrite(exchange, declaration, declaration.deletion(previous), {
    decision,
    identityNumber: decision.patient.identifier.value,
    resolve: resolver(plan, request, decision),
    // What is withdrawn names what it named.
    naming: { find: async (named) => new Set(named) },
    previous,
  })
  if (isProblem(write)) return write
  return { change: { kind: 'update', write, id, expected: version }, decision, flags: write.flags }
}

/** FHIR patch: http://hl7.org/fhir/R4/http.html#patch */

import type { Resource } from '@medplum/fhirtypes'
import { isProblem, problem, type Result } from '../../problem/problem.ts'
import { applyJsonPatch } from '../../values/json-patch.ts'
import { changeable, readable } from './changeable.ts'
import { type ChangeRequest, type Plan, type Planned, resourceOf } from './plan.ts'
import { planUpdate } from './plan-update.ts'
import { declarationOf } from './prepare-write.ts'

/**
 * JSON Patch on the current version, and then an update (http://hl7.org/fhir/R4/http.html#patch). `test` and the answer show what is stored,
 * so a patch asks for all that a read asks for, too.
 */
export async function planPatch(plan: Plan, request: ChangeRequest): Promise<Result<Planned>> {
  const declaration = declarationOf(plan.exchange, request.type, 'update')
  if (isProblem(declaration)) return declaration
  const current = await changeable(plan, request, declaration)
  if (isProblem(current)) return current
  const { decision, record } = current
  const shown = await readable(plan, request.type, { patient: record.patient, id: record.id })
  if (isProblem(shown)) return shown
  if (!shown.record) return problem('not-found')
  // RFC 6902 section 3: a list of no operations is a patch. It states nothing, so that there is no next version.
  if (Array.isArray(request.patch) && request.patch.length === 0) return { existing: { id: record.id, version: record.version }, decision }
  const patched = applyJsonPatch(resourceOf(record, declaration, decision), request.patch)
  if ('value' in patched) return await planUpdate(plan, { ...request, method: 'PUT', resource: patched.value as Resource })
  return problem(patched.isMalformed ? 'body-invalid' : 'invalid-resource', `JSON Patch, operation ${patched.at}: ${patched.fault}`)
}

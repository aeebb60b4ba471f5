/** FHIR create and conditional create, http://hl7.org/fhir/R4/http.html#create */
import type { Resource } from '@medplum/fhirtypes'
import type { Done, ServiceExchange } from '../exchange.ts'
import { newPlan } from '../write/plan.ts'
import { changeOne, notAResource } from '../write/single-change.ts'

/**
 * 201 with Location; 200 when the same fact is stored already, and then a new version if its content is new.
 * `prefer` is the Prefer header.
 */
export async function create(
  exchange: ServiceExchange,
  type: string,
  resource: Resource | undefined,
  ifNoneExist: string | undefined,
  prefer: string | undefined,
): Promise<Done> {
  if (!resource) return { event: 'create', type, result: notAResource() }
  return await changeOne(newPlan(exchange), 'create', { method: 'POST', type, resource, ifNoneExist }, prefer)
}

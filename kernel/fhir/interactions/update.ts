/** FHIR update with If-Match, http://hl7.org/fhir/R4/http.html#update */
import type { Resource } from '@medplum/fhirtypes'
import type { Done, ServiceExchange } from '../exchange.ts'
import { newPlan } from '../write/changes.ts'
import { changeOne, notAResource } from '../write/single-change.ts'

/** 200 with the new version; 412 when If-Match is not the current one; 400 without If-Match. Never creates. */
export async function update(
  exchange: ServiceExchange,
  type: string,
  id: string,
  resource: Resource | undefined,
  ifMatch: string | undefined,
  prefer: string | undefined,
): Promise<Done> {
  if (!resource) return { event: 'update', type, result: notAResource() }
  return await changeOne(newPlan(exchange), 'update', { method: 'PUT', type, id, resource, ifMatch }, prefer)
}

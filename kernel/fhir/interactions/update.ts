/** FHIR update with If-Match, conditional update, and patch: http://hl7.org/fhir/R4/http.html#update, #cond-update, #patch */
import type { Resource } from '@medplum/fhirtypes'
import type { Done, ServiceExchange } from '../exchange.ts'
import { newPlan } from '../write/plan.ts'
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

/**
 * 200 with the next version of the one resource that the address matches, 201 when it matches none. `condition` is the query of the
 * address; If-Match is optional, since the condition names the resource by a fact of the sender's own.
 */
export async function conditionalUpdate(
  exchange: ServiceExchange,
  type: string,
  condition: string,
  resource: Resource | undefined,
  headers: { ifMatch: string | undefined; prefer: string | undefined },
): Promise<Done> {
  if (!resource) return { event: 'update', type, result: notAResource() }
  const request = { method: 'PUT', type, condition, resource, ifMatch: headers.ifMatch } as const
  return await changeOne(newPlan(exchange), 'update', request, headers.prefer)
}

/** As an update with the version that the operations make of the current one. It is logged as the update that it is. */
export async function patch(
  exchange: ServiceExchange,
  type: string,
  id: string,
  sent: { patch: unknown; ifMatch: string | undefined; prefer: string | undefined },
): Promise<Done> {
  const request = { method: 'PATCH', type, id, patch: sent.patch, ifMatch: sent.ifMatch } as const
  return await changeOne(newPlan(exchange), 'update', request, sent.prefer)
}

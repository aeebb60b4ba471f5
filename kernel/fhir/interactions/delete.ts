/** FHIR delete with If-Match, http://hl7.org/fhir/R4/http.html#delete */

import type { Done, ServiceExchange } from '../exchange.ts'
import { newPlan } from '../write/plan.ts'
import { changeOne } from '../write/single-change.ts'

/** 204 and a tombstone; earlier versions stay. A record that was wrong from the start is marked entered-in-error by an update instead. */
export async function remove(exchange: ServiceExchange, type: string, id: string, ifMatch: string | undefined): Promise<Done> {
  return await changeOne(newPlan(exchange), 'delete', { method: 'DELETE', type, id, ifMatch }, undefined)
}

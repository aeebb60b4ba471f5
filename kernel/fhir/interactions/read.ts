/** FHIR read, http://hl7.org/fhir/R4/http.html#read */
import { problem } from '../../problem/problem.ts'
import { storedAnswer } from '../answer.ts'
import type { Done, ServiceExchange } from '../exchange.ts'
import { recordById } from '../record-by-id.ts'

/** 200 with the resource, 410 with the ETag of a tombstone, 404 when it is unknown or not open to the caller. */
export async function read(exchange: ServiceExchange, type: string, id: string): Promise<Done> {
  return await recordById(exchange, { event: 'read', type, id }, async ({ patient }, rows, key) => {
    const record = await rows.current(type, key)
    if (!record) return problem('not-found')
    rows.disclose([record])
    return storedAnswer(exchange, record, patient.identifier)
  })
}

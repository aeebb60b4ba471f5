/** FHIR read, http://hl7.org/fhir/R4/http.html#read */
import { isProblem, problem } from '../../problem/problem.ts'
import { storedAnswer } from '../answer.ts'
import type { Done, ServiceExchange } from '../exchange.ts'
import { recordById } from '../record-by-id.ts'
import { shapeIn } from '../search/shape-in-address.ts'

/**
 * 200 with the resource or the part of it that `_summary` or `_elements` asks for, 410 with the ETag of a tombstone, 404 when it is unknown
 * or not open to the caller.
 */
export async function read(exchange: ServiceExchange, type: string, id: string, query: URLSearchParams): Promise<Done> {
  const shape = shapeIn(exchange, type, query)
  if (isProblem(shape)) return { event: 'read', type, result: shape }
  return await recordById(exchange, { event: 'read', type, id }, async ({ patient }, rows, key) => {
    const record = await rows.current(type, key)
    if (!record) return problem('not-found')
    rows.disclose([record])
    return storedAnswer(exchange, record, patient.identifier, shape.shape)
  })
}

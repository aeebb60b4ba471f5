/** FHIR read, http://hl7.org/fhir/R4/http.html#read */
import { isProblem, problem } from '../../problem/problem.ts'
import { parseLogicalId } from '../../store/ids.ts'
import { storedAnswer } from '../answer.ts'
import { decided } from '../decided.ts'
import type { Done, ServiceExchange } from '../exchange.ts'
import { records } from '../records.ts'
import { declarationOf } from '../write/prepare-write.ts'

/** 200 with the resource, 410 with the ETag of a tombstone, 404 when it is unknown or not open to the caller. */
export async function read(exchange: ServiceExchange, type: string, id: string): Promise<Done> {
  const declaration = declarationOf(exchange, type, 'read')
  const key = parseLogicalId(id)
  if (isProblem(declaration) || !key) return { event: 'read', type, result: isProblem(declaration) ? declaration : problem('not-found') }
  return await decided(
    exchange,
    { event: 'read', type, kind: 'read', patient: { key: key.patient } },
    records,
    async ({ patient }, rows) => {
      const record = await rows.current(type, key.id)
      if (!record) return problem('not-found')
      rows.disclose([record])
      return storedAnswer(exchange, record, patient.identifier)
    },
  )
}

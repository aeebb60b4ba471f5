/** FHIR read, http://hl7.org/fhir/R4/http.html#read */
import { isProblem, problem } from '../../problem/problem.ts'
import { parseLogicalId } from '../../store/ids.ts'
import { currentRecord } from '../../store/read-records.ts'
import { etag, resourceAnswer } from '../answer.ts'
import { authorize } from '../authorize.ts'
import { decidedAnew } from '../decided-anew.ts'
import type { Done, Exchange } from '../exchange.ts'
import { declarationOf } from '../write/prepare-write.ts'

/** 200 with the resource, 410 with the ETag of a tombstone, 404 when it is unknown or not open to the caller. */
export async function read(exchange: Exchange, type: string, id: string): Promise<Done> {
  return await decidedAnew('read', type, async () => await readOnce(exchange, type, id))
}

async function readOnce(exchange: Exchange, type: string, id: string): Promise<Done> {
  const event = 'read'
  const declaration = declarationOf(exchange, type, 'read')
  if (isProblem(declaration)) return { event, type, result: declaration }
  const key = parseLogicalId(id)
  if (!key) return { event, type, result: problem('not-found') }

  const { outcome: decision, patient } = await authorize(exchange, 'read', { key: key.patient })
  if (isProblem(decision)) return { event, type, patient, result: decision }
  const record = await currentRecord(exchange.kernel.sql, decision, type, key.id)
  if (!record) return { event, type, decision, result: problem('not-found') }
  const disclosed = [{ id: record.id, version: record.version }]
  if (record.content === null) {
    return { event, type, decision, disclosed, result: problem('gone', undefined, { headers: { ETag: etag(record.version) } }) }
  }
  return {
    event,
    type,
    decision,
    disclosed,
    result: resourceAnswer(exchange, 200, { ...record, content: record.content }, decision.patient.identifier),
  }
}

/** FHIR vread and history of one resource: http://hl7.org/fhir/R4/http.html#vread, #history */

import type { Decision } from '../../access/decision.ts'
import { isProblem, problem } from '../../problem/problem.ts'
import { parseLogicalId } from '../../store/ids.ts'
import { recordVersions } from '../../store/read-records.ts'
import type { StoredRecord } from '../../store/record.ts'
import { etag, resourceAnswer, resourceUrl } from '../answer.ts'
import { authorize } from '../authorize.ts'
import { decidedAnew } from '../decided-anew.ts'
import type { Done, Exchange } from '../exchange.ts'
import { type PatientIdentifier, spliceIdentifier } from '../write/content.ts'
import { declarationOf } from '../write/prepare-write.ts'

/** Versions of one resource at most; a longer history is asked for version by version. */
const MAX_VERSIONS = 500

/**
 * 200 with the resource as it was, 410 when the version is a deletion, 404 when it is unknown or not open to the caller. What the current
 * version hides, no earlier one shows.
 */
export async function vread(exchange: Exchange, type: string, id: string, version: string): Promise<Done> {
  return await decidedAnew('vread', type, async () => {
    const found = await versions(exchange, 'vread', type, id, { version: /^[1-9]\d{0,8}$/.test(version) ? Number(version) : 0, count: 2 })
    if ('refused' in found) return found.refused
    const { decision, records, done } = found
    const [record] = records
    if (!record) return { ...done, result: problem('not-found') }
    const { content } = record
    const result =
      content === null
        ? problem('gone', undefined, { headers: { ETag: etag(record.version) } })
        : resourceAnswer(exchange, 200, { ...record, content }, decision.patient.identifier)
    return { ...done, result }
  })
}

/** 200 with a Bundle of type history, newest first, deletions as entries without a resource. */
export async function history(exchange: Exchange, type: string, id: string, parameters: URLSearchParams): Promise<Done> {
  const count = Number(parameters.get('_count') ?? MAX_VERSIONS)
  const unknown = [...parameters.keys()].find((name) => name !== '_count')
  if (unknown !== undefined || !Number.isInteger(count) || count < 1 || count > MAX_VERSIONS) {
    const text = `_history takes _count, a whole number from 1 to ${MAX_VERSIONS}, and nothing else.`
    return { event: 'history-instance', type, result: problem('invalid-parameter', text) }
  }
  return await decidedAnew('history-instance', type, async () => {
    const found = await versions(exchange, 'history-instance', type, id, { count })
    if ('refused' in found) return found.refused
    const { decision, records, done } = found
    if (records.length === 0) return { ...done, result: problem('not-found') }
    const body = historyBundle(exchange, type, { records, count }, decision.patient.identifier)
    return { ...done, result: { status: 200, headers: {}, body } }
  })
}

interface Found {
  decision: Decision
  records: StoredRecord[]
  done: Omit<Done, 'result'>
}

async function versions(
  exchange: Exchange,
  event: string,
  type: string,
  id: string,
  only: { version?: number; count: number },
): Promise<Found | { refused: Done }> {
  const declaration = declarationOf(exchange, type, 'read')
  if (isProblem(declaration)) return { refused: { event, type, result: declaration } }
  const key = parseLogicalId(id)
  if (!key) return { refused: { event, type, result: problem('not-found') } }
  const { outcome: decision, patient } = await authorize(exchange, 'read', { key: key.patient })
  if (isProblem(decision)) return { refused: { event, type, patient, result: decision } }
  const records = await recordVersions(exchange.kernel.sql, decision, type, key.id, only)
  const disclosed = records.slice(0, only.count).map((record) => ({ id: record.id, version: record.version }))
  return { decision, records, done: { event, type, decision, disclosed } }
}

function historyBundle(
  exchange: Exchange,
  type: string,
  { records, count }: { records: readonly StoredRecord[]; count: number },
  identifier: PatientIdentifier,
): string {
  const element = exchange.service.resources[type]?.patientElement ?? 'subject'
  const entries = records.slice(0, count).map((record) => {
    const url = resourceUrl(exchange, type, record.patient, record.id)
    const method = record.content === null ? 'DELETE' : record.version === 1 ? 'POST' : 'PUT'
    const status = record.content === null ? '204' : record.version === 1 ? '201' : '200'
    const resource = record.content === null ? '' : `"resource":${spliceIdentifier(record.content, element, identifier)},`
    const request = `"request":{"method":"${method}","url":"${method === 'POST' ? type : url.slice(url.lastIndexOf(`${type}/`))}"}`
    const response = `"response":{"status":"${status}","etag":${JSON.stringify(etag(record.version))},"lastModified":"${record.recorded.toISOString()}"}`
    return `{"fullUrl":"${url}",${resource}${request},${response}}`
  })
  const total = records.length > count ? '' : `"total":${records.length},`
  return `{"resourceType":"Bundle","type":"history",${total}"entry":[${entries.join(',')}]}`
}

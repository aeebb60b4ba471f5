/** FHIR vread and history of one resource: http://hl7.org/fhir/R4/http.html#vread, #history */
import { problem, type Result } from '../../problem/problem.ts'
import type { StoredRecord } from '../../store/record.ts'
import { etag, recordUrl, storedAnswer } from '../answer.ts'
import type { Answer, Done, ServiceExchange } from '../exchange.ts'
import { type RecordAddress, recordById } from '../record-by-id.ts'
import { type PatientIdentifier, spliceIdentifier } from '../write/content.ts'

/** The greatest number of versions in one answer; the versions of a longer history are read one by one. */
const MAX_VERSIONS = 500

/**
 * 200 with the resource as it was, 410 when the version is a deletion, 404 when it is unknown or not open to the caller. When the current
 * version is hidden, earlier versions are too.
 */
export async function vread(exchange: ServiceExchange, type: string, id: string, version: string): Promise<Done> {
  const only = { version: /^[1-9]\d{0,8}$/.test(version) ? Number(version) : 0, count: 2 }
  return await ofVersions(exchange, { event: 'vread', type, id, only }, ([record], identifier) =>
    record ? storedAnswer(exchange, record, identifier) : problem('not-found'),
  )
}

/** 200 with a Bundle of type history, newest first. A deletion is an entry without a resource. */
export async function history(exchange: ServiceExchange, type: string, id: string, parameters: URLSearchParams): Promise<Done> {
  const event = 'history-instance'
  const count = Number(parameters.get('_count') ?? MAX_VERSIONS)
  const unknown = [...parameters.keys()].find((name) => name !== '_count')
  if (unknown !== undefined || !Number.isInteger(count) || count < 1 || count > MAX_VERSIONS) {
    const text = `_history takes _count, a whole number from 1 to ${MAX_VERSIONS}, and nothing else.`
    return { event, type, result: problem('invalid-parameter', text) }
  }
  return await ofVersions(exchange, { event, type, id, only: { count } }, (versions, identifier) =>
    versions.length === 0
      ? problem('not-found')
      : { status: 200, headers: {}, body: historyBundle(exchange, type, { versions, count }, identifier) },
  )
}

interface VersionsRequest extends RecordAddress {
  only: { version?: number; count: number }
}

async function ofVersions(
  exchange: ServiceExchange,
  { only, ...address }: VersionsRequest,
  answer: (versions: readonly StoredRecord[], identifier: PatientIdentifier) => Result<Answer>,
): Promise<Done> {
  return await recordById(exchange, address, async ({ patient }, rows, record) => {
    const versions = await rows.versions(address.type, record, only)
    rows.disclose(versions.slice(0, only.count))
    return answer(versions, patient.identifier)
  })
}

function historyBundle(
  exchange: ServiceExchange,
  type: string,
  { versions, count }: { versions: readonly StoredRecord[]; count: number },
  identifier: PatientIdentifier,
): string {
  const element = exchange.service.resources[type]?.patientElement ?? 'subject'
  const entries = versions.slice(0, count).map((record) => {
    const url = recordUrl(exchange, record)
    const method = record.content === null ? 'DELETE' : record.version === 1 ? 'POST' : 'PUT'
    const status = record.content === null ? '204' : record.version === 1 ? '201' : '200'
    const resource = record.content === null ? '' : `"resource":${spliceIdentifier(record.content, element, identifier)},`
    const request = `"request":{"method":"${method}","url":"${method === 'POST' ? type : url.slice(url.lastIndexOf(`${type}/`))}"}`
    const response = { status, etag: etag(record.version), lastModified: record.recorded.toISOString() }
    return `{"fullUrl":"${url}",${resource}${request},"response":${JSON.stringify(response)}}`
  })
  const total = versions.length > count ? '' : `"total":${versions.length},`
  return `{"resourceType":"Bundle","type":"history",${total}"entry":[${entries.join(',')}]}`
}

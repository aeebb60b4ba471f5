/** FHIR vread and history of one resource: http://hl7.org/fhir/R4/http.html#vread, #history */
import { type Issue, isProblem, problem, problemWith, type Result } from '../../problem/problem.ts'
import type { StoredRecord } from '../../store/record.ts'
import { instant } from '../../values/dates.ts'
import { etag, recordUrl, storedAnswer } from '../answer.ts'
import type { Answer, Done, ServiceExchange } from '../exchange.ts'
import { type RecordAddress, recordById } from '../record-by-id.ts'
import { shapeIn } from '../search/shape-in-address.ts'
import { type PatientIdentifier, spliceIdentifier } from '../write/content.ts'

/** The greatest number of versions in one answer; the versions of a longer history are read one by one. */
const MAX_VERSIONS = 500

/**
 * 200 with the resource as it was, 410 when the version is a deletion, 404 when it is unknown or not open to the caller. When the current
 * version is hidden, earlier versions are too.
 */
export async function vread(
  exchange: ServiceExchange,
  { type, id, version }: { type: string; id: string; version: string },
  query: URLSearchParams,
): Promise<Done> {
  const shape = shapeIn(exchange, type, query)
  if (isProblem(shape)) return { event: 'vread', type, result: shape }
  const only = { version: /^[1-9]\d{0,8}$/.test(version) ? Number(version) : 0, count: 2 }
  return await ofVersions(exchange, { event: 'vread', type, id, only }, ([record], identifier) =>
    record ? storedAnswer(exchange, record, identifier, shape.shape) : problem('not-found'),
  )
}

/** Why there is no history of a type or of a service: R4 gives it no patient, and an address here holds no number. */
export const NO_HISTORY_OF_TYPE =
  'History is that of one resource: GET {type}/{id}/_history. What has changed is found by POST {type}/_search with _lastUpdated.'

/**
 * 200 with a Bundle of type history, newest first. A deletion is an entry without a resource. With `_since` the versions that were made at
 * that instant or later, which may be none.
 */
export async function history(exchange: ServiceExchange, type: string, id: string, parameters: URLSearchParams): Promise<Done> {
  const event = 'history-instance'
  const only = versionsIn(parameters)
  if (isProblem(only)) return { event, type, result: only }
  return await ofVersions(exchange, { event, type, id, only }, (versions, identifier, isOpen) =>
    isOpen
      ? { status: 200, headers: {}, body: historyBundle(exchange, type, { versions, count: only.count }, identifier) }
      : problem('not-found'),
  )
}

/** Reads `_count` and `_since`, all faults at once. `_at` and `_list` are refused with what does the same. */
function versionsIn(parameters: URLSearchParams): Result<VersionsRequest['only']> {
  const issues: Issue[] = []
  const fault = (text: string) => issues.push({ severity: 'error', type: 'invalid', code: 'invalid-parameter', text })
  const only: VersionsRequest['only'] = { count: MAX_VERSIONS }
  for (const [name, value] of parameters) {
    if (name === '_format' || name === '_pretty') continue
    if (parameters.getAll(name).length > 1) fault(`${JSON.stringify(name.slice(0, 64))} is given twice: give it once.`)
    else if (name === '_count') {
      only.count = /^\d{1,3}$/.test(value) ? Number(value) : 0
      if (only.count < 1 || only.count > MAX_VERSIONS) fault(`_count takes a whole number from 1 to ${MAX_VERSIONS}.`)
    } else if (name === '_since') {
      const since = INSTANT.test(value) ? instant(value) : undefined
      if (since) only.since = since
      else fault('_since takes an instant with its zone, such as 2026-01-31T12:00:00Z or 2026-01-31T12:00:00%2B01:00.')
    } else if (name === '_at')
      fault('_at is not offered here. Each version says in meta.lastUpdated since when it holds: see which did then.')
    else fault(`There is no parameter ${JSON.stringify(name.slice(0, 64))} here. _history takes _count and _since.`)
  }
  return issues.length > 0 ? problemWith('invalid-parameter', issues) : only
}

/** http://hl7.org/fhir/R4/datatypes.html#instant: known to the second, with a zone. */
const INSTANT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d{1,9})?(Z|[+-]\d{2}:\d{2})$/

interface VersionsRequest extends RecordAddress {
  only: { version?: number; count: number; since?: Date }
}

async function ofVersions(
  exchange: ServiceExchange,
  { only, ...address }: VersionsRequest,
  answer: (versions: readonly StoredRecord[], identifier: PatientIdentifier, isOpen: boolean) => Result<Answer>,
): Promise<Done> {
  return await recordById(exchange, address, async ({ patient }, rows, record) => {
    const open = await rows.versions(address.type, record, only)
    const { since } = only
    const versions = since ? open.filter(({ recorded }) => recorded >= since) : open
    rows.disclose(versions.slice(0, only.count))
    return answer(versions, patient.identifier, open.length > 0)
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
  const total = versions.length > count ? '' : `,"total":${versions.length}`
  const entry = entries.length === 0 ? '' : `,"entry":[${entries.join(',')}]`
  return `{"resourceType":"Bundle","type":"history"${total}${entry}}`
}

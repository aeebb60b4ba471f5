/** Answers of FHIR interactions: headers and JSON text around stored content. */

import { problem, type Result } from '../problem/problem.ts'
import { logicalId, type PatientKey, type RecordId } from '../store/ids.ts'
import type { ServedVersion, StoredRecord } from '../store/record.ts'
import { writeJson } from '../values/json.ts'
import type { Answer, ServiceExchange } from './exchange.ts'
import { type Shape, shaped } from './search/shape.ts'
import { type PatientIdentifier, spliceIdentifier } from './write/content.ts'

export interface ServedRecord {
  patient: PatientKey
  id: RecordId
  version: number
  type: string
  recorded: Date
  content: string
}

/** Weak ETag with the version (http://hl7.org/fhir/R4/http.html#versioning). */
export function etag(version: number): string {
  return `W/"${version}"`
}

export function resourceUrl({ kernel, service }: ServiceExchange, type: string, patient: PatientKey, id: RecordId): string {
  return `${kernel.baseUrl}/fhir/${service.id}/${type}/${logicalId(patient, id)}`
}

const idInText = /^\{"resourceType":"[A-Za-z]+","id":"([a-p-]{1,33})"/

/** The address of a stored record. The id stands in its text (`contentText`): to make it again for each entry costs more. */
export function recordUrl(exchange: ServiceExchange, { type, patient, id, content }: ServedVersion): string {
  const [, stored] = idInText.exec(content ?? '') ?? []
  return `${exchange.kernel.baseUrl}/fhir/${exchange.service.id}/${type}/${stored ?? logicalId(patient, id)}`
}

/** 200 with a resource or a Bundle that was made for this answer; decimals of stored records keep their digits. */
export function jsonAnswer(body: object): Answer {
  return { status: 200, headers: {}, body: writeJson(body) }
}

/** A stored version as it is, or the part of it that `shape` shows: 200, or 410 with the ETag for a tombstone. */
export function storedAnswer(
  exchange: ServiceExchange,
  record: StoredRecord,
  identifier: PatientIdentifier,
  shape?: Shape,
): Result<Answer> {
  const { content, version } = record
  if (content === null) return problem('gone', undefined, { headers: { ETag: etag(version) } })
  const answer = resourceAnswer(exchange, 200, { ...record, content }, identifier)
  return shape && answer.body !== undefined ? { ...answer, body: shaped(answer.body, shape, 'match') } : answer
}

/** One resource with ETag and Last-Modified; with Location when it was created. */
export function resourceAnswer(
  exchange: ServiceExchange,
  status: number,
  record: ServedRecord,
  identifier: PatientIdentifier,
  created = false,
): Answer {
  const headers: Record<string, string> = { ETag: etag(record.version), 'Last-Modified': record.recorded.toUTCString() }
  if (created) headers.Location = `${resourceUrl(exchange, record.type, record.patient, record.id)}/_history/${record.version}`
  const element = exchange.service.resources[record.type]?.patientElement ?? 'subject'
  return { status, headers, body: spliceIdentifier(record.content, element, identifier) }
}

/** Answers of FHIR interactions: headers and JSON text around stored content. */

import { logicalId, type PatientKey, type RecordId } from '../store/ids.ts'
import type { Answer, Exchange } from './exchange.ts'
import type { PatientIdentifier } from './write/content.ts'
import { spliceIdentifier } from './write/content.ts'

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

export function resourceUrl({ kernel, service }: Exchange, type: string, patient: PatientKey, id: RecordId): string {
  return `${kernel.baseUrl}/fhir/${service.id}/${type}/${logicalId(patient, id)}`
}

/** One resource with ETag and Last-Modified; with Location when it was created. */
export function resourceAnswer(
  exchange: Exchange,
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

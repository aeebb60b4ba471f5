/**
 * AuditEvent: to a citizen, who looked; to a controller, what its staff did and who saw its records.
 * http://hl7.org/fhir/R4/auditevent.html, docs/api/audit-event.md
 */
import type { AuditEvent, Bundle, BundleEntry, OperationOutcome } from '@medplum/fhirtypes'
import { authorize } from '../../fhir/authorize.ts'
import type { Answer, Done, Exchange } from '../../fhir/exchange.ts'
import { nothingIssue } from '../../fhir/outcome.ts'
import { isProblem, problem } from '../../problem/problem.ts'
import { auditEvent } from './audit-event.ts'
import { parseAuditEventSearch, wholePeriod } from './audit-event-search.ts'
import { type ControlledLookUp, controllerLookUps, controllerLookUpsPage, countLookUps, lookUps } from './look-ups.ts'

const type = 'AuditEvent'

/** A citizen sees who looked; a controller what its staff did and who saw its records. */
export async function auditEvents(exchange: Exchange, asked: URLSearchParams): Promise<Done> {
  return exchange.caller.kind === 'citizen' ? await patientAuditEvents(exchange, asked) : await controllerAuditEvents(exchange, asked)
}

/**
 * GET /fhir/AuditEvent with an empty form, about oneself; POST /fhir/AuditEvent/_search with patient.identifier, date, _count, _skip.
 * 200 with a searchset, newest first. Logged like any look-up.
 */
export async function patientAuditEvents(exchange: Exchange, form: URLSearchParams): Promise<Done> {
  const event = 'search-type'
  const search = parseAuditEventSearch(form, ['patient.identifier', 'date', '_count', '_skip'])
  if (isProblem(search)) return { event, type, result: search }
  const identityNumber = search.identityNumber ?? exchange.caller.pid
  if (!identityNumber) return { event, type, result: problem('patient-required') }
  const { outcome: decision, patient } = await authorize(exchange, 'citizen', { identityNumber })
  if (isProblem(decision)) return { event, type, patient, result: decision }
  const { sql, baseUrl } = exchange.kernel
  const { key, identifier } = decision.patient
  const { period, count, skip } = search
  const total = await countLookUps(sql, key, period)
  const found = await lookUps(sql, key, { ...period, limit: count, skip })
  const events = found.map((row) => auditEvent(row, { patient: identifier, baseUrl }))
  return { event, type, decision, result: searchset(exchange, events, { total, more: skip + found.length < total }) }
}

/** POST /fhir/AuditEvent/_search by staff or a system: date (both ends), _count, _skip. 200 with a searchset, newest first. */
export async function controllerAuditEvents(exchange: Exchange, form: URLSearchParams): Promise<Done> {
  const event = 'search-type'
  const search = parseAuditEventSearch(form, ['date', '_count', '_skip'])
  if (isProblem(search)) return { event, type, result: search }
  const period = wholePeriod(search.period)
  if (isProblem(period)) return { event, type, result: period }
  const { outcome: decision } = await authorize(exchange, 'control', 'nobody')
  if (isProblem(decision)) return { event, type, result: decision }
  const page = { ...period, limit: search.count + 1, skip: search.skip }
  const found = await controllerLookUpsPage(exchange.kernel.sql, decision.organization, page)
  const events = found.slice(0, search.count).map((row) => controlled(exchange, row))
  return { event, type, decision, result: searchset(exchange, events, { more: found.length > search.count }) }
}

export interface AuditExport {
  /** To be logged before the first line leaves. */
  done: Done
  /** application/fhir+ndjson, line by line, oldest first; undefined when refused. */
  lines: AsyncIterable<string> | undefined
}

/** GET /fhir/AuditEvent/$export?date=ge2026-01-01&date=lt2026-02-01. Holds one page of rows, whatever the length of the period. */
export async function exportAuditEvents(exchange: Exchange, form: URLSearchParams): Promise<AuditExport> {
  const event = '$export'
  const search = parseAuditEventSearch(form, ['date'])
  if (isProblem(search)) return { done: { event, type, result: search }, lines: undefined }
  const period = wholePeriod(search.period)
  if (isProblem(period)) return { done: { event, type, result: period }, lines: undefined }
  const { outcome: decision } = await authorize(exchange, 'control', 'nobody')
  if (isProblem(decision)) return { done: { event, type, result: decision }, lines: undefined }
  const result: Answer = { status: 200, headers: { 'Content-Type': 'application/fhir+ndjson' }, body: undefined }
  return { done: { event, type, decision, result }, lines: linesOf(exchange, decision.organization, period) }
}

/** One statement for so long a time: none sorts more than an hour of the log, or runs into the limit on statements. */
const SLICE = 3_600_000

async function* linesOf(exchange: Exchange, controller: string, { from, until }: { from: Date; until: Date }): AsyncGenerator<string> {
  // Nothing has been written after now; what is written meanwhile belongs to the next export.
  const end = Math.min(until.getTime(), exchange.kernel.clock().getTime())
  for (let start = from.getTime(); start < end; start += SLICE) {
    const slice = { from: new Date(start), until: new Date(Math.min(start + SLICE, end)) }
    for await (const rows of controllerLookUps(exchange.kernel.sql, controller, slice))
      yield rows.map((row) => `${JSON.stringify(controlled(exchange, row))}\n`).join('')
  }
}

function controlled({ kernel }: Exchange, row: ControlledLookUp): AuditEvent & { id: string } {
  return auditEvent(row, { patient: row.patient, baseUrl: kernel.baseUrl })
}

function searchset(
  { kernel }: Exchange,
  events: (AuditEvent & { id: string })[],
  { total, more }: { total?: number; more: boolean },
): Answer {
  const entry: BundleEntry<AuditEvent | OperationOutcome>[] = events.map((resource) => ({
    fullUrl: `${kernel.baseUrl}/fhir/AuditEvent/${resource.id}`,
    resource,
    search: { mode: 'match' },
  }))
  if (more) entry.push({ resource: { resourceType: 'OperationOutcome', issue: [nothingIssue('more')] }, search: { mode: 'outcome' } })
  const body: Bundle<AuditEvent | OperationOutcome> = {
    resourceType: 'Bundle',
    type: 'searchset',
    ...(total === undefined ? {} : { total }),
    entry,
  }
  return { status: 200, headers: {}, body: JSON.stringify(body) }
}

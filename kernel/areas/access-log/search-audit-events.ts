/**
 * Searches and exports of AuditEvent. A citizen sees who looked at the record; a controller sees what its own staff did and who saw the
 * records that it is responsible for.
 * http://hl7.org/fhir/R4/auditevent.html, docs/api/audit-event.md
 */
import type { AuditEvent, BundleEntry } from '@medplum/fhirtypes'
import { naming, patientNumbered } from '../../fhir/asked-patient.ts'
import { decided, decidedOutcome } from '../../fhir/decided.ts'
import type { Answer, Done, Exchange } from '../../fhir/exchange.ts'
import { type Outcome, one } from '../../fhir/routes.ts'
import { areaSearchset } from '../../fhir/search/area-search.ts'
import { isProblem } from '../../problem/problem.ts'
import { auditEvent } from './audit-event.ts'
import { parseAuditEventSearch, wholePeriod } from './audit-event-search.ts'
import type { ControlledLookUp, WholePeriod } from './look-ups.ts'
import { type ControlledRows, controlledRows, lookUpRows } from './rows.ts'

const type = 'AuditEvent'

/** A search by a citizen is about one person; a search by any other caller is about the controller that the caller belongs to. */
export async function auditEvents(exchange: Exchange, form: URLSearchParams, prefer?: string): Promise<Done> {
  const search = exchange.caller.kind === 'citizen' ? patientAuditEvents : controllerAuditEvents
  return await search(exchange, form, prefer)
}

/**
 * GET /fhir/AuditEvent with an empty form, about oneself; POST /fhir/AuditEvent/_search with patient.identifier, date, _count, _skip.
 * 200 with a searchset, newest first. It is logged as any other look-up is.
 */
export async function patientAuditEvents(exchange: Exchange, form: URLSearchParams, prefer?: string): Promise<Done> {
  const event = 'search-type'
  const asking = parseAuditEventSearch(form, { naming, prefer })
  if (isProblem(asking)) return { event, type, result: asking }
  const { search, period, count } = asking
  const { skip } = search
  const adapters = adaptersOf(exchange)
  const hiddenWith = [...exchange.kernel.services.values()].flatMap(({ id, hiddenWith: by }) => (by ? [{ of: id, ...by }] : []))
  const visitor = { identityNumber: exchange.caller.pid ?? '', adapters, hiddenWith }
  const asked = patientNumbered(search.identityNumber ?? exchange.caller.pid)
  return await decided(exchange, { event, type, kind: 'citizen', patient: asked }, lookUpRows, async ({ patient }, rows) => {
    const total = await rows.count(period, visitor)
    const found = await rows.page({ ...period, limit: count, skip }, visitor)
    const events = found.map((row) => auditEvent(row, { patient: patient.identifier, baseUrl: exchange.kernel.baseUrl, adapters }))
    return areaSearchset(events.map(entryOf(exchange)), search, { total, more: count > 0 && skip + found.length < total })
  })
}

/** POST /fhir/AuditEvent/_search by staff or a system: date (both ends), _count, _skip. 200 with a searchset, newest first. */
export async function controllerAuditEvents(exchange: Exchange, form: URLSearchParams, prefer?: string): Promise<Done> {
  const event = 'search-type'
  const asking = parseAuditEventSearch(form, { naming: [], prefer })
  if (isProblem(asking)) return { event, type, result: asking }
  const { search, count } = asking
  const period = wholePeriod(asking.period)
  if (isProblem(period)) return { event, type, result: period }
  return await decided(exchange, { event, type, kind: 'control', patient: 'nobody' }, controlledRows, async (_decision, rows) => {
    const found = await rows.page({ ...period, limit: count + 1, skip: search.skip })
    const events = found.slice(0, count).map((row) => controlled(exchange, row))
    return areaSearchset(events.map(entryOf(exchange)), search, { more: found.length > count })
  })
}

/**
 * GET /fhir/AuditEvent/$export?date=ge2026-01-01&date=lt2026-02-01. Answers application/fhir+ndjson, one event on each line, oldest first.
 * The row of the log is written before the first line is sent. Memory holds one page of rows, however long the period is.
 */
export async function exportAuditEvents(exchange: Exchange, form: URLSearchParams): Promise<Outcome> {
  const event = '$export'
  const search = parseAuditEventSearch(form, { naming: [], prefer: undefined, inPages: false })
  if (isProblem(search)) return one({ event, type, result: search })
  const period = wholePeriod(search.period)
  if (isProblem(period)) return one({ event, type, result: period })
  const asking = { event, type, kind: 'control', patient: 'nobody' } as const
  return await decidedOutcome(exchange, asking, controlledRows, async (_decision, rows, rowOf) => {
    const answer: Answer = { status: 200, headers: { 'Content-Type': 'application/fhir+ndjson' }, body: undefined }
    return { ...one(rowOf(answer)), lines: linesOf(exchange, rows, period) }
  })
}

/** One statement reads this much time, so that none sorts more than an hour of the log or exceeds the time limit of statements. */
const SLICE = 3_600_000

async function* linesOf(exchange: Exchange, { all }: ControlledRows, { from, until }: WholePeriod): AsyncGenerator<string> {
  // No row is later than now. Rows that are written during the export belong to the next export.
  const end = Math.min(until.getTime(), exchange.kernel.clock().getTime())
  for (let start = from.getTime(); start < end; start += SLICE) {
    const slice = { from: new Date(start), until: new Date(Math.min(start + SLICE, end)) }
    for await (const rows of all(slice)) yield rows.map((row) => `${JSON.stringify(controlled(exchange, row))}\n`).join('')
  }
}

/** The operations that store what they are sent. */
function adaptersOf({ kernel }: Exchange): string[] {
  return [...kernel.services.values()].flatMap((service) => (service.adapters ?? []).map(({ name }) => `$${name}`))
}

function controlled(exchange: Exchange, row: ControlledLookUp): AuditEvent & { id: string } {
  return auditEvent(row, { patient: row.patient, baseUrl: exchange.kernel.baseUrl, adapters: adaptersOf(exchange) })
}

function entryOf({ kernel }: Exchange): (resource: AuditEvent & { id: string }) => BundleEntry {
  return (resource) => ({ fullUrl: `${kernel.baseUrl}/fhir/AuditEvent/${resource.id}`, resource })
}

/**
 * PUT, GET and DELETE /fhir/List/{unit}: whom a unit has now. Its system sends the list, whole each time; its personnel see it.
 * docs/api/worklist.md, docs/decisions/0031-worklists-from-the-units-system.md
 */
import type { Sql } from 'postgres'
import { authorize } from '../../fhir/authorize.ts'
import type { Answer, Done, Exchange } from '../../fhir/exchange.ts'
import { operationOutcome } from '../../fhir/outcome.ts'
import { isProblem, problem, type Result } from '../../problem/problem.ts'
import type { PatientKey } from '../../store/ids.ts'
import { readSentWorklist, type SentEntry, worklistResource } from './list-resource.ts'
import { type Listed, readWorklist, removeWorklist, replaceWorklist } from './worklists.ts'

const type = 'List'
/** A number of Enhetsregisteret. Anything else is nobody's unit, and does not reach the log. */
const UNIT = /^[0-9]{9}$/

export interface WorklistDone {
  /** One for the list as a whole, or one for each person it is about. */
  done: Done[]
  answer: Result<Answer>
}

/** The list of the unit is this one from now on. A row of the log for the sending, and one for each person who came on the list or left it. */
export async function sendWorklist(exchange: Exchange, unit: string, sent: unknown): Promise<WorklistDone> {
  const event = 'update'
  const { sql, clock } = exchange.kernel
  const { outcome } = await authorize(exchange, 'worklist-write', 'nobody', UNIT.test(unit) ? unit : undefined)
  if (isProblem(outcome)) return refused(event, outcome)
  const now = clock()
  const list = readSentWorklist(sent, unit, now)
  if (isProblem(list)) return refused(event, list)
  const { listed, unknown } = await inTheRegister(sql, list.entries)
  const head = { unit, organization: outcome.organization, drawnUp: list.drawnUp, leftOut: unknown.length }
  const changed = await replaceWorklist(sql, head, listed, now)
  if (!changed) return refused(event, problem('worklist-superseded', undefined, { expression: 'List.date' }))
  const answer = told(listed.length, unknown)
  const { added, removed } = changed
  const whole: Done = {
    event,
    type,
    reason: `list of unit ${unit}: ${listed.length} patients, ${added.length} came, ${removed.length} left, ${unknown.length} not in the register`,
    result: answer,
  }
  return { done: [whole, ...rowsOf(added, 'put on', unit, answer), ...rowsOf(removed, 'taken off', unit, answer)], answer }
}

/** The list of the unit whose point of care the person attests. A row of the log for each who stands on it. */
export async function seeWorklist(exchange: Exchange, unit: string): Promise<WorklistDone> {
  const event = 'read'
  const { sql, clock } = exchange.kernel
  const { outcome } = await authorize(exchange, 'worklist', 'nobody', UNIT.test(unit) ? unit : undefined)
  if (isProblem(outcome)) return refused(event, outcome)
  const found = await readWorklist(sql, unit, outcome.organization, clock())
  if (!found) return refused(event, problem('not-found', 'The unit has sent no list, or none in the last seven days.'))
  const { head, listed } = found
  const resource = worklistResource(head, await nameOf(sql, unit), listed, clock())
  const answer: Answer = { status: 200, headers: {}, body: JSON.stringify(resource) }
  const reason = `stood on the list of unit ${unit}`
  const rows = listed.map(({ patient }): Done => ({ event, type, patient, reason, result: answer }))
  return { done: rows.length > 0 ? rows : [{ event, type, reason: `list of unit ${unit}: nobody`, result: answer }], answer }
}

/** The unit has no list any more: it is closed, or uses lists no longer. */
export async function endWorklist(exchange: Exchange, unit: string): Promise<WorklistDone> {
  const event = 'delete'
  const { outcome } = await authorize(exchange, 'worklist-write', 'nobody', UNIT.test(unit) ? unit : undefined)
  if (isProblem(outcome)) return refused(event, outcome)
  const removed = await removeWorklist(exchange.kernel.sql, unit)
  if (!removed) return refused(event, problem('not-found', 'The unit has no list.'))
  const answer: Answer = { status: 204, headers: {}, body: undefined }
  return { done: [{ event, type, reason: `list of unit ${unit}`, result: answer }, ...rowsOf(removed, 'taken off', unit, answer)], answer }
}

function refused(event: string, result: Extract<Result<never>, object>): WorklistDone {
  return { done: [{ event, type, result }], answer: result }
}

function rowsOf(patients: readonly PatientKey[], what: 'put on' | 'taken off', unit: string, answer: Answer): Done[] {
  return patients.map((patient) => ({ event: 'update', type, patient, reason: `${what} the list of unit ${unit}`, result: answer }))
}

/** What person_identifier may hold. */
const NUMBER = /^[0-9]{11}$/

/** Each person once, where first named; and the places of those whom nobody here has reported on. Index: person_identifier_pkey. */
async function inTheRegister(sql: Sql, entries: readonly SentEntry[]): Promise<{ listed: Listed[]; unknown: number[] }> {
  const numbers = entries.map(({ number }) => number).filter((number) => NUMBER.test(number))
  const rows = await sql<{ value: string; patient: PatientKey }[]>`
    select value, patient from person_identifier where system in ('FNR', 'DNR', 'FHN') and value = any (${numbers})`
  const keys = new Map(rows.map(({ value, patient }) => [value, patient]))
  const listed = new Map<PatientKey, Listed>()
  const unknown: number[] = []
  for (const [index, { number, place, since }] of entries.entries()) {
    const patient = keys.get(number)
    if (patient === undefined) unknown.push(index)
    else if (!listed.has(patient)) listed.set(patient, { patient, place, since })
  }
  return { listed: [...listed.values()], unknown }
}

/** How many stand on the list, and which entries were left out. */
function told(count: number, unknown: readonly number[]): Answer {
  const issues = [
    { severity: 'information' as const, type: 'informational', code: 'worklist-taken', text: `${count} patients stand on the list now.` },
    ...unknown.map((index) => ({
      severity: 'warning' as const,
      type: 'not-found',
      code: 'person-unknown',
      text: 'The person is not in the person register here, and is left out. Readers are told that somebody is.',
      expression: `List.entry[${index}]`,
    })),
  ]
  return { status: 200, headers: {}, body: JSON.stringify(operationOutcome(issues)) }
}

async function nameOf(sql: Sql, unit: string): Promise<string> {
  const [row] = await sql<{ name: string }[]>`select name from organization where number = ${unit}`
  return row?.name ?? unit
}

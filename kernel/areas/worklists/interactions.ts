/**
 * PUT, GET and DELETE /fhir/List/{unit}: the patients that a unit has now. The unit's system sends the whole list each time, and its
 * personnel see it. docs/api/worklist.md, docs/decisions/0031-worklists-from-the-units-system.md
 */
import { jsonAnswer } from '../../fhir/answer.ts'
import { decidedOutcome } from '../../fhir/decided.ts'
import type { Answer, Done, Exchange } from '../../fhir/exchange.ts'
import { operationOutcome } from '../../fhir/outcome.ts'
import { type Outcome, one, several } from '../../fhir/routes.ts'
import { isProblem, type Problem, problem } from '../../problem/problem.ts'
import type { PatientKey } from '../../store/ids.ts'
import { readSentWorklist, worklistResource } from './list-resource.ts'
import { type WorklistRows, worklistRows } from './rows.ts'

const type = 'List'
/** The form of a number in Enhetsregisteret. A text of any other form names no unit, and is kept out of the log. */
const UNIT = /^[0-9]{9}$/

/**
 * Replaces the list of the unit. One row of the log is about the list as a whole, and there is one for each person who was put on it or
 * taken off it. A list with the same persons as before leaves no row: systems send it every few minutes, and it was logged when it changed.
 */
export async function sendWorklist(exchange: Exchange, unit: string, sent: unknown): Promise<Outcome> {
  const event = 'update'
  return await ofUnit(exchange, { event, kind: 'worklist-write', unit }, async (rows) => {
    const now = exchange.kernel.clock()
    const list = readSentWorklist(sent, unit, now)
    if (isProblem(list)) return refused(event, list)
    const changed = await rows.replace(list, now)
    if (!changed) return refused(event, problem('worklist-superseded', undefined, { expression: 'List.date' }))
    const { added, removed, isSame, count, unknown } = changed
    const answer = receiptOf(count, unknown)
    if (isSame) return { done: [], answer }
    const changes = `${added.length} came, ${removed.length} left, ${unknown.length} not in the register`
    const reason = `list of unit ${unit}: ${count} patients, ${changes}`
    const whole: Done = { event, type, reason, result: answer }
    return several([whole, ...rowsOf(added, 'put on', unit, answer), ...rowsOf(removed, 'taken off', unit, answer)])
  })
}

/** Shows the list of the unit that is the attested point of care. There is one row of the log for each person on the list. */
export async function seeWorklist(exchange: Exchange, unit: string): Promise<Outcome> {
  const event = 'read'
  return await ofUnit(exchange, { event, kind: 'worklist', unit }, async (rows) => {
    const found = await rows.read(exchange.kernel.clock())
    if (!found) return refused(event, problem('not-found', 'The unit has sent no list, or none in the last seven days.'))
    const { head, listed, name } = found
    const answer = jsonAnswer(worklistResource(head, name, listed, exchange.kernel.clock()))
    const seen = listed.map(({ patient }): Done => ({ event, type, patient, reason: `stood on the list of unit ${unit}`, result: answer }))
    return several(seen.length > 0 ? seen : [{ event, type, reason: `list of unit ${unit}: nobody`, result: answer }])
  })
}

/** Removes the list of a unit that has closed, or that no longer uses lists. */
export async function endWorklist(exchange: Exchange, unit: string): Promise<Outcome> {
  const event = 'delete'
  return await ofUnit(exchange, { event, kind: 'worklist-write', unit }, async (rows) => {
    const removed = await rows.remove()
    if (!removed) return refused(event, problem('not-found', 'The unit has no list.'))
    const answer: Answer = { status: 204, headers: {}, body: undefined }
    return several([{ event, type, reason: `list of unit ${unit}`, result: answer }, ...rowsOf(removed, 'taken off', unit, answer)])
  })
}

/** The decision is about a unit; the rows of the log are about each person of the list. */
async function ofUnit(
  exchange: Exchange,
  { event, kind, unit }: { event: string; kind: 'worklist' | 'worklist-write'; unit: string },
  work: (rows: WorklistRows) => Promise<Outcome>,
): Promise<Outcome> {
  const asking = { event, type, kind, patient: 'nobody', unit: UNIT.test(unit) ? unit : undefined } as const
  return await decidedOutcome(exchange, asking, worklistRows(unit), async (_decision, rows) => await work(rows))
}

function refused(event: string, result: Problem): Outcome {
  return one({ event, type, result })
}

function rowsOf(patients: readonly PatientKey[], what: 'put on' | 'taken off', unit: string, answer: Answer): Done[] {
  return patients.map((patient) => ({ event: 'update', type, patient, reason: `${what} the list of unit ${unit}`, result: answer }))
}

/** Reports how many persons are on the list, and which entries were left out. */
function receiptOf(count: number, unknown: readonly number[]): Answer {
  const issues = [
    { severity: 'information' as const, type: 'informational', code: 'worklist-taken', text: `${count} patients stand on the list now.` },
    ...unknown.map((index) => ({
      severity: 'warning' as const,
      type: 'not-found',
      code: 'person-unknown',
      text: 'The person is not in the person register here, and is left out. Readers see that a person is missing.',
      expression: `List.entry[${index}]`,
    })),
  ]
  return jsonAnswer(operationOutcome(issues))
}

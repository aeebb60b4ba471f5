/**
 * PUT, GET and DELETE /fhir/List/{unit}: whom a unit has now. Its system sends the list, whole each time; its personnel see it.
 * docs/api/worklist.md, docs/decisions/0031-worklists-from-the-units-system.md
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
/** A number of Enhetsregisteret. Anything else is nobody's unit, and does not reach the log. */
const UNIT = /^[0-9]{9}$/

/** The list of the unit is this one from now on. A row of the log for the sending, and one for each person who came on the list or left it. */
export async function sendWorklist(exchange: Exchange, unit: string, sent: unknown): Promise<Outcome> {
  const event = 'update'
  return await ofUnit(exchange, { event, kind: 'worklist-write', unit }, async (rows) => {
    const now = exchange.kernel.clock()
    const list = readSentWorklist(sent, unit, now)
    if (isProblem(list)) return refused(event, list)
    const changed = await rows.replace(list, now)
    if (!changed) return refused(event, problem('worklist-superseded', undefined, { expression: 'List.date' }))
    const { added, removed, count, unknown } = changed
    const answer = told(count, unknown)
    const changes = `${added.length} came, ${removed.length} left, ${unknown.length} not in the register`
    const reason = `list of unit ${unit}: ${count} patients, ${changes}`
    const whole: Done = { event, type, reason, result: answer }
    return several([whole, ...rowsOf(added, 'put on', unit, answer), ...rowsOf(removed, 'taken off', unit, answer)])
  })
}

/** The list of the unit whose point of care the person attests. A row of the log for each who stands on it. */
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

/** The unit has no list any more: it is closed, or uses lists no longer. */
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
  return jsonAnswer(operationOutcome(issues))
}

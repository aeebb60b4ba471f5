/** Sends what was decided, and reads what the API answers. Runs on the portal's server. */
import { extensionUrl, identifierValue, RESEPT_ID } from '@helsevev/clinical/e-prescription-fhir/systems'
import type { PatientApi } from '@helsevev/panel/loader.ts'
import type { Bundle, OperationOutcome, OperationOutcomeIssue, Parameters, Task } from '@medplum/fhirtypes'
import { reconciliationRows } from '../../model/reconciliation.ts'
import { missingIn, recalledBy, type Written } from '../../model/reconciliation-act.ts'
import { type ReconciliationBasis, requestOf, type Writer } from '../../model/reconciliation-request.ts'
import { type Refusal, sendRefusals } from '../../send/words.ts'
import type { Fault, OtherChange, RecallState, ReceiptRecall, SendResult } from './data.ts'

export type { ReconciliationBasis }

const SENT_LINE = extensionUrl('medication-list-sent-line')

/** The API with what a page may write. */
export interface WritingApi extends PatientApi {
  /** POST /fhir/{service}/${operation}; the status and the resource of the answer, also of one that refuses. */
  write(service: string, operation: string, body: Parameters): Promise<{ status: number; answer: unknown }>
}

interface Sending {
  basis: ReconciliationBasis
  written: Written
  writer: Writer
  now: Date
  id: () => string
}

/**
 * Undefined when a row has no decision: the page does not send then. The rows are made again from what was read, at the time it was read,
 * so that a page cannot decide about other rows.
 */
export async function send(api: WritingApi, { basis, written, ...making }: Sending): Promise<SendResult | undefined> {
  const rows = reconciliationRows(basis, new Date(basis.readAt))
  if (missingIn(rows, written).length > 0) return undefined
  const request = requestOf({ ...making, basis, rows, written })
  const { status, answer } = await api.write('medication-list', 'sendMedication', request)
  if (status === 201 || status === 200) {
    const recalled = rows.flatMap((row) => recalledBy(row, written.decisions[row.key]).map((one) => one.id))
    return await sentOf(api, recalled, answer as Parameters)
  }
  return refusalOf(status, answer as OperationOutcome)
}

async function sentOf(api: PatientApi, recalled: readonly string[], { parameter = [] }: Parameters): Promise<SendResult> {
  const version = parameter.find(({ name }) => name === 'listVersion')?.valueIdentifier?.value
  const made = parameter.find(({ name }) => name === 'listMade')
  const at = made?.valueDateTime ?? made?.valueInstant
  const outcome = parameter.find(({ name }) => name === 'outcome')?.resource
  const flags = outcome?.resourceType === 'OperationOutcome' ? outcome.issue : []
  // A writer who may not send to e-prescriptions ends the line, and nobody has asked for the recall.
  const isLeft = flags.some(({ details }) => details?.coding?.some(({ code }) => code === 'recall-left-to-sender'))
  return {
    outcome: 'sent',
    ...(version === undefined ? {} : { version }),
    ...(at === undefined ? {} : { made: at }),
    recalls: recalled.length > 0 ? await recallsOf(api, recalled, isLeft ? 'failed' : 'requested') : [],
  }
}

/** Where each recall stands: a Task for each, of which the newest counts. `otherwise`: the state of one that is not found. */
async function recallsOf(api: PatientApi, ids: readonly string[], otherwise: RecallState): Promise<ReceiptRecall[]> {
  const found = await api
    .search('e-prescriptions', 'Task', { _count: '200' })
    .catch((): Bundle => ({ resourceType: 'Bundle', type: 'searchset' }))
  const tasks = (found.entry ?? []).flatMap(({ resource }) => (resource?.resourceType === 'Task' ? [resource] : []))
  return ids.map((id) => {
    const own = tasks.filter(({ focus }) => identifierValue(RESEPT_ID, [focus?.identifier]) === id)
    const newest = own.sort((one, other) => Date.parse(other.authoredOn ?? '') - Date.parse(one.authoredOn ?? ''))[0]
    return { id, state: newest ? stateOf(newest) : otherwise }
  })
}

function stateOf({ status }: Task): RecallState {
  if (status === 'completed') return 'recalled'
  if (status === 'accepted') return 'waiting'
  return status === 'failed' || status === 'rejected' ? 'failed' : 'requested'
}

function refusalOf(status: number, { issue = [] }: OperationOutcome): SendResult {
  const reason = issue[0]?.details?.coding?.[0]?.code
  if (status === 412) return { outcome: 'conflict', changes: issue.flatMap(changeIn) }
  if (status === 403) return { outcome: 'refused', ...(reason === undefined ? {} : { reason }) }
  return {
    outcome: 'invalid',
    faults: issue.map(({ details, diagnostics, expression = [] }) => {
      const text = details?.text ?? diagnostics ?? reason ?? String(status)
      return { ...(expression[0] === undefined ? {} : { line: expression[0] }), ...knownFault(details?.coding?.[0]?.code, text), text }
    }),
  }
}

/** The refusals of `$sendMedication` name the drug before their sentence. */
function knownFault(code: string | undefined, text: string): Pick<Fault, 'code' | 'drug'> {
  if (code === undefined || !isRefusal(code)) return {}
  const drug = text.endsWith(`: ${sendRefusals[code]}`) ? text.slice(0, -sendRefusals[code].length - 2) : undefined
  return { code, ...(drug === undefined ? {} : { drug }) }
}

function isRefusal(code: string): code is Refusal {
  return Object.hasOwn(sendRefusals, code)
}

/** A line that was changed meanwhile, who did it and when. */
function changeIn({ extension = [] }: OperationOutcomeIssue): OtherChange[] {
  const parts = extension.find(({ url }) => url === SENT_LINE)?.extension ?? []
  const part = (name: string) => parts.find(({ url }) => url === name)
  const [line, by, time] = [part('line')?.valueIdentifier?.value, part('by')?.valueString, part('at')?.valueDateTime]
  return line === undefined ? [] : [{ line, ...(by === undefined ? {} : { by }), ...(time === undefined ? {} : { time }) }]
}

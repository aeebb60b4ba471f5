/**
 * POST /fhir/Patient/$everything: all that a citizen may see in every service, as a download. It follows
 * http://hl7.org/fhir/R4/patient-operation-everything.html, and streams a Bundle of type searchset. docs/api/everything.md
 */
import type { OperationOutcome, OperationOutcomeIssue } from '@medplum/fhirtypes'
import type { Decision } from '../../access/decision.ts'
import { resourceUrl } from '../../fhir/answer.ts'
import { patientIn } from '../../fhir/asked-patient.ts'
import { type DecisionRequest, decided, decidedOutcome } from '../../fhir/decided.ts'
import { eachService } from '../../fhir/each-service.ts'
import type { Answer, Done, Exchange, ServiceExchange } from '../../fhir/exchange.ts'
import { NOTHING_SYSTEM, nothingIssue, PROBLEM_SYSTEM } from '../../fhir/outcome.ts'
import { type BoundRecords, records } from '../../fhir/records.ts'
import { type Outcome, one, several } from '../../fhir/routes.ts'
import type { Disclosure } from '../../fhir/rows.ts'
import type { InformationService } from '../../fhir/service.ts'
import { readableAsText, unreadableIssue } from '../../fhir/validation/readable.ts'
import { spliceIdentifier } from '../../fhir/write/content.ts'
import { isProblem, type Problem, problem } from '../../problem/problem.ts'
import type { RecordId } from '../../store/ids.ts'
import { type PersonRows, personRows } from '../persons/rows.ts'

const event = '$everything'
const type = undefined
/** The most records of one service in one download. The download reports what it leaves out. */
const MOST_RECORDS = 20_000
const PAGE = 200

interface Part {
  exchange: ServiceExchange
  /** Undefined when the service refused. */
  opened: { decision: Decision; rows: BoundRecords } | undefined
  /** The records named in the row of the log. No other record is sent. */
  disclosed: Disclosure[]
  issues: OperationOutcomeIssue[]
}

/**
 * Every id is read and logged first. The records follow page by page, each page read under the decision, so that memory does not grow with
 * the number of records.
 */
export async function everything(exchange: Exchange, form: URLSearchParams, most = MOST_RECORDS): Promise<Outcome> {
  const unknown = [...form.keys()].find((name) => name !== 'patient.identifier' && name !== '_format')
  if (unknown !== undefined)
    return one({ event, type, result: problem('invalid-parameter', 'The only parameter here is patient.identifier.') })
  const patient = patientIn(exchange, form)
  const asking = { event, type, kind: 'citizen', patient } as const
  return await decidedOutcome(exchange, asking, personRows, async (_decision, rows, rowOf) => {
    const { exchanges, notAsked } = eachService(exchange)
    const parts = await Promise.all(exchanges.map((each) => partOf(each, patient, most)))
    const answer: Answer = { status: 200, headers: { 'Content-Type': 'application/fhir+json; charset=utf-8' }, body: undefined }
    const issues = [...parts.flatMap(({ part }) => part.issues), ...notAsked.map(notAskedIssue)]
    const contents = parts.map(({ part }) => part)
    return { ...several([rowOf(answer), ...parts.map(({ done }) => done)]), lines: bundleOf(exchange, rows, contents, issues) }
  })
}

async function partOf(exchange: ServiceExchange, patient: DecisionRequest['patient'], most: number): Promise<{ done: Done; part: Part }> {
  const { service } = exchange
  let part: Part = { exchange, opened: undefined, disclosed: [], issues: [] }
  const done = await decided(exchange, { event, type, kind: 'citizen', patient }, records, async (decision, rows) => {
    const found = await rows.ids(most + 1)
    const disclosed = found.slice(0, most)
    rows.disclose(disclosed)
    part = { exchange, opened: { decision, rows }, disclosed, issues: found.length > most ? [leftOutIssue(service, most)] : [] }
    return { status: 200, headers: {}, body: undefined }
  })
  if (isProblem(done.result)) part = { exchange, opened: undefined, disclosed: [], issues: [refusedIssue(service, done.result)] }
  return { done: { ...done, exchange }, part }
}

/** A download that stops early is not valid JSON, and its transfer lacks the last chunk. */
async function* bundleOf(
  { kernel }: Exchange,
  { resource }: PersonRows,
  parts: readonly Part[],
  issues: readonly OperationOutcomeIssue[],
): AsyncGenerator<string> {
  const head = { resourceType: 'Bundle', type: 'searchset', timestamp: kernel.clock().toISOString() }
  const person = { fullUrl: `urn:uuid:${kernel.ids.uuid()}`, resource: await resource(), search: { mode: 'match' } }
  yield `${JSON.stringify(head).slice(0, -1)},"entry":[${JSON.stringify(person)}`
  const reported = [...issues]
  for (const { exchange, opened, disclosed } of parts) {
    if (!opened) continue
    let missing = 0
    let unreadable = 0
    for (let from = 0; from < disclosed.length; from += PAGE) {
      const page = disclosed.slice(from, from + PAGE)
      const found = await entriesOf(exchange, opened, page)
      const entries = found.filter((one) => one !== undefined)
      missing += page.length - found.length
      unreadable += found.length - entries.length
      if (entries.length > 0) yield entries.map((entry) => `,${entry}`).join('')
    }
    if (unreadable > 0) reported.push(unreadableIssue(unreadable))
    if (missing > 0) reported.push(changedIssue(exchange.service, missing))
  }
  if (reported.length > 0) {
    const outcome: OperationOutcome = { resourceType: 'OperationOutcome', issue: reported }
    yield `,${JSON.stringify({ fullUrl: `urn:uuid:${kernel.ids.uuid()}`, resource: outcome, search: { mode: 'outcome' } })}`
  }
  yield ']}'
}

/**
 * A record that was changed or hidden after it was logged is left out: it is not what the row names. One that cannot be read is undefined:
 * it would break the whole download (docs/decisions/0057-readers-are-safe.md).
 */
async function entriesOf(
  exchange: ServiceExchange,
  { decision, rows }: NonNullable<Part['opened']>,
  page: readonly Disclosure[],
): Promise<(string | undefined)[]> {
  const order = new Map<RecordId, Disclosure>(page.map((one) => [one.id, one]))
  const found = await rows.byId([...order.keys()], page.length)
  return found
    .filter(({ id, version }) => order.get(id)?.version === version)
    .sort((one, other) => other.effective.getTime() - one.effective.getTime())
    .map(({ patient, id, type: of, content }) => {
      const element = exchange.service.resources[of]?.patientElement ?? 'subject'
      const resource = readableAsText(spliceIdentifier(content ?? '{}', element, decision.patient.identifier))
      return resource && `{"fullUrl":"${resourceUrl(exchange, of, patient, id)}","resource":${resource},"search":{"mode":"match"}}`
    })
}

function refusedIssue({ names }: InformationService, { problem: code, issues }: Problem): OperationOutcomeIssue {
  const text = `${names.en}: ${issues[0]?.text ?? ''}`
  return {
    severity: 'warning',
    code: code === 'busy' ? 'transient' : 'forbidden',
    details: { coding: [{ system: PROBLEM_SYSTEM, code }], text },
  }
}

function notAskedIssue({ names }: InformationService): OperationOutcomeIssue {
  const text = `${names.en} was not asked: the token lacks its scope.`
  return { severity: 'information', code: 'incomplete', details: { coding: [{ system: NOTHING_SYSTEM, code: 'not-asked' }], text } }
}

/** A choice of the patient that changes during the download stops the rest of the service, whatever the choice is about. */
function changedIssue({ names }: InformationService, missing: number): OperationOutcomeIssue {
  const text = `${missing} of ${names.en} changed, or choices of the patient did, while this was under way. Download again.`
  return { severity: 'warning', code: 'incomplete', details: { coding: [{ system: NOTHING_SYSTEM, code: 'changed-meanwhile' }], text } }
}

function leftOutIssue({ names }: InformationService, most: number): OperationOutcomeIssue {
  const text = `The newest ${most} of ${names.en} are here. There are more: search the service.`
  return { ...nothingIssue('more'), details: { coding: [{ system: NOTHING_SYSTEM, code: 'more' }], text } }
}

/**
 * POST /fhir/Patient/$everything: all that a citizen may see of every service, to take along. After http://hl7.org/fhir/R4/patient-operation-everything.html,
 * as a Bundle of type collection that is streamed. docs/api/everything.md
 */

import type { OperationOutcome, OperationOutcomeIssue } from '@medplum/fhirtypes'
import type { Decision } from '../../access/decision.ts'
import { resourceUrl } from '../../fhir/answer.ts'
import { authorize } from '../../fhir/authorize.ts'
import { decided } from '../../fhir/decided.ts'
import { eachService } from '../../fhir/each-service.ts'
import type { Answer, Done, Exchange, ServiceExchange } from '../../fhir/exchange.ts'
import { aboutOneself } from '../../fhir/interactions/search-type.ts'
import { NOTHING_SYSTEM, nothingIssue, PROBLEM_SYSTEM } from '../../fhir/outcome.ts'
import { records } from '../../fhir/records.ts'
import type { Disclosure } from '../../fhir/rows.ts'
import type { InformationService } from '../../fhir/service.ts'
import { spliceIdentifier } from '../../fhir/write/content.ts'
import { isProblem, type Problem, problem } from '../../problem/problem.ts'
import type { RecordId } from '../../store/ids.ts'
import { personResource } from '../persons/person-resource.ts'

const event = '$everything'
const type = undefined
/** Records of one service in one download; what is left out is told. */
const MOST_RECORDS = 20_000
const PAGE = 200

export interface Everything {
  /** To be logged before the first line leaves. */
  done: Done[]
  /** The Bundle in pieces; undefined when refused. */
  lines: AsyncIterable<string> | undefined
}

interface Part {
  exchange: ServiceExchange
  decision: Decision | undefined
  /** What the row of the log says: no more than this leaves. */
  disclosed: Disclosure[]
  issues: OperationOutcomeIssue[]
}

/** Every id is read and logged first; the records follow page by page, each page by the decision, so that memory does not grow with the record. */
export async function everything(exchange: Exchange, form: URLSearchParams, most = MOST_RECORDS): Promise<Everything> {
  const unknown = [...form.keys()].find((name) => name !== 'patient.identifier' && name !== '_format')
  if (unknown !== undefined) return refused(problem('invalid-parameter', 'There is patient.identifier, and nothing else.'))
  const identityNumber = aboutOneself(exchange, form).get('patient.identifier')?.split('|').at(-1)?.trim()
  if (!identityNumber) return refused(problem('patient-required'))
  const { outcome: decision, patient } = await authorize(exchange, 'citizen', { identityNumber })
  if (isProblem(decision)) return { done: [{ event, type, patient, result: decision }], lines: undefined }
  const { exchanges, notAsked } = eachService(exchange)
  const parts = await Promise.all(exchanges.map((one) => partOf(one, identityNumber, most)))
  const result: Answer = { status: 200, headers: { 'Content-Type': 'application/fhir+json; charset=utf-8' }, body: undefined }
  const issues = [...parts.flatMap(({ part }) => part.issues), ...notAsked.map(notAskedIssue)]
  return {
    done: [{ event, type, decision, result }, ...parts.map(({ done }) => done)],
    lines: bundleOf(
      exchange,
      decision,
      parts.map(({ part }) => part),
      issues,
    ),
  }
}

function refused(result: Problem): Everything {
  return { done: [{ event, type, result }], lines: undefined }
}

async function partOf(exchange: ServiceExchange, identityNumber: string, most: number): Promise<{ done: Done; part: Part }> {
  const { service } = exchange
  let part: Part = { exchange, decision: undefined, disclosed: [], issues: [] }
  const done = await decided(exchange, { event, type, kind: 'citizen', patient: { identityNumber } }, records, async (decision, rows) => {
    const found = await rows.ids(most + 1)
    const disclosed = found.slice(0, most)
    rows.disclose(disclosed)
    part = { exchange, decision, disclosed, issues: found.length > most ? [leftOutIssue(service, most)] : [] }
    return { status: 200, headers: {}, body: undefined }
  })
  if (isProblem(done.result)) part = { exchange, decision: undefined, disclosed: [], issues: [refusedIssue(service, done.result)] }
  return { done: { ...done, exchange }, part }
}

/** A download that breaks off is no JSON, and its transfer lacks the last chunk. */
async function* bundleOf(
  { kernel }: Exchange,
  { patient }: Decision,
  parts: readonly Part[],
  issues: readonly OperationOutcomeIssue[],
): AsyncGenerator<string> {
  const head = { resourceType: 'Bundle', type: 'collection', timestamp: kernel.clock().toISOString() }
  const person = { fullUrl: `urn:uuid:${kernel.ids.uuid()}`, resource: await personResource(kernel.sql, patient) }
  yield `${JSON.stringify(head).slice(0, -1)},"entry":[${JSON.stringify(person)}`
  const said = [...issues]
  for (const { exchange, decision, disclosed } of parts) {
    if (!decision) continue
    let missing = 0
    for (let from = 0; from < disclosed.length; from += PAGE) {
      const page = disclosed.slice(from, from + PAGE)
      const entries = await entriesOf(exchange, decision, page)
      missing += page.length - entries.length
      if (entries.length > 0) yield entries.map((entry) => `,${entry}`).join('')
    }
    if (missing > 0) said.push(changedIssue(exchange.service, missing))
  }
  if (said.length > 0) {
    const outcome: OperationOutcome = { resourceType: 'OperationOutcome', issue: said }
    yield `,${JSON.stringify({ fullUrl: `urn:uuid:${kernel.ids.uuid()}`, resource: outcome })}`
  }
  yield ']}'
}

/** Stored content is not parsed. What was changed or hidden since it was logged is left out: it is not what the row says. */
async function entriesOf(exchange: ServiceExchange, decision: Decision, page: readonly Disclosure[]): Promise<string[]> {
  const order = new Map<RecordId, Disclosure>(page.map((one) => [one.id, one]))
  const found = await exchange.kernel.rows.bound(records, decision).byId([...order.keys()], page.length)
  return found
    .filter(({ id, version }) => order.get(id)?.version === version)
    .sort((one, other) => other.effective.getTime() - one.effective.getTime())
    .map(({ patient, id, type: of, content }) => {
      const element = exchange.service.resources[of]?.patientElement ?? 'subject'
      return `{"fullUrl":"${resourceUrl(exchange, of, patient, id)}","resource":${spliceIdentifier(content ?? '{}', element, decision.patient.identifier)}}`
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

/** A choice of the patient that changes meanwhile stops the rest, whatever it is about. */
function changedIssue({ names }: InformationService, missing: number): OperationOutcomeIssue {
  const text = `${missing} of ${names.en} changed, or choices of the patient did, while this was under way. Download again.`
  return { severity: 'warning', code: 'incomplete', details: { coding: [{ system: NOTHING_SYSTEM, code: 'changed-meanwhile' }], text } }
}

function leftOutIssue({ names }: InformationService, most: number): OperationOutcomeIssue {
  const text = `The newest ${most} of ${names.en} are here. There are more: search the service.`
  return { ...nothingIssue('more'), details: { coding: [{ system: NOTHING_SYSTEM, code: 'more' }], text } }
}

/**
 * The patient's choices as Consent: made, listed and ended by the patient, by persons who act for the patient, or by staff at the patient's
 * request. http://hl7.org/fhir/R4/consent.html, docs/api/consent.md
 */
import type { Resource } from '@medplum/fhirtypes'
import type { Decision } from '../../access/decision.ts'
import { etag } from '../../fhir/answer.ts'
import { naming, patientNumbered } from '../../fhir/asked-patient.ts'
import { type DecidedAnswer, type DecisionRequest, decided } from '../../fhir/decided.ts'
import type { Answer, Done, Exchange } from '../../fhir/exchange.ts'
import { operationOutcome } from '../../fhir/outcome.ts'
import type { Bind } from '../../fhir/rows.ts'
import { type AreaParameter, areaSearchset, pageOfList, readAreaSearch } from '../../fhir/search/area-search.ts'
import { type Issue, isProblem, type Problem, problem, type Result } from '../../problem/problem.ts'
import { parseLogicalId } from '../../store/ids.ts'
import type { StoredChoice } from './choice.ts'
import { choiceInLog } from './choice.ts'
import { CHOICE_KIND, consentOf, versionOf } from './consent.ts'
import { readConsent } from './read-consent.ts'
import { type ChoiceRows, choiceRows } from './rows.ts'

const type = 'Consent'

/** 201 with Location; 200 with the existing choice if an equal one is in force. */
export async function createConsent(exchange: Exchange, resource: Resource | undefined): Promise<Done> {
  const event = 'choice-made'
  const sent = resource === undefined ? problem('not-json') : readConsent(resource)
  if (isProblem(sent)) return { event, type, result: sent }
  const patient = patientOf(exchange, sent.identityNumber)
  return await changed(exchange, { event, patient }, async (decision, rows) => {
    const made = await rows.make(sent.choice)
    if (isProblem(made)) return made
    const { choice, created } = made
    const result = consentAnswer(exchange, decision, choice, created)
    return { event: created ? event : 'choice-confirmed', reason: choiceInLog(choice), result }
  })
}

/** 200 with a searchset, newest first. A citizen who names no patient searches their own choices. */
export async function searchConsents(exchange: Exchange, form: URLSearchParams, prefer?: string): Promise<Done> {
  const event = 'search-type'
  const search = readAreaSearch(form, { naming, parameters, prefer })
  if (isProblem(search)) return { event, type, result: search }
  const patient = patientOf(exchange, search.identityNumber)
  return await decided(exchange, { event, type, kind: 'identify', patient }, rowsFor(exchange), async (decision, rows) => {
    const { clock, baseUrl } = exchange.kernel
    const now = clock()
    const [status, another] = search.codes('status')
    const which = another === undefined && status !== undefined ? statuses[status] : 'all'
    const { choices, more: older } = await rows.list(which ?? 'all', now)
    const kinds = search.codes('category')
    const found = status === undefined ? [] : choices.filter(({ kind }) => kinds.includes(kind))
    const { shown, more } = pageOfList(found, search)
    const matches = shown.map((choice) => {
      const resource = consentOf(choice, { identifier: decision.patient.identifier, now, baseUrl })
      return { fullUrl: `${baseUrl}/fhir/Consent/${resource.id}`, resource }
    })
    const issues = older ? operationOutcome([olderLeftOut]).issue : []
    return areaSearchset(matches, search, { total: older ? undefined : found.length, more, issues })
  })
}

/** 200 with the ended Consent. A choice cannot change in any other way, so only the status of the body is read. */
export async function endConsent(exchange: Exchange, id: string, sent: Resource | URLSearchParams | undefined): Promise<Done> {
  const event = 'choice-ended'
  const place = parseLogicalId(id)
  const wrong = endFault(sent, id)
  if (wrong || !place) return { event, type, result: wrong ?? problem('not-found') }
  const done = await changed(exchange, { event, patient: { key: place.patient } }, async (decision, rows) => {
    const ended = await rows.end(place.id)
    return isProblem(ended) ? ended : { reason: choiceInLog(ended), result: consentAnswer(exchange, decision, ended, false) }
  })
  return isProblem(done.result) ? { ...done, result: unknownOrForbidden(done.result) } : done
}

const olderLeftOut: Issue = {
  severity: 'warning',
  type: 'incomplete',
  code: 'older-left-out',
  text: 'There are older choices than these. Search with status=active to see those that stand.',
}

function rowsFor({ kernel, caller }: Exchange): Bind<ChoiceRows> {
  return choiceRows(caller, kernel.services)
}

/** A change by the patient or a citizen who represents the patient, or by staff who have the scope to write. */
async function changed(
  exchange: Exchange,
  { event, patient }: Pick<DecisionRequest, 'event' | 'patient'>,
  work: (decision: Decision, rows: ChoiceRows) => Promise<Result<Answer> | DecidedAnswer>,
): Promise<Done> {
  const { caller, area } = exchange
  const scope = `helsevev:${area.id}/write`
  return await decided(exchange, { event, type, kind: 'identify', patient }, rowsFor(exchange), async (decision, rows) =>
    caller.kind === 'citizen' || caller.scopes.includes(scope)
      ? await work(decision, rows)
      : problem('insufficient-scope', `This needs the scope ${scope}, which the token lacks.`),
  )
}

function patientOf({ caller }: Exchange, identityNumber: string | undefined): DecisionRequest['patient'] {
  return patientNumbered(identityNumber ?? (caller.kind === 'citizen' ? caller.pid : undefined))
}

function consentAnswer({ kernel }: Exchange, { patient }: Decision, choice: StoredChoice, created: boolean): Answer {
  const consent = consentOf(choice, { identifier: patient.identifier, now: kernel.clock(), baseUrl: kernel.baseUrl })
  const headers: Record<string, string> = { ETag: etag(Number(versionOf(choice))) }
  if (created) headers.Location = `${kernel.baseUrl}/fhir/Consent/${consent.id}/_history/1`
  return { status: created ? 201 : 200, headers, body: JSON.stringify(consent) }
}

/** A citizen who guesses ids must not see a difference between another person's choice and one that does not exist. */
function unknownOrForbidden(refused: Problem): Problem {
  return refused.problem === 'representation-missing' || refused.problem === 'protected-address' ? problem('not-found') : refused
}

function endFault(sent: Resource | URLSearchParams | undefined, id: string): Problem | undefined {
  if (sent === undefined) return problem('not-json')
  if (sent instanceof URLSearchParams) return sent.get('status') === 'inactive' ? undefined : notInactive()
  if (sent.resourceType !== 'Consent') return problem('invalid-consent', 'Expected a Consent.', { expression: 'resourceType' })
  if (sent.id !== undefined && sent.id !== id)
    return problem('invalid-consent', 'The id differs from the id in the address.', { expression: 'Consent.id' })
  return sent.status === 'inactive' ? undefined : notInactive()
}

function notInactive(): Problem {
  return problem('invalid-consent', 'A choice can only be ended: send status inactive. To change it, end it and make another.', {
    expression: 'Consent.status',
  })
}

const statuses: Readonly<Record<string, 'standing' | 'past'>> = { active: 'standing', inactive: 'past' }

const choiceKinds: readonly StoredChoice['kind'][] = ['opt-out', 'restriction', 'block', 'consent']

const parameters: readonly AreaParameter[] = [
  { name: 'status', token: { system: 'http://hl7.org/fhir/consent-state-codes', codes: Object.keys(statuses) } },
  { name: 'category', token: { system: CHOICE_KIND, codes: choiceKinds } },
]

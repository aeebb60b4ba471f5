/**
 * The patient's choices as Consent: made, listed and ended by the patient, by whoever acts for the patient, or by staff on the patient's
 * request. http://hl7.org/fhir/R4/consent.html, docs/api/consent.md
 */
import type { Bundle, Resource } from '@medplum/fhirtypes'
import type { AccessRequest } from '../../access/request.ts'
import { etag } from '../../fhir/answer.ts'
import { authorize } from '../../fhir/authorize.ts'
import type { Answer, Authorized, Done, Exchange } from '../../fhir/exchange.ts'
import { operationOutcome } from '../../fhir/outcome.ts'
import { keyOfNumber, staffKey } from '../../identity/persons.ts'
import { type Issue, isProblem, type Problem, problem, type Result } from '../../problem/problem.ts'
import { type PatientKey, parseLogicalId } from '../../store/ids.ts'
import type { Chooser, StoredChoice } from './choice.ts'
import { choiceInLog } from './choice.ts'
import { CHOICE_KIND, consentOf, versionOf } from './consent.ts'
import { storeEnd } from './end.ts'
import { listChoices } from './list.ts'
import { storeChoice } from './make.ts'
import { readConsent } from './read-consent.ts'

const type = 'Consent'

/** 201 with Location; 200 with the one that stands when it says the same. */
export async function createConsent(exchange: Exchange, resource: Resource | undefined): Promise<Done> {
  const event = 'choice-made'
  const sent = resource === undefined ? problem('not-json') : readConsent(resource)
  if (isProblem(sent)) return { event, type, result: sent }
  const access = await admitted(exchange, patientOf(exchange, sent.identityNumber), 'write')
  if (isProblem(access.result)) return { event, type, ...access, result: access.result }
  const { decision, chooser, keys } = access.result
  const made = await storeChoice(exchange.kernel, keys, sent.choice, chooser)
  if (isProblem(made)) return { event, type, decision, result: made }
  const result = consentAnswer(exchange, decision, made.choice, made.created)
  return { event: made.created ? event : 'choice-confirmed', type, decision, reason: choiceInLog(made.choice), result }
}

/** 200 with a searchset, newest first. A citizen who names nobody asks about herself. */
export async function searchConsents(exchange: Exchange, form: URLSearchParams): Promise<Done> {
  const event = 'search-type'
  const search = readSearch(form)
  if (isProblem(search)) return { event, type, result: search }
  const access = await admitted(exchange, patientOf(exchange, search.identityNumber), 'read')
  if (isProblem(access.result)) return { event, type, ...access, result: access.result }
  const { decision, chooser, keys } = access.result
  const { sql, clock, baseUrl } = exchange.kernel
  const now = clock()
  const { choices, more } = await listChoices(sql, keys, chooser, { which: search.which, now })
  const entry = choices
    .filter(({ kind }) => search.kind === undefined || kind === search.kind)
    .map((choice) => {
      const resource = consentOf(choice, { identifier: decision.patient.identifier, now, baseUrl })
      return { fullUrl: `${baseUrl}/fhir/Consent/${resource.id}`, resource, search: { mode: 'match' as const } }
    })
  const outcome = { resource: operationOutcome([olderLeftOut]), search: { mode: 'outcome' as const } }
  const page = more ? { entry: [...entry, outcome] } : { total: entry.length, entry }
  const body: Bundle = { resourceType: 'Bundle', type: 'searchset', ...page }
  return { event, type, decision, result: { status: 200, headers: {}, body: JSON.stringify(body) } }
}

/** 200 with the ended Consent. A choice does not change otherwise: of what is sent only the status is read. */
export async function endConsent(exchange: Exchange, id: string, sent: Resource | URLSearchParams | undefined): Promise<Done> {
  const event = 'choice-ended'
  const place = parseLogicalId(id)
  const wrong = endFault(sent, id)
  if (wrong || !place) return { event, type, result: wrong ?? problem('not-found') }
  const access = await admitted(exchange, { key: place.patient }, 'write')
  if (isProblem(access.result)) return { event, type, ...access, result: unknownOrForbidden(access.result) }
  const { decision, chooser, keys } = access.result
  const ended = await storeEnd(exchange.kernel, keys, place.id, chooser)
  if (isProblem(ended)) return { event, type, decision, result: ended }
  return { event, type, decision, reason: choiceInLog(ended), result: consentAnswer(exchange, decision, ended, false) }
}

const olderLeftOut: Issue = {
  severity: 'warning',
  type: 'incomplete',
  code: 'older-left-out',
  text: 'There are older choices than these. Ask for status=active to see what stands.',
}

interface Admitted {
  decision: Authorized
  chooser: Chooser
  keys: readonly [PatientKey, ...PatientKey[]]
}

/** Citizens by representation; staff as those who see who somebody is, with the scope to write when they write. */
async function admitted(
  exchange: Exchange,
  patient: AccessRequest['patient'] | undefined,
  direction: 'read' | 'write',
): Promise<{ patient?: PatientKey | undefined; result: Result<Admitted> }> {
  const { caller, area } = exchange
  if (!patient) return { result: problem('patient-required') }
  const { outcome: decision, patient: concerned } = await authorize(exchange, caller.kind === 'citizen' ? 'citizen' : 'identify', patient)
  if (isProblem(decision)) return { patient: concerned, result: decision }
  const scope = `helsevev:${area.id}/write`
  if (caller.kind !== 'citizen' && direction === 'write' && !caller.scopes.includes(scope))
    return { patient: concerned, result: problem('insufficient-scope', `This needs the scope ${scope}, which the token lacks.`) }
  const { key, linked } = decision.patient
  return { patient: concerned, result: { decision, keys: [key, ...linked], chooser: await chooserOf(exchange, decision) } }
}

async function chooserOf({ kernel, caller }: Exchange, { basis, patient }: Authorized): Promise<Chooser> {
  if (basis === 'self' || basis === 'youth') return { person: patient.key, as: 'self' }
  const number = caller.pid ?? ''
  if (caller.kind !== 'citizen')
    return { person: await staffKey(kernel.sql, kernel.ids, number), as: 'staff', organization: caller.organization }
  const person = await keyOfNumber(kernel.sql, number)
  if (!person) throw new Error('Whoever acts for a patient is in the person register.')
  return { person, as: 'representative' }
}

function patientOf({ caller }: Exchange, identityNumber: string | undefined): AccessRequest['patient'] | undefined {
  if (identityNumber !== undefined) return { identityNumber }
  return caller.kind === 'citizen' && caller.pid !== undefined ? { identityNumber: caller.pid } : undefined
}

function consentAnswer({ kernel }: Exchange, { patient }: Authorized, choice: StoredChoice, created: boolean): Answer {
  const consent = consentOf(choice, { identifier: patient.identifier, now: kernel.clock(), baseUrl: kernel.baseUrl })
  const headers: Record<string, string> = { ETag: etag(Number(versionOf(choice))) }
  if (created) headers.Location = `${kernel.baseUrl}/fhir/Consent/${consent.id}/_history/1`
  return { status: created ? 201 : 200, headers, body: JSON.stringify(consent) }
}

/** A citizen who guesses ids cannot tell somebody else's choice from none. */
function unknownOrForbidden(refused: Problem): Problem {
  return refused.problem === 'representation-missing' || refused.problem === 'protected-address' ? problem('not-found') : refused
}

function endFault(sent: Resource | URLSearchParams | undefined, id: string): Problem | undefined {
  if (sent === undefined) return problem('not-json')
  if (sent instanceof URLSearchParams) return sent.get('status') === 'inactive' ? undefined : notInactive()
  if (sent.resourceType !== 'Consent') return problem('invalid-consent', 'Expected a Consent.', { expression: 'resourceType' })
  if (sent.id !== undefined && sent.id !== id)
    return problem('invalid-consent', 'The id differs from that of the address.', { expression: 'Consent.id' })
  return sent.status === 'inactive' ? undefined : notInactive()
}

function notInactive(): Problem {
  return problem('invalid-consent', 'A choice only ends: send status inactive. To change it, end it and make another.', {
    expression: 'Consent.status',
  })
}

interface Search {
  identityNumber: string | undefined
  which: 'standing' | 'past' | 'all'
  kind: string | undefined
}

const statuses: Record<string, Search['which']> = { active: 'standing', inactive: 'past' }

function readSearch(form: URLSearchParams): Result<Search> {
  const search: Search = { identityNumber: undefined, which: 'all', kind: undefined }
  for (const [name, value] of form) {
    if (name === 'patient.identifier') search.identityNumber = value.split('|').at(-1)?.trim()
    else if (name === 'status' && Object.hasOwn(statuses, value)) search.which = statuses[value] ?? 'all'
    else if (name === 'category' && value.startsWith(`${CHOICE_KIND}|`)) search.kind = value.slice(CHOICE_KIND.length + 1)
    else if (name !== '_format')
      return problem('invalid-parameter', `There is patient.identifier, status (active or inactive) and category (${CHOICE_KIND}|{kind}).`)
  }
  return search
}

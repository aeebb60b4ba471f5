/**
 * "I wonder about this": questions of citizens about lines of the access log, their answers, and notices. http://hl7.org/fhir/R4/communication.html,
 * docs/api/communication.md
 */
import type { Bundle, BundleEntry, Communication, OperationOutcome, Parameters, Resource } from '@medplum/fhirtypes'
import { authorize } from '../../fhir/authorize.ts'
import type { Authorized, Done, Exchange } from '../../fhir/exchange.ts'
import { nothingIssue } from '../../fhir/outcome.ts'
import { keyOfNumber } from '../../identity/persons.ts'
import { isProblem, type Problem, problem, problemWith, type Result } from '../../problem/problem.ts'
import { type PatientKey, parseLogicalId, type RecordId } from '../../store/ids.ts'
import { markSeen, noticesOf } from '../choices/notices.ts'
import {
  COMMUNICATION_KIND,
  type CommunicationKind,
  communicationsOf,
  noticeCommunication,
  questionCommunication,
} from './communication.ts'
import { type AskedAs, askableLine, questionsOf, storeQuestion } from './questions.ts'
import { readQuestion, type SentQuestion } from './read-communication.ts'

const type = 'Communication'
const MOST_NOTICES = 200

// biome-ignore format: a table, one row to a line
const rules = {
  'nobody-to-ask':      { element: 'Communication.about',        text: 'Nobody can be asked about this line: a citizen looked, at her own or at that of somebody she acts for.' },
  'organisation-other': { element: 'Communication.recipient',    text: 'Ask the organisation that looked, or one that is responsible for what was seen.' },
  'answer-unknown':     { element: 'Communication.inResponseTo', text: 'There is no such answer about this line from this organisation.' },
  'question-open':      { element: 'Communication',              text: 'A question about this line waits with the organisation already. Ask further when it is answered.' },
  'too-many-questions': { element: 'Communication',              text: 'As many questions as there can be wait for an answer. Ask further when some are answered.' },
} as const satisfies Record<string, { element: string; text: string }>

/** 201 with the question. */
export async function createCommunication(exchange: Exchange, resource: Resource | undefined): Promise<Done> {
  const event = 'question-asked'
  const sent = resource === undefined ? problem('not-json') : readQuestion(resource)
  if (isProblem(sent)) return { event, type, result: sent }
  const access = await admitted(exchange, sent.patientNumber)
  if (isProblem(access.result)) return { event, type, ...access, result: access.result }
  const decision = access.result
  const { kernel } = exchange
  const asked = await storedQuestion(exchange, decision, sent)
  if (isProblem(asked)) return { event, type, decision, result: asked }
  const body = questionCommunication(asked, { identifier: decision.patient.identifier, baseUrl: kernel.baseUrl })
  const headers = { Location: `${kernel.baseUrl}/fhir/Communication/${body.id}/_history/1` }
  return {
    event,
    type,
    decision,
    reason: `${body.id}, to ${asked.controller}`,
    result: { status: 201, headers, body: JSON.stringify(body) },
  }
}

async function storedQuestion(exchange: Exchange, decision: Authorized, { line: named, organization, follows, text }: SentQuestion) {
  const { kernel, caller } = exchange
  const keys = keysOf(decision)
  const line = await askableLine(kernel.sql, keys, named.segment, named.seq)
  if (!line) return problem('not-found')
  const askedAs = asOf(decision)
  // Whose records were seen is not told to those who act for the patient: there may be some that are hidden from them.
  const mayBeAsked = line.organizations.filter(({ looked }) => looked || askedAs === 'self').map(({ number }) => number)
  const controller = organization ?? mayBeAsked[0]
  if (controller === undefined || mayBeAsked.length === 0) return refusal('nobody-to-ask')
  if (!mayBeAsked.includes(controller)) return refusal('organisation-other')
  if (follows) {
    const before = (await questionsOf(kernel.sql, keys, askedAs)).find(
      ({ patient, id }) => patient === follows.patient && id === follows.id,
    )
    const isAbout = before?.segment === line.segment && before.seq === line.seq && before.controller === controller
    if (!isAbout || before.answer === null) return refusal('answer-unknown')
  }
  const askedBy = await keyOfNumber(kernel.sql, caller.pid ?? '')
  if (!askedBy) throw new Error('Whoever asks is in the person register.')
  const patient = follows?.patient ?? decision.patient.key
  const stored = await storeQuestion(kernel, { patient, line, controller, question: text, askedBy, askedAs, follows: follows?.id })
  return typeof stored === 'string' ? refusal(stored) : stored
}

function refusal(code: keyof typeof rules): Problem {
  const { element, text } = rules[code]
  return problemWith('question-refused', [{ severity: 'error', type: 'business-rule', code, text, expression: element }])
}

interface Search {
  identityNumber: string | undefined
  kinds: readonly CommunicationKind[]
  unseenOnly: boolean
}

const allKinds: readonly CommunicationKind[] = ['question', 'answer', 'notice']

/** 200 with a searchset, newest first. Notices are for the patient alone. */
export async function searchCommunications(exchange: Exchange, form: URLSearchParams): Promise<Done> {
  const event = 'search-type'
  const search = readSearch(form)
  if (isProblem(search)) return { event, type, result: search }
  const access = await admitted(exchange, search.identityNumber)
  if (isProblem(access.result)) return { event, type, ...access, result: access.result }
  const decision = access.result
  const { sql, baseUrl } = exchange.kernel
  const keys = keysOf(decision)
  const context = { identifier: decision.patient.identifier, baseUrl }
  const as = asOf(decision)
  const { kinds, unseenOnly } = search
  const wantsNotices = kinds.includes('notice') && as === 'self'
  const notices = wantsNotices ? await noticesOf(sql, keys, { unseenOnly, limit: MOST_NOTICES + 1 }) : []
  const questions = unseenOnly ? [] : (await questionsOf(sql, keys, as)).flatMap((question) => communicationsOf(question, context))
  const found: (Communication & { id: string; sent: string })[] = [
    ...notices.slice(0, MOST_NOTICES).map((notice) => noticeCommunication(notice, context)),
    ...questions.filter(({ category }) => kinds.some((kind) => kind === category?.[0]?.coding?.[0]?.code)),
  ].sort((one, other) => (one.sent < other.sent ? 1 : one.sent > other.sent ? -1 : 0))
  const entry: BundleEntry<Communication | OperationOutcome>[] = found.map((resource) => ({
    fullUrl: `${baseUrl}/fhir/Communication/${resource.id}`,
    resource,
    search: { mode: 'match' },
  }))
  const isCut = notices.length > MOST_NOTICES
  if (isCut) entry.push({ resource: { resourceType: 'OperationOutcome', issue: [nothingIssue('more')] }, search: { mode: 'outcome' } })
  const body: Bundle<Communication | OperationOutcome> = {
    resourceType: 'Bundle',
    type: 'searchset',
    ...(isCut ? {} : { total: found.length }),
    entry,
  }
  return { event, type, decision, result: { status: 200, headers: {}, body: JSON.stringify(body) } }
}

/** POST /fhir/Communication/$seen: 200 with how many notices were seen now for the first time. `_id` names them; without, all. */
export async function markCommunicationsSeen(exchange: Exchange, form: URLSearchParams): Promise<Done> {
  const event = '$seen'
  const unknown = [...form.keys()].some((name) => name !== '_id' && name !== '_format')
  const named = form.getAll('_id').flatMap((text) => text.split(','))
  const ids = named.flatMap((id) => parseLogicalId(id.trim())?.id ?? [])
  if (unknown || ids.length < named.length || ids.length > MOST_NOTICES)
    return {
      event,
      type,
      result: problem('invalid-parameter', `There is _id, with at most ${MOST_NOTICES} ids of notices, and nothing else.`),
    }
  const access = await admitted(exchange, undefined)
  if (isProblem(access.result)) return { event, type, ...access, result: access.result }
  const decision = access.result
  const { sql, clock } = exchange.kernel
  const seen = await markSeen(sql, keysOf(decision), named.length === 0 ? undefined : (ids as RecordId[]), clock())
  const body: Parameters = { resourceType: 'Parameters', parameter: [{ name: 'seen', valueInteger: seen }] }
  return { event, type, decision, result: { status: 200, headers: {}, body: JSON.stringify(body) } }
}

async function admitted(
  exchange: Exchange,
  identityNumber: string | undefined,
): Promise<{ patient?: PatientKey | undefined; result: Result<Authorized> }> {
  const number = identityNumber ?? exchange.caller.pid
  if (!number) return { result: problem('patient-required') }
  const { outcome, patient } = await authorize(exchange, 'citizen', { identityNumber: number })
  return { patient, result: outcome }
}

function keysOf({ patient }: Authorized): readonly PatientKey[] {
  return [patient.key, ...patient.linked]
}

function asOf({ basis }: Authorized): AskedAs {
  return basis === 'self' || basis === 'youth' ? 'self' : 'representative'
}

function readSearch(form: URLSearchParams): Result<Search> {
  let search: Search = { identityNumber: undefined, kinds: allKinds, unseenOnly: false }
  for (const [name, value] of form) {
    const kinds = allKinds.filter((kind) => value.split(',').some((part) => part === kind || part === `${COMMUNICATION_KIND}|${kind}`))
    if (name === 'patient.identifier') search = { ...search, identityNumber: value.split('|').at(-1)?.trim() }
    else if (name === 'category' && kinds.length === value.split(',').length) search = { ...search, kinds }
    else if (name === 'received:missing' && value === 'true') search = { ...search, unseenOnly: true }
    else if (name !== '_format')
      return problem('invalid-parameter', 'There is patient.identifier, category (question, answer, notice) and received:missing=true.')
  }
  return search
}

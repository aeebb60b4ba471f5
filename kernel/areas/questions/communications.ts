/**
 * "I wonder about this": questions of citizens about lines of the access log, their answers, and notices.
 * http://hl7.org/fhir/R4/communication.html, docs/api/communication.md
 */
import type { Parameters, Resource } from '@medplum/fhirtypes'
import type { Decision } from '../../access/decision.ts'
import { jsonAnswer } from '../../fhir/answer.ts'
import { naming, patientNumbered } from '../../fhir/asked-patient.ts'
import { type DecidedAnswer, decided } from '../../fhir/decided.ts'
import type { Answer, Done, Exchange } from '../../fhir/exchange.ts'
import { type AreaParameter, areaSearchset, pageOfList, readAreaSearch } from '../../fhir/search/area-search.ts'
import { isProblem, type Problem, problem, problemWith, type Result } from '../../problem/problem.ts'
import { parseLogicalId, type RecordId } from '../../store/ids.ts'
import {
  COMMUNICATION_KIND,
  type CommunicationKind,
  communicationsOf,
  noticeCommunication,
  questionCommunication,
} from './communication.ts'
import type { PatientQuestion } from './questions.ts'
import { type QuestionRequest, readQuestion } from './read-communication.ts'
import { askedAsOf, type QuestionRows, questionRows } from './rows.ts'

const type = 'Communication'
const MOST_NOTICES = 200

// biome-ignore format: a table, one row to a line
const rules = {
  'nobody-to-ask':      { element: 'Communication.about',        text: 'Nobody can be asked about this line: a citizen looked at their own record, or at that of a person they act for.' },
  'organisation-other': { element: 'Communication.recipient',    text: 'Ask the organisation that looked, or one that is responsible for what was seen.' },
  'answer-unknown':     { element: 'Communication.inResponseTo', text: 'There is no such answer about this line from this organisation.' },
  'question-open':      { element: 'Communication',              text: 'The organisation already has a question about this line. Ask again when it is answered.' },
  'too-many-questions': { element: 'Communication',              text: 'The patient already has as many unanswered questions as are allowed. Ask again when some are answered.' },
} as const satisfies Record<string, { element: string; text: string }>

/** 201 with the question. */
export async function createCommunication(exchange: Exchange, resource: Resource | undefined): Promise<Done> {
  const event = 'question-asked'
  const sent = resource === undefined ? problem('not-json') : readQuestion(resource)
  if (isProblem(sent)) return { event, type, result: sent }
  return await asCitizen(exchange, { event, identityNumber: sent.patientNumber }, async (decision, rows) => {
    const asked = await storedQuestion(exchange, { decision, rows }, sent)
    if (isProblem(asked)) return asked
    const { baseUrl } = exchange.kernel
    const body = questionCommunication(asked, { identifier: decision.patient.identifier, baseUrl })
    const headers = { Location: `${baseUrl}/fhir/Communication/${body.id}/_history/1` }
    return { reason: `${body.id}, to ${asked.controller}`, result: { status: 201, headers, body: JSON.stringify(body) } }
  })
}

async function storedQuestion(
  { caller }: Exchange,
  { decision, rows }: { decision: Decision; rows: QuestionRows },
  { line: named, organization, follows, text }: QuestionRequest,
): Promise<Result<PatientQuestion>> {
  const line = await rows.line(named)
  if (!line) return problem('not-found')
  // Persons who act for the patient do not learn whose records were seen: some of the records may be hidden from them.
  const mayBeAsked = line.organizations.filter(({ looked }) => looked || askedAsOf(decision) === 'self').map(({ number }) => number)
  const controller = organization ?? mayBeAsked[0]
  if (controller === undefined || mayBeAsked.length === 0) return refusal('nobody-to-ask')
  if (!mayBeAsked.includes(controller)) return refusal('organisation-other')
  const before = follows && (await rows.list()).find(({ patient, id }) => patient === follows.patient && id === follows.id)
  if (follows) {
    const isAbout = before?.segment === line.segment && before.seq === line.seq && before.controller === controller
    if (!isAbout || before.answer === null) return refusal('answer-unknown')
  }
  const stored = await rows.ask({ line, controller, question: text }, { askedBy: caller.pid ?? '', follows: before })
  return typeof stored === 'string' ? refusal(stored) : stored
}

function refusal(code: keyof typeof rules): Problem {
  const { element, text } = rules[code]
  return problemWith('question-refused', [{ severity: 'error', type: 'business-rule', code, text, expression: element }])
}

const allKinds: readonly CommunicationKind[] = ['question', 'answer', 'notice']

/** 200 with a searchset, newest first. Notices are for the patient alone. */
export async function searchCommunications(exchange: Exchange, form: URLSearchParams, prefer?: string): Promise<Done> {
  const event = 'search-type'
  const search = readAreaSearch(form, { naming, parameters, prefer })
  if (isProblem(search)) return { event, type, result: search }
  return await asCitizen(exchange, { event, identityNumber: search.identityNumber }, async (decision, rows) => {
    const { baseUrl } = exchange.kernel
    const context = { identifier: decision.patient.identifier, baseUrl }
    const kinds = search.codes('category')
    const unseenOnly = search.value('received:missing') === 'true'
    const wantsNotices = kinds.includes('notice') && askedAsOf(decision) === 'self'
    const notices = wantsNotices ? await rows.notices({ unseenOnly, limit: MOST_NOTICES + 1 }) : []
    const questions = unseenOnly ? [] : (await rows.list()).flatMap((question) => communicationsOf(question, context))
    const found = [
      ...notices.slice(0, MOST_NOTICES).map((notice) => noticeCommunication(notice, context)),
      ...questions.filter(({ category }) => kinds.some((kind) => kind === category?.[0]?.coding?.[0]?.code)),
    ].sort((one, other) => (one.sent < other.sent ? 1 : one.sent > other.sent ? -1 : 0))
    const isCut = notices.length > MOST_NOTICES
    const { shown, more } = pageOfList(found, search)
    const matches = shown.map((resource) => ({ fullUrl: `${baseUrl}/fhir/Communication/${resource.id}`, resource }))
    return areaSearchset(matches, search, { total: isCut ? undefined : found.length, more: more || isCut })
  })
}

/** POST /fhir/Communication/$seen: 200 with how many notices are now seen for the first time. `_id` names them; without it, it is all. */
export async function markCommunicationsSeen(exchange: Exchange, form: URLSearchParams): Promise<Done> {
  const event = '$seen'
  const unknown = [...form.keys()].some((name) => name !== '_id' && name !== '_format')
  const named = form.getAll('_id').flatMap((text) => text.split(','))
  const ids = named.flatMap((id) => parseLogicalId(id.trim())?.id ?? [])
  if (unknown || ids.length < named.length || ids.length > MOST_NOTICES)
    return {
      event,
      type,
      result: problem('invalid-parameter', `The only parameter here is _id, with at most ${MOST_NOTICES} ids of notices.`),
    }
  return await asCitizen(exchange, { event, identityNumber: undefined }, async (_decision, rows) => {
    const seen = await rows.markSeen(named.length === 0 ? undefined : (ids as RecordId[]))
    return jsonAnswer({ resourceType: 'Parameters', parameter: [{ name: 'seen', valueInteger: seen }] } satisfies Parameters)
  })
}

/** Decides access to the person with the number or, without a number, to the caller. */
async function asCitizen(
  exchange: Exchange,
  { event, identityNumber = exchange.caller.pid }: { event: string; identityNumber: string | undefined },
  work: (decision: Decision, rows: QuestionRows) => Promise<Result<Answer> | DecidedAnswer>,
): Promise<Done> {
  return await decided(exchange, { event, type, kind: 'citizen', patient: patientNumbered(identityNumber) }, questionRows, work)
}

const parameters: readonly AreaParameter[] = [
  { name: 'category', token: { system: COMMUNICATION_KIND, codes: allKinds } },
  { name: 'received:missing', takes: 'true', isTaken: (value) => value === 'true' },
]

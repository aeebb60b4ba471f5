/**
 * "I wonder about this": a patient asks an organisation about one line of the access log, and a person there answers, once. To ask more,
 * the patient sends a new question. docs/api/communication.md
 */

import type { Sql } from 'postgres'
import type { Actor } from '../../audit/actors.ts'
import type { ChangeLog } from '../../audit/change-log.ts'
import type { Intend } from '../../audit/intents.ts'
import { samePerson } from '../../identity/same-person.ts'
import { type Ids, logicalId, type PatientKey, parseLogicalId, type RecordId } from '../../store/ids.ts'
import { holdsIdentityNumber } from '../../values/identity-number.ts'
import { saysSomething } from '../../values/reason.ts'
import { isRelativeOf, type Relative, seenByRelative } from '../access-log/look-ups.ts'
import { insertNotice } from '../choices/notices.ts'

export type AskedAs = 'self' | 'representative'

/** The most characters in a question, and the most questions of one patient that wait for an answer at one time. */
export const QUESTION = { most: 2000, open: 50 }
/** The most characters in an answer. */
const LONGEST_ANSWER = 4000

/** A line of the log that may be asked about. */
export interface AskableLine {
  /** The key of the person that the line stands under. Questions about it do too, by whatever number of the person they are asked. */
  patient: PatientKey
  segment: string
  seq: string
  eventId: string
  /** The organisation that looked, then those that are responsible for what was seen. */
  organizations: { number: string; looked: boolean }[]
}

export interface PatientQuestion {
  patient: PatientKey
  id: RecordId
  segment: string
  seq: string
  controller: string
  controllerName: string | null
  question: string
  asked: Date
  askedAs: AskedAs
  follows: RecordId | null
  answer: string | null
  answered: Date | null
  /** The role in which a person answered for the controller; not a name or a number. */
  answeredRole: string | null
}

/**
 * The line of the patient's log with this id, and the organisations that can be asked about it; undefined when the patient has no such
 * line. When a citizen looked, there is no organisation to ask. `keys`: the patient's keys, including linked ones. Index: access_log_pkey.
 */
export async function askableLine(
  sql: Sql,
  { keys, relative }: { keys: readonly PatientKey[]; relative: Relative | undefined },
  { segment, seq }: { segment: string; seq: string },
): Promise<AskableLine | undefined> {
  const [row] = await sql<AskableLine[]>`
    select l.patient, l.segment, l.seq, l.event_id as "eventId",
      coalesce((
        select json_agg(json_build_object('number', o.number, 'looked', o.looked) order by o.looked desc, o.number)
        from (
          select a.organization as number, true as looked where a.organization is not null
          union all
          select controller, false from unnest(string_to_array(l.controllers, ' ')) as controller
          where controller is distinct from a.organization and ${relative === undefined}
        ) o
        where l.purpose is null or l.purpose not in ('PATRQT', 'FAMRQT', 'PWATRNY')), '[]') as organizations
    from access_log l left join log_actor a on a.id = l.actor
    where l.patient = any (${[...keys]}::bigint[]) and l.segment = ${segment} and l.seq = ${seq}
      ${relative ? sql`and ${seenByRelative(sql, relative)}` : sql``}`
  if (relative && row && (await isByRelative(sql, row))) return { ...row, organizations: [] }
  return row
}

/** Whether a relative of the patient looked, as staff: the organisation is that person's employer. Index: access_log_pkey. */
async function isByRelative(sql: Sql, { patient, segment, seq }: AskableLine): Promise<boolean> {
  const [row] = await sql<{ is: boolean }[]>`
    select ${isRelativeOf(sql, patient)} as is from access_log l left join log_actor a on a.id = l.actor
    where l.segment = ${segment} and l.seq = ${seq}`
  return row?.is ?? false
}

/**
 * The questions of a patient, newest first. Persons who act for the patient see only the questions that such persons asked. Index:
 * patient_question_pkey.
 */
export async function questionsOf(sql: Sql, keys: readonly PatientKey[], as: AskedAs): Promise<PatientQuestion[]> {
  return await sql<PatientQuestion[]>`
    select ${columns(sql)} from patient_question q
    where q.patient = any (${[...keys]}::bigint[]) ${as === 'self' ? sql`` : sql`and q.asked_as = 'representative'`}
    order by q.asked desc, q.id desc`
}

function columns(sql: Sql) {
  return sql`
    q.patient, q.id, q.log_segment as segment, q.log_seq as seq, q.controller, q.question, q.asked, q.asked_as as "askedAs", q.follows,
    q.answer, q.answered, q.answered_role as "answeredRole",
    (select o.name from organization o where o.number = q.controller) as "controllerName"`
}

export interface NewQuestion {
  patient: PatientKey
  /** All keys of the patient, among which the questions that wait are counted. */
  keys: readonly PatientKey[]
  line: AskableLine
  controller: string
  question: string
  askedBy: PatientKey
  askedAs: AskedAs
  follows: RecordId | undefined
}

/**
 * Stores a question, and leaves the row of the access log to the caller. Each organisation has one open question about a line at a time.
 */
export async function storeQuestion(
  { sql, ids, clock, intend }: { sql: Sql; ids: Ids; clock: () => Date; intend: Intend },
  { patient, keys, line, controller, question, askedBy, askedAs, follows }: NewQuestion,
): Promise<PatientQuestion | 'question-open' | 'too-many-questions'> {
  const id = ids.recordId()
  return await sql.begin(async (transaction) => {
    const tx = transaction as unknown as Sql
    await tx`select pg_advisory_xact_lock((select min(key) from unnest(${[...keys]}::bigint[]) as key))`
    const [open] = await tx<{ count: number }[]>`
      select count(*)::integer as count from patient_question where patient = any (${[...keys]}::bigint[]) and answer is null`
    if ((open?.count ?? 0) >= QUESTION.open) return 'too-many-questions'
    const [stored] = await tx<PatientQuestion[]>`
      with new as (
        insert into patient_question (patient, id, log_segment, log_seq, event_id, controller, question, asked, asked_by, asked_as, follows)
        values (${patient}, ${id}, ${line.segment}, ${line.seq}, ${line.eventId}, ${controller}, ${question},
          ${clock()}, ${askedBy}, ${askedAs}, ${follows ?? null})
        on conflict (patient, log_segment, log_seq, controller, asked_as) where answer is null do nothing
        returning *
      ) select ${columns(tx)} from new q`
    const what = { patient, at: clock(), event: 'question-asked', service: 'access-log', type: 'patient-question', person: askedBy }
    if (stored) await intend(tx, what)
    return stored ?? 'question-open'
  })
}

/** A question as the organisation that receives it sees it. It shows the line of the log, and not who the patient is. */
export interface ReceivedQuestion {
  /** Letters only, without digits. */
  id: string
  asked: Date
  askedAs: AskedAs
  question: string
  /** The earlier question and answer that this one follows. */
  before: { question: string; answer: string } | null
  /** The event id of the line in the access log. */
  eventId: string
  at: Date | null
  event: string | null
  service: string | null
  type: string | null
  purpose: string | null
  name: string | null
  role: string | null
  hprNumber: string | null
  organization: string | null
  organizationName: string | null
  answer: string | null
  answered: Date | null
  answeredBy: string | null
  answeredRole: string | null
}

type ReceivedQuestionRow = Omit<ReceivedQuestion, 'id'> & { patient: PatientKey; key: RecordId }

/** The questions to a controller, oldest first; all of them unless a limit is given. Index: patient_question_open; access_log_pkey. */
export async function questionsTo(
  sql: Sql,
  controller: string,
  { open, limit, skip = 0 }: { open: boolean; limit?: number; skip?: number },
): Promise<ReceivedQuestion[]> {
  const rows = await sql<ReceivedQuestionRow[]>`
    select q.patient, q.id as key, q.asked, q.asked_as as "askedAs", q.question, q.event_id as "eventId",
      (select json_build_object('question', b.question, 'answer', b.answer) from patient_question b
       where b.patient = q.patient and b.id = q.follows) as before,
      l.at, l.event, l.service, l.type, l.purpose, a.name, a.role, a.hpr_number as "hprNumber", a.organization,
      a.organization_name as "organizationName", q.answer, q.answered, q.answered_by as "answeredBy", q.answered_role as "answeredRole"
    from patient_question q
    left join access_log l on l.segment = q.log_segment and l.seq = q.log_seq
      and (l.patient = q.patient or l.patient in (select same_as from person_link where patient = q.patient))
    left join log_actor a on a.id = l.actor
    where q.controller = ${controller} and q.answer is null ${open ? sql`` : sql`is not null`}
    order by q.asked, q.id
    limit ${limit ?? null} offset ${skip}`
  return rows.map(({ patient, key, ...rest }) => ({ id: logicalId(patient, key), ...rest }))
}

// biome-ignore format: a table, one row to a line
export const answerRefusals = {
  'unknown':                 'The organisation has no question with that id.',
  'answered-already':        'It is answered already. The patient may ask again.',
  'person-unknown':          'The one who answers is a person in the person register, with a name.',
  'other-organization':      'The one who answers acts for the organisation that was asked.',
  'same-person':             'The person who made the look-up does not answer for it. Let somebody else of the organisation do so.',
  'answer-invalid':          `Answer in plain words: at least ten letters, five of them different, and at most ${LONGEST_ANSWER} characters.`,
  'role-missing':            'Give the role of the one who answers, such as privacy officer, in 1 to 100 characters.',
  'identity-number-in-text': 'The answer holds what looks like an identity number. Leave it out.',
} as const satisfies Record<string, string>

export type AnswerRefusal = keyof typeof answerRefusals

export interface Answering {
  controller: string
  /** The id in ReceivedQuestion. */
  id: string
  answer: string
  /** The role of the one who answers, shown to the patient with the name of the organisation. */
  role: string
  answeredBy: Actor
}

/**
 * Answers a question once, and notifies the patient. The row of the access log is written before the answer is committed, so that no
 * question is answered without being in the log.
 */
export async function answerQuestion(
  sql: Sql,
  parts: { changes: ChangeLog; clock: () => Date; ids: Ids },
  { controller, id, answer, role, answeredBy }: Answering,
): Promise<'answered' | AnswerRefusal> {
  const place = parseLogicalId(id)
  const fault = answerFault(answeredBy, controller, answer, role)
  if (fault) return fault
  if (!place) return 'unknown'
  return await sql.begin(async (transaction) => {
    const tx = transaction as unknown as Sql
    const [found] = await tx<{ service: string | null; answered: Date | null; person: string | null; hprNumber: string | null }[]>`
      select l.service, q.answered, a.person, a.hpr_number as "hprNumber"
      from patient_question q
      left join access_log l on l.segment = q.log_segment and l.seq = q.log_seq
        and (l.patient = q.patient or l.patient in (select same_as from person_link where patient = q.patient))
      left join log_actor a on a.id = l.actor
      where q.patient = ${place.patient} and q.id = ${place.id} and q.controller = ${controller}
      for update of q`
    if (!found) return 'unknown'
    if (found.answered) return 'answered-already'
    if (await samePerson(tx, answeredBy, found)) return 'same-person'
    const at = parts.clock()
    const eventId = parts.ids.uuid()
    await tx`
      update patient_question
      set answer = ${answer.trim()}, answered = ${at}, answered_by = ${answeredBy.name}, answered_role = ${role.trim()}
      where patient = ${place.patient} and id = ${place.id}`
    await insertNotice(tx, parts.ids, { patient: place.patient, at, eventId, cause: 'question-answered' })
    await parts.changes({
      patient: place.patient,
      event: 'question-answered',
      actor: answeredBy,
      service: found.service ?? undefined,
      type: 'patient-question',
      reason: id,
      eventId,
    })
    return 'answered'
  })
}

function answerFault(by: Actor, controller: string, answer: string, role: string): AnswerRefusal | undefined {
  if (by.organization !== controller) return 'other-organization'
  if (by.person === undefined) return 'person-unknown'
  if (!saysSomething(answer) || !isPlainText(answer, 1, LONGEST_ANSWER)) return 'answer-invalid'
  if (!isPlainText(role, 1, 100)) return 'role-missing'
  return holdsIdentityNumber(answer) || holdsIdentityNumber(role) ? 'identity-number-in-text' : undefined
}

/**
 * Whether the text has an allowed length, no control characters except line breaks and tabs, and none that change the writing direction.
 */
export function isPlainText(text: string, least: number, most: number): boolean {
  const { length } = text.trim()
  return length >= least && length <= most && text.isWellFormed() && !/[^\P{Cc}\n\t]|[\u202a-\u202e\u2066-\u2069]/u.test(text)
}

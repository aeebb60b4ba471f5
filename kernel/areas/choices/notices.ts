/**
 * What a patient is notified of, without having to look in the log. The patient is always notified of emergency access, of changes of
 * representation, and of changes that others make to the patient's choices. Notices of other look-ups and of writes depend on what the
 * patient has chosen.
 */
import type { Sql } from 'postgres'
import type { Decision } from '../../access/decision.ts'
import type { LogRow } from '../../audit/chain.ts'
import type { ChangeLog } from '../../audit/change-log.ts'
import type { Follow } from '../../audit/intents.ts'
import type { Ids, PatientKey, RecordId } from '../../store/ids.ts'
import { type ChangeCause, changes, type NoticeCause } from './causes.ts'
import { topicOf } from './topics.ts'

export interface Notice {
  patient: PatientKey
  id: RecordId
  at: Date
  /** The event in the access log, and its row there; the row is null when it is not found. */
  eventId: string
  segment: string | null
  seq: string | null
  cause: NoticeCause
  seen: Date | null
  /** Who did it and where, from the access log; null when the row is not found. */
  name: string | null
  role: string | null
  organization: string | null
  organizationName: string | null
  service: string | null
  purpose: string | null
}

type LookUp = Pick<Decision, 'kind' | 'basis' | 'purpose' | 'organization' | 'visibleContributors'>

interface Noticed {
  decision: LookUp
  alerts: readonly string[]
  /** What in fact opened a restriction, as the row of the access log has it. */
  openedBy: LogRow['openedBy']
}

/**
 * Why the patient is notified of a decision. Whatever patients have chosen, they are notified of emergency access (BTG), whether it opened
 * a restriction or not, and of declared consent when it opened one. They are not notified of what they did themselves, nor of look-ups that
 * opened no record: those that only showed the patient's name, or only that there is something.
 */
export function noticesFor({ decision, alerts, openedBy }: Noticed): NoticeCause[] {
  const { kind, basis, purpose } = decision
  if (kind === 'write') return alerts.includes('write') ? ['write'] : []
  if (kind === 'identify' || kind === 'list' || kind === 'control' || basis === 'self' || basis === 'youth' || basis === 'own-data')
    return []
  const causes: NoticeCause[] = []
  if (purpose === 'BTG') causes.push('emergency-access')
  if (openedBy === 'declared-consent') causes.push('consent-declared')
  if (alerts.includes('every-look-up')) causes.push('every-look-up')
  if (alerts.includes('other-organization') && kind !== 'citizen' && !isOnlySource(decision)) causes.push('other-organization')
  return causes
}

/**
 * Why the patient is notified of a change: the event of its row. Patients are notified of every change of who acts for them, even of their
 * own: a grant that the patient did not make is the first sign that another person is signed in. They are notified of a change of their
 * choices when another person made it.
 */
export function noticeOfChange(event: string, bySelf: boolean): ChangeCause | undefined {
  const cause = changes.find((one) => one === event)
  return cause === undefined || cause === 'question-answered' || (bySelf && cause.startsWith('choice-')) ? undefined : cause
}

/**
 * A log of changes that notifies the patient too. For commands, which have no exchange. The notice is kept with the row until it stands: a
 * command that is killed between the two leaves it to the next server (docs/decisions/0051-what-follows-a-row.md).
 */
export function withNotices(log: ChangeLog, { sql, ids, clock }: { sql: Sql; ids: Ids; clock: () => Date }): ChangeLog {
  return async (change) => {
    const { patient, event, actor } = change
    const eventId = change.eventId ?? ids.uuid()
    const cause = noticeOfChange(event, actor.person !== undefined && actor.person === patient)
    const notice = cause && { cause, id: ids.recordId() }
    await log({ ...change, eventId, notice })
    if (patient === undefined || !notice) return
    await insertNotice(sql, ids, { patient, at: clock(), eventId, cause: notice.cause })
    await sql`delete from after_access where patient = ${patient} and id = ${notice.id}`
  }
}

/** The notice that follows the row of a change which was stored and has no row (kernel/audit/intents.ts). */
export function noticeOfIntent(ids: Pick<Ids, 'recordId'>): Follow {
  return ({ patient, event, person, at, eventId }) => {
    const cause = noticeOfChange(event, person === patient)
    return cause && { patient, id: ids.recordId(), at, access: JSON.stringify({ notice: { eventId, cause } }) }
  }
}

/** What is kept of a notice until it stands. */
export interface KeptNotice {
  notice: { eventId: string; cause: NoticeCause }
}

/** Whether the organisation sees its own records only: there the patient is already known. */
function isOnlySource({ organization, visibleContributors }: LookUp): boolean {
  return visibleContributors.length > 0 && visibleContributors.every((controller) => controller === organization)
}

interface NewNotice {
  patient: PatientKey
  at: Date
  eventId: string
  cause: NoticeCause
  /** The opening that it is about; absent for a change, of which each has a notice. */
  episode?: string | null
}

/**
 * One notice of a cause for each episode, about its first request, and one message outside the portal for each episode, whatever the
 * causes, when the patient wants to hear of it there. A second call for the same event and cause changes nothing. Index:
 * patient_notice_pkey, patient_notice_episode, notice_address_pkey.
 */
export async function insertNotice(sql: Sql, ids: Ids, { patient, at, eventId, cause, episode = null }: NewNotice): Promise<void> {
  await sql`
    with told as (
      insert into patient_notice (patient, id, at, event_id, cause, episode)
      select ${patient}, ${ids.recordId()}, ${at}, ${eventId}, ${cause}, ${episode}
      where not exists (select from patient_notice where patient = ${patient} and event_id = ${eventId} and cause = ${cause})
      on conflict (patient, episode, cause) where episode is not null do nothing
      returning patient
    )
    insert into notice_outbox (patient, id, channel, address, language, kind, event_id, episode, queued, next_try)
    select a.patient, case a.channel when 'sms' then ${ids.recordId()}::bigint else ${ids.recordId()}::bigint end, a.channel, a.address,
      a.language, 'news', ${eventId}, ${episode}::bigint, ${at}, ${at}
    from told join notice_address a on a.patient = told.patient and ${topicOf(cause)} = any (a.topics)
    on conflict do nothing`
}

/** Newest first, at most `limit`. `keys`: the patient's keys, including linked ones. Index: patient_notice_pkey, access_log_patient. */
export async function noticesOf(
  sql: Sql,
  keys: readonly PatientKey[],
  { unseenOnly = false, limit = 200 }: { unseenOnly?: boolean; limit?: number } = {},
): Promise<Notice[]> {
  return await sql<Notice[]>`
    select n.id, n.patient, n.at, l.segment, l.seq, n.event_id as "eventId", n.cause, n.seen,
      case when l.citizen is null then a.name else nullif(trim(concat_ws(' ', c.given_name, c.family_name)), '') end as name,
      a.role, a.organization, a.organization_name as "organizationName", l.service, l.purpose
    from patient_notice n
    left join lateral (
      select l.segment, l.seq, l.actor, l.citizen, l.service, l.purpose from patient_access p join access_log l using (segment, seq)
      where p.patient = n.patient and l.event_id = n.event_id limit 1
    ) as l on true
    left join log_actor a on a.id = l.actor
    left join person c on c.patient = l.citizen
    where n.patient = any (${[...keys]}::bigint[]) ${unseenOnly ? sql`and n.seen is null` : sql``}
    order by n.at desc, n.id desc
    limit ${limit}`
}

/** Marks notices as seen: those with the ids, or all. Returns how many were seen for the first time. Index: patient_notice_pkey. */
export async function markSeen(sql: Sql, keys: readonly PatientKey[], ids: readonly RecordId[] | undefined, now: Date): Promise<number> {
  const { count } = await sql`
    update patient_notice set seen = ${now}
    where patient = any (${[...keys]}::bigint[]) ${ids === undefined ? sql`` : sql`and id = any (${[...ids]}::bigint[])`} and seen is null`
  return count
}

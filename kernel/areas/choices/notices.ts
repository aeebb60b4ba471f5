/**
 * What a patient is told of without looking in the log: emergency access, changes of representation, and changes of choices that others make, always;
 * other look-ups and writes when the patient has asked for it.
 */
import type { Sql } from 'postgres'
import type { Decision } from '../../access/decision.ts'
import type { ChangeLog } from '../../audit/change-log.ts'
import type { Ids, PatientKey, RecordId } from '../../store/ids.ts'
import type { Alert } from './alerts.ts'

/** Events of the access log that are told as such. */
const changes = ['choice-made', 'choice-ended', 'representation-registered', 'representation-ended', 'question-answered'] as const
type ChangeCause = (typeof changes)[number]

export type NoticeCause = 'emergency-access' | 'consent-declared' | Alert | ChangeCause

export interface Notice {
  patient: PatientKey
  id: RecordId
  at: Date
  /** The look-up is in the access log under this, and in this row of it; null when the row is not found. */
  eventId: string
  segment: string | null
  seq: string | null
  cause: NoticeCause
  seen: Date | null
  /** Who and where, as the access log has it; null when the row is not found. */
  name: string | null
  role: string | null
  organization: string | null
  organizationName: string | null
  service: string | null
  purpose: string | null
}

type LookUp = Pick<Decision, 'kind' | 'basis' | 'purpose' | 'lifted' | 'organization' | 'visibleContributors'>

/**
 * Why the patient is told of something that was done. Emergency access (BTG) and a restriction opened by declared consent are told
 * whatever the patient has chosen. Nobody is told of what they did themselves, and not that somebody saw their name, or that there is something, and no record.
 */
export function noticesFor({ decision, alerts }: { decision: LookUp; alerts: readonly string[] }): NoticeCause[] {
  const { kind, basis, purpose, lifted } = decision
  if (kind === 'write') return alerts.includes('write') ? ['write'] : []
  if (kind === 'identify' || kind === 'list' || kind === 'control' || basis === 'self' || basis === 'youth' || basis === 'own-data')
    return []
  const causes: NoticeCause[] = []
  if (purpose === 'BTG' || lifted === 'emergency') causes.push('emergency-access')
  if (lifted === 'consent') causes.push('consent-declared')
  if (alerts.includes('every-look-up')) causes.push('every-look-up')
  if (alerts.includes('other-organization') && kind !== 'citizen' && !isOnlySource(decision)) causes.push('other-organization')
  return causes
}

/**
 * A change is told as the event of its row. Who acts for the patient is told whoever changed it, since a grant that one did not make is the first
 * sign that somebody else is signed in; a choice is told when others made or ended it.
 */
export function noticeOfChange(event: string, bySelf: boolean): ChangeCause | undefined {
  const cause = changes.find((one) => one === event)
  return cause === undefined || cause === 'question-answered' || (bySelf && cause.startsWith('choice-')) ? undefined : cause
}

/** A log of changes that tells the patient too: for commands, which have no exchange. */
export function withNotices(log: ChangeLog, { sql, ids, clock }: { sql: Sql; ids: Ids; clock: () => Date }): ChangeLog {
  return async (change) => {
    const { patient, event, actor } = change
    const eventId = change.eventId ?? ids.uuid()
    await log({ ...change, eventId })
    const cause = noticeOfChange(event, actor.person !== undefined && actor.person === patient)
    if (patient !== undefined && cause) await insertNotice(sql, ids, { patient, at: clock(), eventId, cause })
  }
}

/** An organisation that sees its own records and nobody else's is where the patient is known already. */
function isOnlySource({ organization, visibleContributors }: LookUp): boolean {
  return visibleContributors.length > 0 && visibleContributors.every((controller) => controller === organization)
}

export async function insertNotice(
  sql: Sql,
  ids: Ids,
  { patient, at, eventId, cause }: { patient: PatientKey; at: Date; eventId: string; cause: NoticeCause },
): Promise<void> {
  await sql`insert into patient_notice (patient, id, at, event_id, cause) values (${patient}, ${ids.recordId()}, ${at}, ${eventId}, ${cause})`
}

/** Newest first, 200 at most unless told. `keys`: of the patient, linked ones too. Index: patient_notice_pkey, access_log_pkey. */
export async function noticesOf(
  sql: Sql,
  keys: readonly PatientKey[],
  { unseenOnly = false, limit = 200 }: { unseenOnly?: boolean; limit?: number } = {},
): Promise<Notice[]> {
  return await sql<Notice[]>`
    select n.id, n.patient, n.at, l.segment, l.seq, n.event_id as "eventId", n.cause, n.seen, a.name, a.role, a.organization, a.organization_name as "organizationName",
      l.service, l.purpose
    from patient_notice n
    left join lateral (
      select segment, seq, actor, service, purpose from access_log where patient = n.patient and event_id = n.event_id limit 1
    ) as l on true
    left join log_actor a on a.id = l.actor
    where n.patient = any (${[...keys]}::bigint[]) ${unseenOnly ? sql`and n.seen is null` : sql``}
    order by n.at desc, n.id desc
    limit ${limit}`
}

/** How many were seen now for the first time; without ids, of all. Index: patient_notice_pkey. */
export async function markSeen(sql: Sql, keys: readonly PatientKey[], ids: readonly RecordId[] | undefined, now: Date): Promise<number> {
  const { count } = await sql`
    update patient_notice set seen = ${now}
    where patient = any (${[...keys]}::bigint[]) ${ids === undefined ? sql`` : sql`and id = any (${[...ids]}::bigint[])`} and seen is null`
  return count
}

/** What a patient is told of without looking in the log: emergency access always, other look-ups and writes when the patient has asked for it. */
import type { Sql } from 'postgres'
import type { Ids, PatientKey, RecordId } from '../../store/ids.ts'
import type { Decision } from '../decision.ts'
import type { Alert } from './alerts.ts'

export type NoticeCause = 'emergency-access' | 'consent-declared' | Alert

export interface Notice {
  id: RecordId
  at: Date
  /** The look-up is in the access log under this. */
  eventId: string
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
    select n.id, n.at, n.event_id as "eventId", n.cause, n.seen, a.name, a.role, a.organization, a.organization_name as "organizationName",
      l.service, l.purpose
    from patient_notice n
    left join lateral (
      select actor, service, purpose from access_log where patient = n.patient and event_id = n.event_id limit 1
    ) as l on true
    left join log_actor a on a.id = l.actor
    where n.patient = any (${[...keys]}::bigint[]) ${unseenOnly ? sql`and n.seen is null` : sql``}
    order by n.at desc, n.id desc
    limit ${limit}`
}

/** How many were seen now for the first time. Index: patient_notice_pkey. */
export async function markSeen(sql: Sql, keys: readonly PatientKey[], ids: readonly RecordId[], now: Date): Promise<number> {
  const { count } = await sql`
    update patient_notice set seen = ${now}
    where patient = any (${[...keys]}::bigint[]) and id = any (${[...ids]}::bigint[]) and seen is null`
  return count
}

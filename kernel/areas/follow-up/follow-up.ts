/**
 * The follow-up list: emergency access (BTG) that a person at each controller must look into and close with a finding
 * (helsepersonelloven § 21 a; pasientjournalloven §§ 16 and 22). docs/run/follow-up.md
 */

import type { Sql } from 'postgres'
import type { Actor } from '../../audit/actors.ts'
import type { ChangeLog } from '../../audit/change-log.ts'
import { samePerson } from '../../identity/same-person.ts'
import type { PatientKey } from '../../store/ids.ts'
import { cleanText } from '../../values/clean-text.ts'
import { type ClosingRefusal, closingFault } from './closing.ts'
import type { FollowUpFinding } from './findings.ts'

export interface EmergencyAccess {
  patient: PatientKey
  /** The event id in the access log. */
  eventId: string
  at: Date
  /** Id of the row in log_actor. */
  actor: string
  service: string
  /** The reason that the reader wrote. */
  reason: string
  /** The reader's own organisation, and every controller whose records were opened. */
  controllers: readonly string[]
}

export interface FollowUp {
  eventId: string
  at: Date
  name: string
  role: string | null
  hprNumber: string | null
  organization: string | null
  organizationName: string | null
  service: string
  reason: string
  closed: Date | null
  closedBy: string | null
  finding: FollowUpFinding | null
  note: string | null
}

/** Adds one row for each controller. A second call for the same event changes nothing. */
export async function openFollowUps(sql: Sql, access: EmergencyAccess): Promise<void> {
  const { patient, eventId, at, actor, service, reason, controllers } = access
  await sql`
    insert into emergency_follow_up (patient, event_id, controller, at, actor, service, reason)
    select ${patient}, ${eventId}, controller, ${at}, ${actor}, ${service}, ${cleanText(reason)}
    from unnest(${[...new Set(controllers)]}::text[]) as c (controller)
    on conflict (patient, event_id, controller) do nothing`
}

/**
 * A controller's own list, oldest first; all of it unless a limit is given. It does not show who the patients are. Indexes:
 * emergency_follow_up_open, emergency_follow_up_closed.
 */
export async function followUps(
  sql: Sql,
  controller: string,
  { open, limit, skip = 0 }: { open: boolean; limit?: number; skip?: number },
): Promise<FollowUp[]> {
  const rows = await sql<FollowUp[]>`
    select f.event_id as "eventId", f.at, coalesce(a.name, 'not established') as name, a.role, a.hpr_number as "hprNumber", a.organization,
      a.organization_name as "organizationName", f.service, f.reason, f.closed, f.closed_by as "closedBy", f.finding, f.note
    from emergency_follow_up f
    left join log_actor a on a.id = f.actor
    where f.controller = ${controller} and f.closed is null ${open ? sql`` : sql`is not null`}
    order by f.at, f.event_id
    limit ${limit ?? null} offset ${skip}`
  return [...rows]
}

/** The patients of emergency accesses in the controller's list, by event. Events that are not in the list are left out. */
export async function followUpPatients(sql: Sql, controller: string, eventIds: readonly string[]): Promise<Map<string, PatientKey>> {
  // There are few rows, and a person asks for them: no index by event is kept for that.
  const rows = await sql<{ eventId: string; patient: PatientKey }[]>`
    select event_id as "eventId", patient from emergency_follow_up
    where controller = ${controller} and event_id = any (${[...eventIds]}::uuid[])`
  return new Map(rows.map(({ eventId, patient }) => [eventId, patient]))
}

export interface FollowUpClosing {
  controller: string
  eventId: string
  finding: FollowUpFinding
  note: string
  /** A person who acts for the controller, and not the one who opened the records. */
  closedBy: Actor
}

/**
 * Closes one entry of a controller's list; the same event in another controller's list stays open. The row of the access log is written
 * before the closing is committed, so that nothing is closed without being in the log.
 */
export async function closeFollowUp(
  sql: Sql,
  parts: { changes: ChangeLog; clock: () => Date },
  { controller, eventId, finding, note, closedBy }: FollowUpClosing,
): Promise<'closed' | ClosingRefusal> {
  const fault = closingFault(closedBy, controller, note)
  if (fault) return fault
  return await sql.begin(async (transaction) => {
    const tx = transaction as unknown as Sql
    const [found] = await tx<
      { patient: PatientKey; service: string; closed: Date | null; person: string | null; hprNumber: string | null }[]
    >`
      select f.patient, f.service, f.closed, a.person, a.hpr_number as "hprNumber"
      from emergency_follow_up f
      left join log_actor a on a.id = f.actor
      where f.controller = ${controller} and f.event_id = ${eventId}
      for update of f`
    if (!found) return 'unknown'
    if (found.closed) return 'closed-already'
    if (await samePerson(tx, closedBy, found)) return 'same-person'
    await tx`
      update emergency_follow_up
      set closed = ${parts.clock()}, closed_by = ${closedBy.name}, finding = ${finding}, note = ${cleanText(note)}
      where patient = ${found.patient} and event_id = ${eventId} and controller = ${controller}`
    // The patient reads this row, so it does not hold the note, which is the controller's own.
    await parts.changes({
      patient: found.patient,
      event: 'follow-up-closed',
      actor: closedBy,
      service: found.service,
      type: 'emergency-follow-up',
      reason: `${eventId}: ${finding}`,
    })
    return 'closed'
  })
}

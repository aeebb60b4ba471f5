/**
 * The follow-up list: emergency access (BTG) that a person at each controller must look into and close with a finding
 * (helsepersonelloven § 21 a; pasientjournalloven §§ 16 and 22). docs/run/follow-up.md
 */

import type { PendingQuery, Row, Sql } from 'postgres'
import type { Actor } from '../../audit/actors.ts'
import type { ChangeLog } from '../../audit/change-log.ts'
import { samePerson } from '../../identity/same-person.ts'
import type { PatientKey } from '../../store/ids.ts'
import { cleanText } from '../../values/clean-text.ts'
import { type ClosingRefusal, closingFault } from './closing.ts'
import type { FollowUpFinding } from './findings.ts'

type Fragment = PendingQuery<Row[]>

export interface EmergencyAccess {
  patient: PatientKey
  /** The event id in the access log. */
  eventId: string
  /** The opening that the request is part of; null when nothing was attested. */
  episode: string | null
  at: Date
  /** Id of the row in log_actor. */
  actor: string
  service: string
  /** The reason that the reader wrote. */
  reason: string
  /** The reader's own organisation, and every controller whose records were opened. */
  controllers: readonly string[]
}

/** What was asked of one service in an emergency access: how many requests, and when the first and the last of them came. */
export interface Opened {
  service: string
  /**
   * Whether one of them in fact opened something that the patient has restricted, or the source has blocked. It is stated of requests of
   * the controller's own staff, and of those that showed its records alone: otherwise it may be another controller's record. Null: not
   * stated.
   */
  restricted: boolean | null
  requests: number
  from: Date
  until: Date
}

/** One emergency access: all requests of one episode, until it was closed. */
export interface FollowUp {
  /** The event of its first request, which is the name of the item. */
  eventId: string
  at: Date
  name: string
  role: string | null
  hprNumber: string | null
  organization: string | null
  organizationName: string | null
  /** The service of the first request. */
  service: string
  /** In the order in which the services were opened. */
  opened: Opened[]
  reason: string
  closed: Date | null
  closedBy: string | null
  finding: FollowUpFinding | null
  note: string | null
}

/**
 * Adds one item for each controller that has none open for the episode. When the item of the episode is closed, a later request opens
 * another: what came after the finding is not covered by it. A second call for the same event changes nothing. Indexes:
 * emergency_follow_up_pkey, emergency_follow_up_episode.
 */
export async function openFollowUps(sql: Sql, access: EmergencyAccess): Promise<void> {
  const { patient, eventId, episode, at, actor, service, reason, controllers } = access
  const each = [...new Set(controllers)]
  // A closing that is under way is waited for: the request joins an item only before the closing has looked at what it covers.
  await sql`
    with open_items as materialized (
      select from emergency_follow_up
      where patient = ${patient} and episode = ${episode} and controller = any (${each}::text[]) and closed is null
      for share
    )
    insert into emergency_follow_up (patient, event_id, controller, at, actor, service, reason, episode)
    select ${patient}, ${eventId}, controller, ${at}, ${actor}, ${service}, ${cleanText(reason)}, ${episode}
    from unnest(${each}::text[]) as c (controller), (select count(*) from open_items) as waited
    on conflict do nothing`
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
  const page = sql`f.closed ${open ? sql`is null` : sql`is not null`} order by f.at, f.event_id limit ${limit ?? null} offset ${skip}`
  return await itemsOf(sql, controller, page)
}

/** The item of a controller's list that began with that event. There are few rows, and a person asks for them: no index is kept for it. */
export async function followUp(sql: Sql, controller: string, eventId: string): Promise<FollowUp | undefined> {
  return (await itemsOf(sql, controller, sql`f.event_id = ${eventId}`))[0]
}

async function itemsOf(sql: Sql, controller: string, which: Fragment): Promise<FollowUp[]> {
  const rows = await sql<(Omit<FollowUp, 'opened'> & { opened: OpenedRow[] | null })[]>`
    select f.event_id as "eventId", f.at, coalesce(a.name, 'not established') as name, a.role, a.hpr_number as "hprNumber", a.organization,
      a.organization_name as "organizationName", f.service, f.reason, f.closed, f.closed_by as "closedBy", f.finding, f.note,
      ${openedOf(sql)} as opened
    from emergency_follow_up f
    left join log_actor a on a.id = f.actor
    where f.controller = ${controller} and ${which}`
  return rows.map(({ opened, ...row }) => ({
    ...row,
    opened: (opened ?? []).map(({ from, until, ...one }) => ({ ...one, from: new Date(from), until: new Date(until) })),
  }))
}

type OpenedRow = Omit<Opened, 'from' | 'until'> & { from: string; until: string }

/**
 * What the requests of the item `f` opened, from the rows of the access log: those that the controller's own staff made, or that showed its
 * records. Where one episode has several items, each has the requests from its own first one to that of the next. Indexes:
 * access_log_emergency, emergency_follow_up_pkey.
 */
function openedOf(sql: Sql) {
  const other = sql`other.patient = f.patient and other.episode = f.episode and other.controller = f.controller`
  return sql`(
    select jsonb_agg(
      jsonb_build_object('service', service, 'requests', requests, 'restricted', restricted, 'from', first, 'until', last)
      order by first, service
    )
    from (
      select l.service, count(*) as requests, min(l.at) as first, max(l.at) as last,
        case when bool_or(own and l.opened_by is not null) then true when bool_and(own) then false end as restricted
      from access_log l,
        lateral (select coalesce(l.organization = f.controller or l.controllers = f.controller, false) as own) as whose
      where l.patient = f.patient and l.purpose = 'BTG' and coalesce(l.episode = f.episode, l.event_id = f.event_id)
        and l.outcome = 'ok' and l.service <> 'persons'
        and (l.organization = f.controller or f.controller = any (string_to_array(l.controllers, ' ')) or l.event_id = f.event_id)
        and not exists (select from emergency_follow_up other where ${other} and other.at > f.at and other.at <= l.at)
        and (l.at >= f.at or not exists (select from emergency_follow_up other where ${other} and other.at < f.at))
      group by l.service
    ) s
  )`
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
  /** The newest request that the one who closes has read of; when a later one has joined, it is not closed. Undefined: not checked. */
  seenUntil?: Date | undefined
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
  { controller, eventId, finding, note, seenUntil, closedBy }: FollowUpClosing,
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
    // The row is locked, so no request joins from here on: one that comes now waits, and opens another item.
    if (seenUntil && (await newestOf(tx, controller, eventId)) > seenUntil.getTime()) return 'joined-since'
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

/** The time of the newest request of an item, in milliseconds. */
async function newestOf(sql: Sql, controller: string, eventId: string): Promise<number> {
  const item = await followUp(sql, controller, eventId)
  return Math.max(item?.at.getTime() ?? 0, ...(item?.opened ?? []).map(({ until }) => until.getTime()))
}

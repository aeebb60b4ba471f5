/** The cases that the rules opened: they are listed, shown with their look-ups, and closed with a finding. docs/run/misuse.md */

import type { Sql } from 'postgres'
import type { Actor } from '../../audit/actors.ts'
import type { OpenedBy } from '../../audit/chain.ts'
import type { ChangeLog } from '../../audit/change-log.ts'
import { samePerson } from '../../identity/same-person.ts'
import { logicalId, type PatientKey, parseLogicalId, type RecordId } from '../../store/ids.ts'
import type { Unseen } from '../../store/visibility.ts'
import { cleanText } from '../../values/clean-text.ts'
import { openingOf } from '../access-log/openings.ts'
import { type ClosingRefusal, closingFault } from '../follow-up/closing.ts'
import type { MisuseFinding } from '../follow-up/findings.ts'
import type { RuleId } from './rules.ts'
import type { Facts } from './why.ts'

export interface MisuseCase {
  /** Letters only, without digits. */
  id: string
  rule: RuleId
  organization: string
  actorName: string
  hprNumber: string | null
  /** As what and where the reader looked first: an authorisation of list 9060, and the name of the department or point of care. */
  role: string | null
  unit: string | null
  firstAt: Date
  lastAt: Date
  facts: Facts
  opened: Date
  closed: Date | null
  closedBy: string | null
  finding: MisuseFinding | null
  note: string | null
}

/** One of the requests of a case. */
export interface CaseLookUp {
  /** Which opening of a patient the request is part of, from 1 in each case: the requests of one are one look-up. */
  opening: number
  at: Date
  eventId: string
  /** `0` when no person was found. */
  patient: PatientKey
  organizationName: string | null
  /** The name of the department or point of care. */
  unit: string | null
  role: string | null
  service: string | null
  event: string
  type: string | null
  purpose: string | null
  resources: number
  openedBy: OpenedBy | null
  /** Why something was not seen, of the staff of the organisation that controls. */
  unseen: Unseen[] | null
  automatic: boolean
}

/**
 * The cases of an organisation, oldest first; all of them unless a limit is given. They do not show who the patients are. Indexes:
 * misuse_case_open, misuse_case_closed.
 */
export async function misuseCases(
  sql: Sql,
  organization: string,
  { open, limit, skip = 0 }: { open: boolean; limit?: number; skip?: number },
): Promise<MisuseCase[]> {
  const rows = await sql<CaseRow[]>`
    select ${columns(sql)} from misuse_case ${firstLookUp(sql)}
    where organization = ${organization} and closed ${open ? sql`is null` : sql`is not null`}
    order by first_at, rule, patient, id
    limit ${limit ?? null} offset ${skip}`
  return rows.map(caseOf)
}

/** A case and its look-ups, oldest first; undefined when no case has that id. Indexes: misuse_case_pkey, access_log_at (brin). */
export async function misuseCase(sql: Sql, id: string): Promise<(MisuseCase & { patient: PatientKey; lookUps: CaseLookUp[] }) | undefined> {
  const key = parseLogicalId(id)
  if (!key) return undefined
  const [row] = await sql<CaseRow[]>`select ${columns(sql)} from misuse_case ${firstLookUp(sql)}
    where patient = ${key.patient} and id = ${key.id}`
  if (!row) return undefined
  const lookUps = await sql<(Omit<CaseLookUp, 'opening'> & { opening: string })[]>`
    select ${openingOf(sql)} as opening, l.at, l.event_id as "eventId", l.patient, a.organization_name as "organizationName",
      ${placeOf(sql)},
      l.opened_by as "openedBy", l.automatic, case when l.organization = c.organization then l.unseen end as unseen,
      l.service, l.event, l.type, l.purpose, coalesce(octet_length(l.disclosed), 0) / 8 as resources
    from misuse_case c
    join access_log l on l.at >= c.first_at and l.at <= c.last_at and l.event_id = any (c.events)
    left join log_actor a on a.id = l.actor
    left join log_attestation t on t.id = l.attestation
    where c.patient = ${key.patient} and c.id = ${key.id}
    order by l.at, l.segment, l.seq`
  const openings = [...new Set(lookUps.map(({ opening }) => opening))]
  const numbered = lookUps.map((one) => ({ ...one, opening: openings.indexOf(one.opening) + 1 }))
  return { ...caseOf(row), patient: row.patient, lookUps: numbered }
}

export interface CaseClosing {
  id: string
  finding: MisuseFinding
  note: string
  /** A person who acts for the organisation of the case, and not the one who made the look-ups. */
  closedBy: Actor
}

/**
 * Closes a case. The row of the access log is written before the closing is committed, so that no case is closed without being in the log.
 */
export async function closeCase(
  sql: Sql,
  parts: { changes: ChangeLog; clock: () => Date },
  { id, finding, note, closedBy }: CaseClosing,
): Promise<'closed' | ClosingRefusal> {
  const key = parseLogicalId(id)
  if (!key) return 'unknown'
  return await sql.begin(async (transaction) => {
    const tx = transaction as unknown as Sql
    const [found] = await tx<{ organization: string; closed: Date | null; person: string | null; hprNumber: string | null }[]>`
      select organization, closed, actor_person as person, hpr_number as "hprNumber" from misuse_case
      where patient = ${key.patient} and id = ${key.id}
      for update`
    if (!found) return 'unknown'
    const fault = closingFault(closedBy, found.organization, note)
    if (fault) return fault
    if (found.closed) return 'closed-already'
    if (await samePerson(tx, closedBy, found)) return 'same-person'
    await tx`
      update misuse_case
      set closed = ${parts.clock()}, closed_by = ${closedBy.name}, finding = ${finding}, note = ${cleanText(note)}
      where patient = ${key.patient} and id = ${key.id}`
    // The patient reads this row, so it holds neither the rule nor the note: a case is a question, and no proof that the reader did wrong.
    await parts.changes({
      patient: key.patient,
      event: 'misuse-case-closed',
      actor: closedBy,
      type: 'misuse-case',
      reason: `${id}: ${finding}`,
    })
    return 'closed'
  })
}

type CaseRow = Omit<MisuseCase, 'id'> & { patient: PatientKey; id: RecordId }

function columns(sql: Sql) {
  return sql`patient, id, rule, organization, actor_name as "actorName", hpr_number as "hprNumber", w.role, w.unit,
      first_at as "firstAt", last_at as "lastAt", facts, opened, closed, closed_by as "closedBy", finding, note`
}

/** The attested role comes before that of the register, as in the log that the patient reads. */
function placeOf(sql: Sql) {
  return sql`coalesce(t."authorization", a.role) as role, coalesce(t.point_of_care_name, t.department_name) as unit`
}

function firstLookUp(sql: Sql) {
  return sql`left join lateral (
      select ${placeOf(sql)} from access_log l
      left join log_actor a on a.id = l.actor
      left join log_attestation t on t.id = l.attestation
      where l.at >= misuse_case.first_at and l.at <= misuse_case.last_at and l.event_id = any (misuse_case.events)
      order by l.at, l.segment, l.seq limit 1) w on true`
}

function caseOf({ patient, id, ...more }: CaseRow): MisuseCase {
  return { ...more, id: logicalId(patient, id) }
}

/**
 * What each of many decisions lets through, in one statement: there is a decision for each patient of a list and each service. The
 * predicate is that of read-records.ts, but over rows instead of parameters, so that the statement always has the same text and is prepared
 * once. has-data.test.ts compares the two.
 */

import type { Sql } from 'postgres'
import { BLOCKED_AGAINST_STAFF } from '../codes/release-codes.ts'
import { covered } from './covered.ts'
import type { RecordId } from './ids.ts'
import { present } from './present.ts'
import type { tokenTexts } from './read-records.ts'
import type { Visibility } from './visibility.ts'
import { ChoicesChanged, uncountedCodes } from './visibility.ts'

/** Whether a decision lets any present record through, and whether the reader is notified that a choice of the patient hides some. */
export interface AnyFound {
  any: boolean
  withheldByPatient: boolean
}

/**
 * The answers in the order of the decisions. Throws ChoicesChanged when the choices of a patient have changed since the decision.
 * Index: record_current.
 */
export async function anyRecords(sql: Sql, decisions: readonly Visibility[]): Promise<AnyFound[]> {
  const found = decisions.map((decision) => ({ any: false, withheldByPatient: isToldWhateverThereIs(decision) }))
  const asked = decisions.map(questionOf).filter(({ controllers }) => controllers.length > 0)
  if (asked.length === 0) return found
  const rows = await sql<{ place: number; any: boolean; withheld: boolean; same: boolean }[]>`
    select q.place,
      exists (select from record r where ${openedBy(sql)} and ${shownBy(sql)} and ${presentBy(sql)}) as any,
      exists (select from record r where ${openedBy(sql)} and (${isIn(sql, sql`q.restrictions`, sql`h.restricted`)}
        or coalesce(r.release_codes && q.blocked, false))
        and not coalesce(r.release_codes && q.uncounted, false)
        and (q."releasedAt" is null or r.release_at is null or r.release_at <= q."releasedAt")) as withheld,
      ${isUnchanged(sql)} as same
    from ${questions(sql, asked)}`
  checkSame(rows)
  for (const { place, any, withheld } of rows) {
    const one = found[place]
    if (one) Object.assign(one, { any, withheldByPatient: one.withheldByPatient || withheld })
  }
  return found
}

/** The newest present records of one kind that a decision lets through. */
export interface NewestAsked {
  decision: Visibility
  type: string
  /** One token of each group must be there. */
  tokens: readonly ReturnType<typeof tokenTexts>[]
  count: number
}

export interface NewestFound {
  id: RecordId
  version: number
  controller: string
  effective: Date
  content: string
}

/**
 * The newest records for each question, newest first, in the order of the questions. Throws ChoicesChanged as `anyRecords` does.
 * Index: record_current.
 */
export async function newestRecords(sql: Sql, asked: readonly NewestAsked[]): Promise<NewestFound[][]> {
  const found = asked.map((): NewestFound[] => [])
  const open = asked
    .map(({ decision, type, tokens, count }, place) => ({ ...questionOf(decision, place), type, tokens, count }))
    .filter(({ controllers }) => controllers.length > 0)
  if (open.length === 0) return found
  const rows = await sql<(NewestFound & { place: number; same: boolean })[]>`
    select q.place, ${isUnchanged(sql)} as same, n.id, n.version, n.controller, n.effective, n.content
    from ${questions(sql, open)}
    left join lateral (
      select r.id, r.version, r.controller, r.effective, r.content from record r
      where ${openedBy(sql)} and ${shownBy(sql)} and r.type = q.type and ${presentBy(sql)}
        and not exists (select from jsonb_array_elements(q.tokens) as t
                        where not r.tokens && array(select jsonb_array_elements_text(t -> 'whole'))
                          and not exists (select from unnest(r.tokens) as token
                            where token ~ any (array(select jsonb_array_elements_text(t -> 'partial')))))
      order by r.effective desc, r.id desc
      limit q.count
    ) as n on true
    order by q.place, n.effective desc, n.id desc`
  checkSame(rows)
  for (const { place, same: _same, ...newest } of rows) if (newest.id !== null) found[place]?.push(newest)
  return found
}

type Question = ReturnType<typeof questionOf> & Partial<Omit<NewestAsked, 'decision'>>

function questions(sql: Sql, asked: readonly Question[]) {
  return sql`jsonb_to_recordset(${JSON.stringify(asked)}::text::jsonb) as q (
      place integer, keys bigint[], service text, organization text, controllers text[], opened text[], own boolean, withholdings jsonb,
      restrictions jsonb, hidden text[], together text[], blocked text[], uncounted text[], contracted jsonb,
      "releasedAt" timestamptz, at timestamptz,
      changes integer, type text, tokens jsonb,
      count integer)
    cross join lateral (
      select ${coveredBy(sql, sql`q.withholdings`)} as hidden, ${coveredBy(sql, sql`q.restrictions`)} as restricted) as h`
}

function coveredBy(sql: Sql, withholdings: ReturnType<Sql>) {
  return sql`array(
        select unnest(${covered(sql, { keys: sql`q.keys`, service: sql`q.service`, root: sql`w.record`, controller: sql`w.controller` })})
        from jsonb_to_recordset(${withholdings}) as w (controller text, record bigint) where w.record is not null)`
}

/** The current records that controllers open, before the patient's choices hide any. */
function openedBy(sql: Sql) {
  return sql`r.patient = any (q.keys) and r.service = q.service and r.controller = any (q.controllers)
          and r.superseded is null and not r.deleted
          and (q.opened is null or r.sensitive_codes is null or r.controller = q.organization
            or (select bool_and(r.controller || '|' || c = any (q.opened)) from unnest(r.sensitive_codes) as c))
          and (q.contracted is null or not exists (
            select from jsonb_to_recordset(q.contracted) as c (controller text, tokens text[])
            where c.controller = r.controller and not r.tokens && c.tokens))`
}

function shownBy(sql: Sql) {
  return sql`(q.own or (not ${isIn(sql, sql`q.withholdings`, sql`h.hidden`)}
            and (r.release_codes is null or not r.release_codes && q.hidden) and not r.tokens && q.together
            and (q."releasedAt" is null or r.release_at is null or r.release_at <= q."releasedAt")))`
}

function presentBy(sql: Sql) {
  return present(sql, sql`r.tokens`, sql`q.at`)
}

/** `ids` are those that the choices about single records cover (covered.ts), found once for each question. */
function isIn(sql: Sql, withholdings: ReturnType<Sql>, ids: ReturnType<Sql>) {
  return sql`(r.id = any (${ids}) or (${withholdings} is not null and exists (
              select from jsonb_to_recordset(${withholdings}) as w (controller text, record bigint)
              where w.record is null and (w.controller is null or w.controller = r.controller))))`
}

function isUnchanged(sql: Sql) {
  return sql`(q.own or (select count(*) + count(ended) from patient_choice p where p.patient = any (q.keys)) = q.changes)`
}

function checkSame(rows: readonly { same: boolean }[]): void {
  if (rows.some(({ same }) => !same)) throw new ChoicesChanged('The choices of a patient changed while the request was under way.')
}

/** A block and an opt-out are reported whatever there is (countWithheld in read-records.ts). */
function isToldWhateverThereIs({ withholdings }: Visibility): boolean {
  return withholdings.some(({ cause, told }) => told && cause !== 'GeneralBlock')
}

function questionOf(decision: Visibility, place: number) {
  const { patient, withholdings, releasedOnly } = decision
  const parts = (some: Visibility['withholdings']) =>
    some.length === 0 ? null : some.map(({ controller, record }) => ({ controller, record }))
  return {
    place,
    keys: [patient.key, ...patient.linked],
    service: decision.service,
    organization: decision.organization,
    controllers: decision.controllers,
    opened: decision.openedSensitiveCodes ?? null,
    own: decision.ownRecords,
    withholdings: parts(withholdings),
    restrictions: parts(withholdings.filter(({ cause, told }) => told && cause === 'GeneralBlock')),
    hidden: decision.hiddenReleaseCodes,
    together: decision.hiddenTokens ?? [],
    contracted: decision.contracted?.length ? decision.contracted : null,
    blocked: decision.blockedAgainstStaff ? [BLOCKED_AGAINST_STAFF] : [],
    uncounted: uncountedCodes(decision),
    releasedAt: releasedOnly ? decision.at.toISOString() : null,
    at: decision.at.toISOString(),
    changes: decision.choiceChanges,
  }
}

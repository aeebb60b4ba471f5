/**
 * What the patient's own log says about records that are not released to the reader: nothing. A look-up stays a line, since who looked is
 * the patient's to know, but the line neither counts nor names such records. A line that was written when such a record came, and that
 * nobody looked at anything by, comes with the release.
 */
import type { PendingQuery, Row, Sql } from 'postgres'
import type { HiddenWith } from '../../access/area.ts'
import { BLOCKED_AGAINST_STAFF } from '../../codes/release-codes.ts'

type Fragment = PendingQuery<Row[]>

/** What hides records from the reader of the log, as in a decision about the records themselves. */
export interface Unreleased {
  at: Date
  /** Codes of list 9603. */
  codes: readonly string[]
  /** Services whose records others hide. */
  hiddenWith: readonly (HiddenWith & { of: string })[]
}

/** The number of records that a row `l` of the log may count. With `unreleased` undefined it counts all. Index: record_pkey. */
export function countedRecords(sql: Sql, unreleased: Unreleased | undefined): Fragment {
  const all = sql`coalesce(octet_length(l.disclosed), 0) / 8`
  if (!unreleased) return all
  return sql`((${all}) - (select count(distinct r.id) from record r where ${isHidden(sql, unreleased)}))::integer`
}

/**
 * The type that a row may name. A search is named by what was asked for, which says nothing of what there is; anything else by what it is
 * about, and by nothing when that is not released.
 */
export function namedType(sql: Sql, unreleased: Unreleased | undefined): Fragment {
  if (!unreleased) return sql`l.type`
  const isNamed = sql`l.event = 'search-type' or l.disclosed is null or ${countedRecords(sql, unreleased)} > 0`
  return sql`case when ${isNamed} then l.type end`
}

/** Whether a row is one of the lines: not a write of nothing but records that are not released. */
export function isLine(sql: Sql, unreleased: Unreleased | undefined): Fragment {
  if (!unreleased) return sql`true`
  return sql`(l.purpose is not null or l.disclosed is null or ${countedRecords(sql, unreleased)} > 0)`
}

function isHidden(sql: Sql, { at, codes, hiddenWith }: Unreleased): Fragment {
  return sql`r.patient in (select l.patient union all select same_as from person_link where patient = l.patient)
    and r.id = any (disclosed_ids(l.disclosed)) and r.superseded is null
    and (r.release_at > ${at} or coalesce(r.release_codes && ${[...codes]}::text[], false)${isHiddenByOthers(sql, codes, hiddenWith)})`
}

function isHiddenByOthers(sql: Sql, codes: readonly string[], hiddenWith: Unreleased['hiddenWith']): Fragment {
  const hiding = codes.filter((code) => code !== BLOCKED_AGAINST_STAFF)
  const conditions = hiddenWith.map(
    ({ of, service, parameter }) => sql`
      or (r.service = ${of} and r.tokens && array(
        select token from record h cross join unnest(h.tokens) as token
        where h.patient in (select l.patient union all select same_as from person_link where patient = l.patient) and h.service = ${service}
          and h.superseded is null and not h.deleted and h.release_codes && ${hiding}::text[] and starts_with(token, ${`${parameter}=`})))`,
  )
  return conditions.reduce((all, one) => sql`${all} ${one}`, sql``)
}

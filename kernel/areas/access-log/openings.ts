/**
 * Openings of patients, counted in the access log: what a screen asks about one patient under one attestation is one opening, whatever
 * number of requests it makes, and a request without an attestation is one by itself. docs/decisions/0049-episodes.md
 */
import type { PendingQuery, Row, Sql } from 'postgres'

type Fragment = PendingQuery<Row[]>

/** Which opening the row `l` of the log is part of. */
export function openingOf(sql: Sql): Fragment {
  return sql`coalesce(l.episode::text, l.event_id::text)`
}

/** The number of openings in a group of rows `l`. What a screen asked by itself is no opening. */
export function countOpenings(sql: Sql, condition: Fragment = sql`true`): Fragment {
  return sql`(count(distinct ${openingOf(sql)}) filter (where not l.automatic and ${condition}))::integer`
}

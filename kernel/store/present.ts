/**
 * What "present" means, in one place: a record counts as present when it is stated now. One that was refuted or entered in error, that has
 * ended, or that begins later is kept and shown as what it is, and is in no count, signal, summary or statistic of what there is.
 *
 * A service declares the times of a record (`presence` of kernel/fhir/service.ts). They are stored as tokens, so that the day on which
 * something ends needs no write. A record without such tokens is always present.
 */
import type { PendingQuery, Row, Sql } from 'postgres'

/** From the first instant until just before the last. Absent: without that limit. `never` is what is not stated at all. */
export type Presence = { from?: Date | undefined; until?: Date | undefined } | 'never'

const FROM = '_present-from=|'
const UNTIL = '_present-until=|'
/** Before every instant that a record may name: FHIR has the years 0001 to 9999. */
const NEVER = new Date('0000-01-01T00:00:00Z')

export function isPresent(presence: Presence, at: Date): boolean {
  if (presence === 'never') return false
  return (presence.from === undefined || presence.from <= at) && (presence.until === undefined || presence.until > at)
}

/** The texts that stand in `tokens` of a record; each time has 24 characters in UTC, so that texts compare as times do. */
export function presenceTokens(presence: Presence | undefined): string[] {
  const { from, until } = presence === 'never' ? { from: undefined, until: NEVER } : (presence ?? {})
  return [...(from ? [`${FROM}${from.toISOString()}`] : []), ...(until ? [`${UNTIL}${until.toISOString()}`] : [])]
}

/** The condition that a record with these tokens is present at the instant. `tokens` is a column of a row that a better index has found. */
export function present(sql: Sql, tokens: PendingQuery<Row[]>, at: PendingQuery<Row[]>): PendingQuery<Row[]> {
  const instant = sql`to_char(${at} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`
  return sql`not exists (select from unnest(${tokens}) as limit_of
    where (starts_with(limit_of, '_present-until=|') and substr(limit_of, 17) collate "C" <= ${instant})
      or (starts_with(limit_of, '_present-from=|') and substr(limit_of, 16) collate "C" > ${instant}))`
}

/**
 * Why a look-up did not show something, and which restrictions it opened, for the row of the access log. Both are asked about what the
 * look-up in fact met, and only where there is something to ask: an ordinary look-up needs none of these statements.
 */
import type { PendingQuery, Row, Sql } from 'postgres'
import { BLOCKED_AGAINST_STAFF } from '../codes/release-codes.ts'
import type { RecordId } from './ids.ts'
import { askedBy, conditions, type RecordFilter } from './read-records.ts'
import { anyOf, matches, type OpenedRestriction, opened, openedCodes, shown, type Unseen, type Visibility } from './visibility.ts'

type Fragment = PendingQuery<Row[]>

/** What a look-up showed: records by id, and counts, which name none. */
export interface Shown {
  ids: readonly RecordId[]
  counted: readonly Omit<RecordFilter, 'count' | 'skip'>[]
}

/** Those of the restrictions that cover something that was shown, and whether the source had blocked some of it. Index: record_pkey. */
export async function openedAmong<Restriction extends OpenedRestriction>(
  sql: Sql,
  decision: Visibility,
  { restrictions, source }: { restrictions: readonly Restriction[]; source: boolean },
  { ids, counted }: Shown,
): Promise<{ restrictions: Restriction[]; source: boolean }> {
  if (ids.length + counted.length === 0) return { restrictions: [], source: false }
  const asked = await Promise.all(counted.map(async (filter) => await askedBy(sql, decision, filter)))
  const counts = asked.map((filter) => sql`(type = ${filter.type} and not deleted ${conditions(sql, decision, filter)})`)
  const among = anyOf(sql, [sql`id = any (${[...ids]}::bigint[])`, ...counts])
  const isMet = (condition: Fragment) => sql`exists (
      select from record where ${shown(sql, decision)} and superseded is null and (${among}) and ${condition})`
  const questions = restrictions.map((one) => isMet(matches(sql, decision, one)))
  const all = [source ? isMet(sql`coalesce(release_codes && ${[BLOCKED_AGAINST_STAFF]}, false)`) : sql`false`, ...questions]
  const [row] = await sql<{ met: boolean[] }[]>`select json_build_array(${all.reduce((before, one) => sql`${before}, ${one}`)}) as met`
  const [sourceMet = false, ...met] = row?.met ?? []
  return { restrictions: restrictions.filter((_, place) => met[place]), source: sourceMet }
}

/** Why one record was not shown that was asked for by its id. Index: record_pkey. */
export async function whyUnseen(sql: Sql, decision: Visibility, id: RecordId): Promise<Unseen> {
  const { patient, withholdings, hiddenReleaseCodes, releasedOnly, at, ownRecords, service } = decision
  const hides = (cause: string) =>
    ownRecords
      ? sql`false`
      : anyOf(
          sql,
          ofCause(withholdings, cause).map((one) => matches(sql, decision, one)),
        )
  const later = releasedOnly ? sql`coalesce(release_at > ${at}, false)` : sql`false`
  const [row] = await sql<{ why: Unseen }[]>`
    select case
        when controller = any (${decision.controllers}) and not ${openedCodes(sql, decision)} then 'extra-sensitive'
        when not coalesce(${opened(sql, decision)}, false) then 'not-agreed'
        when ${hides('Reservation')} then 'opted-out'
        when ${hides('SpecificBlock')} then 'blocked'
        when ${hides('GeneralBlock')} then 'hidden'
        when ${later} or coalesce(release_codes && ${hiddenReleaseCodes}, false) or tokens && ${decision.hiddenTokens ?? []}::text[]
          then 'not-released'
        else 'nothing' end as why
    from record
    where patient = any (${[patient.key, ...patient.linked]}::bigint[]) and service = ${service} and id = ${id} and superseded is null
      and not deleted`
  return row?.why ?? 'nothing'
}

/**
 * Whether controllers that the reader reads hold records of the service whose extra-sensitive codes are not opened: what a search does not
 * find, and does not mention. Index: record_apart.
 */
export async function holdsUnopenedCodes(sql: Sql, decision: Visibility): Promise<boolean> {
  const { patient, service, controllers } = decision
  const [row] = await sql<{ holds: boolean }[]>`
    select exists (
      select from record
      where patient = any (${[patient.key, ...patient.linked]}::bigint[]) and service = ${service} and superseded is null and not deleted
        and controller = any (${controllers}) and sensitive_codes is not null and not ${openedCodes(sql, decision)}) as holds`
  return row?.holds ?? false
}

function ofCause(withholdings: Visibility['withholdings'], cause: string): Visibility['withholdings'] {
  return withholdings.filter((one) => one.cause === cause)
}

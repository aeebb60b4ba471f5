/**
 * Searches by date. A record has a time of some length: a day, a month, a period that may have no end. Each date parameter of a record has
 * a token `{name}=@{start}|{end}`, where the end is the first instant after it; `{name}=@none` when the record has no such date. Texts of
 * 24 characters in UTC compare as times do; no start is an empty text, no end is `~`, which comes after every digit.
 * http://hl7.org/fhir/R4/search.html#date, #prefix
 */
import type { PendingQuery, Row, Sql } from 'postgres'

type Fragment = PendingQuery<Row[]>

export const datePrefixes = ['eq', 'ne', 'gt', 'ge', 'lt', 'le', 'sa', 'eb', 'ap'] as const
export type DatePrefix = (typeof datePrefixes)[number]

/** From the first instant to the first instant after it. A side that is absent is open. */
export interface Span {
  start?: Date | undefined
  end?: Date | undefined
}

/** One of these holds for one of the dates of the record. */
export interface DateFilter {
  name: string
  anyOf: { prefix: DatePrefix; start: Date; end: Date }[]
}

const OPEN = '~'

/** The tokens of a date parameter: one for each date of the record, or the one that says that it has none. */
export function dateTokens(name: string, spans: readonly Span[]): string[] {
  if (spans.length === 0) return [`${name}=@none`]
  return spans.map(({ start, end }) => `${name}=@${start?.toISOString() ?? ''}|${end?.toISOString() ?? OPEN}`)
}

/**
 * The condition that a record has such a date. A record from before there were such tokens has the instant that orders it. `tokens` and
 * `effective` are columns of a row that a better index has found.
 */
export function dateCondition(sql: Sql, { name, anyOf }: DateFilter): Fragment {
  const prefix = `${name}=@`
  const held = anyOf.map((one) => rangeCondition(sql, one)).reduce((all, one) => sql`${all} or ${one}`, sql`false`)
  return sql`and exists (
    select from (
      select split_part(text, '|', 1) collate "C" as s, split_part(text, '|', 2) collate "C" as e
      from (select substr(token, ${prefix.length + 1}) as text from unnest(${ofName(sql, prefix)}) as token
            where starts_with(token, ${prefix})) as named
      where text <> 'none' offset 0
    ) as held
    where ${held})`
}

function ofName(sql: Sql, prefix: string): Fragment {
  const at = (instant: Fragment) => sql`to_char(${instant} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`
  return sql`case when exists (select from unnest(tokens) as t where starts_with(t, ${prefix})) then tokens
        else array[${prefix}::text || ${at(sql`effective`)} || '|' || ${at(sql`(effective + interval '1 millisecond')`)}] end`
}

/** `s` and `e` are the span of the record: the words of R4 for each prefix, as a comparison. */
function rangeCondition(sql: Sql, { prefix, start: from, end: to }: DateFilter['anyOf'][number]): Fragment {
  const [start, end] = [from.toISOString(), to.toISOString()]
  const contained = sql`(s >= ${start} and e <= ${end})`
  switch (prefix) {
    case 'ne':
      return sql`not ${contained}`
    case 'gt':
      return sql`e > ${end}`
    case 'ge':
      return sql`(e > ${end} or ${contained})`
    case 'lt':
      return sql`s < ${start}`
    case 'le':
      return sql`(s < ${start} or ${contained})`
    case 'sa':
      return sql`s >= ${end}`
    case 'eb':
      return sql`e <= ${start}`
    case 'ap':
      return sql`(s < ${end} and e > ${start})`
    default:
      return contained
  }
}

/** The condition that the current version was stored then. The time of storing is one millisecond. */
export function storedCondition(sql: Sql, { anyOf }: Pick<DateFilter, 'anyOf'>): Fragment {
  const parts = anyOf.map(({ prefix, start, end }) => {
    const within = sql`(recorded >= ${start} and recorded < ${end})`
    switch (prefix) {
      case 'ne':
        return sql`not ${within}`
      case 'gt':
      case 'sa':
        return sql`recorded >= ${end}`
      case 'ge':
        return sql`recorded >= ${start}`
      case 'lt':
      case 'eb':
        return sql`recorded < ${start}`
      case 'le':
        return sql`recorded < ${end}`
      default:
        return within
    }
  })
  return sql`and (${parts.reduce((all, one) => sql`${all} or ${one}`, sql`false`)})`
}

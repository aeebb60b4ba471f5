/**
 * Numbers of current records by Norwegian day (`measured_day`), so that a trend over months of a patient who measures fifty times a day is
 * read as fast as that of a patient with ten records. The numbers of a record are tokens of it (`_measured=`), so that the days are made,
 * and made again, in SQL alone.
 *
 * Only records that every reader of their controller may see are summed beforehand. A record with extra-sensitive codes, release codes or a
 * day of release is kept *apart*: it is counted from the record itself when a reader asks who may see it (index: record_apart).
 *
 * A write of records updates the days, in the same transaction:
 * - when records are created: `addition`, a part of the statement that creates them;
 * - when a record gets its next version or a tombstone: `remakeMeasured`, as the last thing in the transaction.
 * Both are correct under READ COMMITTED, also when others write the same day: see `remakeMeasured`.
 */

import type { PendingQuery, Row, Sql, TransactionSql } from 'postgres'
import type { PatientKey, RecordId } from './ids.ts'
import type { Visibility } from './visibility.ts'
import { anyOf, checkChoices, matches, unchanged, visible } from './visibility.ts'

/** One number of a resource, for trends. */
export interface Measurement {
  /** What was measured, as `{canonical system}|{code}`; the same for equivalent codes. */
  code: string
  /** The value in the unit that the service has for the code. */
  value: number
  /** The value with the digits that were sent; absent when it was converted. */
  written?: string
  /** A UCUM code. */
  unit: string
}

/** Measurements that can be compared: with the same code, at one controller, in one unit. */
export interface MeasuredSeries {
  code: string
  controller: string
  unit: string
  /** The days, oldest first, each once. */
  days: MeasuredDay[]
}

interface MeasuredDay {
  /** An ISO 8601 date in Norwegian time. */
  day: string
  count: number
  /** As it was written: 37.0 is not 37. */
  min: string
  max: string
  sum: number
}

type Fragment = PendingQuery<Row[]>

const TOKEN = '_measured='

/** No measurement of a person is greater, and sums of such numbers stay within a double. */
const GREATEST = 1e15

/** The tokens of a record's numbers: `_measured={system}|{code}|{unit}|{value}`. No search parameter has this name. */
export function measuredTokens(measurements: readonly Measurement[]): string[] {
  return measurements
    .filter(({ value, unit }) => Math.abs(value) <= GREATEST && !unit.includes('|'))
    .map(({ code, unit, value, written = `${value}` }) => `${TOKEN}${code}|${unit}|${written}`)
}

export function isMeasured({ tokens }: { tokens: readonly string[] }): boolean {
  return tokens.some((token) => token.startsWith(TOKEN))
}

/**
 * The numbers in the tokens of `from`, as code, unit and value. Unit and value have no bar, and the code is everything before them. A
 * regular expression would be shorter, but took a quarter of the time that a batch of measurements takes in PostgreSQL. With `offset 0`
 * each part is made once.
 */
function numbers(sql: Sql | TransactionSql, from: string): Fragment {
  return sql`
    cross join lateral (
      select left(text, -2 - length(unit) - length(number)) as code, unit, number::numeric as value
      from (
        select text, split_part(text, '|', -2) as unit, split_part(text, '|', -1) as number
        from (
          select substr(token, ${sql.unsafe(String(TOKEN.length + 1))}) as text from unnest(${sql.unsafe(from)}.tokens) as token
          where starts_with(token, '${sql.unsafe(TOKEN)}')
        ) as measured
        offset 0
      ) as parts
    ) as m`
}

const DAY = `(effective at time zone 'Europe/Oslo')::date`

/**
 * The condition of records that are summed beforehand. Its negation must be exactly the condition of record_apart, or the index is not
 * used.
 */
function isPlain(sql: Sql | TransactionSql): Fragment {
  return sql`sensitive_codes is null and release_codes is null and release_at is null`
}

/**
 * The statement that adds the numbers of new records. They are read from `source`: a table or a named part of a statement with the columns
 * patient, service, type, controller, effective, tokens, sensitive_codes, release_codes and release_at. It adds in the order of the key, so
 * that two writers do not wait for each other in a circle.
 */
export function addition(sql: Sql | TransactionSql, source: string): Fragment {
  return sql`
    insert into measured_day (patient, service, type, code, day, controller, unit, count, min, max, sum)
    select patient, service, type, code, ${sql.unsafe(DAY)}, controller, unit, count(*), min(value), max(value),
      sum(value)::double precision
    from ${sql.unsafe(source)} as r ${numbers(sql, 'r')}
    where ${isPlain(sql)}
    group by 1, 2, 3, 4, 5, 6, 7
    order by 1, 2, 3, 4, 5, 6, 7
    on conflict (patient, service, type, code, day, controller, unit) do update set
      count = measured_day.count + excluded.count, min = least(measured_day.min, excluded.min),
      max = greatest(measured_day.max, excluded.max), sum = measured_day.sum + excluded.sum`
}

/**
 * Makes again the days of these versions and of the versions before them; `version` is the version that was stored now, which may be a
 * tombstone. It must be the last statement of a transaction. The rows of the days are locked first, and made where they do not exist:
 * another transaction that adds to such a day has either committed, and the next statement sees its record, or it waits for this one and
 * adds to the result.
 */
export async function remakeMeasured(
  tx: TransactionSql,
  changed: readonly { patient: PatientKey; id: RecordId; version: number }[],
): Promise<void> {
  if (changed.length === 0) return
  const locked = await tx<
    { patient: PatientKey; service: string; type: string; code: string; day: string; controller: string; unit: string }[]
  >`
    insert into measured_day (patient, service, type, code, day, controller, unit, count, min, max, sum)
    select distinct r.patient, r.service, r.type, m.code, ${tx.unsafe(DAY)}, r.controller, m.unit, 0, 0, 0, 0::double precision
    from unnest(
      ${changed.map(({ patient }) => patient)}::bigint[], ${changed.map(({ id }) => id)}::bigint[],
      ${changed.map(({ version }) => version)}::integer[]
    ) as c (patient, id, version)
    join record r on r.patient = c.patient and r.id = c.id and r.version between c.version - 1 and c.version ${numbers(tx, 'r')}
    where ${isPlain(tx)}
    order by 1, 2, 3, 4, 5, 6, 7
    on conflict (patient, service, type, code, day, controller, unit) do update set count = measured_day.count
    returning patient, service, type, code, day::text, controller, unit`
  if (locked.length === 0) return
  const column = (name: keyof (typeof locked)[number]) => locked.map((row) => row[name])
  await tx`
    with affected as (
      select * from unnest(
        ${column('patient')}::bigint[], ${column('service')}::text[], ${column('type')}::text[], ${column('code')}::text[],
        ${column('day')}::date[], ${column('controller')}::text[], ${column('unit')}::text[]
      ) as a (patient, service, type, code, day, controller, unit)
    ), remade as (
      select d.patient, d.service, d.type, m.code, d.day, r.controller, m.unit, count(*), min(value), max(value),
        sum(value)::double precision
      from (select distinct patient, service, type, day from affected) as d
      join record r on r.patient = d.patient and r.service = d.service and r.type = d.type
        and r.superseded is null and not r.deleted and ${isPlain(tx)}
        and r.effective >= d.day::timestamp at time zone 'Europe/Oslo'
        and r.effective < (d.day + 1)::timestamp at time zone 'Europe/Oslo'
      ${numbers(tx, 'r')}
      group by 1, 2, 3, 4, 5, 6, 7
    ), emptied as (
      delete from measured_day t using affected a
      where (t.patient, t.service, t.type, t.code, t.day, t.controller, t.unit)
          = (a.patient, a.service, a.type, a.code, a.day, a.controller, a.unit)
        and not exists (
          select 1 from remade n
          where (n.patient, n.service, n.type, n.code, n.day, n.controller, n.unit)
              = (a.patient, a.service, a.type, a.code, a.day, a.controller, a.unit))
    )
    update measured_day t set count = n.count, min = n.min, max = n.max, sum = n.sum
    from remade n join affected a
      on (n.patient, n.service, n.type, n.code, n.day, n.controller, n.unit)
       = (a.patient, a.service, a.type, a.code, a.day, a.controller, a.unit)
    where (t.patient, t.service, t.type, t.code, t.day, t.controller, t.unit)
        = (n.patient, n.service, n.type, n.code, n.day, n.controller, n.unit)`
}

export interface MeasuredFilter {
  type: string
  /** Codes as in `Measurement.code`. */
  codes: readonly string[]
  /** ISO 8601 dates in Norwegian time, both included. */
  from: string
  to: string
}

/**
 * The days that the decision lets through, and the newest record of each controller in them. Single records that a choice of the patient
 * hides are in the sums that were made beforehand, so the days of such a patient are made from the records. Index: measured_day_pkey;
 * record_apart for records that are kept apart; record_current for the newest records.
 */
export async function readMeasuredDays(
  sql: Sql,
  decision: Visibility,
  { type, codes, from, to }: MeasuredFilter,
): Promise<{ series: MeasuredSeries[]; newest: { id: RecordId; version: number; controller: string }[] }> {
  if (decision.controllers.length === 0 || codes.length === 0) return { series: [], newest: [] }
  const isHiddenByRecord = decision.withholdings.some(({ record }) => record !== null)
  const current = (day: { from: Fragment; to: Fragment }) => sql`
    ${visible(sql, decision)} and type = ${type} and superseded is null and not deleted
      and effective >= ${day.from}::timestamp at time zone 'Europe/Oslo'
      and effective < (${day.to} + 1)::timestamp at time zone 'Europe/Oslo'`
  const beforehand = sql`
      select code, day, controller, unit, count, min, max, sum
      from measured_day
      where ${plainVisible(sql, decision)} and type = ${type} and code = any (${codes}) and day between ${from}::date and ${to}::date
      union all`
  const apart = sql`and (sensitive_codes is not null or release_codes is not null or release_at is not null)`
  const rows = await sql<SeriesRow[]>`
    with counted (code, day, controller, unit, count, min, max, sum) as (
      ${isHiddenByRecord ? sql`` : beforehand}
      select code, ${sql.unsafe(DAY)}, controller, unit, 1, value, value, value::double precision
      from record as r ${numbers(sql, 'r')}
      where ${current({ from: sql`${from}::date`, to: sql`${to}::date` })} ${isHiddenByRecord ? sql`` : apart} and code = any (${codes})
    ), newest as (
      select l.controller, n.id, n.version
      from (select controller, max(day) as day from counted group by controller) as l
      cross join lateral (
        select r.id, r.version from record as r ${numbers(sql, 'r')}
        where ${current({ from: sql`l.day`, to: sql`l.day` })} and r.controller = l.controller and code = any (${codes})
        order by effective desc, r.id desc limit 1
      ) as n
    )
    select s.code, s.controller, s.unit, s.days, n.id, n.version
    from (
      -- The days are not ordered here: that would sort hundreds of rows by five texts.
      select code, controller, unit, string_agg(concat_ws(' ', day, count, min, max, sum), ',') as days
      from counted group by code, controller, unit
    ) as s
    left join newest n on n.controller = s.controller
    order by s.code, s.controller, s.unit`
  if (rows.length === 0) await checkChoices(sql, decision)
  const newest = new Map(
    rows.flatMap(({ id, version, controller }) => (id === null || version === null ? [] : [[id, { id, version, controller }] as const])),
  )
  const series = rows.map(({ code, controller, unit, days }) => ({ code, controller, unit, days: daysOf(days) }))
  return { series, newest: [...newest.values()] }
}

/**
 * A series with its days in one text: with a row for each of hundreds of days, the client would take several times as long as the database.
 */
interface SeriesRow extends Pick<MeasuredSeries, 'code' | 'controller' | 'unit'> {
  /** The days as `{day} {count} {min} {max} {sum},…` in any order. */
  days: string
  id: RecordId | null
  version: number | null
}

/** The days, oldest first, each once: a day may have sums made beforehand as well as records that are kept apart. */
function daysOf(text: string): MeasuredDay[] {
  const days: MeasuredDay[] = []
  for (const one of text.split(',').sort()) {
    const [day = '', count = '', min = '', max = '', sum = ''] = one.split(' ')
    const last = days.at(-1)
    if (last?.day !== day) days.push({ day, count: Number(count), min, max, sum: Number(sum) })
    else {
      last.count += Number(count)
      if (Number(min) < Number(last.min)) last.min = min
      if (Number(max) > Number(last.max)) last.max = max
      last.sum += Number(sum)
    }
  }
  return days
}

/** The same condition as `visible`, for rows of `measured_day`, which are made from current records that are not kept apart. */
function plainVisible(sql: Sql, decision: Visibility): Fragment {
  const { key, linked } = decision.patient
  const patient = linked.length === 0 ? sql`patient = ${key}` : sql`patient = any (${[key, ...linked]}::bigint[])`
  const seen = sql`${patient} and service = ${decision.service} and controller = any (${decision.controllers})`
  if (decision.ownRecords) return seen
  const hidden = decision.withholdings.map((one) => matches(sql, decision, one))
  return sql`${seen} and not (${anyOf(sql, hidden)}) and ${unchanged(sql, decision)}`
}

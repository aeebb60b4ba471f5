/**
 * Who looks at our records, how often and for which purposes: figures from the access log, over the requested days only. A look-up is one
 * opening of a patient; its requests are a detail.
 */
import type { Sql } from 'postgres'
import { showedRecordsOf } from '../areas/access-log/look-ups.ts'
import { countOpenings } from '../areas/access-log/openings.ts'
import type { Kernel } from '../fhir/exchange.ts'
import { dayInNorway } from '../values/norwegian-day.ts'
import type { ControlCall } from './call.ts'
import type { Use, UseRow } from './contract.ts'
import type { Days } from './period.ts'

/**
 * The events that open records. The names of adapters begin with a dollar sign as well, but adapters write and are not here; nor is
 * `$has-data`, which opens nothing.
 */
export function lookUpEvents({ services }: Pick<Kernel, 'services'>): string[] {
  const operations = [...services.values()].flatMap((service) => service.operations ?? []).map(({ name }) => `$${name}`)
  return ['read', 'vread', 'history-instance', 'search-type', '$summary', '$everything', ...operations]
}

/**
 * Look-ups by receiver, purpose and service, for each Norwegian day or week (from Monday), and the total of each: an opening of several
 * services is one look-up of each, and one in the total. Citizens who look at their own records are not included.
 */
export async function use(
  { sql, organization, kernel }: ControlCall,
  { days, by, service }: { days: Days; by: 'day' | 'week'; service: string | undefined },
): Promise<Use> {
  const rows = await sql<(Omit<UseRow, 'receiver'> & { number: string | null; name: string | null; isTotal: boolean })[]>`
    select to_char(date_trunc(${by}, l.at at time zone 'Europe/Oslo'), 'YYYY-MM-DD') as period, l.service, a.organization as number,
      max(coalesce(o.name, a.organization_name)) as name, l.purpose,
      ${countOpenings(sql)} as "lookUps", count(*)::integer as requests, count(distinct l.patient)::integer as patients,
      grouping(l.service) = 1 as "isTotal"
    from access_log l
    join log_actor a on a.id = l.actor
    left join organization o on o.number = a.organization
    where ${lookUpsIn(sql, days, lookUpEvents(kernel))} and (${service ?? null}::text is null or l.service = ${service ?? null})
      and ${showedRecordsOf(sql, organization)}
    group by grouping sets ((1, l.service, a.organization, l.purpose), (1))
    order by 1, l.service, name, l.purpose nulls last`
  return {
    from: dayInNorway(days.from),
    until: dayInNorway(days.until),
    by,
    totals: rows
      .filter(({ isTotal }) => isTotal)
      .map(({ period, lookUps, requests, patients }) => ({ period, lookUps, requests, patients })),
    rows: rows
      .filter(({ isTotal }) => !isTotal)
      .map(({ number, name, isTotal: _, ...row }) => ({ ...row, receiver: number === null ? null : { number, name: name ?? number } })),
  }
}

/** A condition: answered look-ups by staff and systems. Index: access_log_at (brin): only these days of the log are read. */
export function lookUpsIn(sql: Sql, { from, until }: Days, events: readonly string[]) {
  return sql`
    (l.at >= ${from} and l.at < ${until} and l.outcome = 'ok' and l.patient > 0 and l.event = any (${[...events]}::text[])
     and (l.purpose is null or l.purpose in ('TREAT', 'ETREAT', 'COC', 'BTG')))`
}

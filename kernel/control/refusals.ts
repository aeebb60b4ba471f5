/** Refused requests of our own organisation, so that the mistake of a vendor is seen the same day. */

import { dayInNorway } from '../values/norwegian-day.ts'
import type { ControlCall } from './call.ts'
import type { RefusalRow, Refusals } from './contract.ts'
import type { Days } from './period.ts'

/**
 * Refusals by day, reason, client and vendor, the newest day and the most frequent first. Requests of unknown callers (401) and requests
 * that came too fast (429) are in the technical log only. Index: access_log_at (brin).
 */
export async function refusals({ sql, organization }: ControlCall, days: Days): Promise<Refusals> {
  const rows = await sql<(Omit<RefusalRow, 'vendor' | 'last'> & { number: string | null; name: string | null; last: Date })[]>`
    select to_char(l.at at time zone 'Europe/Oslo', 'YYYY-MM-DD') as day, l.problem, a.client, a.supplier as number, max(o.name) as name,
      l.service, count(*)::integer as requests, max(l.at) as last
    from access_log l
    join log_actor a on a.id = l.actor
    left join organization o on o.number = a.supplier
    where l.at >= ${days.from} and l.at < ${days.until} and l.outcome = 'refused' and a.organization = ${organization}
    group by 1, l.problem, a.client, a.supplier, l.service
    order by 1 desc, requests desc, l.problem, a.client, l.service
    limit 2000`
  return {
    from: dayInNorway(days.from),
    until: dayInNorway(days.until),
    rows: rows.map(({ number, name, last, ...row }) => ({
      ...row,
      vendor: number === null ? null : { number, name: name ?? number },
      last: last.toISOString(),
    })),
  }
}

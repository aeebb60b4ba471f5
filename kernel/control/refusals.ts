/** Refused requests of our own organisation, so that the mistake of a vendor is seen the same day. */

import { countOpenings } from '../areas/access-log/openings.ts'
import { dayInNorway } from '../values/norwegian-day.ts'
import type { ControlCall } from './call.ts'
import type { RefusalRow, Refusals } from './contract.ts'
import { namesOf } from './names.ts'
import type { Days } from './period.ts'

/** What a system sends opens no patient. */
const byPersons = (sql: ControlCall['sql']) => sql`(coalesce(a.person, l.citizen) is not null or a.hpr_number is not null)`

/** Rows in one answer. */
const MOST = 2000

/**
 * Refusals by day, reason, client and vendor, the newest day and the most frequent first: those of the access log, and those that it has no
 * row of because the token or the proof did not hold (401) or because requests came too fast (429). Index: access_log_at (brin).
 */
export async function refusals({ sql, organization, kernel }: ControlCall, days: Days): Promise<Refusals> {
  const rows = await sql<(Omit<RefusalRow, 'vendor' | 'last'> & { number: string | null; name: string | null; last: Date })[]>`
    select to_char(l.at at time zone 'Europe/Oslo', 'YYYY-MM-DD') as day, l.problem, a.client, a.supplier as number, max(o.name) as name,
      l.service, ${countOpenings(sql, byPersons(sql))} as openings, coalesce(l.unseen, '{}') as unseen,
      count(*)::integer as requests, max(l.at) as last
    from access_log l
    join log_actor a on a.id = l.actor
    left join organization o on o.number = a.supplier
    where l.at >= ${days.from} and l.at < ${days.until} and l.outcome = 'refused' and a.organization = ${organization}
    group by 1, l.problem, a.client, a.supplier, l.service, l.unseen
    order by 1 desc, requests desc, l.problem, a.client, l.service, l.unseen
    limit ${MOST}`
  const logged = rows.map(({ number, name, last, ...row }) => ({
    ...row,
    vendor: number === null ? null : { number, name: name ?? number },
    last: last.toISOString(),
  }))
  const all = [...logged, ...(await notAdmitted(sql, organization, kernel, days))]
  all.sort((one, other) => other.day.localeCompare(one.day) || other.requests - one.requests)
  return { from: dayInNorway(days.from), until: dayInNorway(days.until), rows: all.slice(0, MOST) }
}

/** What was refused before it was known which service it is about. */
async function notAdmitted(
  sql: ControlCall['sql'],
  organization: string,
  kernel: ControlCall['kernel'],
  days: Days,
): Promise<RefusalRow[]> {
  const counted = await kernel.refusedCalls.counted({ organization }, dayInNorway(days.from))
  const names = await namesOf(
    sql,
    counted.map(({ supplier }) => supplier),
  )
  const lastDay = dayInNorway(new Date(days.until.getTime() - 1))
  return counted
    .filter(({ day }) => day <= lastDay)
    .map(({ day, problem, client, supplier, calls, last }) => ({
      day,
      problem,
      client,
      vendor: supplier === '' ? null : { number: supplier, name: names.get(supplier) ?? supplier },
      service: null,
      openings: null,
      unseen: [],
      requests: calls,
      last: last.toISOString(),
    }))
}

/**
 * Adoption with use: who is connected, and how much they use it. A figure of adoption is never shown alone. Connected and hardly used
 * ("tatt i bruk, knapt brukt") means less than one look-up a week over four weeks. A look-up is one opening of a patient.
 */

import type { Sql } from 'postgres'
import { showedRecordsOf } from '../areas/access-log/look-ups.ts'
import { countOpenings } from '../areas/access-log/openings.ts'
import { dayInNorway } from '../values/norwegian-day.ts'
import type { ControlCall } from './call.ts'
import type { Adoption, AdoptionRow } from './contract.ts'
import { dayAfter } from './period.ts'
import { lookUpEvents, lookUpsIn } from './use.ts'

const WEEKS = 4

export interface Connected {
  service: string
  number: string
  name: string
  since: Date
}

interface Counted {
  service: string
  organization: string
  /** 0 is the first of the four weeks. */
  week: number
  own: number
  shown: number
}

/** Our own organisation, for the services that it is registered as using. */
export async function consumingOf(sql: Sql, organization: string): Promise<Connected[]> {
  return await sql<Connected[]>`
    select p.service, o.number, o.name, p.since
    from service_participation p join organization o on o.number = p.organization
    where p.organization = ${organization} and p.consumes`
}

/** The receivers of our agreements in force, service by service. */
export async function receivingOf(sql: Sql, organization: string, now: Date): Promise<Connected[]> {
  // Each member of a group counts as a receiver. A receiver that is closed out is not connected.
  return await sql<Connected[]>`
    select a.service, o.number, o.name,
      min(greatest(a.valid_from, a.controller_signed, a.receiver_signed, coalesce(m.valid_from, a.valid_from))) as since
    from sharing_agreement a
    left join organization_group_member m on a.receiver_type = 'group' and m.group_id = a.receiver
      and m.valid_from <= ${now} and (m.valid_until is null or m.valid_until > ${now})
    join organization o on o.number = coalesce(m.organization, a.receiver)
    where a.controller = ${organization} and o.number <> ${organization}
      and a.controller_signed <= ${now} and a.receiver_signed <= ${now} and a.valid_from <= ${now}
      and (a.superseded is null or a.superseded > ${now})
      and (a.valid_until is null or a.valid_until > ${now}) and (a.ended is null or a.ended > ${now})
      and not exists (
        select from sharing_closure x
        where x.controller = a.controller and x.service = a.service and x.receiver = o.number and x.reopened is null)
    group by a.service, o.number, o.name`
}

/**
 * Our own organisation, for the services it is registered as using, with all its look-ups; and the receivers of our agreements in force,
 * with their look-ups of our records only, since we may not see what else they look at. Index: access_log_at (brin).
 */
export async function adoption({ sql, organization, now, kernel }: ControlCall): Promise<Adoption> {
  const days = { from: dayAfter(now, 1 - 7 * WEEKS), until: dayAfter(now, 1) }
  const [consuming, receiving] = await Promise.all([consumingOf(sql, organization), receivingOf(sql, organization, now)])
  const counted = await sql<Counted[]>`
    select l.service, a.organization,
      (((l.at at time zone 'Europe/Oslo')::date - ${dayInNorway(days.from)}::date) / 7)::integer as week,
      ${countOpenings(sql)} as own, ${countOpenings(sql, showedRecordsOf(sql, organization))} as shown
    from access_log l join log_actor a on a.id = l.actor
    where ${lookUpsIn(sql, days, lookUpEvents(kernel))}
      and a.organization = any (${[organization, ...receiving.map(({ number }) => number)]})
    group by 1, 2, 3`
  const row =
    (counts: AdoptionRow['counts']) =>
    ({ service, number, name, since }: Connected): AdoptionRow => {
      const ofWeek = (week: number) => {
        const found = counted.find((one) => one.service === service && one.organization === number && one.week === week)
        return (counts === 'own-use' ? found?.own : found?.shown) ?? 0
      }
      const weeks: AdoptionRow['weeks'] = [ofWeek(0), ofWeek(1), ofWeek(2), ofWeek(3)]
      const total = weeks.reduce((sum, one) => sum + one, 0)
      return {
        service,
        organization: { number, name },
        counts,
        connectedSince: since.toISOString(),
        weeks,
        hardlyUsed: since <= days.from && total < WEEKS,
      }
    }
  const rows = [...consuming.map(row('own-use')), ...receiving.map(row('of-our-records'))]
  return {
    from: dayInNorway(days.from),
    until: dayInNorway(days.until),
    rows: rows.sort((one, other) => Number(other.hardlyUsed) - Number(one.hardlyUsed) || order(one).localeCompare(order(other), 'nb')),
  }
}

function order({ counts, service, organization }: AdoptionRow): string {
  return `${counts === 'own-use' ? 0 : 1} ${service} ${organization.name}`
}

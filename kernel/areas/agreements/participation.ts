/** R9: gradual adoption. An organisation chooses, per service, whether it produces and whether it consumes. */
import type { Sql } from 'postgres'
import type { Actor } from '../../audit/actors.ts'
import type { Result } from '../../problem/problem.ts'
import { type Acts, act, serviceFault } from './act.ts'
import { organizationType } from './parties.ts'
import { refusal } from './refusal.ts'

export interface Participation {
  organization: string
  service: string
  produces: boolean
  consumes: boolean
}

/** Sets any of the four combinations, from the next call on. A value that is not given stays as it is, and is false at first. */
export async function setParticipation(
  acts: Acts,
  actor: Actor,
  request: Pick<Participation, 'organization' | 'service'> & Partial<Participation>,
): Promise<Result<Participation>> {
  return await act(acts, actor, async (tx, now) => {
    const { organization, service, produces = null, consumes = null } = request
    const wrong = serviceFault(acts, service)
    if (wrong) return wrong
    if (actor.organization !== organization) return refusal('not-the-organisation')
    if (!(await organizationType(tx, organization))) return refusal('organisation-unknown', `${organization}:`)
    const [row] = await tx<Participation[]>`
      insert into service_participation as p (organization, service, produces, consumes, since)
      values (${organization}, ${service}, coalesce(${produces}::boolean, false), coalesce(${consumes}::boolean, false), ${now})
      on conflict (organization, service) do update set
        produces = coalesce(${produces}::boolean, p.produces), consumes = coalesce(${consumes}::boolean, p.consumes), since = ${now}
      returning organization, service, produces, consumes`
    if (!row) throw new Error('The participation that was written was not returned.')
    const reason = `${organization} ${row.produces ? 'produces' : 'does not produce'} and ${row.consumes ? 'consumes' : 'does not consume'}`
    return { done: row, change: { event: 'participation-set', type: 'service-participation', service, reason } }
  })
}

export async function participations(sql: Sql, organization?: string): Promise<(Participation & { since: Date })[]> {
  return await sql<(Participation & { since: Date })[]>`
    select organization, service, produces, consumes, since from service_participation
    where ${organization ?? null}::text is null or organization = ${organization ?? null}
    order by organization, service`
}

/** Who looked at a person: the citizen's view of the log. Names always, identity numbers of staff never (ATT-8). */
import type { Sql } from 'postgres'
import type { PatientKey } from '../store/ids.ts'

export interface LookUp {
  at: Date
  event: string
  outcome: 'ok' | 'refused' | 'failed'
  name: string | null
  role: string | null
  hprNumber: string | null
  organization: string | null
  organizationName: string | null
  supplier: string | null
  service: string | null
  type: string | null
  purpose: string | null
  problem: string | null
  withheld: boolean
  /** How many resources were shown or written. */
  resources: number
}

/** Newest first. Index: access_log_pkey. */
export async function lookUps(sql: Sql, patient: PatientKey, limit = 200): Promise<LookUp[]> {
  return await sql<LookUp[]>`
    select l.at, l.event, l.outcome, a.name, a.role, a.hpr_number as "hprNumber", a.organization, a.organization_name as "organizationName",
      a.supplier, l.service, l.type, l.purpose, l.problem, l.withheld, coalesce(cardinality(l.disclosed), 0) as resources
    from access_log l
    left join log_actor a on a.id = l.actor
    -- A union and not an or: PostgreSQL finds no index for an or with a subquery, and would read the log of everybody.
    where l.patient in (select ${patient}::bigint union all select same_as from person_link where patient = ${patient})
    order by l.at desc, l.segment desc, l.seq desc
    limit ${limit}`
}

/** Registers that a citizen chooses from: who shares here, and who is health personnel. Public knowledge, and nothing about any patient. */
import type { Organization, Practitioner } from '@helsevev/portal-citizen/contract'
import type { Sql } from 'postgres'

/** What is read, and as of when. */
export interface Registers {
  sql: Sql
  clock: () => Date
}

/** Legal entities that take part in some service, with the telephone of each. Index: service_participation_pkey; few, and read whole. */
export async function sharingOrganizations(sql: Sql): Promise<Organization[]> {
  const rows = await sql<(Omit<Organization, 'phone'> & { phone: string | null })[]>`
    select o.number, o.name, o.phone,
      coalesce(array_agg(p.service order by p.service) filter (where p.produces), '{}') as produces,
      coalesce(array_agg(p.service order by p.service) filter (where p.consumes), '{}') as consumes
    from service_participation p join organization o on o.number = p.organization
    group by o.number order by o.name`
  return rows.map(({ phone, ...organization }) => ({ ...organization, ...(phone === null ? {} : { phone }) }))
}

/** Those of the health personnel register who have these numbers, with what they are authorised as now. Index: practitioner_pkey. */
export async function practitionersOf({ sql, clock }: Registers, hprNumbers: readonly string[]): Promise<Practitioner[]> {
  const now = clock()
  const rows = await sql<{ hprNumber: string; name: string | null; authorization: string | null }[]>`
    select p.hpr_number as "hprNumber", nullif(trim(concat_ws(' ', p.given_name, p.family_name)), '') as name,
      (select a.code from practitioner_authorization a
       where a.hpr_number = p.hpr_number and a.valid_from <= ${now} and (a.valid_until is null or a.valid_until > ${now})
       order by a.valid_from desc limit 1) as authorization
    from practitioner p where p.hpr_number = any (${[...hprNumbers]})`
  return rows.map(({ hprNumber, name, authorization }) => ({
    hprNumber,
    name: name ?? hprNumber,
    ...(authorization === null ? {} : { authorization }),
  }))
}

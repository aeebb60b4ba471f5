/**
 * For the portals: where health personnel work and as what, from the registers; and the data controllers that people act for, from their
 * roles.
 */
import { organizationsWithRole } from '@helsevev/kernel/control/roles'
import { keyOfNumber } from '@helsevev/kernel/identity/persons'
import type { Employer } from '@helsevev/portal-clinician/server'
import type { Sql } from 'postgres'
import type { Registers } from './registers.ts'

/**
 * Where a health professional works now, with the units at most two levels below, as the access rules know them. Index:
 * practitioner_role_pkey, organization_pkey, organization_unit_pkey; units are few and read whole.
 */
export async function organizationsOf({ sql, clock }: Registers, hprNumber: string): Promise<Employer[]> {
  const now = clock()
  const service = sql`
    (select r.healthcare_service from organization_unit r
     where r.organization in (u.number, u.part_of) and r.valid_from <= ${now} and (r.valid_until is null or r.valid_until > ${now})
       and r.healthcare_service is not null
     order by r.organization = u.number desc, r.system, r.value limit 1)`
  return await sql<Employer[]>`
    select o.number, o.name, o.type, r.role, coalesce(
      (select json_agg(json_strip_nulls(json_build_object(
         'number', u.number, 'name', u.name, 'type', u.type, 'healthcareService', ${service})) order by u.name)
       from organization u left join organization above on above.number = u.part_of
       where u.part_of = o.number or above.part_of = o.number), '[]') as units
    from practitioner_role r join organization o on o.number = r.organization
    where r.hpr_number = ${hprNumber} and r.valid_from <= ${now} and (r.valid_until is null or r.valid_until > ${now})
    order by o.name`
}

/** What the person is authorised as now: what the role is named after first, then the latest. Index: practitioner_authorization_pkey. */
export async function authorizationsOf({ sql, clock }: Registers, hprNumber: string, role: string): Promise<string[]> {
  const now = clock()
  const rows = await sql<{ code: string }[]>`
    select a.code
    from practitioner_authorization a
    left join code c on c.system = 'urn:oid:2.16.578.1.12.4.1.1.9060' and c.code = a.code
    where a.hpr_number = ${hprNumber} and a.valid_from <= ${now} and (a.valid_until is null or a.valid_until > ${now})
    order by c.display is not distinct from ${role} desc, a.valid_from desc`
  return rows.map(({ code }) => code)
}

/** The data controllers at which the person with this identity number has a role now: docs/run/roles.md */
export async function controlledBy({ sql, clock }: Registers, identityNumber: string): Promise<{ number: string; name: string }[]> {
  const person = await keyOfNumber(sql, identityNumber)
  return person ? await organizationsWithRole(sql, person, clock()) : []
}

/**
 * The vendor of a client, as the issuer named it when the client last acted; undefined before it has. `log_actor` has a row for each
 * distinct actor and is read whole.
 */
export async function supplierOfClient(sql: Sql, client: string): Promise<string | undefined> {
  const [row] = await sql<{ supplier: string }[]>`
    select supplier from log_actor where client = ${client} and supplier is not null order by id desc limit 1`
  return row?.supplier
}

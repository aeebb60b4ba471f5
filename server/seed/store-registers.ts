/** Organisations with their units, and health personnel, into the registers. */

import type { PatientKey } from '@helsevev/kernel/store/ids'
import { instant } from '@helsevev/kernel/values/dates'
import type { Sql } from 'postgres'
import { municipalities } from './organizations.ts'
import type { SeedWorld } from './world.ts'

/** When everything began that has no date of its own. */
export const BEGIN = '2025-01-01T00:00:00Z'

type Registers = Pick<SeedWorld, 'organizations' | 'serviceUnits' | 'staff' | 'practitionerRoles'>

export async function seedOrganizations(tx: Sql, { organizations, serviceUnits, practitionerRoles }: Registers): Promise<void> {
  const rows = organizations.map(({ number, name, type, partOf, municipality, phone, member, madeUp }) => ({
    number,
    name,
    type,
    part_of: partOf ?? null,
    municipality: municipality ?? null,
    phone,
    helsenet_from: member ? BEGIN : null,
    terms_accepted: member ? BEGIN : null,
    made_up: madeUp,
  }))
  await tx`
    insert into organization
      ${tx(rows, 'number', 'name', 'type', 'part_of', 'municipality', 'phone', 'helsenet_from', 'terms_accepted', 'made_up')}
    on conflict (number) do update set
      type = excluded.type, made_up = excluded.made_up, part_of = coalesce(excluded.part_of, organization.part_of),
      municipality = coalesce(excluded.municipality, organization.municipality),
      phone = coalesce(organization.phone, excluded.phone), helsenet_from = coalesce(organization.helsenet_from, excluded.helsenet_from),
      terms_accepted = coalesce(organization.terms_accepted, excluded.terms_accepted)`
  const units = serviceUnits.map(({ healthcareService, ...unit }) => ({
    ...unit,
    healthcare_service: healthcareService,
    valid_from: BEGIN,
  }))
  await tx`
    insert into organization_unit
      ${tx(units, 'organization', 'system', 'value', 'name', 'healthcare_service', 'address', 'phone', 'valid_from')}
    on conflict do nothing`
  const roles = practitionerRoles.map(({ hprNumber, organization, role }) => ({
    hpr_number: hprNumber,
    organization,
    role,
    valid_from: BEGIN,
  }))
  await tx`insert into practitioner_role ${tx(roles, 'hpr_number', 'organization', 'role', 'valid_from')} on conflict do nothing`
}

/**
 * Round and made up, so that coverage of two hundred made-up people is a figure to look at; of a later day than the populations that ship.
 * Where the municipalities have not been imported there is nothing to say it of.
 */
export async function seedPopulations(tx: Sql): Promise<void> {
  for (const { municipality, population } of municipalities)
    await tx`
      insert into municipality_population (municipality, counted, population, source)
      select number, '2026-01-01', ${population}, 'made up for development' from municipality where number = ${municipality}
      on conflict (municipality, counted) do nothing`
}

/** `keys`: of the staff in the person register, by their ids. */
export async function seedStaff(sql: Sql, { staff }: Registers, keys: ReadonlyMap<string, PatientKey>): Promise<void> {
  const registered = staff.filter(({ hprNumber }) => hprNumber)
  const practitioners = registered.map(({ id, hprNumber = '', name: [given_name, family_name], prescribingFrom }) => ({
    hpr_number: hprNumber,
    given_name,
    family_name,
    person: keys.get(id) ?? null,
    prescribing_from: prescribingFrom ? (instant(prescribingFrom) ?? null) : null,
  }))
  const periods = (kind: 'authorizations' | 'specialties') =>
    registered.flatMap(({ hprNumber = '', [kind]: held }) =>
      held.map(({ code, from, until }) => ({
        hpr_number: hprNumber,
        code,
        valid_from: instant(from) ?? null,
        valid_until: until ? (instant(until) ?? null) : null,
      })),
    )
  await sql.begin(async (transaction) => {
    const tx = transaction as unknown as Sql
    await tx`
      insert into practitioner ${tx(practitioners, 'hpr_number', 'given_name', 'family_name', 'person', 'prescribing_from')}
      on conflict do nothing`
    await tx`
      insert into practitioner_authorization ${tx(periods('authorizations'), 'hpr_number', 'code', 'valid_from', 'valid_until')}
      on conflict do nothing`
    await tx`
      insert into practitioner_specialty ${tx(periods('specialties'), 'hpr_number', 'code', 'valid_from', 'valid_until')}
      on conflict do nothing`
  })
}

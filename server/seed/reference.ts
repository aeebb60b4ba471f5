/** The seeded world into the database: registers, agreements and people. Running it again changes nothing. */
import { addNumber, registerPerson } from '@helsevev/kernel/identity/persons'
import { isProblem } from '@helsevev/kernel/problem/problem'
import { createIds } from '@helsevev/kernel/store/ids'
import type { Sql } from 'postgres'
import type { SeedPatient } from './patients.ts'
import { type SeedWorld, world } from './world.ts'

/** When everything began that has no date of its own. */
const BEGIN = '2025-01-01T00:00:00Z'

export async function seedReference(sql: Sql, seeded: SeedWorld = world()): Promise<void> {
  await sql.begin(async (transaction) => {
    const tx = transaction as unknown as Sql
    await seedOrganizations(tx, seeded)
    await seedAccess(tx, seeded)
  })
  const ids = createIds(() => new Date())
  for (const patient of seeded.patients) await seedPerson(sql, ids, patient)
}

async function seedOrganizations(tx: Sql, { organizations, practitionerRoles }: SeedWorld): Promise<void> {
  const rows = organizations.map(({ number, name, type, partOf, municipality, phone, member }) => ({
    number,
    name,
    type,
    part_of: partOf ?? null,
    municipality: municipality ?? null,
    phone,
    helsenet_from: member ? BEGIN : null,
    terms_accepted: member ? BEGIN : null,
  }))
  await tx`
    insert into organization ${tx(rows, 'number', 'name', 'type', 'part_of', 'municipality', 'phone', 'helsenet_from', 'terms_accepted')}
    on conflict (number) do update set
      type = excluded.type, part_of = coalesce(excluded.part_of, organization.part_of), municipality = coalesce(excluded.municipality, organization.municipality),
      phone = coalesce(organization.phone, excluded.phone), helsenet_from = coalesce(organization.helsenet_from, excluded.helsenet_from),
      terms_accepted = coalesce(organization.terms_accepted, excluded.terms_accepted)`
  const roles = practitionerRoles.map(({ hprNumber, organization, role }) => ({
    hpr_number: hprNumber,
    organization,
    role,
    valid_from: BEGIN,
  }))
  await tx`insert into practitioner_role ${tx(roles, 'hpr_number', 'organization', 'role', 'valid_from')} on conflict do nothing`
}

/** What a controller has closed or changed since stays as it is. */
async function seedAccess(tx: Sql, { participation, agreements, settings }: SeedWorld): Promise<void> {
  const takingPart = participation.map((row) => ({ ...row, since: BEGIN }))
  await tx`insert into service_participation ${tx(takingPart, 'organization', 'service', 'produces', 'consumes', 'since')} on conflict do nothing`
  const opened = agreements.map(({ controller, service, receiver, validFrom, validUntil, purposes, sensitiveCodes }) => ({
    controller,
    service,
    receiver,
    valid_from: validFrom,
    valid_until: validUntil ?? null,
    purposes,
    sensitive_codes: sensitiveCodes,
    legal_basis: 'pasientjournalloven § 19, helsepersonelloven § 45',
    signed_by_controller: 'Kari Nordmann (oppdiktet)',
    signed_by_receiver: 'Ola Nordmann (oppdiktet)',
  }))
  await tx`
    insert into sharing_agreement ${tx(opened, 'controller', 'service', 'receiver', 'valid_from', 'valid_until', 'purposes', 'sensitive_codes', 'legal_basis', 'signed_by_controller', 'signed_by_receiver')}
    on conflict do nothing`
  await tx`insert into controller_setting ${tx(settings, 'organization', 'service', 'key', 'language', 'value')} on conflict do nothing`
}

async function seedPerson(
  sql: Sql,
  ids: ReturnType<typeof createIds>,
  { identifiers, birthDate, gender, givenName, familyName, municipality }: SeedPatient,
): Promise<void> {
  const [first, ...later] = identifiers
  if (!first) return
  const outcomes: unknown[] = [await registerPerson(sql, ids, first, { birthDate, gender, givenName, familyName, municipality })]
  for (const number of later) outcomes.push(await addNumber(sql, first, number))
  const refused = outcomes.find(isProblem)
  if (refused) throw new Error(`A seeded person was refused: ${refused.problem}`)
}

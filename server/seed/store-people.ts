/** People with their numbers, their representatives, and what they have decided. */
import { createActors } from '@helsevev/kernel/audit/actors'
import { addNumber, type Person, type RegisteredNumber, registerPerson } from '@helsevev/kernel/identity/persons'
import { isProblem } from '@helsevev/kernel/problem/problem'
import type { Ids, PatientKey } from '@helsevev/kernel/store/ids'
import { instant } from '@helsevev/kernel/values/dates'
import type { Sql } from 'postgres'
import { helsevev } from './organizations.ts'
import type { SeedWorld } from './world.ts'

type Keys = ReadonlyMap<string, PatientKey>

interface Registered extends Person {
  id: string
  residence?: string | undefined
  addressConfidentiality?: 'StrictlyConfidential' | undefined
  /** Oldest first. */
  identifiers: readonly RegisteredNumber[]
}

/** Patients, their relatives and the staff, who are persons too. Returns their keys by id. */
export async function seedPeople(sql: Sql, ids: Ids, seeded: SeedWorld): Promise<Keys> {
  const staff = seeded.staff.map(
    ({ id, name: [givenName, familyName], born, gender, residence, pid }): Registered => ({
      id,
      givenName,
      familyName,
      birthDate: born,
      gender,
      residence,
      identifiers: [{ system: 'FNR', value: pid }],
    }),
  )
  const people: Registered[] = [...seeded.patients, ...staff]
  const keys = new Map<string, PatientKey>()
  for (const person of people) keys.set(person.id, await seedPerson(sql, ids, person))
  await seedAddresses(sql, people, keys)
  await sql.begin(async (transaction) => {
    const tx = transaction as unknown as Sql
    await seedRepresentation(tx, seeded, keys)
    await seedDeliveries(tx, seeded, keys)
    await seedChoices(tx, seeded, keys)
    await seedControllerRoles(tx, ids, seeded, keys)
  })
  return keys
}

async function seedPerson(sql: Sql, ids: Ids, { identifiers, ...person }: Registered): Promise<PatientKey> {
  const [first, ...later] = identifiers
  if (!first) throw new RangeError(`The seeded person ${person.id} has no number.`)
  const registered = await registerPerson(sql, ids, first, person)
  const outcomes: unknown[] = [registered]
  for (const number of later) outcomes.push(await addNumber(sql, first, number))
  const refused = outcomes.find(isProblem)
  if (refused || isProblem(registered)) throw new Error(`A seeded person was refused: ${refused?.problem}`)
  return registered.key
}

/** An address that was changed since stays as it is. Index: person_pkey. */
async function seedAddresses(sql: Sql, people: readonly Registered[], keys: Keys): Promise<void> {
  const known = people.filter(({ residence, addressConfidentiality }) => residence || addressConfidentiality)
  await sql`
    update person p
    set residence = coalesce(p.residence, s.residence),
      address_confidentiality =
        case when p.address_confidentiality = 'Unclassified' then s.confidentiality else p.address_confidentiality end
    from unnest(
      ${known.map(({ id }) => keys.get(id) ?? null)}::bigint[], ${known.map(({ residence }) => residence ?? null)}::text[],
      ${known.map(({ addressConfidentiality }) => addressConfidentiality ?? 'Unclassified')}::text[]
    ) as s (patient, residence, confidentiality)
    where p.patient = s.patient`
}

async function seedRepresentation(tx: Sql, { representations }: SeedWorld, keys: Keys): Promise<void> {
  const rows = representations.flatMap(({ patient, representative, kind, areas, from, until, source }) => {
    const [represented, by] = [keys.get(patient), keys.get(representative)]
    if (!represented || !by) return []
    const period = { valid_from: instant(from), valid_until: until ? instant(until) : null }
    return [{ patient: represented, representative: by, kind, areas, ...period, source, registered: instant(from), registered_by: source }]
  })
  if (rows.length === 0) return
  await tx`
    insert into representation ${tx(
      rows,
      'patient',
      'representative',
      'kind',
      'areas',
      'valid_from',
      'valid_until',
      'source',
      'registered',
      'registered_by',
    )}
    on conflict do nothing`
}

async function seedDeliveries(tx: Sql, { deliveries, watched }: SeedWorld, keys: Keys): Promise<void> {
  const by = 'Kari Nordmann (oppdiktet)'
  for (const { patient, controller, provider, unit } of deliveries.filter((row) => keys.has(row.patient))) {
    await tx`
      insert into service_delivery (patient, controller, provider, unit, valid_from, registered_by)
      values (${keys.get(patient) ?? null}, ${controller}, ${provider}, ${unit}, '2025-06-01Z', ${by})
      on conflict do nothing`
  }
  for (const { patient, reason } of watched.filter((row) => keys.has(row.patient))) {
    await tx`
      insert into watched_person (patient, reason, added, added_by)
      values (${keys.get(patient) ?? null}, ${reason}, '2026-01-15T09:00:00Z', ${by})
      on conflict do nothing`
  }
}

async function seedChoices(tx: Sql, { choices, patients, staff }: SeedWorld, keys: Keys): Promise<void> {
  const actorId = createActors(tx)
  const nobody = { organizationName: undefined, organizationChild: undefined, supplier: undefined }
  for (const choice of choices) {
    const key = keys.get(choice.patient)
    const patient = patients.find(({ id }) => id === choice.patient)
    if (!key || !patient) continue
    const registrar = staff.find(({ id }) => id === choice.by)
    const actor = registrar
      ? {
          ...nobody,
          person: keys.get(registrar.id),
          name: registrar.name.join(' '),
          hprNumber: registrar.hprNumber,
          role: registrar.role,
          organization: registrar.employers[0]?.number,
          client: 'helsevev-clinician',
        }
      : {
          ...nobody,
          person: key,
          name: `${patient.givenName} ${patient.familyName}`,
          hprNumber: undefined,
          role: undefined,
          organization: helsevev.number,
          client: 'helsevev-citizen',
        }
    await tx`
      insert into patient_choice (patient, id, kind, service, controller, receiver, practitioner, valid_from, valid_until,
        made, made_by, made_as, note)
      values (${key}, ${choice.id}, ${choice.kind}, ${choice.service ?? null}, ${choice.controller ?? null}, ${choice.receiver ?? null},
        ${choice.practitioner ?? null}, ${choice.made}, ${choice.until ?? null}, ${choice.made}, ${await actorId(actor)},
        ${registrar ? 'staff' : 'self'}, ${choice.note ?? null})
      on conflict do nothing`
  }
}

/** A role that has been granted or ended since stays as it is. Index: controller_role_organization. */
async function seedControllerRoles(tx: Sql, ids: Ids, { controllerRoles }: SeedWorld, keys: Keys): Promise<void> {
  for (const { person, organization, role } of controllerRoles.filter((row) => keys.has(row.person))) {
    const key = keys.get(person) ?? null
    await tx`
      insert into controller_role (id, organization, person, role, valid_from, granted_by, reason)
      select ${ids.uuid()}, ${organization}, ${key}, ${role}, '2025-06-01Z', 'Kari Nordmann (oppdiktet)',
        'Fullmakt fra ledelsen (oppdiktet)'
      where not exists (select from controller_role where organization = ${organization} and person = ${key})`
  }
}

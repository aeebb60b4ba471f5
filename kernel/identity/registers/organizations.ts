/**
 * The register of organisations: legal entities and their sub-units, service units with address and telephone number, and members of
 * Helsenettet. What a line does not mention stays; a membership that is null, or a unit that is no longer listed, ends at the import.
 */
import type { Sql } from 'postgres'
import { z } from 'zod'
import type { RowFault } from '../../codes/read-rows.ts'
import { organizationTypes } from '../../codes/reference-files.ts'
import { AFTER_BEGIN, endsAfterBegin, moment, pattern, periodMembers, text } from './line-values.ts'
import { FAULTS_REPORTED, importRegisterFile, type Refused, type RegisterFile } from './register-file.ts'

export interface OrganizationChanges {
  rows: number
  organizations: { added: number; changed: number }
  /** `ended` are those that the file no longer has. */
  units: { added: number; changed: number; ended: number }
}

// Test units at HelseID have numbers with a wrong check digit, so only the form is required.
const number = pattern(/^[0-9]{9}$/, 'the nine digits of an organisation number, in quotes')
const phone = pattern(/^\+?[0-9 ]{3,20}$/, 'a phone number of digits and spaces')
const ADDRESS = 'an address'

const unit = z
  .strictObject(
    {
      system: pattern(
        /^(urn:oid:[0-2](\.[0-9]+)+|https?:\/\/\S{1,180})$/,
        'the URI of the series of numbers, urn:oid:2.16.578.1.12.4.1.4.102 for RESH',
      ),
      value: pattern(/^\S{1,100}$/, 'the number of the unit, without spaces'),
      name: text('the name of the unit'),
      healthcareService: pattern(/^\S{1,20}$/, 'a code of Volven 8655 or 8663').nullish(),
      address: text(ADDRESS).nullish(),
      phone: phone.nullish(),
      ...periodMembers,
    },
    { error: 'an object' },
  )
  .refine(endsAfterBegin, AFTER_BEGIN)

const schema = z
  .strictObject(
    {
      number,
      name: text('the name of the organisation'),
      type: z.enum(organizationTypes, { error: `one of ${organizationTypes.join(', ')}` }),
      partOf: number.nullish(),
      municipality: pattern(/^[0-9]{4}$/, 'a municipality number, as in 0301').nullish(),
      phone: phone.nullish(),
      address: text(ADDRESS).nullish(),
      helsenet: z
        .strictObject(
          { ...periodMembers, termsAccepted: moment.nullish(), termsUntil: moment.nullish() },
          { error: 'an object with from, until, termsAccepted and termsUntil, or null' },
        )
        .refine(endsAfterBegin, AFTER_BEGIN)
        .nullish(),
      units: z
        .array(unit, { error: 'a list, which may be empty' })
        .refine((units) => new Set(units.map(({ system, value }) => `${system}|${value}`)).size === units.length, {
          error: 'each unit once',
        })
        .optional(),
    },
    { error: 'an object' },
  )
  .refine(({ number: own, partOf }) => own !== partOf, {
    path: ['partOf'],
    error: 'the number of another organisation, the whole it is part of',
  })

const file: RegisterFile<z.infer<typeof schema>> = { schema, key: (row) => row.number, keyName: 'number' }

/** Imports the register. What is no longer in the file ends at `now`. Takes effect on the next call. */
export async function importOrganizationRegister(
  sql: Sql,
  bytes: AsyncIterable<Uint8Array>,
  now: Date,
): Promise<OrganizationChanges | Refused> {
  return await importRegisterFile(
    sql,
    bytes,
    file,
    async (tx) => {
      // One import at a time; readers do not wait.
      await tx`lock table organization in share row exclusive mode`
      return [...(await unknownWholes(tx)), ...(await circles(tx))]
    },
    async (tx) => ({ organizations: await mergeOrganizations(tx, now), units: await mergeUnits(tx, now) }),
  )
}

async function unknownWholes(tx: Sql): Promise<RowFault[]> {
  const rows = await tx<{ line: number; part_of: string }[]>`
    select f.line, f.content ->> 'partOf' as part_of from register_file f
    where f.content ->> 'partOf' is not null
      and not exists (select from organization o where o.number = f.content ->> 'partOf')
      and not exists (select from register_file w where w.key = f.content ->> 'partOf')
    order by f.line limit ${FAULTS_REPORTED}`
  return rows.map(({ line, part_of }) => ({
    line,
    column: 'partOf',
    rule: `"${part_of}" is not known here.`,
    remedy: 'Put that organisation in the file too, or import it first.',
  }))
}

/** Faults for organisations that are, through their parts, part of themselves. */
async function circles(tx: Sql): Promise<RowFault[]> {
  const rows = await tx<{ line: number }[]>`
    with recursive part (number, whole) as (
      select coalesce(f.key, o.number), case when f.content ? 'partOf' then f.content ->> 'partOf' else o.part_of end
      from organization o full join register_file f on f.key = o.number
    ), up (line, number, whole) as (
      select f.line, p.number, p.whole from register_file f join part p on p.number = f.key where p.whole is not null
      union
      select u.line, u.number, p.whole from up u join part p on p.number = u.whole where p.whole is not null
    )
    select distinct line from up where number = whole order by line limit ${FAULTS_REPORTED}`
  return rows.map(({ line }) => ({
    line,
    column: 'partOf',
    rule: 'The organisation is part of itself, by way of others.',
    remedy: 'Let the legal entity be part of nothing.',
  }))
}

async function mergeOrganizations(tx: Sql, now: Date): Promise<{ added: number; changed: number }> {
  const said = (member: string, column: string) =>
    tx`case when f.content ? ${member}::text then f.content ->> ${member}::text else ${tx(`o.${column}`)} end`
  // A membership that is null ends now; one that has not begun is removed.
  const membership = (member: string, column: string, when: ReturnType<Sql>) => tx`
    case when not f.content ? 'helsenet' then ${tx(`o.${column}`)}
      when f.content -> 'helsenet' = 'null' then case when o.helsenet_from < ${now} then ${when} end
      else (f.content -> 'helsenet' ->> ${member}::text)::timestamptz end`
  await tx`
    create temporary table organization_file on commit drop as
    select f.key as number, f.content ->> 'name' as name, f.content ->> 'type' as type,
      ${said('partOf', 'part_of')} as part_of,
      ${said('municipality', 'municipality')} as municipality,
      ${said('phone', 'phone')} as phone,
      ${said('address', 'address')} as address,
      ${membership('from', 'helsenet_from', tx`o.helsenet_from`)} as helsenet_from,
      ${membership('until', 'helsenet_until', tx`least(o.helsenet_until, ${now}::timestamptz)`)} as helsenet_until,
      ${membership('termsAccepted', 'terms_accepted', tx`o.terms_accepted`)} as terms_accepted,
      ${membership('termsUntil', 'terms_until', tx`o.terms_until`)} as terms_until,
      o.number is null as new
    from register_file f left join organization o on o.number = f.key`
  await tx`analyze organization_file`
  const changed = await tx`
    update organization o
    set name = f.name, type = f.type, part_of = f.part_of, municipality = f.municipality, phone = f.phone, address = f.address,
      helsenet_from = f.helsenet_from, helsenet_until = f.helsenet_until, terms_accepted = f.terms_accepted,
      terms_until = f.terms_until
    from organization_file f
    where o.number = f.number
      and (o.name, o.type, o.part_of, o.municipality, o.phone, o.address, o.helsenet_from, o.helsenet_until, o.terms_accepted,
        o.terms_until)
        is distinct from
        (f.name, f.type, f.part_of, f.municipality, f.phone, f.address, f.helsenet_from, f.helsenet_until, f.terms_accepted,
        f.terms_until)`
  const added = await tx`
    insert into organization
      (number, name, type, part_of, municipality, phone, address, helsenet_from, helsenet_until, terms_accepted, terms_until)
    select number, name, type, part_of, municipality, phone, address, helsenet_from, helsenet_until, terms_accepted, terms_until
    from organization_file where new`
  return { added: added.count, changed: changed.count }
}

async function mergeUnits(tx: Sql, now: Date): Promise<{ added: number; changed: number; ended: number }> {
  await tx`
    create temporary table unit_file on commit drop as
    select f.key as organization, u.system, u.value, u.name, u."healthcareService" as healthcare_service, u.address, u.phone,
      u."from" as valid_from, u.until as valid_until
    from register_file f
    cross join lateral jsonb_to_recordset(f.content -> 'units') as u (
      system text, value text, name text, "healthcareService" text, address text, phone text, "from" timestamptz, until timestamptz)`
  await tx`analyze unit_file`
  const ended = await tx`
    update organization_unit r set valid_until = greatest(${now}, r.valid_from)
    where r.organization in (select key from register_file where content ? 'units')
      and (r.valid_until is null or r.valid_until > greatest(${now}, r.valid_from))
      and not exists (select from unit_file u where (u.organization, u.system, u.value) = (r.organization, r.system, r.value))`
  const changed = await tx`
    update organization_unit r
    set name = u.name, healthcare_service = u.healthcare_service, address = u.address, phone = u.phone,
      valid_from = u.valid_from, valid_until = u.valid_until
    from unit_file u
    where (u.organization, u.system, u.value) = (r.organization, r.system, r.value)
      and (r.name, r.healthcare_service, r.address, r.phone, r.valid_from, r.valid_until)
        is distinct from (u.name, u.healthcare_service, u.address, u.phone, u.valid_from, u.valid_until)`
  const added = await tx`
    insert into organization_unit (organization, system, value, name, healthcare_service, address, phone, valid_from, valid_until)
    select organization, system, value, name, healthcare_service, address, phone, valid_from, valid_until from unit_file u
    where not exists (
      select from organization_unit r where (u.organization, u.system, u.value) = (r.organization, r.system, r.value))`
  return { added: added.count, changed: changed.count, ended: ended.count }
}

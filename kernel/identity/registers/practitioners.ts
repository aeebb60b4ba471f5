/**
 * The register of health personnel (helsepersonelloven § 48): who has which authorisation, and when. The file is complete for each
 * practitioner in it: an authorisation that is no longer in the file ends at the import. Practitioners that are not in the file stay.
 */
import type { Sql } from 'postgres'
import { z } from 'zod'
import type { RowFault } from '../../codes/read-rows.ts'
import { classify } from '../../values/identity-number.ts'
import { AFTER_BEGIN, endsAfterBegin, pattern, periodMembers, text } from './line-values.ts'
import { FAULTS_REPORTED, importRegisterFile, type Refused, type RegisterFile } from './register-file.ts'

export interface PractitionerChanges {
  rows: number
  practitioners: { added: number; changed: number }
  /** Authorisations and specialties; `ended` are those that the file no longer has. */
  held: { added: number; changed: number; ended: number }
}

const NAME = 'a name'
const LIST = 'a list, which may be empty'

function heldList(code: z.ZodType<string>) {
  const row = z.strictObject({ code, ...periodMembers }, { error: 'an object with code, from and until' })
  return z
    .array(row.refine(endsAfterBegin, AFTER_BEGIN), { error: LIST })
    .refine((rows) => new Set(rows.map(({ code, from }) => `${code} ${from}`)).size === rows.length, {
      error: 'each code and from once',
    })
}

const schema = z.strictObject(
  {
    hprNumber: pattern(/^[1-9][0-9]{0,8}$/, 'an HPR number of at most nine digits, in quotes, without zeros before it'),
    givenName: text(NAME).nullish(),
    familyName: text(NAME).nullish(),
    identityNumber: z
      .string({ error: 'a national identity number or D-number' })
      .refine((number) => ['FNR', 'DNR'].includes(classify(number)?.kind ?? ''), { error: 'a national identity number or D-number' })
      .nullish(),
    authorizations: heldList(pattern(/^[A-Z]{2}[0-9]?$/, 'a code of Volven 9060, as in SP')),
    specialties: heldList(pattern(/^[0-9A-Za-z]{1,10}$/, 'a code of Volven 7426')).optional(),
    prescribing: z
      .strictObject(periodMembers, { error: 'an object with from and until, or null' })
      .refine(endsAfterBegin, AFTER_BEGIN)
      .nullish(),
  },
  { error: 'an object' },
)

const file: RegisterFile<z.infer<typeof schema>> = { schema, key: ({ hprNumber }) => hprNumber, keyName: 'hprNumber' }

/** Imports the register. What the file leaves out ends at `now`. Authorisations take effect on the next call. */
export async function importPractitioners(sql: Sql, bytes: AsyncIterable<Uint8Array>, now: Date): Promise<PractitionerChanges | Refused> {
  return await importRegisterFile(sql, bytes, file, faultsIn, async (tx) => {
    // One import at a time; readers do not wait.
    await tx`lock table practitioner in share row exclusive mode`
    const practitioners = await mergePractitioners(tx)
    const authorizations = await mergeHeld(tx, 'practitioner_authorization', 'authorizations', now)
    const specialties = await mergeHeld(tx, 'practitioner_specialty', 'specialties', now)
    return {
      practitioners,
      held: {
        added: authorizations.added + specialties.added,
        changed: authorizations.changed + specialties.changed,
        ended: authorizations.ended + specialties.ended,
      },
    }
  })
}

async function faultsIn(tx: Sql): Promise<RowFault[]> {
  return [...(await unknownCodes(tx)), ...(await otherPersons(tx))].slice(0, FAULTS_REPORTED)
}

/** A number stays with its person: what the person has blocked or consented to holds for it. Index: those of `mergePractitioners`. */
async function otherPersons(tx: Sql): Promise<RowFault[]> {
  const rows = await tx<{ line: number }[]>`
    select f.line
    from register_file f
    join practitioner p on p.hpr_number = f.key and p.person is not null
    join person_identifier i on i.system in ('FNR', 'DNR') and i.value = f.content ->> 'identityNumber' and i.patient <> p.person
    where not exists (select from person_link l where l.patient = p.person and l.same_as = i.patient)
    order by f.line limit ${FAULTS_REPORTED}`
  return rows.map(({ line }) => ({
    line,
    column: 'identityNumber',
    rule: 'The identity number is of another person than the one who has this HPR number here.',
    remedy: 'Link the two numbers first (npx helsevev persons link) when they are one person, or correct the line.',
  }))
}

async function unknownCodes(tx: Sql): Promise<RowFault[]> {
  const rows = await tx<{ line: number; code: string }[]>`
    select f.line, a.code
    from register_file f cross join lateral jsonb_to_recordset(f.content -> 'authorizations') as a (code text)
    where a.code not in (select code from code where system = 'urn:oid:2.16.578.1.12.4.1.1.9060')
    order by f.line limit ${FAULTS_REPORTED}`
  return rows.map(({ line, code }) => ({
    line,
    column: 'authorizations',
    rule: `"${code}" is not a code of Volven 9060 that is known here.`,
    remedy: 'Correct it, or import the codes first.',
  }))
}

/** Merges practitioners; what a line does not mention stays. Index: practitioner_pkey, person_identifier_pkey. */
async function mergePractitioners(tx: Sql): Promise<{ added: number; changed: number }> {
  await tx`
    create temporary table practitioner_file on commit drop as
    select f.key as hpr_number,
      coalesce(f.content ->> 'givenName', p.given_name) as given_name,
      coalesce(f.content ->> 'familyName', p.family_name) as family_name,
      coalesce(i.patient, p.person) as person,
      case when f.content ? 'prescribing' then (f.content -> 'prescribing' ->> 'from')::timestamptz
        else p.prescribing_from end as prescribing_from,
      case when f.content ? 'prescribing' then (f.content -> 'prescribing' ->> 'until')::timestamptz
        else p.prescribing_until end as prescribing_until,
      p.hpr_number is null as new
    from register_file f
    left join practitioner p on p.hpr_number = f.key
    left join person_identifier i on i.system in ('FNR', 'DNR') and i.value = f.content ->> 'identityNumber'`
  await tx`analyze practitioner_file`
  const changed = await tx`
    update practitioner p
    set given_name = f.given_name, family_name = f.family_name, person = f.person,
      prescribing_from = f.prescribing_from, prescribing_until = f.prescribing_until
    from practitioner_file f
    where p.hpr_number = f.hpr_number
      and (p.given_name, p.family_name, p.person, p.prescribing_from, p.prescribing_until)
        is distinct from (f.given_name, f.family_name, f.person, f.prescribing_from, f.prescribing_until)`
  const added = await tx`
    insert into practitioner (hpr_number, given_name, family_name, person, prescribing_from, prescribing_until)
    select hpr_number, given_name, family_name, person, prescribing_from, prescribing_until from practitioner_file where new`
  return { added: added.count, changed: changed.count }
}

/** Merges periods, which are identified by code and beginning. A period that has not begun when it is left out is removed. */
async function mergeHeld(
  tx: Sql,
  name: 'practitioner_authorization' | 'practitioner_specialty',
  member: 'authorizations' | 'specialties',
  now: Date,
): Promise<{ added: number; changed: number; ended: number }> {
  const [register, wanted] = [tx(name), tx(`${name}_file`)]
  await tx`
    create temporary table ${wanted} on commit drop as
    select f.key as hpr_number, a.code, a."from" as valid_from, a.until as valid_until
    from register_file f
    cross join lateral jsonb_to_recordset(f.content -> ${member}::text) as a (code text, "from" timestamptz, until timestamptz)`
  await tx`analyze ${wanted}`
  const leftOut = tx`
    r.hpr_number in (select key from register_file where content ? ${member}::text)
    and (r.valid_until is null or r.valid_until > ${now})
    and not exists (select from ${wanted} w where (w.hpr_number, w.code, w.valid_from) = (r.hpr_number, r.code, r.valid_from))`
  const never = await tx`delete from ${register} r where r.valid_from >= ${now} and ${leftOut}`
  const ended = await tx`update ${register} r set valid_until = ${now} where ${leftOut}`
  const changed = await tx`
    update ${register} r set valid_until = w.valid_until
    from ${wanted} w
    where (w.hpr_number, w.code, w.valid_from) = (r.hpr_number, r.code, r.valid_from) and r.valid_until is distinct from w.valid_until`
  const added = await tx`
    insert into ${register} (hpr_number, code, valid_from, valid_until)
    select hpr_number, code, valid_from, valid_until from ${wanted} w
    where not exists (
      select from ${register} r where (w.hpr_number, w.code, w.valid_from) = (r.hpr_number, r.code, r.valid_from))`
  return { added: added.count, changed: changed.count, ended: never.count + ended.count }
}

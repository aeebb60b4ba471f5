/**
 * The person register: it maps identity numbers to internal keys (architecture decision 3). A person may have several numbers. When a
 * national identity number follows a D-number, it is one more row, or a link between two keys when both were already in use. Nothing is
 * overwritten.
 */
import type { Sql } from 'postgres'
import { type Problem, problem } from '../problem/problem.ts'
import type { Ids, PatientKey } from '../store/ids.ts'
import { classify, type IdentityNumberKind } from '../values/identity-number.ts'

export interface Person {
  birthDate?: string
  gender?: 'male' | 'female' | 'other' | 'unknown'
  givenName?: string
  familyName?: string
  municipality?: string
}

export interface RegisteredNumber {
  system: IdentityNumberKind
  value: string
}

/**
 * Registers a person under one number, or returns the key it already has.
 * `flag` accepts a number whose form is wrong (test environments, where published examples use such numbers).
 */
export async function registerPerson(
  sql: Sql,
  ids: Ids,
  number: RegisteredNumber,
  person: Person,
  invalidNumbers: 'refuse' | 'flag' = 'refuse',
): Promise<{ key: PatientKey; created: boolean } | Problem> {
  if (invalidNumbers === 'refuse' && classify(number.value)?.kind !== number.system) return problem('identity-number-invalid')
  try {
    return await addPerson(sql, ids, number, person)
  } catch (error) {
    // Another request registered the number meanwhile.
    const key = (error as { code?: string }).code === '23505' ? await findKey(sql, number) : undefined
    if (!key) throw error
    return { key, created: false }
  }
}

async function addPerson(sql: Sql, ids: Ids, number: RegisteredNumber, person: Person): Promise<{ key: PatientKey; created: boolean }> {
  return await sql.begin(async (tx) => {
    const known = await findKey(tx as unknown as Sql, number)
    if (known) return { key: known, created: false }
    const key = ids.patientKey()
    await tx`
      insert into person (patient, birth_date, gender, given_name, family_name, municipality)
      values (${key}, ${person.birthDate ?? null}, ${person.gender ?? null},
        ${person.givenName ?? null}, ${person.familyName ?? null}, ${person.municipality ?? null})`
    await tx`insert into person_identifier (system, value, patient) values (${number.system}, ${number.value}, ${key})`
    return { key, created: true }
  })
}

/**
 * Registers that `added` is a number of the person who has `known`. When `added` already has its own key, with records under it, the two
 * keys are linked; records stay where they are, and searches read both.
 */
export async function addNumber(
  sql: Sql,
  known: RegisteredNumber,
  added: RegisteredNumber,
): Promise<{ key: PatientKey; linked: boolean } | Problem> {
  return await sql.begin(async (tx) => {
    const key = await findKey(tx as unknown as Sql, known)
    if (!key) return problem('person-unknown')
    const other = await findKey(tx as unknown as Sql, added)
    if (other === key) return { key, linked: false }
    if (other) {
      // All keys linked with either key are one person now. Each is linked with each, so that a reader follows one link and not a chain.
      await tx`
        with one as (select ${key}::bigint as patient union select same_as from person_link where patient = ${key}),
          two as (select ${other}::bigint as patient union select same_as from person_link where patient = ${other}),
          pairs as (select one.patient, two.patient as same_as from one, two where one.patient <> two.patient)
        insert into person_link (patient, same_as)
        select patient, same_as from pairs union select same_as, patient from pairs
        on conflict do nothing`
      return { key, linked: true }
    }
    await tx`insert into person_identifier (system, value, patient) values (${added.system}, ${added.value}, ${key})`
    return { key, linked: false }
  })
}

/** The key of the person who has the number, of any kind. */
export async function keyOfNumber(sql: Sql, value: string): Promise<PatientKey | undefined> {
  const [row] = await sql<{ patient: PatientKey }[]>`
    select patient from person_identifier where system in ('FNR', 'DNR', 'FHN') and value = ${value} limit 1`
  return row?.patient
}

/**
 * All identity numbers of the person who has this one, those of linked keys included; none when the register does not have it. Index:
 * person_identifier_pkey, person_link_pkey, person_identifier_patient.
 */
export async function numbersOf(sql: Sql, value: string): Promise<string[]> {
  const rows = await sql<{ value: string }[]>`
    with own as (select patient from person_identifier where system in ('FNR', 'DNR', 'FHN') and value = ${value}),
      every as (select patient from own union select l.same_as from person_link l join own on own.patient = l.patient)
    select i.value from person_identifier i join every e on e.patient = i.patient where i.system in ('FNR', 'DNR', 'FHN')`
  return rows.map((row) => row.value)
}

async function findKey(sql: Sql, number: RegisteredNumber): Promise<PatientKey | undefined> {
  const [row] = await sql<{ patient: PatientKey }[]>`
    select patient from person_identifier where system = ${number.system} and value = ${number.value}`
  return row?.patient
}

/** The key of a member of staff who is named by identity number; registers the number when it is new. */
export async function staffKey(sql: Sql, ids: Ids, value: string): Promise<PatientKey> {
  const system = classify(value)?.kind ?? 'FNR'
  const known = await findKey(sql, { system, value })
  if (known) return known
  const registered = await registerPerson(sql, ids, { system, value }, {}, 'flag')
  if ('problem' in registered) throw new Error('A number that is flagged is never refused.')
  return registered.key
}

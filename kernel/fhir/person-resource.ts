/** A person of the register as a FHIR Patient (http://hl7.org/fhir/R4/patient.html). What the register does not hold is left out. */
import type { Patient } from '@medplum/fhirtypes'
import type { Sql } from 'postgres'
import type { Patient as KnownPatient } from '../access/request.ts'

export interface PersonRow {
  given_name: string | null
  family_name: string | null
  gender: Patient['gender'] | null
  birth_date: string | null
}

/** Identifier, name, gender and birth date. Index: person_pkey. */
export async function personResource(sql: Sql, { key, identifier }: Pick<KnownPatient, 'key' | 'identifier'>): Promise<Patient> {
  const [row] = await sql<PersonRow[]>`select given_name, family_name, gender, birth_date::text from person where patient = ${key}`
  return patientResource(row, identifier)
}

export function patientResource(row: PersonRow | undefined, identifier: KnownPatient['identifier']): Patient {
  return {
    resourceType: 'Patient',
    identifier: [identifier],
    ...(row?.family_name ? { name: [{ family: row.family_name, given: row.given_name ? [row.given_name] : [] }] } : {}),
    ...(row?.gender ? { gender: row.gender } : {}),
    ...(row?.birth_date ? { birthDate: row.birth_date } : {}),
  }
}

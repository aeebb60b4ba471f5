/** A person of the register as a FHIR Patient (http://hl7.org/fhir/R4/patient.html). What the register does not hold is left out. */

import type { Patient } from '@medplum/fhirtypes'
import type { Sql } from 'postgres'
import { isProtected } from '../../access/representation.ts'
import type { CitizenFacts } from '../../access/request.ts'
import type { Patient as KnownPatient } from '../../store/visibility.ts'

export interface PersonRow {
  given_name: string | null
  family_name: string | null
  gender: Patient['gender'] | null
  birth_date: string | null
}

/**
 * Marks a person who has a protected address: nothing may be shown that reveals where the person lives.
 * http://terminology.hl7.org/CodeSystem/v3-Confidentiality
 */
export const restricted = { system: 'http://terminology.hl7.org/CodeSystem/v3-Confidentiality', code: 'R', display: 'restricted' } as const

/** Identifier, name, gender, birth date, and the mark of a protected address. Addresses themselves are not stored. Index: person_pkey. */
export async function personResource(sql: Sql, { key, identifier }: Pick<KnownPatient, 'key' | 'identifier'>): Promise<Patient> {
  const [row] = await sql<(PersonRow & { address_confidentiality: CitizenFacts['addressConfidentiality'] })[]>`
    select given_name, family_name, gender, birth_date::text, address_confidentiality from person where patient = ${key}`
  const resource = patientResource(row, identifier)
  return row && isProtected(row.address_confidentiality) ? { ...resource, meta: { security: [restricted] } } : resource
}

/** The resource without the mark, which a contained resource may not have (FHIR R4, DomainResource, dom-5). */
export function patientResource(row: PersonRow | undefined, identifier: KnownPatient['identifier']): Patient {
  return {
    resourceType: 'Patient',
    identifier: [identifier],
    ...(row?.family_name ? { name: [{ family: row.family_name, given: row.given_name ? [row.given_name] : [] }] } : {}),
    ...(row?.gender ? { gender: row.gender } : {}),
    ...(row?.birth_date ? { birthDate: row.birth_date } : {}),
  }
}

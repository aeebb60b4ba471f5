/**
 * What readers attested, each distinct combination stored once: the words that the citizen is shown (ATT-16 to ATT-57). Time, decision id
 * and purpose differ from look-up to look-up and are in the row of the look-up. Identity numbers of the practitioner and of the patient are
 * not kept: the row names both by their keys.
 */
import type { Sql } from 'postgres'
import type { Attestation, Coded, Identified } from '../identity/attestation.ts'
import { cleanText } from '../values/clean-text.ts'
import { isUntouched, storedOnce } from './stored-once.ts'

/** The greatest number of misspelt members that is kept from one attestation. */
const MOST_UNKNOWN = 20

/** Returns the id of an attestation's row in log_attestation; asks the database once per content and process. */
export function createAttestations(sql: Sql): (attestation: Attestation) => Promise<string> {
  return storedOnce(fieldsOf, async (digest, id, attestation) => {
    const kept = keptOf(attestation)
    const [row] = await sql<{ id: string }[]>`
        with new as (
          insert into log_attestation (id, digest, "authorization", point_of_care, point_of_care_name,
            department_system, department, department_name,
            healthcare_service_system, healthcare_service, healthcare_service_text,
            purpose_details_system, purpose_details, purpose_details_text,
            decision_description, user_selected, patient_point_of_care, patient_department, unknown_members, claims)
          overriding system value
          values (${id}, ${digest}, ${kept.authorization}, ${kept.pointOfCare}, ${kept.pointOfCareName},
            ${kept.departmentSystem}, ${kept.department}, ${kept.departmentName},
            ${kept.healthcareServiceSystem}, ${kept.healthcareService}, ${kept.healthcareServiceText},
            ${kept.purposeDetailsSystem}, ${kept.purposeDetails}, ${kept.purposeDetailsText},
            ${kept.decisionDescription}, ${kept.userSelected}, ${kept.patientPointOfCare}, ${kept.patientDepartment},
            ${kept.unknownMembers}, ${claimsOf(attestation)})
          on conflict (digest) do nothing
          returning id
        )
        select id from new union all select id from log_attestation where digest = ${digest} limit 1`
    return row?.id
  })
}

/** The fields of the digest, in their order. Few attestations have claims, and the digest of the others is as it was without. */
function fieldsOf(attestation: Attestation): unknown[] {
  const claims = claimsOf(attestation)
  return [...Object.values(keptOf(attestation)), ...(claims ? [claims] : [])]
}

function claimsOf({ claims = [] }: Attestation): (string | null)[] | null {
  return claims.length > 0 ? claims.map((claim) => cleanText(claim)) : null
}

/** The fields that are kept, in the order of the digest. */
function keptOf({ practitioner, careRelation, patient, unknownMembers }: Attestation) {
  const id = (one: Identified | undefined) => cleanText(one?.id)
  const code = (one: Coded | undefined) => cleanText(one?.code)
  const system = (one: Identified | Coded | undefined) => cleanText(one?.system)
  return {
    authorization: code(practitioner.authorization),
    pointOfCare: id(practitioner.pointOfCare),
    pointOfCareName: cleanText(practitioner.pointOfCare?.name),
    departmentSystem: system(practitioner.department),
    department: id(practitioner.department),
    departmentName: cleanText(practitioner.department?.name),
    healthcareServiceSystem: system(careRelation.healthcareService),
    healthcareService: code(careRelation.healthcareService),
    healthcareServiceText: cleanText(careRelation.healthcareService?.text),
    purposeDetailsSystem: system(careRelation.purposeOfUseDetails),
    purposeDetails: code(careRelation.purposeOfUseDetails),
    purposeDetailsText: cleanText(careRelation.purposeOfUseDetails?.text),
    decisionDescription: cleanText(careRelation.decisionRef?.description),
    patientPointOfCare: id(patient?.pointOfCare),
    patientDepartment: id(patient?.department),
    userSelected: careRelation.decisionRef?.userSelected ?? null,
    unknownMembers: unknownMembers.length > 0 ? unknownMembers.slice(0, MOST_UNKNOWN).map((path) => cleanText(path)) : null,
  }
}

/** The id of an attestation that was changed after it was stored; undefined when there is none. */
export async function changedAttestation(sql: Sql): Promise<string | undefined> {
  const rows = sql<{ id: string; digest: string; fields: unknown[] }[]>`
    select id, digest,
      jsonb_build_array("authorization", point_of_care, point_of_care_name, department_system, department, department_name,
        healthcare_service_system, healthcare_service, healthcare_service_text,
        purpose_details_system, purpose_details, purpose_details_text,
        decision_description, patient_point_of_care, patient_department, user_selected, unknown_members)
        || case when claims is null then '[]'::jsonb else jsonb_build_array(claims) end as fields
    from log_attestation order by id`
  for await (const page of rows.cursor(1000)) {
    const changed = page.find((row) => !isUntouched(row, row.fields))
    if (changed) return changed.id
  }
  return undefined
}

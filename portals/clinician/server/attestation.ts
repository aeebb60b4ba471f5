/**
 * The attestation of the trust framework (Tillitsrammeverk v1.1), as the portal makes it: who looks, where, why, and at which patient. The
 * portal knows of no appointments, and no register has the unit where a person works. So each decision is the person's own: `user_selected`
 * is true, which shows this to those who control access.
 */
import { classify } from '@helsevev/kernel/values/identity-number'
import { healthcareServiceOf } from './healthcare-service.ts'
import type { Workplace } from './sessions.ts'

const oid = (suffix: string) => `urn:oid:2.16.578.1.12.4.1.${suffix}`
const organizations = oid('4.101')

export interface Attested {
  /** When it was decided, in seconds since 1970. */
  toa: number
  person: { identityNumber: string; hprNumber: string }
  /** List 9060. */
  authorization: string
  legalEntity: Workplace
  pointOfCare: Workplace
  purpose: string
  decision: { id: string; reason?: string | undefined }
  /** Absent for a list (ATT-6). `pointOfCare` when the patient is on the list of that unit (ATT-51). */
  patient?: { identityNumber: string; identitySystem: string; pointOfCare?: Workplace | undefined } | undefined
}

/** The header Attestation: base64url of the JSON. */
export function attestationHeader(attested: Attested): string {
  return Buffer.from(JSON.stringify(attestation(attested))).toString('base64url')
}

function attestation({ toa, person, authorization, legalEntity, pointOfCare, purpose, decision, patient }: Attested) {
  const organization = ({ number, name }: Workplace) => ({ id: number, system: organizations, name })
  return {
    toa,
    practitioner: {
      identifier: { id: person.identityNumber, system: classify(person.identityNumber)?.system ?? oid('4.1') },
      hpr_nr: { id: person.hprNumber, system: oid('4.4') },
      authorization: { code: authorization, system: oid('1.9060') },
      legal_entity: organization(legalEntity),
      point_of_care: organization(pointOfCare),
    },
    care_relationship: {
      healthcare_service: healthcareServiceOf(pointOfCare, authorization),
      purpose_of_use: { code: purpose, system: 'urn:oid:2.16.840.1.113883.1.11.20448' },
      decision_ref: { id: decision.id, user_selected: true, ...(decision.reason ? { description: decision.reason } : {}) },
    },
    ...(patient
      ? {
          patients: [
            {
              identifier: { id: patient.identityNumber, system: patient.identitySystem },
              ...(patient.pointOfCare ? { point_of_care: organization(patient.pointOfCare) } : {}),
            },
          ],
        }
      : {}),
  }
}

/** The attestation of the trust framework (Tillitsrammeverk v1.1): who looks, where, why and at which patient. Made for each patient. */

interface Identifier {
  id: string
  system: string
}

interface Code {
  code: string
  system: string
}

/** As it goes in the header Attestation. */
export interface Attestation {
  toa: number
  practitioner: {
    identifier: Identifier
    hpr_nr?: Identifier
    authorization?: Code
    legal_entity: Identifier
    point_of_care: Identifier
    department?: Identifier
  }
  care_relationship: {
    healthcare_service?: Code
    purpose_of_use: Code
    purpose_of_use_details?: Code
    decision_ref: { id: string; user_selected: boolean; description?: string }
  }
  patients: { identifier: Identifier }[]
}

export interface Attested {
  /** National identity number or D-number of who is signed in. */
  practitioner: string
  hprNumber?: string
  /** Code of list 9060 that they act under, such as `SP`. */
  authorization?: string
  /** Organisation number of the main unit: the organisation of the token. */
  legalEntity: string
  /** Organisation number of the sub-unit; the legal entity when it has none. */
  pointOfCare?: string
  /** RESH id, or an identifier of a system of its own. */
  department?: string | Identifier
  /** What is done, such as `{ list: '8663', code: 'KX17' }`. Either this or `details`, or both. */
  service?: { list: string; code: string }
  purpose: 'TREAT' | 'ETREAT' | 'COC' | 'BTG'
  /** A decision template, or list 9151. */
  details?: Code
  decision: {
    /** Finds the decision again in your own system: letters, digits, `_` and `-`, at most 64. */
    id: string
    /** The practitioner gave themselves access. Emergency access (BTG) is always so. */
    chosenByUser: boolean
    /** In words, at most 512 characters; emergency access needs ten or more. */
    reason?: string
  }
  /** Identity number of the one patient it is about. */
  patient: string
  /** When the decision was made; now when left out. It holds for 60 minutes. */
  at?: Date
}

const OID = 'urn:oid:2.16.578.1.12.4.1'
const ORGANIZATION_NUMBER = `${OID}.4.101`

/** Builds an attestation with the systems that belong to it. */
export function attest(attested: Attested): Attestation {
  const { practitioner, hprNumber, authorization, legalEntity, pointOfCare = legalEntity, department, service, purpose, details } = attested
  const { decision, patient, at = new Date() } = attested
  return {
    toa: Math.floor(at.getTime() / 1000),
    practitioner: {
      identifier: person(practitioner),
      ...(hprNumber && { hpr_nr: { id: hprNumber, system: `${OID}.4.4` } }),
      ...(authorization && { authorization: { code: authorization, system: `${OID}.1.9060` } }),
      legal_entity: { id: legalEntity, system: ORGANIZATION_NUMBER },
      point_of_care: { id: pointOfCare, system: ORGANIZATION_NUMBER },
      ...(department && { department: typeof department === 'string' ? { id: department, system: `${OID}.4.102` } : department }),
    },
    care_relationship: {
      ...(service && { healthcare_service: { code: service.code, system: `${OID}.1.${service.list}` } }),
      purpose_of_use: { code: purpose, system: 'urn:oid:2.16.840.1.113883.1.11.20448' },
      ...(details && { purpose_of_use_details: details }),
      decision_ref: {
        id: decision.id,
        user_selected: decision.chosenByUser,
        ...(decision.reason && { description: decision.reason }),
      },
    },
    patients: [{ identifier: person(patient) }],
  }
}

/** Text of the header Attestation: base64url of the JSON. Hash this text, exactly as it is sent, for the proof. */
export function encodeAttestation(attestation: Attestation): string {
  return Buffer.from(JSON.stringify(attestation)).toString('base64url')
}

/** The part that HelseID vouches for in the access token: without time, patient and words, which it does not take. */
export function detailsOfAttestation({ practitioner, care_relationship }: Attestation) {
  const { description: _, ...decision_ref } = care_relationship.decision_ref
  return { type: 'nhn:tillitsrammeverk:parameters', practitioner, care_relationship: { ...care_relationship, decision_ref } }
}

/** A help number starts with 8 or 9, a D-number has 40 added to its day. */
function person(number: string): Identifier {
  const day = Number(number.slice(0, 2))
  return { id: number, system: `${OID}.4.${day >= 80 ? 3 : day > 40 ? 2 : 1}` }
}

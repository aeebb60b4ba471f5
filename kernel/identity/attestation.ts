import type { Purpose } from './purpose.ts'
/**
 * The attestation of the trust framework (Tillitsrammeverk v1.1, 2024-04-30): who a health professional is, and why the professional reads.
 * One part of it may be in the access token, where HelseID puts it, and another part in the header Attestation of the call. It is read at
 * the edge into one shape; the rules about it are steps of the pipeline.
 */

/** The claim of the access token, and the type of the parameters that the token was requested with. */
export const ATTESTATION_TYPE = 'nhn:tillitsrammeverk:parameters'
/** The header of the call: base64url of the JSON. */
export const ATTESTATION_HEADER = 'attestation'
/** The claim of the DPoP proof: base64url SHA-256 of the text of the header, so that the attestation is signed by its sender (ATT-2). */
export const ATTESTATION_HASH_CLAIM = 'attestation_hash'
/** How long an attestation is valid (ATT-58). */
export const ATTESTATION_MINUTES = 60

export interface Identified {
  id: string
  /** Normalised: an OID without the prefix `urn:oid:` gets it. */
  system: string | undefined
  name: string | undefined
}

export interface Coded {
  code: string
  system: string | undefined
  text: string | undefined
}

export interface Attestation {
  /** The time of the local decision, in seconds since 1970; `iat` of the token where the attestation has none. */
  toa: number | undefined
  practitioner: {
    identifier: Identified | undefined
    hprNumber: Identified | undefined
    authorization: Coded | undefined
    legalEntity: Identified | undefined
    pointOfCare: Identified | undefined
    department: Identified | undefined
  }
  careRelation: {
    healthcareService: Coded | undefined
    /** The purpose as sent; `purpose` is set when it is one of the four. */
    purposeOfUse: Coded | undefined
    purpose: Purpose | undefined
    purposeOfUseDetails: Coded | undefined
    /** What was not stated is undefined: nothing is filled in. */
    decisionRef: { id: string; description: string | undefined; userSelected: boolean | undefined } | undefined
  }
  /** The patient that the attestation is bound to (ATT-4). */
  patient: { identifier: Identified; pointOfCare: Identified | undefined; department: Identified | undefined } | undefined
  /** Paths of members that the framework does not know, such as a misspelt one: reported to the sender and kept in the log. */
  unknownMembers: string[]
  /** Set where the attestation was refused: what could not be read, and what differs from the token. It then decides nothing. */
  claims?: string[]
}

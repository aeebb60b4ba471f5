import type { Purpose } from './purpose.ts'
/**
 * The attestation of the trust framework (Tillitsrammeverk v1.1, 2024-04-30): what a health professional says about herself and
 * why she looks. Part of it may stand in the access token, put there by HelseID, part in the header Attestation of the call.
 * Read at the edge into one shape; rules about it are steps of the pipeline.
 */

/** The access token's claim, and the type of the parameters it was asked for with. */
export const ATTESTATION_TYPE = 'nhn:tillitsrammeverk:parameters'
/** Header of the call: base64url of the JSON. */
export const ATTESTATION_HEADER = 'attestation'
/** Claim of the DPoP proof: base64url SHA-256 of the header's text, so that the attestation is signed by who sends it (ATT-2). */
export const ATTESTATION_HASH_CLAIM = 'attestation_hash'
/** ATT-58. */
export const ATTESTATION_MINUTES = 60

export interface Identified {
  id: string
  /** Normalised: `urn:oid:…` without the prefix is given it. */
  system: string | undefined
  name: string | undefined
}

export interface Coded {
  code: string
  system: string | undefined
  text: string | undefined
}

export interface Attestation {
  /** Time of the local decision, seconds since 1970; `iat` of the token where the attestation has none. */
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
    /** As sent; `purpose` is set when it is one of the four. */
    purposeOfUse: Coded | undefined
    purpose: Purpose | undefined
    purposeOfUseDetails: Coded | undefined
    decisionRef: { id: string; description: string | undefined; userSelected: boolean } | undefined
  }
  /** Bound to one patient (ATT-4). */
  patient: { identifier: Identified; pointOfCare: Identified | undefined; department: Identified | undefined } | undefined
  /** Paths of members that the framework does not know, such as a misspelt one: told to the sender and kept in the log. */
  unknownMembers: string[]
}

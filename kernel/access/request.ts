/** What the pipeline decides on: a request as it arrived, and the facts that the registers hold about it. */

import type { InformationService } from '../fhir/service.ts'
import type { Caller } from '../identity/caller.ts'
import type { PatientKey } from '../store/ids.ts'

export type RequestKind = 'read' | 'search' | 'write' | 'identify'
export const purposes = ['TREAT', 'ETREAT', 'COC', 'BTG'] as const
/** Purpose of use, HL7 v3 PurposeOfUse (urn:oid:2.16.840.1.113883.1.11.20448). */
export type Purpose = (typeof purposes)[number]

export interface AccessRequest {
  kind: RequestKind
  caller: Caller
  service: InformationService
  /** As sent in Purpose-Of-Use; undefined when absent or not one of the four. */
  purpose: Purpose | undefined
  /** By number (searches, writes) or by the key in a logical id (reads). */
  patient: { identityNumber: string } | { key: PatientKey }
}

export interface Patient {
  key: PatientKey
  /** Other keys of the same person. */
  linked: PatientKey[]
  /** YYYY-MM-DD from the register, never from the number. */
  birthDate: string | undefined
  /** The number the person is shown under: national identity number before D-number before help number. */
  identifier: { system: string; value: string }
}

/** Read in one statement, for this request, never cached: closing an agreement takes effect on the next call. */
export interface Facts {
  /** Undefined when the organisation is not in the register. */
  organization: { name: string; member: boolean } | undefined
  supplier: { name: string; member: boolean } | undefined
  produces: boolean
  consumes: boolean
  /** Undefined when the person is not in the register. */
  patient: Patient | undefined
  /** Controllers whose agreement with the organisation is in force for this service and purpose, with the extra-sensitive codes it opens. */
  agreements: { controller: string; sensitiveCodes: string[] }[]
  /** Controllers that have reported on the patient in this service. */
  contributors: string[]
}

/** What the session of a clinician remembers, in addition to what the session of every portal does. */
import type { Session as SessionWith, Person as SignedInPerson } from '@helsevev/portal/server'
import type { AccessKind, Organization, Person, Purpose } from '../contract.ts'

export interface OpenPatient {
  /** Random id of this opening, so that an answer about one patient is never shown for another. */
  opening: string
  identityNumber: string
  identitySystem: string
  purpose: Purpose
  /** The unit on whose list the patient stands, when opened from it. */
  pointOfCare?: Workplace
  access: Access
  person?: Person
}

/** One decision to look: what it rests on, and the attestation that states it to the API. */
export interface Access {
  /** Random; the browser sends it with each panel request. */
  id: string
  kind: AccessKind
  /** Id of the decision, in the attestation, in the access log and in the technical log (ATT-46). */
  decision: string
  /** Milliseconds since 1970, like `ends`, which elevated access has. */
  made: number
  ends?: number
  reason?: string
  /** The authorisation (list 9060) that it states. */
  authorization?: string
  /** The header Attestation. */
  attestation: string
}

/** An organisation or unit as an attestation names it. */
export interface Workplace {
  number: string
  name: string
  /** As the organisation register has it: `municipality`, `health-trust` … */
  type: string
  /** Code of the unit's service in list 8663 or 8668, when it is registered. */
  healthcareService?: string
}

export interface Employer extends Workplace, Organization {
  units: Workplace[]
}

export interface Content {
  person: SignedInPerson & { hprNumber: string }
  organizations: Employer[]
  organization?: string
  /** Number of the organisation, or of its unit, where the person works now. */
  place?: string
  /** The person's authorisation now (list 9060), when the record system stated it; otherwise the register is asked at each decision. */
  authorization?: string
  /** The purpose that was chosen last. */
  purpose?: Purpose
  /** The patients on the list of the place of work, by the id that the page knows them by. */
  rows?: Record<string, { identityNumber: string; identitySystem: string }>
  patient?: OpenPatient
  /** Who was open last at this place of work, newest first. Ends with the session. */
  recent?: RecentPatient[]
}

export interface RecentPatient extends Pick<OpenPatient, 'identityNumber' | 'identitySystem' | 'pointOfCare'> {
  /** Random; the page knows the patient by it. */
  id: string
  name?: string
  birthDate?: string
}

export type Session = SessionWith<Content>

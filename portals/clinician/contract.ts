/** What the portal's server and its client say to each other. */

import type { ProblemCode } from '@helsevev/kernel/problem/catalogue'
import type { IdentityNumberKind } from '@helsevev/kernel/values/identity-number'
import type { DataStatus, ListSignal, WithheldByPatient } from '@helsevev/panel/panel.ts'
import { type CommonProblem, commonStatus, type SignedInAs } from '@helsevev/portal/contract'
import type { IdentityNumberFault } from './identity-number.ts'

/** Emergency access, and the consent of a patient who sits there, end by themselves. */
export const elevatedMinutes = 15
/** A reason has this many characters that are not blank at least (the API counts blanks between them too). */
export const shortestReason = 10
export const longestReason = 500

/** Purposes a clinician chooses between when a patient is opened (HL7 v3 PurposeOfUse). BTG is emergency access, from the patient's page. */
export const purposes = ['TREAT', 'ETREAT', 'COC'] as const
export type Purpose = (typeof purposes)[number]

/** The organisation itself, or one of its units: where the person works now (point of care, ATT-19). */
export interface Place {
  number: string
  name: string
}

export interface Organization {
  number: string
  name: string
  role: string
  /** Its units; empty when it has none, and then it is the point of care itself. */
  units: Place[]
}

/**
 * How the patient is looked at. `emergency` overrides what the patient has restricted, with a reason (BTG); `consent` opens it because the
 * patient, who is there, says so.
 */
export type AccessKind = 'ordinary' | 'emergency' | 'consent'
export const elevations = ['emergency', 'consent'] as const satisfies readonly AccessKind[]
export type Elevation = (typeof elevations)[number]

interface AccessView {
  /** Name of this access; sent with each panel request, so that what is shown is marked as what it was fetched under. */
  id: string
  kind: AccessKind
  /** ISO 8601, and from now; elevated access only. */
  ends?: string
  secondsLeft?: number
  /** What the person wrote; emergency access only. */
  reason?: string
}

/** Who a number belongs to, as far as the person register tells. */
export interface Person {
  name?: string
  /** FHIR date. */
  birthDate?: string
  gender?: 'male' | 'female' | 'other' | 'unknown'
  /** Nothing is shown that tells where the person lives. */
  hasProtectedAddress?: true
}

export interface OpenPatientView {
  /** Name of this opening: the same patient until another is opened. */
  opening: string
  access: AccessView
  /** The last two digits, enough to see that the right number was typed. */
  numberEnding: string
  numberKind: IdentityNumberKind
  purpose: Purpose
  /** Absent when the person register did not answer; who it is can then be asked for again. */
  person?: Person
}

/** What the page is told of who is signed in, beside what every portal tells. */
export interface Workday {
  /** Names of the record systems that a patient may be chosen in, in their order; absent when there are none. */
  recordSystems?: string[]
  organizations: Organization[]
  organization?: Organization
  /** Point of care; chosen with the organisation. */
  place?: Place
  /** What the person looked for last, so that it need not be chosen again. */
  purpose?: Purpose
  patient?: OpenPatientView
}

export type SignedIn = SignedInAs<Workday>

export interface WorklistPerson extends Person {
  /** Room or bed, as the unit's own system names it. */
  place?: string
  /** When the patient came, ISO 8601. */
  since?: string
}

/** What the API tells of one patient in one service, before anybody is opened. */
export interface WorklistService {
  service: string
  status: 'some' | 'none' | 'unknown' | 'withheld' | 'refused'
  signal?: ListSignal
}

export interface WorklistRow extends WorklistPerson {
  /** Random: what the page knows the patient by. */
  id: string
  services: WorklistService[]
}

/** The patients that the unit has now. */
export interface Worklist {
  /** Name of the unit, and its number. */
  unit: string
  place: string
  /** When the unit's system drew it up, ISO 8601. */
  drawnUp: string
  /** Longer ago than a list is good for. */
  outOfDate: boolean
  /** How many stand on it of whom nothing is known here. */
  notRegistered: number
  purpose: Purpose
  fetched: string
  rows: WorklistRow[]
  /** Why nothing is told of the services. */
  missing?: CommonProblem
}

export interface PanelAnswer {
  /** Under which access it was fetched. */
  access: string
  /** When the portal fetched it, ISO 8601. */
  fetched: string
  status: DataStatus
  /** With `some`. */
  data?: unknown
  /** Something of the service is not in the data because no agreement opens it. */
  partial: boolean
  /** What the patient's own choices hide from this person. */
  withheld: WithheldByPatient[]
}

/** Refusals of the API that a clinician meets and can do something about; each has a sentence in each language. */
export const refusals = [
  'no-agreement',
  'role-not-open',
  'not-your-unit',
  'authorization-not-held',
  'point-of-care-unknown',
  'attestation-missing',
  'attestation-incomplete',
  'attestation-invalid',
  'attestation-contradicts-token',
  'attestation-not-signed',
  'attestation-has-expired',
  'attestation-from-the-future',
  'attestation-for-another-patient',
  'attestation-practitioner-mismatch',
  'attestation-legal-entity-mismatch',
  'purpose-unknown',
  'emergency-reason-required',
  'access-basis-mismatch',
  'access-denied',
  'insufficient-scope',
  'invalid-token-scopes',
  'person-login-required',
  'health-personnel-required',
  'organisation-missing',
  'organisation-not-member',
  'supplier-not-member',
] as const satisfies readonly ProblemCode[]

/** Everything that can go wrong, worded by the client in the person's language. A refusal's `reason` is one of `refusals`. */
export type PortalProblem =
  | CommonProblem
  | { code: 'identity-number-invalid'; fault: IdentityNumberFault }
  | { code: 'no-organization' }
  | { code: 'no-patient' }
  /** Another patient was opened since, in this window or another. */
  | { code: 'patient-changed' }
  /** The same patient, and the access it was asked under has ended or another has begun. */
  | { code: 'access-changed' }
  | { code: 'reason-too-short' }
  /** The unit's system sends no list. */
  | { code: 'no-worklist' }
  /** The patient no longer stands on the list as this window has it, or the person works elsewhere now. */
  | { code: 'list-changed' }

export const statusOf: Record<PortalProblem['code'], number> = {
  ...commonStatus,
  'identity-number-invalid': 422,
  'no-organization': 409,
  'no-patient': 409,
  'patient-changed': 409,
  'access-changed': 409,
  'reason-too-short': 422,
  'no-worklist': 404,
  'list-changed': 409,
}

/** Why nothing came of opening a patient from a record system; in the address of the page that says so. */
export const launchFaults = ['unknown-system', 'expired', 'person-unknown', 'refused', 'unavailable', 'failed'] as const
export type LaunchFault = (typeof launchFaults)[number]

/** At the end of the address a patient opened from a record system is shown under: the page tells other windows, and takes it away. */
export const launchedMark = '#launched'

/** Headers that name the opening and the access a panel is asked for. */
export const openingHeader = 'helsevev-opening'
export const accessHeader = 'helsevev-access'

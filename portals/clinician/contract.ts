/** What the portal's server and its client say to each other. */
import type { IdentityNumberKind } from '@helsevev/kernel/identity/identity-number'
import type { DataStatus } from '@helsevev/ui/panel.ts'
import type { IdentityNumberFault } from './identity-number.ts'

/** A session ends without use, and whatever happens (one shift). */
export const idleMinutes = 30
export const absoluteHours = 8

/** Purposes a clinician chooses between (HL7 v3 PurposeOfUse); breaking the glass is not offered here. */
export const purposes = ['TREAT', 'ETREAT', 'COC'] as const
export type Purpose = (typeof purposes)[number]

export interface Organization {
  number: string
  name: string
  role: string
}

/** Who a number belongs to, as far as the person register tells. */
export interface Person {
  name?: string
  /** FHIR date. */
  birthDate?: string
  gender?: 'male' | 'female' | 'other' | 'unknown'
}

export interface OpenPatientView {
  /** Name of this opening; sent with each panel request, so that what is shown belongs to who is shown. */
  opening: string
  /** The last two digits, enough to see that the right number was typed. */
  numberEnding: string
  numberKind: IdentityNumberKind
  purpose: Purpose
  /** Absent when the person register did not answer; who it is can then be asked for again. */
  person?: Person
}

export type Me =
  | { signedIn: false }
  | {
      signedIn: true
      name: string
      organizations: Organization[]
      organization?: Organization
      csrf: string
      /** Without use the session ends after this many seconds. */
      idleSeconds: number
      patient?: OpenPatientView
    }

export interface PanelAnswer {
  opening: string
  /** When the portal fetched it, ISO 8601. */
  fetched: string
  status: DataStatus
  data: unknown
}

/** Everything that can go wrong, worded by the client in the person's language. */
export type PortalProblem =
  | { code: 'signed-out' }
  | { code: 'not-from-our-page' }
  | { code: 'invalid-request' }
  | { code: 'identity-number-invalid'; fault: IdentityNumberFault }
  | { code: 'person-unknown' }
  | { code: 'no-organization' }
  | { code: 'no-patient' }
  /** Another patient was opened since, in this window or another. */
  | { code: 'patient-changed' }
  /** `reason` is a code of the API's problem catalogue, as in `no-agreement`. */
  | { code: 'refused'; reason?: string }
  | { code: 'unavailable' }
  | { code: 'failed' }

export const statusOf: Record<PortalProblem['code'], number> = {
  'signed-out': 401,
  'not-from-our-page': 403,
  'invalid-request': 400,
  'identity-number-invalid': 422,
  'person-unknown': 404,
  'no-organization': 409,
  'no-patient': 409,
  'patient-changed': 409,
  refused: 403,
  unavailable: 503,
  failed: 502,
}

/** Header that names the opening a panel is asked for. */
export const openingHeader = 'helsevev-opening'
/** Header that carries the session's csrf value with every change. */
export const csrfHeader = 'helsevev-csrf'

/** What this portal's server and client say to each other beside what every portal does. No identity number is part of any of it. */
import type { CommonProblem } from '@helsevev/portal/contract'

/** Carries whom a page is about with everything that is asked: the id of a Person. */
export const aboutHeader = 'helsevev-about'
/** The id of whoever is signed in. Others have random ids that hold for one session. */
export const oneself = 'me'

/** What the session tells the page: whom it was about last. */
export interface Remembered {
  about: string
}

/** What one may see of somebody in one service, or why not. */
export interface ServiceAccess {
  id: string
  open: boolean
  /** The API's own sentence, in English; the page words `reason` where it knows it. */
  why?: string
  reason?: ClosedReason
}

/** Why a service is closed, as far as it can be told. */
export const closedReasons = [
  'child-turned-12',
  'not-for-parents',
  'parents-do-not-act',
  'not-for-foster-parents',
  'not-for-guardians',
  'guardianship-of-money',
  'other-area',
  'too-young',
  'no-consent',
  'acting-too-young',
  'protected-address',
  'birth-date-unknown',
  'nothing-registered',
] as const
export type ClosedReason = (typeof closedReasons)[number]

/** Somebody whose information one sees, or is registered as acting for. */
export interface Person {
  id: string
  isSelf: boolean
  /** Absent where either has a protected address. */
  name?: string
  /** Whole years; absent where it is not told. */
  age?: number
  /** How the two are related: codes of the API. */
  relations: string[]
  /** Each information service. */
  services: ServiceAccess[]
  /** What the person, or whoever acts, may do beside: the log, the choices, who acts for whom. */
  log: ServiceAccess
  choices: ServiceAccess
  representation: ServiceAccess
}

export interface People {
  people: Person[]
  /** Whom the pages are about. */
  about: string
}

export type CitizenProblem =
  | CommonProblem
  /** Whom the page is about is not known to the session: another window signed in anew, or the access ended. */
  | { code: 'person-changed' }

/** An organisation that shares here. */
export interface Organization {
  number: string
  name: string
  phone?: string
  /** Services it reports to, and services it looks up in. */
  produces: string[]
  consumes: string[]
}

/**
 * What this portal's server and client say to each other beside what every portal does. What the API answers is passed on as it is:
 * kernel/control/contract.ts
 */

/** A data controller. */
export interface Organization {
  number: string
  name: string
}

/** What the page is told of who is signed in. */
export interface Acting {
  organizations: Organization[]
  /** The one the person acts for now; absent until it is chosen. */
  organization?: Organization
}

/** How many wait; `more` when there are more than were counted. */
export interface Waiting {
  count: number
  more: boolean
}

/** What can wait for somebody, in the order of the first page. */
export const waitingKinds = ['followUps', 'misuseCases', 'questions', 'messages', 'signatures', 'refusals'] as const
export type WaitingKind = (typeof waitingKinds)[number]

/** GET api/overview. Null: it could not be asked. */
export type Overview = Record<WaitingKind, Waiting | null>

/** HL7 v3 PurposeOfUse that an agreement can open for. */
export const purposes = ['TREAT', 'ETREAT', 'COC', 'BTG'] as const

/** As kernel/areas/follow-up/follow-up.ts and kernel/areas/misuse/cases.ts have them; a test holds them together. */
export const followUpFindings = ['justified', 'not-justified', 'reported'] as const
export const misuseFindings = ['no-breach', 'breach', 'unclear'] as const

/** Characters of a reason, blanks not counted, at least; and at most, as the API has it. */
export const shortestReason = 10
export const longestReason = 500
export const longestAnswer = 4000

/** Why the API says no, as this portal words it: `refused.{code}`. Codes of the problem catalogue and of the rules of the control API. */
// biome-ignore format: a list by subject
export const refusals = [
  // Whoever asks
  'controller-role-missing', 'controller-role-insufficient', 'organisation-not-member', 'supplier-not-member', 'delegation-withdrawn',
  'insufficient-scope', 'access-denied',
  // What was sent
  'body-invalid', 'reason-required', 'invalid-parameter', 'identity-number-invalid', 'identity-number-in-text', 'reason-missing',
  'note-missing', 'answer-invalid', 'role-missing', 'phone-invalid', 'nothing-changed',
  // What is not there
  'not-found', 'agreement-unknown', 'message-unknown', 'service-unknown', 'organisation-unknown', 'group-unknown', 'unit-unknown',
  'version-unknown',
  // How it stands
  'closed-already', 'answered-already', 'same-person', 'role-held-already', 'role-ended-already', 'last-owner', 'person-without-name',
  'until-passed', 'withdrawn-already', 'not-withdrawn', 'carries-this-request', 'publisher-unnamed',
  // Agreements
  'not-a-party', 'not-the-controller', 'not-the-publisher', 'receiver-is-controller', 'receiver-is-private', 'receiver-not-private',
  'controller-not-municipality', 'units-without-provider', 'purposes-invalid', 'legal-basis-missing', 'period-invalid', 'period-over',
  'code-invalid', 'ended', 'superseded', 'already-signed', 'end-passed', 'already-closed', 'not-closed', 'already-joined', 'not-joined',
  'under-standard', 'private-member',
  // A message that is attached
  'invalid-resource', 'not-producing', 'settlement-refused', 'business-key-conflict', 'duplicate-entry',
] as const

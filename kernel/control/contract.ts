/**
 * What the control API answers and takes, as JSON. Times are ISO 8601 in UTC; organisations are nine digits. No answer holds an identity
 * number; a patient stands by name and birth date, and only to roles that the law gives them to. docs/api/control.md
 */
import type { FollowUpFinding } from '../areas/follow-up/follow-up.ts'
import type { MisuseFinding } from '../areas/misuse/cases.ts'

export const controllerRoles = ['owner', 'privacy-officer', 'reader'] as const
/** From the one who may most to the one who may least. */
export type ControllerRole = (typeof controllerRoles)[number]

/** What a route is about: who may what stands in permissions.ts. */
export const permissions = [
  'read',
  'name-patients',
  'grant-roles',
  'propose-agreements',
  'sign-agreements',
  'close-services',
  'steer-vendors',
  'change-units',
  'close-follow-ups',
  'close-misuse-cases',
  'answer-questions',
  'settle-messages',
] as const
export type Permission = (typeof permissions)[number]

export interface Organization {
  number: string
  name: string
}

/** A page of a list; `more` says whether there is anything after it. */
export interface Page<Item> {
  items: Item[]
  count: number
  skip: number
  more: boolean
}

/** GET /control/me */
export interface Me {
  name: string
  organization: Organization
  role: ControllerRole
  permissions: Permission[]
}

/** GET /control/roles */
export interface RoleGrant {
  id: string
  name: string
  role: ControllerRole
  from: string
  until: string | null
  grantedBy: string
  reason: string
  endedBy: string | null
  endedReason: string | null
  /** Holds now. */
  holds: boolean
}
/** POST /control/roles. The number goes in the body and comes back nowhere. */
export interface GrantRole {
  identityNumber: string
  role: ControllerRole
  until?: string | undefined
  reason: string
}
/** The body of a change that needs nothing but a reason. */
export interface WithReason {
  reason: string
}

export type CellStatus = 'open' | 'closed' | 'pending' | 'ended'
/** GET /control/agreements: one service and one counterpart. */
export interface Cell {
  service: string
  counterpart: Counterpart
  status: CellStatus
  /** Open closures of this service to this receiver, or to members of this group. */
  closures: Closure[]
  /** Newest first; a version that waits for signatures stands beside the one in force. */
  agreements: AgreementSummary[]
}
export interface Counterpart {
  /** Organisation number, or the id of a group. */
  id: string
  name: string
  kind: 'organization' | 'group' | 'private-provider'
}
export interface Closure {
  receiver: Organization
  closed: string
  closedBy: string
  reason: string
}
export interface AgreementSummary {
  id: string
  version: number
  /** As the pipeline sees it. */
  standing: 'in-force' | 'pending' | 'ended' | 'not-begun' | 'expired' | 'closed' | 'superseded'
  purposes: string[]
  validFrom: string
  validUntil: string | null
  signedByController: string | null
  signedByReceiver: string | null
  standardAgreement: string | null
}
export interface Matrix {
  services: string[]
  /** What we, as data controller, open to others. */
  weOpen: Cell[]
  /** What others open to us, by agreement with us or with a group that we are in. */
  openToUs: Cell[]
}
/** GET /control/agreements/{id} */
export interface Agreement {
  id: string
  service: string
  controller: Organization
  receiver: Counterpart
  /** The side we act for; `member` reads as member of the receiving group and signs nothing. */
  side: 'controller' | 'receiver' | 'member'
  versions: AgreementVersion[]
}
export interface AgreementVersion extends AgreementSummary {
  units: string[]
  sensitiveCodes: string[]
  legalBasis: string
  proposed: string
  proposedBy: string
  controllerSigned: string | null
  receiverSigned: string | null
  ended: string | null
  endedBy: string | null
  endedReason: string | null
}
/** POST /control/agreements. We are the controller or the receiver. */
export interface ProposeAgreement {
  controller: string
  receiver: string
  receiverType?: 'organization' | 'group' | 'private-provider' | undefined
  service: string
  purposes: string[]
  sensitiveCodes?: string[] | undefined
  units?: string[] | undefined
  legalBasis: string
  validFrom?: string | undefined
  validUntil?: string | null | undefined
  reason: string
}
/** POST /control/agreements/{id}/amend: what is left out stays. */
export interface AmendAgreement {
  purposes?: string[] | undefined
  sensitiveCodes?: string[] | undefined
  units?: string[] | undefined
  legalBasis?: string | undefined
  validUntil?: string | null | undefined
  reason: string
}
/** POST /control/agreements/{id}/sign; without a version, the newest. */
export interface SignAgreement {
  version?: number | undefined
  reason: string
}
/** POST /control/agreements/{id}/end; without a time, at once. */
export interface EndAgreement {
  at?: string | undefined
  reason: string
}
/** POST /control/closures and /control/closures/reopen */
export interface CloseService {
  service: string
  receiver: string
  reason: string
}

/** GET /control/standard-agreements */
export interface StandardAgreement {
  id: string
  version: number
  title: string
  services: string[]
  purposes: string[]
  sensitiveCodes: string[]
  legalBasis: string
  group: Counterpart
  publisher: Organization
  /** Who signs for the group. Null: published before names were kept, and joined by `npx helsevev agreements standard join` alone. */
  signedBy: string | null
  validUntil: string | null
  /** Organisations with agreements under it. */
  joined: number
  /** The version that we have joined; null when none. */
  joinedVersion: number | null
}

/** GET /control/counterparts?name= */
export type Counterparts = Counterpart[]

/** GET /control/vendors */
export interface Vendor {
  number: string
  /** Null: a number that no register knows. */
  name: string | null
  /** Answered and refused requests that it made for us in the last 28 days. */
  answered: number
  refused: number
  /** Undefined delegation is HelseID's to know: this is our switch. */
  delegation: 'on' | 'off'
  withdrawn: string | null
  withdrawnBy: string | null
  reason: string | null
  /** The vendor whose client this request came through cannot be switched off from here. */
  carriesThisRequest: boolean
}

/** GET /control/units */
export interface Unit {
  organization: string
  system: string
  value: string
  name: string
  phone: string | null
}
/** POST /control/units/phone. Null takes the number away. */
export interface ChangePhone {
  organization: string
  system: string
  value: string
  phone: string | null
  reason: string
}

/** GET /control/use?from=&until=&by=day|week: look-ups that were shown our records. */
export interface UseRow {
  /** First day of the period, Norwegian time. */
  period: string
  service: string
  receiver: Organization | null
  /** HL7 v3 PurposeOfUse; null for systems, which attest nothing. */
  purpose: string | null
  lookUps: number
  patients: number
}
export interface Use {
  from: string
  until: string
  by: 'day' | 'week'
  rows: UseRow[]
}

/** GET /control/refusals?from=&until=: what our own organisation's requests were refused for. */
export interface RefusalRow {
  /** Norwegian day. */
  day: string
  problem: string
  client: string
  vendor: Organization | null
  service: string | null
  requests: number
  last: string
}
export interface Refusals {
  from: string
  until: string
  rows: RefusalRow[]
}

/** GET /control/adoption */
export interface AdoptionRow {
  service: string
  organization: Organization
  /** Our own look-ups of anything, or a receiver's look-ups of our records. */
  counts: 'own-use' | 'of-our-records'
  connectedSince: string
  /** Per week, oldest of the last four first. */
  weeks: [number, number, number, number]
  /** Connected for four weeks, and less than one look-up a week. */
  hardlyUsed: boolean
}
export interface Adoption {
  from: string
  until: string
  rows: AdoptionRow[]
}

/** Name and birth date, of a person in the register. */
export interface PatientName {
  name: string
  birthDate: string | null
}
/** GET /control/follow-ups?status=open|closed */
export interface FollowUp {
  eventId: string
  at: string
  name: string
  role: string | null
  hprNumber: string | null
  organization: Organization | null
  service: string
  reason: string
  /** Undefined to a role that is not told. */
  patient?: PatientName | undefined
  closed: string | null
  closedBy: string | null
  finding: FollowUpFinding | null
  note: string | null
}
/** POST /control/follow-ups/{eventId}/close. The reason is the note of the finding. */
export interface CloseFollowUp {
  finding: FollowUpFinding
  reason: string
}

/** GET /control/misuse-cases?status=open|closed */
export interface MisuseCase {
  id: string
  rule: string
  title: { nb: string; en: string }
  /** Facts of the case in a sentence, which may tell who the patient is: undefined to a role that is not told. */
  why?: { nb: string; en: string } | undefined
  name: string
  hprNumber: string | null
  firstAt: string
  lastAt: string
  opened: string
  patient?: PatientName | undefined
  closed: string | null
  closedBy: string | null
  finding: MisuseFinding | null
  note: string | null
}
/** GET /control/misuse-cases/{id} */
export interface MisuseCaseWithLookUps extends MisuseCase {
  lookUps: {
    at: string
    eventId: string
    organizationName: string | null
    role: string | null
    service: string | null
    event: string
    type: string | null
    purpose: string | null
    resources: number
  }[]
}
export interface CloseMisuseCase {
  finding: MisuseFinding
  reason: string
}

/** GET /control/questions?status=open|closed: what patients wonder about lines of the access log. */
export interface Question {
  id: string
  asked: string
  /** The patient, or somebody who acts for the patient. */
  askedAs: 'self' | 'representative'
  /** The words of the patient, who they are from and what was answered: undefined to a role that is not told. */
  question?: string | undefined
  patient?: PatientName | undefined
  before?: { question: string; answer: string } | null | undefined
  answer?: string | null | undefined
  /** The line of the log that is wondered about. */
  eventId: string
  at: string | null
  event: string | null
  service: string | null
  type: string | null
  purpose: string | null
  name: string | null
  role: string | null
  hprNumber: string | null
  organization: Organization | null
  answered: string | null
  answeredBy: string | null
  answeredRole: string | null
}
/** POST /control/questions/{id}/answer: once, in plain text. `role` is as what, such as personvernombud: the patient sees it, and no name. */
export interface AnswerQuestion {
  answer: string
  role: string
}

/** GET /control/messages: messages of ours that name nobody we know. */
export interface Message {
  id: string
  service: string
  adapter: string
  received: string
  reason: string
  detail: string
  label: string
}
/** POST /control/messages/{id}/read: the message as text, without identity numbers. To read one needs a reason, and is logged. */
export interface MessageText {
  id: string
  text: string
}
/** POST /control/messages/{id}/attach. The number goes in the body and comes back nowhere. */
export interface AttachMessage {
  identityNumber: string
  reason: string
}

/** What every change answers: the id of what was made or changed, and how it stands where that is to be told. */
export interface Changed {
  id: string
  standing?: string | undefined
}

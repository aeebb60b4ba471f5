/** What this portal's server and client say to each other beside what every portal does. No identity number is part of any of it. */

import type { DataStatus, WithheldByPatient } from '@helsevev/panel/panel.ts'
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
const closedReasons = [
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
  | { code: 'practitioner-unknown' }
  | { code: 'identity-number-invalid' }

/** An organisation that shares here. */
export interface Organization {
  number: string
  name: string
  phone?: string
  /** Services it reports to, and services it looks up in. */
  produces: string[]
  consumes: string[]
}

/** Somebody of the health personnel register. */
export interface Practitioner {
  hprNumber: string
  name: string
  /** Code of Volven 9060 that holds now. */
  authorization?: string
}

const did = [
  'looked',
  'identified',
  'checked',
  'wrote',
  'changed',
  'deleted',
  'choice-made',
  'choice-ended',
  'representation-registered',
  'representation-ended',
  'question-asked',
  'question-answered',
  'other',
] as const
export type Did = (typeof did)[number]

type ActorKind = 'staff' | 'system' | 'self' | 'representative'

/** One line of the access log. */
export interface LogLine {
  /** Of the AuditEvent; says nothing about anybody. */
  id: string
  /** Instant, ISO 8601. */
  at: string
  actor: {
    kind: ActorKind
    name?: string
    /** Volven 9060. */
    authorization?: string
    hprNumber?: string
    organization?: { number: string; name: string }
    /** Department or point of care. */
    unit?: string
  }
  did: Did
  service?: string
  /** How many records were shown or written. */
  count: number
  /** Code of HL7 v3 PurposeOfUse. */
  purpose?: string
  /** Ground that the purpose does not say. */
  basis?: string
  /** What was written in emergency access. */
  reason?: string
  outcome: 'ok' | 'refused' | 'failed'
  withheld: boolean
}

export interface Log {
  lines: LogLine[]
  /** There are more lines in the period than were fetched: these are the newest. */
  more: boolean
}

/** Characters of a question at most, as the API counts them. */
export const questionLength = 2000

/** A question about a line of the log, and its answer. */
export interface Question {
  id: string
  line: string
  organization: { number: string; name: string }
  text: string
  asked: string
  /** Id of the answer that it follows. */
  follows?: string
  answer?: { id: string; text: string; answered: string; as?: string }
}

export interface Notice {
  id: string
  cause: string
  at: string
  who?: string
  organization?: string
}

export const choiceKinds = ['restriction', 'block', 'opt-out', 'consent'] as const
export type ChoiceKind = (typeof choiceKinds)[number]

/** What is left out means all. */
export interface NewChoice {
  kind: ChoiceKind
  service?: string | undefined
  /** Whose records: organisation number. */
  controller?: string | undefined
  /** Who may not, or of a consent may, see them: organisation number. */
  receiver?: string | undefined
  hprNumber?: string | undefined
  /** Reference of a record. */
  record?: string | undefined
  /** The last day, of a period that ends. */
  until?: string | undefined
}

export interface Choice {
  id: string
  kind: ChoiceKind
  active: boolean
  service?: string
  controller?: { number: string; name: string }
  receiver?: { number: string; name: string }
  practitioner?: Practitioner
  /** One record alone. */
  record: boolean
  made: string
  until?: string
  ended?: string
  madeBy: 'self' | 'representative' | 'staff'
  madeByName?: string
  note?: string
}

/** A record that can be restricted by itself, in the words that it was registered with. */
export interface RecordName {
  reference: string
  service: string
  type: string
  label: string
  date?: string
  controller?: string
}

/** A relation between oneself and another. */
export interface Relation {
  id: string
  kind: string
  /** `acts-for-me`, or I act for the other (of a consent: I gave it). */
  direction: 'acts-for-me' | 'mine'
  name?: string
  active: boolean
  areas: string[]
  from: string
  until?: string
  /** Whether one can withdraw it oneself. */
  mayEnd: boolean
}

/** Of one panel: what the loader of its service gave, to be drawn by the same service. */
export interface PanelAnswer {
  status: DataStatus
  /** With `some`. */
  data?: unknown
  /** Something of the service is not in the data because no agreement opens it. */
  partial: boolean
  withheld: WithheldByPatient[]
  /** When, ISO 8601. */
  fetched: string
}

export interface LastVisit {
  /** End of the visit before this one, ISO 8601; absent at the first. */
  at?: string
}

/** A summary to read, the same for a system, and everything for a system. */
export const downloadFormats = ['pdf', 'summary', 'fhir'] as const
export type DownloadFormat = (typeof downloadFormats)[number]
/** Stands on a file that is not the whole. */
export const incompleteHeader = 'helsevev-incomplete'

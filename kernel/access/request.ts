/** What the pipeline decides about: a request as it arrived, and the facts that the registers hold about it. */

import type { Attestation } from '../identity/attestation.ts'
import type { Caller } from '../identity/caller.ts'
import type { PatientKey, RecordId } from '../store/ids.ts'
import type { Patient } from '../store/visibility.ts'
import type { Area } from './area.ts'

/**
 * read one resource by id · search and operations · list (whether there is anything about each of several patients) · write · identify (who
 * has this number) · citizen (oneself, or a person one represents) · control (what a data controller sees of its own use, across patients)
 * · worklist (the patients of one's unit now) · worklist-write (the system of the unit sends the list)
 */
export const requestKinds = ['read', 'search', 'list', 'write', 'identify', 'citizen', 'control', 'worklist', 'worklist-write'] as const
export type RequestKind = (typeof requestKinds)[number]

export interface AccessRequest {
  kind: RequestKind
  caller: Caller
  /** What the request is about: an information service, or a subject of the kernel itself. */
  area: Area
  /** What the health professional attests; undefined when nothing was sent. */
  attestation: Attestation | undefined
  /** The professional declares that the patient consents to open what is restricted (access basis FORHOYET_SAMTYKKE). */
  consentDeclared: boolean
  /** Named by number (searches, lists, writes), by the key in a logical id (reads), or not at all (control, worklists). */
  patient: { identityNumber: string } | { key: PatientKey } | 'nobody'
  /** The unit whose worklist it is, by organisation number. */
  unit?: string | undefined
  now: Date
}

/** Milliseconds since 1970. */
type Instant = number

export interface Agreement {
  controller: string
  receiverType: 'organization' | 'group' | 'private-provider'
  /** Named units of a private provider; empty means all its units. */
  units: string[]
  purposes: string[]
  /** The extra-sensitive codes that it opens. */
  sensitiveCodes: string[]
  validFrom: Instant
  validUntil: Instant | null
  controllerSigned: Instant | null
  receiverSigned: Instant | null
  ended: Instant | null
  /** The controller has closed this service to this receiver. */
  closed: boolean
  /** The municipal services of a private provider's contract, by code. */
  serviceCodes: string[]
  /** Name and telephone of the controller, where a refusal needs them. */
  contact?: string | null
  /** Name and telephone of the organisation that took over when a contract ended. */
  takenOverBy?: string | null
  /** Units of the provider that deliver services to the patient for the controller now; an empty text means no particular unit. */
  delivers: string[]
}

/** A row of patient_choice. A null value means all. */
export interface Choice {
  id: string
  kind: 'opt-out' | 'restriction' | 'block' | 'consent'
  service: string | null
  /** The controller of the records that the choice is about. */
  controller: string | null
  /** The organisation that may not see them; for a consent, the one that may. */
  receiver: string | null
  /** HPR number. */
  practitioner: string | null
  record: RecordId | null
  validFrom: Instant
  validUntil: Instant | null
  /** Who made it; the patient when undefined. */
  madeAs?: 'self' | 'representative' | 'staff'
  /** The least of the linked keys of the person who made it. */
  maker?: PatientKey
}

export interface Relation {
  kind: 'parental-responsibility' | 'parental-consent' | 'foster-parent' | 'guardian' | 'power-of-attorney' | 'without-capacity'
  /** Service areas of a power of attorney; scope of a guardian (Persontjenesten GuardianshipScope). */
  areas: string[]
  validFrom: Instant
  validUntil: Instant | null
  ended: Instant | null
}

export type AddressConfidentiality = 'Unclassified' | 'ClientAddress' | 'Confidential' | 'StrictlyConfidential'

/** Facts about the citizen who makes the request, and about the patient of the request. */
export interface CitizenFacts {
  /** The citizen's own key; undefined when the person is not in the register. */
  key: PatientKey | undefined
  birthDate: string | undefined
  addressConfidentiality: AddressConfidentiality
  patientAddressConfidentiality: AddressConfidentiality
  patientDied: boolean
  /** From the citizen to the patient. */
  relations: Relation[]
  /** Consents of persons with parental responsibility that the patient, as a youth, signs in. */
  parentalConsents: Relation[]
  /** A person with parental responsibility is registered at the same address as the patient. */
  parentAtSameAddress: boolean
  /** A grant of a foster parent is in force: meanwhile the parents have no access. */
  fosterGrant: boolean
  /** Some records of the service have a release code or a day of release: they may not be released to the reader. */
  mayBeUnreleased?: boolean
  /** Tokens of records that hide others (`Area.hiddenWith`), each with the codes of list 9603 by which. */
  hiding?: { token: string; codes: string[] }[]
}

/** A person without a health personnel number who allocates services of the organisation. docs/run/case-officers.md */
export interface CaseOfficer {
  /** The controllers that have opened this service to case officers of the organisation, and for which purposes. */
  openings: { controller: string; purposes: string[] }[]
}

/** The member of staff who asks is the patient, or a close relation of the patient as the register has it. */
export interface CloseRelation {
  kind: 'self' | 'relative'
  /** Data controllers that show their records of this service to such staff. */
  openedBy: string[]
}

/** Facts that are read in one statement for this request and never cached: when an agreement is closed, the next call is refused. */
export interface Facts {
  /** Undefined when the organisation is not in the register. */
  organization: { name: string; member: boolean } | undefined
  supplier: { name: string; member: boolean } | undefined
  /** The organisation has stopped the vendor of the token from acting for it. */
  delegationWithdrawn?: boolean
  produces: boolean
  consumes: boolean
  /** The rules of the organisation about roles in this service; when empty, the rules of the service hold. */
  roleRules: { role: string; purposes: string[] }[]
  /** The units in the token and the attestation that the register has as part of the organisation. */
  knownUnits: string[]
  /**
   * Every health personnel number of the person who asks, under all linked identity numbers. A choice of the patient names a person, by one
   * of them. Undefined when no choice names anybody: then the number of the token is enough.
   */
  hprNumbers?: string[]
  /** Set when the token has no health personnel number, and the person is a case officer with something opened. */
  caseOfficer?: CaseOfficer | undefined
  /** Authorisations (Volven 9060) that the HPR number of the token holds now; undefined when the register does not know the number. */
  authorizations: string[] | undefined
  /** Undefined when the person is not in the register. */
  patient: Patient | undefined
  /** The key of the person who has the number in the attestation. */
  attestedPatient: PatientKey | undefined
  /**
   * Current versions that name the organisation, a group that it is in, or the organisation as private provider. Those of controllers that
   * have reported on the patient, and one that is in force with any controller; when none is in force, those of all controllers.
   */
  agreements: Agreement[]
  /** Controllers that have reported on the patient in this service. */
  contributors: string[]
  /** Controllers that hold only extra-sensitive records of the patient: never mentioned to others, and seen by the patient alone. */
  silentContributors?: string[]
  /** The patient is on the list that the system of the attested unit has sent; read for lists alone. */
  onUnitsList?: boolean
  /** A controller has marked a record as blocked against staff (NORS). */
  blockedAgainstStaff?: boolean
  /** The patient's choices that have not ended. */
  choices: Choice[]
  /** Grows with every change of a choice: shows a later statement that the choices read here are unchanged. */
  choiceChanges: number
  alerts: string[]
  /** For look-ups of staff. */
  closeRelation?: CloseRelation
  citizen: CitizenFacts | undefined
}

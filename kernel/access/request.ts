/** What the pipeline decides on: a request as it arrived, and the facts that the registers hold about it. */

import type { Attestation } from '../identity/attestation.ts'
import type { Caller } from '../identity/caller.ts'
import type { PatientKey, RecordId } from '../store/ids.ts'
import type { Patient } from '../store/visibility.ts'
import type { Area } from './area.ts'

/**
 * read one resource by id · search and operations · list (whether there is anything about each of several patients) · write · identify (who
 * is this number) · citizen (oneself, or somebody one represents) · control (what a data controller sees of its own use, across patients) ·
 * worklist (who one's unit has now) · worklist-write (its system says so)
 */
export const requestKinds = ['read', 'search', 'list', 'write', 'identify', 'citizen', 'control', 'worklist', 'worklist-write'] as const
export type RequestKind = (typeof requestKinds)[number]

export interface AccessRequest {
  kind: RequestKind
  caller: Caller
  /** What is asked about: an information service, or a subject of the kernel's own. */
  area: Area
  /** What the health professional attests; undefined when nothing was sent. */
  attestation: Attestation | undefined
  /** The professional says that the patient consents to see what is restricted (access basis FORHOYET_SAMTYKKE). */
  consentDeclared: boolean
  /** By number (searches, lists, writes), by the key in a logical id (reads), or nobody (control, worklists). */
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
  /** Named units of a private provider; empty is all of it. */
  units: string[]
  purposes: string[]
  /** Extra-sensitive codes it opens. */
  sensitiveCodes: string[]
  validFrom: Instant
  validUntil: Instant | null
  controllerSigned: Instant | null
  receiverSigned: Instant | null
  ended: Instant | null
  /** The controller has closed this service to this receiver. */
  closed: boolean
  /** Name and telephone of the controller, where a refusal needs them. */
  contact?: string | null
  /** Units of the provider that deliver services to the patient for the controller now; an empty text is no particular unit. */
  delivers: string[]
}

/** A row of patient_choice. What is null means all. */
export interface Choice {
  id: string
  kind: 'opt-out' | 'restriction' | 'block' | 'consent'
  service: string | null
  /** Whose records. */
  controller: string | null
  /** Which organisation may not see them; of a consent, which may. */
  receiver: string | null
  /** HPR number. */
  practitioner: string | null
  record: RecordId | null
  validFrom: Instant
  validUntil: Instant | null
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

/** About a citizen who asks, and the patient asked about. */
export interface CitizenFacts {
  /** The citizen's own key; undefined when the person is not in the register. */
  key: PatientKey | undefined
  birthDate: string | undefined
  addressConfidentiality: AddressConfidentiality
  patientAddressConfidentiality: AddressConfidentiality
  patientDied: boolean
  /** From the citizen to the patient. */
  relations: Relation[]
  /** Consents of anybody with parental responsibility that the patient, as a youth, signs in. */
  parentalConsents: Relation[]
  /** Somebody with parental responsibility is registered at the same address as the patient. */
  parentAtSameAddress: boolean
  /** A foster parent's grant is in force: the parents' access then rests. */
  fosterGrant: boolean
}

/** Read in one statement, for this request, never cached: closing an agreement takes effect on the next call. */
export interface Facts {
  /** Undefined when the organisation is not in the register. */
  organization: { name: string; member: boolean } | undefined
  supplier: { name: string; member: boolean } | undefined
  /** The organisation has stopped the vendor of the token from acting for it. */
  delegationWithdrawn?: boolean
  produces: boolean
  consumes: boolean
  /** What the organisation has laid down about roles in this service; empty: what the service says. */
  roleRules: { role: string; purposes: string[] }[]
  /** Units of the organisation, by organisation number or `{system}|{value}`, that are registered now. */
  knownUnits: string[]
  /** Authorisations (Volven 9060) that the HPR number of the token holds now; undefined when the register does not know the number. */
  authorizations: string[] | undefined
  /** Undefined when the person is not in the register. */
  patient: Patient | undefined
  /** The key of the person who has the number in the attestation. */
  attestedPatient: PatientKey | undefined
  /**
   * Versions that stand and name the organisation, a group it is in, or it as private provider: of controllers that have reported on the
   * patient, and, for an organisation that produces nothing and has none of those in force, of all.
   */
  agreements: Agreement[]
  /** Controllers that have reported on the patient in this service. */
  contributors: string[]
  /** Controllers that hold nothing but extra-sensitive records of the patient: never told of, and seen by the patient alone. */
  silentContributors?: string[]
  /** Some controller has marked a record as blocked against staff (NORS). */
  blockedAgainstStaff?: boolean
  /** The patient's choices that have not ended. */
  choices: Choice[]
  /** Grows with every change of a choice: tells a later statement that what was read here is still so. */
  choiceChanges: number
  alerts: string[]
  citizen: CitizenFacts | undefined
}

/**
 * What access and the log need to know about everything that can be requested. An information service is an Area with resources
 * (kernel/fhir/service.ts); the subjects of the kernel itself (kernel/areas) are Areas without resources.
 */
import type { Purpose } from '../identity/purpose.ts'

export interface Names {
  nb: string
  nn: string
  en: string
}

/** A clause of law with where and when it was read: law is data (architecture decision 13). */
export interface LegalReference {
  law: string
  clause: string
  /** What the clause is the ground for. */
  about: string
  source: string
  read: string
}

/**
 * One row of the table of representation (domain notes B3; helsenorge.no 2026-11-22). Ages are those of kernel/access/representation.ts.
 */
export interface RepresentationRow {
  /** Service area of a power of attorney that covers this; 3 is digital health services. */
  area: string
  parentsOfUnder12: boolean
  parentsOf12To15: boolean
  /** Whether a youth of 13 to 15 may sign in. */
  youth: 'never' | 'with-parental-consent'
  guardian: boolean
  /** Whether foster parents may act, by a grant of the child welfare service that is in force. */
  fosterParents: boolean
  /** What the ages of parents and youths rest on here. */
  source: string
}

/** The row of most subjects: parents act for a child under 12, and a youth signs in with the consent of a parent. */
export const usualRepresentation: RepresentationRow = {
  area: '3',
  parentsOfUnder12: true,
  parentsOf12To15: false,
  youth: 'with-parental-consent',
  guardian: true,
  fosterParents: true,
  source: 'helsenorge.no, representation and youth access, 2026-11-22',
}

/** The row of subjects that nobody asks about for a patient. */
export const nobodyRepresents: RepresentationRow = {
  area: '3',
  parentsOfUnder12: false,
  parentsOf12To15: false,
  youth: 'never',
  guardian: false,
  fosterParents: false,
  source: 'nobody asks about one patient here',
}

/** How records state the municipal service that they are about. */
interface ContractCodes {
  /** The list of codes, as a page and a refusal name it. */
  list: string
  /** What a code of the list looks like. */
  form: RegExp
  /** The search tokens of records about the service with this code, in every spelling of the system. */
  tokensOf: (code: string) => string[]
}

export interface HiddenWith {
  service: string
  /** The search parameter whose tokens are alike in both services. */
  parameter: string
}

export interface Area {
  id: string
  names: Names
  legalBasis: readonly LegalReference[]
  /**
   * Which authorisations (Volven 9060) may read, and for which purposes. An organisation can narrow this for its own staff, but not widen
   * it. docs/decisions/0013-roles-per-service.md
   */
  readers: Readonly<Record<string, readonly Purpose[]>>
  /** Set where records state which municipal service they are about: a private provider reads those that its contract names. */
  contractCodes?: ContractCodes
  /**
   * Records of another service that hide those here that have a token of the parameter in common with them: what keeps a prescription from
   * those who act for the patient keeps the line from them that names it. Staff, and what a source blocks against staff, are not concerned.
   */
  hiddenWith?: HiddenWith
  /** Who may act for a patient here (docs/decisions/0014-representation.md). */
  representation: RepresentationRow
  /** Who reads, on which grounds, in words for the docs page and the CapabilityStatement. */
  grounds: readonly ('treatment' | 'emergency' | 'coordination' | 'own-data')[]
}

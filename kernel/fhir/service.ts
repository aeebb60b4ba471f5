/**
 * What the rest of the system knows about an information service. A service is a folder whose `service.ts` default-exports
 * one `InformationService`; the kernel knows this shape and no service. docs/decisions/0003-service-declaration.md
 */
import type { Bundle, OperationOutcome, Parameters, Resource } from '@medplum/fhirtypes'
import type { Purpose } from '../access/request.ts'
import type { Codes } from '../codes/codes.ts'
import type { Issue, Result } from '../problem/problem.ts'
import type { Profile } from './profile.ts'

export interface Names {
  nb: string
  nn: string
  en: string
}

/** Where the original lives; `Prinsipper for lagring` v1.0, Direktoratet for e-helse 2022-08-21. */
export type StorageMode = 'local-original' | 'national-index' | 'national-original' | 'national-copies'

/** A clause of law with where and when it was read: law is data (architecture decision 13). */
export interface LegalReference {
  law: string
  clause: string
  /** What it grounds. */
  about: string
  source: string
  read: string
}

export type Interaction = 'read' | 'search-type' | 'create' | 'update' | 'delete'

/** A row of the search table. `token` values are `{system}|{code}`, extracted when written; `date` filters the time of the record. */
export interface SearchParameter {
  name: string
  type: 'token' | 'date'
  /** FHIRPath, for the CapabilityStatement and the docs. */
  expression: string
  /** The token values of a resource. Absent for the one date parameter, which is `time` of the resource. */
  // biome-ignore lint/suspicious/noExplicitAny: each row reads its own resource type; the list holds rows of all of them
  values?: (resource: any) => { system?: string | undefined; code?: string | undefined }[]
  /** Whether equivalent codes of other systems match too (kernel/codes). */
  equivalents?: boolean
}

export interface WriteContext {
  /** Organisation number of the data controller that writes. */
  controller: string
  now: Date
  /** From the person register, never from the number. */
  birthDate: string | undefined
  /** A resource of the same patient, service and controller: stored, or earlier in the same Bundle (urn:uuid: or relative). */
  resolve(reference: string): Promise<Resource | undefined>
  codes: Codes
}

/** The outcome of a service's own rules: what is stored, and flags (accepted but worth knowing) or errors (refused), all at once. */
export interface Prepared<R extends Resource = Resource> {
  resource: R
  /** `severity: 'warning'`: stored in meta.tag and told to the writer. `severity: 'error'`: refuses the write. */
  issues: Issue[]
}

// biome-ignore lint/suspicious/noExplicitAny: a declaration for one resource type must fit in the record of all of them
export interface ResourceDeclaration<R extends Resource = any> {
  /** A resource must follow the first profile whose `when` holds; none holding refuses it with `otherwise`. */
  profiles: { profile: Profile; when?: (resource: R) => boolean }[]
  otherwise?: (resource: R) => Issue
  interactions: readonly Interaction[]
  /** The element that points to the patient. */
  patientElement: 'subject' | 'patient'
  /** The clinical time, ISO 8601; orders searches newest first and answers `date`. */
  time: (resource: R) => string | undefined
  searchParameters: readonly SearchParameter[]
  /** Same key within patient, service and controller = the same fact: equal content is a no-op, other content a new version. */
  businessKey: (resource: R) => string | undefined
  /** Normalises and applies the service's rules after the profile held. */
  prepare?: (resource: R, context: WriteContext) => Promise<Prepared<R>> | Prepared<R>
  /** Extra-sensitive codes the resource carries; hidden, silently, unless the agreement opens each of them. */
  sensitiveCodes?: (resource: R) => string[]
}

/** What a search or an operation sees: only what the decision allowed. */
export interface Records {
  /** Newest first, current versions, parsed. */
  search(type: string, filter?: { tokens?: Record<string, { system?: string; code: string }[]>; count?: number }): Promise<Resource[]>
  /** Controllers that have ever reported on the patient in this service and are visible to the asker. */
  contributors(): Promise<{ organization: string; name: string; phone: string | undefined; since: Date }[]>
  /** Whether some controller that reported is not visible, and may be told. */
  somethingWithheld(): Promise<boolean>
  /** What the patient's own choices hide from the asker, and how much of it where that may be told. */
  withheldByPatient(): Promise<{ cause: 'SpecificBlock' | 'GeneralBlock' | 'Reservation'; count: number | undefined }[]>
  /** Texts that controllers have set for this service. */
  settings(organizations: string[]): Promise<{ organization: string; key: string; language: string; value: string }[]>
}

/** POST /fhir/{service}/${name}, form body with patient.identifier; read-only; logged as a look-up. */
export interface Operation {
  name: string
  summary: string
  run(records: Records, context: { now: Date; birthDate: string | undefined }): Promise<Result<Parameters | Bundle>>
}

/** POST /fhir/{service}/${name} with another system's JSON: converted to a transaction Bundle and written as such. */
export interface Adapter {
  name: string
  summary: string
  convert(body: unknown, context: { codes: Codes; now: Date }): Result<Bundle>
}

export interface InformationService {
  id: string
  names: Names
  summary: Names
  storageMode: StorageMode
  legalBasis: readonly LegalReference[]
  resources: Record<string, ResourceDeclaration>
  operations?: readonly Operation[]
  adapters?: readonly Adapter[]
  /**
   * Which authorisations (Volven 9060) may read, and for what. An organisation can narrow this for its own staff and not widen it.
   * docs/decisions/0013-roles-per-service.md
   */
  readers: Readonly<Record<string, readonly Purpose[]>>
  /** Who may act for a patient here (docs/decisions/0014-representation.md). */
  representation: RepresentationRow
  /** Days from a record is written until the patient sees it; staff see it at once. */
  releaseDelayDays?: number
  /** Who reads, on which grounds, in words for the docs page and the CapabilityStatement. */
  grounds: readonly ('treatment' | 'emergency' | 'coordination' | 'own-data')[]
  /** Information always said beside a search result, such as categories that are never listed here. */
  standingNotice?: OperationOutcome['issue'][number]
  retention: string
}

/** One row of the table of representation (domain notes B3; helsenorge.no 2026-11-22). Ages are those of kernel/access/representation.ts. */
export interface RepresentationRow {
  /** Service area of a power of attorney that covers this; 3 is digital health services. */
  area: string
  parentsOfUnder12: boolean
  parentsOf12To15: boolean
  /** Whether a youth of 13 to 15 may sign in. */
  youth: 'never' | 'with-parental-consent'
  guardian: boolean
  /** Foster parents by a grant of the child welfare service that is in force. */
  fosterParents: boolean
}

export function defineService(service: InformationService): InformationService {
  return service
}

/**
 * What the rest of the system knows about an information service. A service is a folder whose `service.ts` default-exports
 * one `InformationService`; the kernel knows this shape and no service. docs/decisions/0003-service-declaration.md
 */

import type { Bundle, OperationOutcome, Parameters, Quantity, Resource } from '@medplum/fhirtypes'
import type { LegalReference, Names, RepresentationRow } from '../access/area.ts'
import type { Codes } from '../codes/codes.ts'
import type { Purpose } from '../identity/purpose.ts'
import type { Issue, Result } from '../problem/problem.ts'
import type { MeasuredSeries, Measurement } from '../store/measurements.ts'
import type { SummarySection } from './summary-sections.ts'
import type { Profile } from './validation/profile.ts'

/** Where the original lives; `Prinsipper for lagring` v1.0, Direktoratet for e-helse 2022-08-21. */
type StorageMode = 'local-original' | 'national-index' | 'national-original' | 'national-copies'

type Interaction = 'read' | 'search-type' | 'create' | 'update' | 'delete'

/**
 * A row of the search table (http://hl7.org/fhir/R4/search.html). What it finds is extracted when a resource is written; `date` filters the
 * time of the record. Every type has `_id`, `_tag`, `_count`, `_skip`, `_cursor`, `_sort`, `_summary=count` and `_total` besides.
 * The functions of a row read the row's own type. They are written as methods, so that a list can hold rows of several types.
 */
export interface SearchParameter<R extends Resource = Resource> {
  name: string
  type: 'token' | 'date' | 'quantity' | 'reference'
  /** FHIRPath, for the CapabilityStatement and the docs. */
  expression: string
  /** The token values of a resource. Absent for the one date parameter, which is `time` of the resource. */
  values?(resource: R): { system?: string | undefined; code?: string | undefined }[]
  /** Whether equivalent codes of other systems match too (kernel/codes). */
  equivalents?: boolean
  /** The numbers of a `quantity`; compared in the unit of their dimension (kernel/units). */
  quantities?(resource: R): (Quantity | undefined)[]
  /** What a `reference` points to, as written: `Specimen/{id}`, or the fullUrl of another entry. */
  references?(resource: R): (string | undefined)[]
  /** Types of this service that a `reference` may point to; `_include` and `_revinclude` follow it to them and from them. */
  targets?: readonly string[]
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
  /** Who writes, as far as the token says; `name` is a person's, and none of a system that writes on its own. */
  writer: { organizationName: string | undefined; name: string | undefined; hprNumber: string | undefined }
  /** The version that this one replaces, of an update. */
  previous?: Resource
}

/** The outcome of a service's own rules: what is stored, and flags (accepted but worth knowing) or errors (refused), all at once. */
export interface Prepared<R extends Resource = Resource> {
  resource: R
  /** `severity: 'warning'`: stored in meta.tag and told to the writer. `severity: 'error'`: refuses the write. */
  issues: Issue[]
}

/** Of one type. Its functions are methods, as those of a search parameter are, so that it fits in the record of all types. */
export interface ResourceDeclaration<R extends Resource = Resource> {
  /** A resource must follow the first profile whose `when` holds; none holding refuses it with `otherwise`. */
  profiles: { profile: Profile; when?(resource: R): boolean }[]
  otherwise?(resource: R): Issue
  interactions: readonly Interaction[]
  /** The element that points to the patient; `none` for a type that has no such element and comes in a `RecordSet` only. */
  patientElement: 'subject' | 'patient' | 'none'
  /** The clinical time, ISO 8601; orders searches newest first and answers `date`. */
  time(resource: R): string | undefined
  searchParameters: readonly SearchParameter<R>[]
  /**
   * Same key within patient, service and controller = the same fact: equal content is a no-op, other content a new version. `codes`, for keys
   * of coded facts: a list has several spellings.
   */
  businessKey(resource: R, codes: Codes): string | undefined
  /** Normalises and applies the service's rules after the profile held. */
  prepare?(resource: R, context: WriteContext): Promise<Prepared<R>> | Prepared<R>
  /** Extra-sensitive codes the resource carries; hidden, silently, unless the agreement opens each of them. */
  sensitiveCodes?(resource: R): string[]
  /**
   * How many may state a fact of the same business key. `controller` (the default): each controller its own, and a resend is an update.
   * `patient`: one for the patient, whoever wrote it; a second is refused with the id of the one to update, and nothing is stored.
   */
  uniqueWithin?: 'controller' | 'patient'
  /** Who may change a record: its controller (the default), or whoever may read it (the law's "endre/dele"). It stays its controller's. */
  changedBy?: 'controller' | 'readers'
  /** The resource without what the server stamps on every write: versions that differ in nothing else are the same. */
  unstamped?(resource: R): R
  /** What DELETE stores as the next version in the place of a tombstone, such as one marked entered-in-error. */
  deletion?(resource: R): R
  /** The numbers kept by day for trends over a long time (kernel/store/measurements.ts); none of what is not valid. */
  measurements?(resource: R, codes: Codes): Measurement[]
}

/** What a search or an operation sees: only what the decision allowed. */
export interface Records {
  /** Newest first, current versions, parsed. */
  search(type: string, filter?: { tokens?: Record<string, { system?: string; code: string }[]>; count?: number }): Promise<Resource[]>
  /** How many current ones there are; opens none of them. */
  count(type: string, filter?: { tokens?: Record<string, { system?: string; code: string }[]> }): Promise<number>
  /** By code, controller and unit: `codes` as `Measurement.code`, days as ISO 8601 dates, both ends included. */
  measuredDays(type: string, filter: { codes: readonly string[]; from: string; to: string }): Promise<MeasuredSeries[]>
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
  /** What the form may hold besides patient.identifier. */
  parameters?: readonly { name: string; documentation: string }[]
  run(
    records: Records,
    context: { now: Date; birthDate: string | undefined; parameters: URLSearchParams; codes: Codes },
  ): Promise<Result<Parameters | Bundle>>
}

export interface AdapterContext {
  codes: Codes
  now: Date
  /** The patient that a person has named for a message that names none: it goes before what the message says. */
  patient?: { system: string; value: string }
}

/**
 * POST /fhir/{service}/${name} with another system's message. It becomes a transaction Bundle, written as such; or a `RecordSet`, which
 * replaces an earlier version of the same message; or `Unattached`, kept until a person says whom it is about.
 */
export interface Adapter {
  name: string
  summary: string
  /** `json` (the default): `convert` gets the parsed value. `xml`: it gets the octets as they came, a Buffer. */
  accepts?: 'json' | 'xml'
  /** Whether a parsed body is meant for this adapter, right or wrong: finds the adapter of a file that does not say where it goes. */
  recognises?(body: unknown): boolean
  convert(
    body: unknown,
    context: AdapterContext,
  ): Result<Bundle | RecordSet | Unattached> | Promise<Result<Bundle | RecordSet | Unattached>>
}

/**
 * Records that a source states and replaces together, such as one laboratory report with its results. The latest version stands, in
 * whatever order versions arrive: what it leaves out is removed, and an older one that comes later changes nothing.
 */
export interface RecordSet {
  kind: 'record-set'
  patient: { system: string; value: string }
  /** Names the set within patient and controller, the same in every version. */
  key: string
  /** When the source made this version. */
  version: Date
  /** Decides between versions of the same time: the greater text stands. The same text says it is the same version again. */
  rank: string
  /** New resources, each with a business key of its own; references between them by fullUrl. The first is the head of the set. */
  entries: { fullUrl: string; resource: Resource }[]
  /** What is worth knowing of the message as a whole: flags on its head. */
  issues: Issue[]
}

/** A message that nobody's record can take yet: kept with its reason, and attached by hand. Nothing in it is dropped. */
export interface Unattached {
  kind: 'unattached'
  /** Such as `no-identity-number`, `identity-number-invalid`. */
  reason: string
  /** For whoever looks into it: what is missing; never an identity number. */
  text: string
  /** What the sender calls the message, for finding it at the source: its id, its time, what it is about. No names. */
  label: string
}

/** What a service gives to a section of the patient summary (POST /fhir/Patient/$summary): its newest records of a type. */
export interface SummaryContribution<R extends Resource = Resource> {
  section: SummarySection
  type: string
  /** As the search parameters of the type have them. */
  tokens?: Record<string, { system?: string; code: string }[]>
  /** At most; what is left out is told. */
  count: number
  /** A line of the section's text; absent: code, value and time of the resource. */
  line?(resource: R): string
}

/** What a list of patients says of each beside that there is something: one code, from the newest records of one kind. docs/api/has-data.md */
export interface ListSignal<R extends Resource = Resource> {
  type: string
  /** Which records say it, as the search parameters of the type have them. */
  tokens: Record<string, { system?: string; code: string }[]>
  /** How many of the newest it is made from, at most. */
  count: number
  /** Newest first, those that the reader may see now. Undefined: nothing is to be said. */
  say(newestFirst: readonly R[]): { system: string; code: string } | undefined
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
  patientSummary?: readonly SummaryContribution[]
  listSignal?: ListSignal
  /**
   * Which authorisations (Volven 9060) may read, and for what. An organisation can narrow this for its own staff and not widen it.
   * docs/decisions/0013-roles-per-service.md
   */
  readers: Readonly<Record<string, readonly Purpose[]>>
  /** Who may act for a patient here (docs/decisions/0014-representation.md). */
  representation: RepresentationRow
  /** Days from a record is written until the patient sees it; staff see it at once. */
  releaseDelayDays?: number | ((resource: Resource) => number)
  /** Who reads, on which grounds, in words for the docs page and the CapabilityStatement. */
  grounds: readonly ('treatment' | 'emergency' | 'coordination' | 'own-data')[]
  /** Information always said beside a search result, such as categories that are never listed here. */
  standingNotice?: OperationOutcome['issue'][number]
  retention: string
}

/** By type name, so that the functions of each declaration are given a resource of that type. */
type Resources = { readonly [T in Resource['resourceType']]?: ResourceDeclaration<Extract<Resource, { resourceType: T }>> }

/** Keeps the id as it is written, so that a list of services gives their ids as a type. */
export function defineService<const Id extends string>(
  service: Omit<InformationService, 'id' | 'resources'> & { id: Id; resources: Resources },
): InformationService & { id: Id } {
  return service
}

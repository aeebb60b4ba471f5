/**
 * What the rest of the system knows about an information service. A service is a folder whose `service.ts` exports one `InformationService`
 * as default. The kernel knows this shape, but no particular service. docs/decisions/0003-service-declaration.md
 */

import type { Bundle, Observation, OperationOutcome, Parameters, Period, Quantity, Resource } from '@medplum/fhirtypes'
import type { Area, Names } from '../access/area.ts'
import type { Codes } from '../codes/codes.ts'
import type { Issue, Problem, Result } from '../problem/problem.ts'
import type { MeasuredSeries, Measurement } from '../store/measurements.ts'
import type { Presence } from '../store/present.ts'
import type { SummarySection } from './summary-sections.ts'
import type { Profile } from './validation/profile.ts'

/** Where the original is stored; `Prinsipper for lagring` v1.0, Direktoratet for e-helse 2022-08-21. */
type StorageMode = 'local-original' | 'national-index' | 'national-original' | 'national-copies'

type Interaction = 'read' | 'search-type' | 'create' | 'update' | 'delete'

/**
 * A row of the search table (http://hl7.org/fhir/R4/search.html). Its values are extracted when a resource is written: who changes what a
 * row extracts has the tokens of what is stored made again (docs/run/search-tokens.md). Every type has the parameters of
 * `commonParameters` as well.
 * The functions of a row read the type of the row. They are written as methods, so that a list can hold rows of several types.
 */
export interface SearchParameter<R extends Resource = Resource> {
  name: string
  type: 'token' | 'date' | 'quantity' | 'reference' | 'string'
  /**
   * A FHIRPath expression, for the CapabilityStatement and the docs. Where it is a path or a union of paths, `:text` and `:in` of a token
   * read it.
   */
  expression: string
  /** The token values of a resource. */
  values?(resource: R): { system?: string | undefined; code?: string | undefined }[]
  /** The code system of a `code` element, which FHIR leaves out of the resource: of every value that states none. */
  system?: string
  /** The dates of a `date`, each with its own length; by default `time` of the resource. */
  dates?(resource: R): (string | Period | undefined)[]
  /** Whether equivalent codes of other systems match too (kernel/codes). */
  equivalents?: boolean
  /** The numbers of a `quantity`; compared in the unit of their dimension (kernel/units). */
  quantities?(resource: R): (Quantity | undefined)[]
  /** Set on the one parameter, `true` or `false`, that finds what is present now (kernel/store/present.ts). */
  findsPresent?: true
  /**
   * Where the texts of a `string` stand, and those of a token whose expression is no path: paths of members, such as `name.family`. They
   * are read when they are asked for.
   */
  texts?: readonly string[]
  /** Whether a `string` is found by the beginning of each of its words, as names are. */
  byWord?: true
  /** What a `reference` points to, as written: `Specimen/{id}`, or the fullUrl of another entry. */
  references?(resource: R): (string | undefined)[]
  /** The types of this service that a `reference` may point to; `_include` and `_revinclude` follow it in both directions. */
  targets?: readonly string[]
}

export interface WriteContext {
  /** The organisation number of the data controller that writes. */
  controller: string
  now: Date
  /** The birth date from the person register, never from the identity number. */
  birthDate: string | undefined
  /** Finds a resource of the same patient, service and controller: stored, or in the same Bundle (urn:uuid: or relative). */
  resolve(reference: string): Promise<Resource | undefined>
  codes: Codes
  /** The writer, as far as the token states; `name` is the name of a person, and absent when a system writes by itself. */
  writer: { organizationName: string | undefined; name: string | undefined; hprNumber: string | undefined }
  /** The version that an update replaces. */
  previous?: Resource
}

/** The outcome of the rules of a service: what is stored, and all flags (accepted, but worth knowing) or errors (refused) at once. */
export interface Prepared<R extends Resource = Resource> {
  resource: R
  /** `severity: 'warning'` is stored in meta.tag and reported to the writer. `severity: 'error'` refuses the write. */
  issues: Issue[]
}

/**
 * The declaration of one resource type. Its functions are methods, like those of a search parameter, so that one record can hold all types.
 */
export interface ResourceDeclaration<R extends Resource = Resource> {
  /** A resource must follow the first profile whose `when` holds. When none holds, the resource is refused with `otherwise`. */
  profiles: { profile: Profile; when?(resource: R): boolean }[]
  otherwise?(resource: R): Issue
  interactions: readonly Interaction[]
  /** The element that points to the patient; `none` for a type without such an element, which comes only in a `RecordSet`. */
  patientElement: 'subject' | 'patient' | 'for' | 'none'
  /** The clinical time in ISO 8601. Searches are ordered by it, newest first, and `date` filters by it. */
  time(resource: R): string | undefined
  searchParameters: readonly SearchParameter<R>[]
  /**
   * Two resources with the same key, patient, service and controller state the same fact: equal content changes nothing, other content is a
   * new version. `codes` is for keys of coded facts, since a code system has several spellings.
   */
  businessKey(resource: R, codes: Codes): string | undefined
  /** Normalises a resource that follows its profile, and applies the rules of the service. */
  prepare?(resource: R, context: WriteContext): Promise<Prepared<R>> | Prepared<R>
  /** The extra-sensitive codes of the resource. It is hidden without a notice unless the agreement opens each of them. */
  sensitiveCodes?(resource: R): string[]
  /**
   * The scope in which a business key is unique. `controller` (the default): each controller has its own record, and a resend is an update.
   * `patient`: all controllers share one record; a second is refused with the id of the record to update, and nothing is stored.
   */
  uniqueWithin?: 'controller' | 'patient'
  /**
   * Who may change a record: its controller (the default), or everyone who may read it ("endre/dele" in the law). The controller stays the
   * same.
   */
  changedBy?: 'controller' | 'readers'
  /** The resource without what the server stamps on every write: versions that differ only in the stamps are equal. */
  unstamped?(resource: R): R
  /** The next version that DELETE stores instead of a tombstone, such as one that is marked entered-in-error. */
  deletion?(resource: R): R
  /**
   * Whether what was sent was stated before the stored version with the same key, and so changes nothing. Without it, what comes later
   * holds. Both stand as they are stored, without their patient.
   */
  isOlder?(sent: R, standing: R): boolean
  /** How other records of the person complete this one (kernel/fhir/write/derived.ts). */
  derived?: Derivation<R>
  /** When the record counts as present (kernel/store/present.ts). Absent: as long as it is stored. */
  presence?(resource: R): Presence
  /** The numbers that are kept by day for long trends (kernel/store/measurements.ts); none for a resource that is not valid. */
  measurements?(resource: R, codes: Codes): Measurement[]
}

/**
 * What a record says by what others of the same person in the service say, no matter who sent them: the state of a prescription by its
 * recalls and dispensings. The others may be hidden from a reader who is shown the record: what they change in it is part of the record.
 */
export interface Derivation<R extends Resource = Resource> {
  /** The search parameter, of the same name in each type, whose value the records that belong together have in common. */
  by: string
  /**
   * The resource as the others make it. It depends on what was sent and on the set of the others alone: not on their order, and not on what
   * it made before. Resources stand as they are stored, without their patient.
   */
  make(resource: R, others: readonly Resource[], context: { now: Date; codes: Codes }): R
}

/** The records as a search or an operation sees them: only those that the decision opens. */
export interface Records {
  /** Current versions, parsed, newest first. Each has the shape of its type; a record that cannot be read is left out and counted. */
  search(
    type: string,
    filter?: { tokens?: Record<string, { system?: string; code: string }[]>; present?: true; count?: number },
  ): Promise<Resource[]>
  /** The records of a type as they stood at an instant, newest first: of those alone that the decision opens today. */
  asOf(type: string, at: Date): Promise<Resource[]>
  /** How many of the records that were searched for so far cannot be read. */
  unreadable(): number
  /** The number of current records, with `present` of those alone that are present now; opens none of them. */
  count(type: string, filter?: { tokens?: Record<string, { system?: string; code: string }[]>; present?: true }): Promise<number>
  /** Series by code, controller and unit. `codes` are as in `Measurement.code`; the days are ISO 8601 dates, both included. */
  measuredDays(type: string, filter: { codes: readonly string[]; from: string; to: string }): Promise<MeasuredSeries[]>
  /** Controllers that have ever reported on the patient in this service and are visible to the reader. */
  contributors(): Promise<{ organization: string; name: string; phone: string | undefined; since: Date }[]>
  /** Whether a controller that reported is not visible, where the reader may know this. */
  somethingWithheld(): Promise<boolean>
  /** The causes by which the patient's choices hide records from the reader, with the count where it may be shown. */
  withheldByPatient(): Promise<{ cause: 'SpecificBlock' | 'GeneralBlock' | 'Reservation'; count: number | undefined }[]>
  /** What nothing means, where nothing is found: `own-only` when the reader hears of its own organisation alone. */
  nothing(): Promise<'none' | 'unknown' | 'withheld' | 'own-only'>
  /** Why the reader gets the records of its own organisation alone; undefined when it reads others' too. */
  ownOnly: string | undefined
  /** Texts that controllers have set for this service. */
  settings(organizations: string[]): Promise<{ organization: string; key: string; language: string; value: string }[]>
}

/** A parameter of an operation, which is given once and has a value. */
interface OperationParameter {
  name: string
  /** The sentence of the OperationDefinition. */
  documentation: string
  /** Its values in words, after "takes", where `isTaken` refuses some. */
  takes?: string
  isTaken?(value: string): boolean
}

/** POST /fhir/{service}/${name}, form body with patient.identifier; read-only; logged as a look-up. */
export interface Operation {
  name: string
  summary: string
  /** The parameters of the form in addition to patient.identifier, which are read as those of searches are. */
  parameters?: readonly OperationParameter[]
  run(
    records: Records,
    context: {
      now: Date
      birthDate: string | undefined
      /** The number that the person is shown with. */
      patient: { system: string; value: string }
      parameters: URLSearchParams
      codes: Codes
      /** The newest records of another service, where the caller may read them; undefined where nothing is known. */
      elsewhere(asked: Elsewhere): Promise<Resource[] | undefined>
      /** What is withheld in a service that `elsewhere` has read, as a search there says it. */
      withheldElsewhere(service: string): WithheldElsewhere | undefined
    },
  ): Promise<Result<Parameters | Bundle>>
}

/** What a reader may know of what is not shown: what the patient withholds by cause, and what nothing means. */
export interface WithheldElsewhere {
  byPatient: Awaited<ReturnType<Records['withheldByPatient']>>
  nothing: Awaited<ReturnType<Records['nothing']>>
}

/** What an operation reads of another service, under a decision and a row of the access log of that service. */
export interface Elsewhere {
  service: string
  type: string
  /** As in the search parameters of the type: the records that have one of each name. */
  tokens: Record<string, { system?: string; code: string }[]>
  count: number
}

export interface AdapterContext {
  codes: Codes
  now: Date
  /** Whether the people are real: then a message that is marked as a test is refused. */
  production?: boolean
  /** The patient that a member of staff has named for a message without a patient. It takes precedence over the message. */
  patient?: { system: string; value: string }
  /** The faults of a resource by base R4, for an adapter that works with it before it is stored. */
  faultsOf?(resource: Resource): Issue[]
  /** The head of the record set that the message answers, where that is known. */
  answered?: Resource
  /** Whether the message was made here for another service and has not been sent (`HandedOver`). */
  isUnsent?: true
}

/**
 * POST /fhir/{service}/${name} with the message of another system. It becomes a transaction Bundle, which is stored as a transaction; or a
 * `RecordSet`, which replaces an earlier version of the same message; or `Unattached`, which is kept until a member of staff names the
 * patient.
 */
export interface Adapter {
  name: string
  summary: string
  /** With `json` (the default), `convert` gets the parsed value; with `xml`, it gets the octets as they came, a Buffer. */
  accepts?: 'json' | 'xml'
  /** Some of its messages name no patient and answer one that does (`Unattached.answers`). */
  answers?: true
  /**
   * Whether a body is meant for this adapter, with or without faults: the parsed value, or the octets of XML. Finds the adapter for a file
   * without an address; without it, an adapter of XML is tried with every message.
   */
  recognises?(body: unknown): boolean
  /** The index of each entry of the Bundle that `convert` makes among the entries that were sent, where these are others. */
  placesOf?(body: unknown): number[]
  convert(
    body: unknown,
    context: AdapterContext,
  ): Result<Bundle | RecordSet | Unattached> | Promise<Result<Bundle | RecordSet | Unattached>>
}

/**
 * Records that a source states and replaces together, such as a laboratory report with its results. The latest version holds, in whatever
 * order the versions arrive: what it leaves out is removed, and an older version that comes later changes nothing.
 */
export interface RecordSet {
  kind: 'record-set'
  patient: { system: string; value: string }
  /** The name of the set within patient and controller, the same in every version. */
  key: string
  /** The time when the source made this version. */
  version: Date
  /** The last moment that the stated time can mean, where it names two: then the version that arrives later holds. */
  latest?: Date
  /** Decides between versions of the same time: the greater text holds. The same text means the same version again. */
  rank: string
  /** New resources, each with its own business key, and with references to each other by fullUrl. The first is the head of the set. */
  entries: SetEntry[]
  /** Warnings about the message as a whole; they become flags of its head. */
  issues: Issue[]
  /**
   * One set of the patient, which every organisation that may read it writes. Its data controller stays the one who sent the first version,
   * and its types are unique within the patient and changed by readers.
   */
  shared?: true
  /**
   * The rank of the version that the writer has read, empty where it found none. When another one stands, nothing is stored, and the answer
   * is `version-conflict` with the issues of `conflict`, which is given what the writer may read.
   */
  basedOn?: string
  conflict?(records: Records, members: ReadonlySet<string>): Promise<Issue[]>
  /** The sentence of that refusal, where the remedy is another than If-Match. */
  remedy?: string
  /**
   * What is stored, where that depends on what the writer reads: `entries`, `version` and `rank` are replaced. A Problem refuses the set,
   * and nothing of it is kept. It is called again when what it read changes before the set is stored.
   */
  complete?(reading: SetReading): Promise<Result<CompletedSet>>
  /**
   * Called with the decision to write, before anything is stored, and before a message is kept for a person who is not registered. It may
   * put the verified sender into the entries. A message that is attached later was asked about when it came.
   */
  sentBy?: SentBy
  /** Further sets that the message holds, such as lists that lie in an answer: each is stored after it, by its own time. */
  also?: RecordSet[]
  /** What the message says of the patient. `differs` marks the set before it is stored, where the register says otherwise. */
  described?: DescribedPatient & { differs(): void }
}

/** Who sends, as token, attestation and register state: nothing of it is what a message claims. */
export type MessageSender = WriteContext['writer'] & {
  kind: 'person' | 'system' | 'citizen'
  organization: string
  /** Volven 9060: the authorisation that was attested, and that the register confirms. */
  profession: string | undefined
  /** Whether the register of health personnel (HPR) has a right to prescribe for the person now. */
  prescribes: boolean
  /** What the organisation of the sender has set for the service, by key. */
  settings: Readonly<Record<string, string>>
}

/** Refuses a message by who sends it; or says what it is based on, where it is stored. */
export type SentBy = (sender: MessageSender) => Problem | Pick<RecordSet, 'basedOn' | 'remedy'> | undefined

/** What a writer of a set reads before it is stored. */
export interface SetReading {
  now: Date
  writer: MessageSender
  /** The records of the set that the writer may read, and their ids. */
  standing: Records
  members: ReadonlySet<string>
  /** The ids of the others, which the head goes on to name. They are in no answer. */
  unseen: ReadonlySet<string>
  /** All that the writer may read in the service; undefined where it may read nothing. */
  all: Records | undefined
  elsewhere(asked: Elsewhere): Promise<Resource[] | undefined>
  /** Whether the writer may write about the patient in another service. */
  mayWrite(service: string): Promise<boolean>
}

export interface CompletedSet {
  version: Date
  rank: string
  entries: SetEntry[]
  /** Ids of members that stay as they stand. */
  stays: readonly string[]
  /** References to members that the writer is not shown: the head goes on to name them. */
  namesAgain: readonly string[]
  /** Messages for other services, which are stored after the set. */
  handsOver: readonly HandedOver[]
  /** The answer; `flags` are those of the entries. */
  answer(flags: readonly Issue[]): Parameters
}

/** A message that one service makes for the adapter of another: the writer needs access to that service as well. */
export interface HandedOver {
  service: string
  adapter: string
  body: unknown
}

/** A part of a set. `issues` are warnings about it, of the codes in `rules` of its service; they become flags of its resource. */
export interface SetEntry {
  fullUrl: string
  resource: Resource
  issues?: readonly Issue[]
}

/** Name in any order, birth date (YYYY-MM-DD) and sex of a patient, as far as a message states them. */
export interface DescribedPatient {
  name?: string
  birthDate?: string
  gender?: 'male' | 'female'
}

/** A message that belongs to no record yet: it is kept whole with the reason, and attached by hand. */
export interface Unattached {
  kind: 'unattached'
  /** A code such as `no-identity-number` or `identity-number-invalid`. */
  reason: string
  /** What is missing, for the person who investigates; never an identity number. */
  text: string
  /** The sender's name for the message, for finding it at the source: its id, its time, its subject. No names of persons. */
  label: string
  /**
   * The keys of the record sets that it may answer. It is about the person of the one that came from the same data controller, before it or
   * later (docs/decisions/0076-answers-that-name-no-patient.md).
   */
  answers?: readonly string[]
  /** As in `RecordSet`. */
  sentBy?: SentBy
}

/** The contribution of a service to a section of the summary (POST /fhir/Patient/$summary): its newest present records of a type. */
export interface SummaryContribution<R extends Resource = Resource> {
  section: SummarySection
  type: string
  /** Tokens as in the search parameters of the type. */
  tokens?: Record<string, { system?: string; code: string }[]>
  /** The greatest number of records; the summary reports what is left out. */
  count: number
  /** A line in the text of the section; by default code, value and time of the resource. */
  line?(resource: R, codes: Codes): string
  /** The resource as its default line states it, such as with names for codes that came without; the document has it as stored. */
  shown?(resource: R, codes: Codes): R
  /** The category of an Observation in the document, a code of http://terminology.hl7.org/CodeSystem/observation-category. */
  category?(observation: Observation): 'laboratory' | 'imaging' | 'vital-signs' | 'survey'
  /**
   * The records that state one fact, from several sources, are one line. Without it each record is a line. It is given what the reader may
   * see, and returns each record once.
   */
  facts?(records: readonly R[], codes: Codes): (readonly R[])[]
}

/**
 * What a list of patients shows of each patient in addition to whether there is data: one code, made from the newest records of one kind.
 * docs/api/has-data.md
 */
export interface ListSignal<R extends Resource = Resource> {
  type: string
  /**
   * The present records to use, by tokens as in the search parameters of the type: those that have one of each name. Without a system, a
   * code that is stored without one.
   */
  tokens: Record<string, { system?: string; code: string }[]>
  /** The greatest number of newest records that it is made from. */
  count: number
  /** Records of another type that the code depends on, such as the limits that a measurement is compared with. */
  also?: { type: string; tokens: Record<string, { system?: string; code: string }[]>; count: number }
  /** Keys of the settings of controllers that the code depends on. */
  settings?: readonly string[]
  /**
   * Makes the code from the records that the reader may see now, newest first. Undefined when there is nothing to show. `time` is that of
   * the newest record where it is left out, and `from` all of them.
   */
  say(
    newestFirst: readonly R[],
    context: ListContext,
  ): { system: string; code: string; time?: string; from?: readonly Resource[] } | undefined
}

interface ListContext {
  /** What `also` finds, newest first. */
  also: readonly Resource[]
  /** From the person register. */
  birthDate: string | undefined
  /** What the controller of the record has set under that key, of `settings`. */
  settingOf(record: Resource, key: string): string | undefined
  now: Date
}

/** What an information service declares: an area with resources. */
export interface InformationService extends Area {
  summary: Names
  storageMode: StorageMode
  resources: Record<string, ResourceDeclaration>
  /** The named rules of the service, flags and refusals alike: the sentence of each code that its answers may have. */
  rules?: Readonly<Record<string, string | { text: string }>>
  operations?: readonly Operation[]
  adapters?: readonly Adapter[]
  patientSummary?: readonly SummaryContribution[]
  listSignal?: ListSignal
  indicators?: Indicators
  /** Information that comes with every search result, such as categories that are never listed here. */
  standingNotice?: OperationOutcome['issue'][number]
  retention: string
}

/** One version of a record, and the time in which it was the current one. */
export interface IndicatorVersion {
  resource: Resource
  from: Date
  until: Date | undefined
}

/** What one patient counts for. */
export interface IndicatorCounts {
  /** Questions that are open now, such as candidates of double prescription. */
  open: number
  /** Those that were first seen so long ago that they should be settled, and how many of them were settled in time. */
  due: number
  settled: number
}

/** What a service counts for its data controllers, as sums over patients (kernel/control/indicators.ts). */
export interface Indicators {
  /** The types whose versions are read. */
  types: readonly Resource['resourceType'][]
  /** From every version of one patient, oldest first; undefined for a patient who is not counted. */
  of(versions: readonly IndicatorVersion[], now: Date): IndicatorCounts | undefined
}

/** Declarations by type name, so that the functions of each declaration get a resource of that type. */
type Resources = { readonly [T in Resource['resourceType']]?: ResourceDeclaration<Extract<Resource, { resourceType: T }>> }

/** Keeps the type of the literal id, so that a list of services has their ids as a type. */
export function defineService<const Id extends string>(
  service: Omit<InformationService, 'id' | 'resources'> & { id: Id; resources: Resources },
): InformationService & { id: Id } {
  return service
}

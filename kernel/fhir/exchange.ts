/** One request on its way: the parts of the system that it may use, the caller, and the result. */
import type { Area } from '../access/area.ts'
import type { Decision } from '../access/decision.ts'
import type { FactsReader } from '../access/facts.ts'
import type { AccessLog, LogEntry } from '../audit/access-log.ts'
import type { Actor } from '../audit/actors.ts'
import type { RefusedCallCounter } from '../audit/refused-calls.ts'
import type { Codes } from '../codes/codes.ts'
import type { Attestation } from '../identity/attestation.ts'
import type { Caller } from '../identity/caller.ts'
import type { Result } from '../problem/problem.ts'
import type { BatchJobs } from '../store/batch-jobs.ts'
import type { Ids, PatientKey, RecordId } from '../store/ids.ts'
import type { Disclosure, Met, RowAccess } from './rows.ts'
import type { InformationService } from './service.ts'
import type { Validator } from './validation/validator.ts'

/** An allowed look-up or change whose row in the access log is durable and whose answer has not been sent yet. */
export interface LoggedAccess {
  decision: Authorized
  event: string
  entry: LogEntry
  /** The opening that the look-up is part of (kernel/audit/episode.ts). */
  episode: string | null
  /** The written reason of emergency access. */
  reason: string | null
}

/** Stores what must be stored before the answer is sent; a rejection withholds the answer. */
export type AfterAccess = (access: LoggedAccess) => Promise<void>

/**
 * The parts that every interaction works with. There is no connection to the database. Clock and ids are passed in (architecture decision
 * 14).
 */
export interface Kernel {
  /** The only way from an interaction to the database. */
  rows: RowAccess
  services: ReadonlyMap<string, InformationService>
  validator: Validator
  codes: Codes
  log: AccessLog
  /** Counts what is refused before the access log can have a row of it. */
  refusedCalls: RefusedCallCounter
  facts: FactsReader
  /** Batches that are stored after the answer. */
  jobs: BatchJobs
  /** These are run in order after each row of the access log (kernel/areas/after-access.ts). */
  afterAccess: readonly AfterAccess[]
  /** The caller as an actor in the access log. */
  actorOf: (caller: Caller) => Promise<Actor>
  actorId: (actor: Actor) => Promise<string>
  attestationId: (attestation: Attestation) => Promise<string>
  /** The clients of our own portals: they alone mark what a screen asks by itself. */
  portalClients: ReadonlySet<string>
  ids: Ids
  /** Whether the people are real: then a message that is marked as a test is refused. */
  production: boolean
  clock: () => Date
  /** `https://host`, without a slash at the end. Empty until the server listens, when the system chooses its port. */
  readonly baseUrl: string
}

export const accessBases = ['UNNTAK', 'SAMTYKKE', 'AKUTT', 'FORHOYET_SAMTYKKE', 'FORHOYET_AKUTT'] as const
/** The value of the header nhn-access-basis. Only the two elevated values open more than the purpose does. */
export type AccessBasis = (typeof accessBases)[number] | 'unknown'

export interface Exchange {
  kernel: Kernel
  caller: Caller
  /** What the request is about; its id is used in the scopes and in the access log. */
  area: Area
  /** What the professional attests, in the token and the call together; a Problem when it cannot be read. */
  attestation: Result<Attestation> | undefined
  /** What could be read of an attestation that was refused; for the access log alone. */
  claimed?: Attestation | undefined
  accessBasis: AccessBasis | undefined
  /** The actor where it is not the caller of the token, such as the person who attaches a kept message. */
  actor?: Actor
  /** A screen of ours made the request by itself. It is decided and logged like any other. */
  automatic?: boolean
  /** In the row of the access log, and returned to the caller as X-Event-Id. */
  eventId: string
}

/** A request to an information service. */
export interface ServiceExchange extends Exchange {
  service: InformationService
}

/** A successful answer. `body` is JSON text, so that stored content is served without parsing. */
export interface Answer {
  status: number
  headers: Record<string, string>
  body: string | undefined
}

/** A decision, and the events that the patient has chosen to be notified of. */
export interface Authorized extends Decision {
  alerts: readonly string[]
}

/** One thing that was done or refused. It makes exactly one row in the access log. */
export interface Done {
  /** The exchange it was done under, where that is not the request itself but one of the several services of a request. */
  exchange?: Exchange
  event: string
  type: string | undefined
  result: Result<Answer>
  /** The decision, when one was made. */
  decision?: Authorized | undefined
  /** The person concerned, also when access was refused. */
  patient?: PatientKey | undefined
  disclosed?: Disclosure[]
  /** Ids of what was stored and is no record, such as a choice. */
  stored?: RecordId[]
  withheld?: boolean
  met?: Met
  /** What was changed, or the reason, for the row of the access log. Never an identity number. */
  reason?: string
}

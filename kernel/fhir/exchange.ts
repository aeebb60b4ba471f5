/** One request on its way: the parts of the system it may use, who calls, and what it came to. */
import type { Area } from '../access/area.ts'
import type { Decision } from '../access/decision.ts'
import type { FactsReader } from '../access/facts.ts'
import type { AccessLog, LogEntry } from '../audit/access-log.ts'
import type { Actor } from '../audit/actors.ts'
import type { Codes } from '../codes/codes.ts'
import type { Attestation } from '../identity/attestation.ts'
import type { Caller } from '../identity/caller.ts'
import type { Result } from '../problem/problem.ts'
import type { Ids, PatientKey } from '../store/ids.ts'
import type { Disclosure, RowAccess } from './rows.ts'
import type { InformationService } from './service.ts'
import type { Validator } from './validation/validator.ts'

/** An allowed look-up or change whose row of the access log is durable, and whose answer has not left yet. */
interface LoggedAccess {
  decision: Authorized
  event: string
  entry: LogEntry
  /** The written reason of emergency access. */
  reason: string | null
}

/** Puts on record what must be there before the answer leaves; a rejection withholds the answer. */
export type AfterAccess = (access: LoggedAccess) => Promise<void>

/** What every interaction works with. It holds no connection to the database. Clock and ids are passed in (architecture decision 14). */
export interface Kernel {
  /** The one way from an interaction to the database. */
  rows: RowAccess
  services: ReadonlyMap<string, InformationService>
  validator: Validator
  codes: Codes
  log: AccessLog
  facts: FactsReader
  /** Run in order after each row of the access log (kernel/areas/after-access.ts). */
  afterAccess: readonly AfterAccess[]
  /** The caller as an actor of the log. */
  actorOf: (caller: Caller) => Promise<Actor>
  actorId: (actor: Actor) => Promise<string>
  attestationId: (attestation: Attestation) => Promise<string>
  ids: Ids
  clock: () => Date
  /** `https://host`, without a slash at the end. Empty until a server that listens where the system puts it does so. */
  readonly baseUrl: string
}

export const accessBases = ['UNNTAK', 'SAMTYKKE', 'AKUTT', 'FORHOYET_SAMTYKKE', 'FORHOYET_AKUTT'] as const
/** Header nhn-access-basis: only the two elevated ones open more than the purpose does. */
export type AccessBasis = (typeof accessBases)[number] | 'unknown'

export interface Exchange {
  kernel: Kernel
  caller: Caller
  /** What is asked about; its id is that of the scopes and of the log. */
  area: Area
  /** What the professional attests, in token and call together; a Problem when it cannot be read. */
  attestation: Result<Attestation> | undefined
  accessBasis: AccessBasis | undefined
  /** Who acts where no token says so, such as whoever attaches a kept message. Otherwise the caller does. */
  actor?: Actor
  /** Goes into the log row and back to the caller as X-Event-Id. */
  eventId: string
}

/** A request to an information service. */
export interface ServiceExchange extends Exchange {
  service: InformationService
}

/** What leaves the server when all went well. `body` is JSON text, so that stored content is served without parsing. */
export interface Answer {
  status: number
  headers: Record<string, string>
  body: string | undefined
}

/** A decision, and what the patient has chosen to be notified of. */
export interface Authorized extends Decision {
  alerts: readonly string[]
}

/** One thing that was done or refused: exactly one row of the access log comes of it. */
export interface Done {
  /** What it was done under, when that is not the request itself: one of several services that one request asks. */
  exchange?: Exchange
  event: string
  type: string | undefined
  result: Result<Answer>
  /** The decision, when it came to one. */
  decision?: Authorized | undefined
  /** The person concerned, also when access was refused. */
  patient?: PatientKey | undefined
  disclosed?: Disclosure[]
  withheld?: boolean
  /** What was changed or why, for the row of the log. Never an identity number. */
  reason?: string
}

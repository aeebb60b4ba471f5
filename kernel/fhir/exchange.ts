/** One request on its way: the parts of the system it may use, who calls, and what it came to. */
import type { Sql } from 'postgres'
import type { Decision } from '../access/decision.ts'
import type { Purpose } from '../access/request.ts'
import type { AccessLog } from '../audit/access-log.ts'
import type { Actor } from '../audit/actors.ts'
import type { Codes } from '../codes/codes.ts'
import type { Caller } from '../identity/caller.ts'
import type { Result } from '../problem/problem.ts'
import type { Ids, PatientKey, RecordId } from '../store/ids.ts'
import type { InformationService } from './service.ts'
import type { Validator } from './validation/validator.ts'

/** What every interaction works with. Clock and ids are passed in (architecture decision 14). */
export interface Kernel {
  sql: Sql
  services: ReadonlyMap<string, InformationService>
  validator: Validator
  codes: Codes
  log: AccessLog
  actorId: (actor: Actor) => Promise<string>
  ids: Ids
  clock: () => Date
  /** `https://host`, without a slash at the end. */
  baseUrl: string
}

export interface Exchange {
  kernel: Kernel
  caller: Caller
  service: InformationService
  purpose: Purpose | undefined
  /** Goes into the log row and back to the caller as X-Event-Id. */
  eventId: string
}

/** What leaves the server when all went well. `body` is JSON text, so that stored content is served without parsing. */
export interface Answer {
  status: number
  headers: Record<string, string>
  body: string | undefined
}

export interface Disclosure {
  id: RecordId
  version: number
}

/** One thing that was done or refused: exactly one row of the access log comes of it. */
export interface Done {
  event: string
  type: string | undefined
  result: Result<Answer>
  /** The decision, when it came to one. */
  decision?: Decision | undefined
  /** The person concerned, also when access was refused. */
  patient?: PatientKey | undefined
  disclosed?: Disclosure[]
  withheld?: boolean
}

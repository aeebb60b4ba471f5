/**
 * Nothing stands without its row. What is stored leaves an intent in the same statement, and the statement that writes the row removes it.
 * An intent that is left has no row: its server was killed between the two, or could not write the log. It gets its row here, at the start
 * of a server and every minute. docs/decisions/0040-intents-and-rights.md
 */
import type { Sql } from 'postgres'
import type { Ids, PatientKey, RecordId } from '../store/ids.ts'
import type { AccessLog, LogEntry } from './access-log.ts'
import type { Following, Settled } from './insert-rows.ts'

/** A request that stored something writes its row within this time, or has failed. */
const UNDER_WAY = 60_000
const EVERY = 60_000
const PAGE = 500
/** The key of a lock, so that one server at a time writes what others have left. */
const LOCK = 7_420_260_102

interface Intent {
  patient: string
  id: string
  version: number
  at: Date
  event: string
  service: string
  type: string | null
  actor: string | null
  person: string | null
  controllers: string | null
  ids: string[] | null
  reason: string | null
}

/** What is stored and is no record, such as a choice. */
interface Stored {
  patient: PatientKey
  at: Date
  event: string
  service: string
  type: string
  /** Who stored it, where that is known as a person. */
  person?: PatientKey | undefined
}

/** What follows the row of an intent, such as a notice to the patient; undefined when nothing does. */
export type Follow = (stored: Pick<Intent, 'patient' | 'event' | 'person' | 'at'> & { eventId: string }) => Following | undefined

/** Leaves an intent for what is stored in the same transaction. */
export type Intend = (tx: Sql, stored: Stored) => Promise<void>

/** The ids go to `stored`, which goes with the row of the access log. */
export function intending(ids: Pick<Ids, 'recordId'>, stored: RecordId[]): Intend {
  return async (tx, { patient, at, event, service, type, person }) => {
    const id = ids.recordId()
    await tx`
      insert into log_intent (patient, id, version, at, event, service, type, person)
      values (${patient}, ${id}, 0, ${at}, ${event}, ${service}, ${type}, ${person ?? null})`
    stored.push(id)
  }
}

/** Writes the rows of intents that are older than `before`, and returns how many. */
export async function recoverIntents(
  sql: Sql,
  log: AccessLog,
  { before, uuid, follow }: { before: Date; uuid: () => string; follow?: Follow | undefined },
): Promise<number> {
  const write = async (intent: Intent) => {
    const eventId = uuid()
    await log.append(entryOf(intent, eventId), [settledBy(intent)], follow?.({ ...intent, eventId }))
  }
  return await sql.begin(async (tx) => {
    const [lock] = await tx<{ taken: boolean }[]>`select pg_try_advisory_xact_lock(${LOCK}) as taken`
    if (!lock?.taken) return 0
    let recovered = 0
    for (;;) {
      const intents = await tx<Intent[]>`
        select patient, id, version, at, event, service, type, actor, person, controllers, disclosed_ids(ids) as ids, reason
        from log_intent where at < ${before} order by at limit ${PAGE}`
      await Promise.all(intents.map(write))
      recovered += intents.length
      if (intents.length < PAGE) return recovered
    }
  })
}

const settledBy = ({ patient, id, version }: Intent): Settled => ({ patient, id, version })

/** The row states what stands. Who stored it got no answer, or one that the row did not outlive. */
function entryOf(
  { patient, at, event, service, type, actor, person, controllers, ids, version, reason }: Intent,
  eventId: string,
): LogEntry {
  return {
    patient,
    at,
    event,
    outcome: 'ok',
    actor,
    citizen: person,
    service,
    type,
    purpose: null,
    problem: null,
    withheld: false,
    disclosed: ids,
    disclosedVersions: ids && version > 1 ? ids.map(() => version) : null,
    controllers: controllers?.split(' ') ?? null,
    eventId,
    attestation: null,
    toa: null,
    decisionRef: null,
    basis: null,
    reason: ['recovered: stored, and not answered', reason].filter(Boolean).join(': '),
  }
}

/**
 * Recovers every minute, in every process, and then what `also` recovers. Returns the function that ends this: when no request is under
 * way any more, what has no row gets it then.
 */
export function keepRecoveringIntents(
  sql: Sql,
  log: AccessLog,
  { clock, uuid, follow, also }: { clock: () => Date; uuid: () => string; follow?: Follow; also: (before: Date) => Promise<unknown> },
): () => Promise<void> {
  let running: Promise<unknown> = Promise.resolve()
  // A database that is away keeps the intents, and the next attempt finds them.
  const recover = async (milliseconds: number) => {
    const before = new Date(clock().getTime() - milliseconds)
    await recoverIntents(sql, log, { before, uuid, follow }).catch(() => 0)
    await also(before).catch(() => 0)
  }
  const timer = setInterval(() => {
    running = running.then(async () => await recover(UNDER_WAY))
  }, EVERY)
  timer.unref()
  return async () => {
    clearInterval(timer)
    await running
    await recover(0)
  }
}

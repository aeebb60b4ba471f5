/**
 * Messages that wait to be sent. Each is sent at least once: one that was handed over when the server was killed is handed over again. What
 * fails is tried again after longer and longer times, and given up after a day. Rows go after 30 days.
 */
import type { Sql } from 'postgres'
import type { Channel, NoticeLanguage } from './settings.ts'
import { type MessageKind, messageOf } from './words.ts'

export interface Message {
  channel: Channel
  address: string
  subject: string
  text: string
}

/** Hands a message over to a gateway. @throws when it was not taken. */
export type Sender = (message: Message) => Promise<void>

export interface Outbox {
  sql: Sql
  senders: Readonly<Record<Channel, Sender | undefined>>
  clock: () => Date
  /** Address of the citizen portal. */
  where: () => string
  failed: (failure: { channel: Channel; attempts: number; error: string }) => void
}

const AT_ONCE = 50
const MINUTE = 60_000
/** How long after an attempt the next comes, in minutes; after the last the message is given up. */
const waits = [1, 5, 15, 60, 240, 1_120] as const
const EVERY = 5_000
const KEPT_DAYS = 30

interface Due {
  patient: string
  id: string
  channel: Channel
  address: string
  language: NoticeLanguage
  kind: MessageKind
  attempts: number
}

/** Sends what is due, and returns how many were handed over. Several servers may do it at once. Index: notice_outbox_due. */
export async function sendDue({ sql, senders, clock, where, failed }: Outbox): Promise<number> {
  const offered = (Object.keys(senders) as Channel[]).filter((channel) => senders[channel])
  const now = clock()
  // Taken for as long as the first wait: a server that is killed leaves them to the next.
  const due = await sql<Due[]>`
    update notice_outbox o set attempts = attempts + 1, next_try = ${new Date(now.getTime() + waits[0] * MINUTE)}
    from (
      select patient, id from notice_outbox
      where next_try <= ${now} and channel = any (${offered}::text[])
      order by next_try limit ${AT_ONCE} for update skip locked
    ) d
    where o.patient = d.patient and o.id = d.id
    returning o.patient, o.id, o.channel, o.address, o.language, o.kind, o.attempts`
  let sent = 0
  for (const { patient, id, channel, address, language, kind, attempts } of due) {
    try {
      await senders[channel]?.({ channel, address, ...messageOf(kind, language, where()) })
      await sql`update notice_outbox set sent = ${clock()}, next_try = null where patient = ${patient} and id = ${id}`
      sent += 1
    } catch (error) {
      // The message of an error may repeat the address that it was for.
      failed({ channel, attempts, error: error instanceof Error ? error.name : 'not an Error' })
      const wait = waits[attempts]
      const next = wait === undefined ? null : new Date(now.getTime() + wait * MINUTE)
      await sql`update notice_outbox set next_try = ${next} where patient = ${patient} and id = ${id}`
    }
  }
  return sent
}

/** Sends every few seconds, and removes what is old. Returns how to end this, which waits for what is being sent. */
export function keepSending(outbox: Outbox): () => Promise<void> {
  const { sql, clock } = outbox
  let running: Promise<unknown> = Promise.resolve()
  const round = async () => {
    while ((await sendDue(outbox)) === AT_ONCE);
    await sql`delete from notice_outbox where queued < ${new Date(clock().getTime() - KEPT_DAYS * 24 * 60 * MINUTE)}`
  }
  // A database that is away keeps the messages, and the next round finds them.
  const timer = setInterval(() => {
    running = running.then(async () => await round().catch(() => undefined))
  }, EVERY)
  timer.unref()
  return async () => {
    clearInterval(timer)
    await running
  }
}

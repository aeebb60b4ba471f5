/** Messages that belong to no record yet: they are kept whole until a member of staff settles them. docs/run/messages.md */
import { createHash } from 'node:crypto'
import type { Sql, TransactionSql } from 'postgres'

export interface UnattachedMessage {
  id: string
  service: string
  adapter: string
  controller: string
  received: Date
  reason: string
  detail: string
  label: string
  mediaType: string
  content: Buffer
  /** The keys of the sets that it may answer, as they are stored. */
  answers?: readonly string[] | undefined
}

/** How a message was settled. A settled message keeps its row and loses its content. */
export type Settlement = 'attached' | 'discarded'

/** Keeps a message once: the same octets from the same controller change nothing, and return how the message was settled, if it was. */
export async function keepMessage(
  sql: Sql,
  message: UnattachedMessage,
): Promise<{ id: string; settlement: Settlement | null; isNew: boolean }> {
  const digest = createHash('sha256').update(message.content).digest()
  const kept = await sql<{ id: string; settlement: Settlement | null }[]>`
    insert into unattached_message (id, service, adapter, controller, received, reason, detail, label, media_type, digest, content, answers)
    values (${message.id}, ${message.service}, ${message.adapter}, ${message.controller}, ${message.received}, ${message.reason},
      ${message.detail}, ${message.label}, ${message.mediaType}, ${digest}, ${message.content},
      ${message.answers ? [...message.answers] : null})
    on conflict (controller, digest) do nothing
    returning id, settlement`
  if (kept[0]) return { ...kept[0], isNew: true }
  const [known] = await sql<{ id: string; settlement: Settlement | null }[]>`
    select id, settlement from unattached_message where controller = ${message.controller} and digest = ${digest}`
  if (!known) throw new Error('A message that conflicts with another is not found: the row was removed meanwhile.')
  return { ...known, isNew: false }
}

/** What a list shows of a message: no content, and no name or number of a person. */
export type ListedMessage = Omit<UnattachedMessage, 'content' | 'mediaType' | 'answers'> & { controllerName: string }

/** Messages that wait, oldest first, of one controller or of all; all of them unless a limit is given. Index: unattached_message_open. */
export async function openMessages(
  sql: Sql,
  controller?: string,
  { limit, skip = 0 }: { limit?: number; skip?: number } = {},
): Promise<ListedMessage[]> {
  return await sql<ListedMessage[]>`
    select m.id, m.service, m.adapter, m.controller, o.name as "controllerName", m.received, m.reason, m.detail, m.label
    from unattached_message m join organization o on o.number = m.controller
    where m.settled is null and m.controller = coalesce(${controller ?? null}, m.controller)
    order by m.controller, m.received, m.id
    limit ${limit ?? null} offset ${skip}`
}

/** The messages of a controller that wait for a set to answer. Index: unattached_message_open. */
export async function messagesAnswering(
  sql: Sql,
  { controller, service, key }: { controller: string; service: string; key: string },
): Promise<UnattachedMessage[]> {
  return await sql<UnattachedMessage[]>`
    select id, service, adapter, controller, received, reason, detail, label, media_type as "mediaType", content
    from unattached_message
    where controller = ${controller} and service = ${service} and settled is null and answers && ${[key]}::uuid[]
    order by received, id`
}

/** A message of a controller that waits to be settled. */
export async function openMessage(sql: Sql, id: string, controller: string): Promise<UnattachedMessage | undefined> {
  const [row] = await sql<UnattachedMessage[]>`
    select id, service, adapter, controller, received, reason, detail, label, media_type as "mediaType", content
    from unattached_message where id = ${id} and controller = ${controller} and settled is null`
  return row
}

export interface SettledMessage {
  id: string
  at: Date
  by: string
  settlement: Settlement
  reason: string | undefined
}

/** False when the message was settled meanwhile. When two requests settle it at the same time, the second waits for the first. */
export async function settleMessage(tx: TransactionSql, { id, at, by, settlement, reason }: SettledMessage): Promise<boolean> {
  const rows = await tx`
    update unattached_message
    set settled = ${at}, settled_by = ${by}, settlement = ${settlement}, settlement_reason = ${reason ?? null}, content = null
    where id = ${id} and settled is null
    returning 1`
  return rows.length === 1
}

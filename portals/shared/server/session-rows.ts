/**
 * The table portal_session. It holds only the digest of the session id, a keyed hash of the person, and sealed content: a reader of the
 * table can neither sign in nor see content.
 */
import type { Sql } from 'postgres'

/** A row is alive before `expires`, when it was used after `idleSince`. */
interface Alive {
  now: Date
  idleSince: Date
}

export interface SessionRows {
  /** `person` is absent until a person has signed in. */
  insert(row: { digest: Buffer; person?: Buffer; sealed: Buffer; now: Date; expires: Date }): Promise<void>
  /** The sealed content of a living row, which counts as use of it. */
  use(digest: Buffer, alive: Alive): Promise<Buffer | undefined>
  /** The same without counting as use, and until when the row lives. */
  look(digest: Buffer, alive: Alive): Promise<{ sealed: Buffer; lastUsed: Date; expires: Date } | undefined>
  /**
   * Reads and replaces under a row lock, so that two requests of one session never overwrite each other. False when the row is not alive.
   */
  change(digest: Buffer, alive: Alive, change: (sealed: Buffer) => Promise<Buffer | undefined>): Promise<boolean>
  remove(digest: Buffer): Promise<void>
  /** Removes a living row and returns its content: of several requests at the same time, one gets it. */
  take(digest: Buffer, alive: Alive): Promise<Buffer | undefined>
  /** Removes every row of that person, in every portal. */
  removeAllOf(person: Buffer): Promise<void>
  removeExpired(alive: Alive): Promise<void>
}

/** Use is written at most this often; a session that is not used may therefore end this much earlier. */
const grainSeconds = 10

/** Rows in PostgreSQL, shared by all server processes. */
export function sessionRows(sql: Sql): SessionRows {
  return {
    async insert({ digest, person, sealed, now, expires }) {
      await sql`
        insert into portal_session (id_digest, person_key, sealed, created, last_used, expires)
        values (${digest}, ${person ?? null}, ${sealed}, ${now}, ${now}, ${expires})`
    },

    // A page sends several requests in parallel: if each wrote, each would wait until the one before was on disk.
    async use(digest, { now, idleSince }) {
      const writtenLately = new Date(now.getTime() - grainSeconds * 1000)
      const [row] = await sql<{ sealed: Buffer }[]>`
        with used as (
          update portal_session set last_used = ${now}
          where id_digest = ${digest} and expires > ${now} and last_used > ${idleSince} and last_used <= ${writtenLately})
        select sealed from portal_session
        where id_digest = ${digest} and expires > ${now} and last_used > ${idleSince}`
      return row?.sealed
    },

    async look(digest, { now, idleSince }) {
      const [row] = await sql<{ sealed: Buffer; lastUsed: Date; expires: Date }[]>`
        select sealed, last_used as "lastUsed", expires from portal_session
        where id_digest = ${digest} and expires > ${now} and last_used > ${idleSince}`
      return row
    },

    async change(digest, { now, idleSince }, change) {
      return await sql.begin(async (tx) => {
        const [row] = await tx<{ sealed: Buffer }[]>`
          select sealed from portal_session
          where id_digest = ${digest} and expires > ${now} and last_used > ${idleSince}
          for update`
        if (!row) return false
        const sealed = await change(row.sealed)
        if (!sealed) return false
        await tx`update portal_session set sealed = ${sealed}, last_used = ${now} where id_digest = ${digest}`
        return true
      })
    },

    async remove(digest) {
      await sql`delete from portal_session where id_digest = ${digest}`
    },

    async take(digest, { now, idleSince }) {
      const [row] = await sql<{ sealed: Buffer }[]>`
        delete from portal_session where id_digest = ${digest} and expires > ${now} and last_used > ${idleSince}
        returning sealed`
      return row?.sealed
    },

    // Index: portal_session_person.
    async removeAllOf(person) {
      await sql`delete from portal_session where person_key = ${person}`
    },

    async removeExpired({ now, idleSince }) {
      await sql`delete from portal_session where expires <= ${now} or last_used <= ${idleSince}`
    },
  }
}

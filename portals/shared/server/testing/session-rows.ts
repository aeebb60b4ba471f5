/** The rows of portal_session in memory, for tests that need no database. */
import type { SessionRows } from '../session-rows.ts'

interface Row {
  digest: Buffer
  person: Buffer | undefined
  sealed: Buffer
  used: Date
  expires: Date
}

export function memoryRows(): SessionRows & { rows: Map<string, Row> } {
  const rows = new Map<string, Row>()
  let turn: Promise<unknown> = Promise.resolve()
  const living = (digest: Buffer, now: Date, idleSince: Date) => {
    const row = rows.get(digest.toString('hex'))
    return row && row.expires > now && row.used > idleSince ? row : undefined
  }
  return {
    rows,
    async insert({ digest, person, sealed, now, expires }) {
      rows.set(digest.toString('hex'), { digest, person, sealed, used: now, expires })
    },
    async use(digest, { now, idleSince }) {
      const row = living(digest, now, idleSince)
      if (row) row.used = now
      return row?.sealed
    },
    async look(digest, { now, idleSince }) {
      const row = living(digest, now, idleSince)
      return row && { sealed: row.sealed, lastUsed: row.used, expires: row.expires }
    },
    async change(digest, { now, idleSince }, change) {
      const mine = turn.then(async () => {
        const row = living(digest, now, idleSince)
        const sealed = row && (await change(row.sealed))
        if (!row || !sealed) return false
        Object.assign(row, { sealed, used: now })
        return true
      })
      turn = mine.catch(() => false)
      return await mine
    },
    async take(digest, { now, idleSince }) {
      const row = living(digest, now, idleSince)
      if (row) rows.delete(digest.toString('hex'))
      return row?.sealed
    },
    async remove(digest) {
      rows.delete(digest.toString('hex'))
    },
    async removeAllOf(person) {
      for (const [key, row] of rows) if (row.person?.equals(person)) rows.delete(key)
    },
    async removeExpired({ now, idleSince }) {
      for (const [key, row] of rows) if (row.expires <= now || row.used <= idleSince) rows.delete(key)
    },
  }
}

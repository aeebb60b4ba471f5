/**
 * Proofs seen before, shared by all server processes through the database (RFC 9449 section 11.1). Checks that arrive while
 * one is under way share the next statement; the table is unlogged, so no disk is waited for.
 */
import { hash } from 'node:crypto'
import type { Sql } from 'postgres'

export interface Proof {
  jti: string
  thumbprint: string
  /** When it was made, seconds since 1970. */
  iat: number
}

export interface ReplayCache {
  /** True the first time a proof is seen; false when it is a replay, or may be one. */
  first(proof: Proof): Promise<boolean>
  close(): void
}

/** Seconds a proof is remembered: its window of validity on both sides, and some more. */
const REMEMBERED = 120

export function createReplayCache(sql: Sql, clock: () => Date): ReplayCache {
  let waiting: { digest: string; iat: number; answer: (first: boolean) => void; failed: (error: unknown) => void }[] = []
  let asking = false
  const sweeper = setInterval(() => void sweep(sql, clock()).catch(() => undefined), 30_000)
  sweeper.unref()

  async function ask(): Promise<void> {
    while (waiting.length > 0) {
      const batch = waiting
      waiting = []
      // The same proof twice in one batch: the second is the replay.
      const firsts = new Map(batch.map((one) => [one.digest, one]).reverse() as [string, (typeof batch)[number]][])
      try {
        const rows = await sql<{ digest: string; since: number }[]>`
          insert into dpop_proof (digest, expires)
          select digest, ${new Date(clock().getTime() + REMEMBERED * 1000)} from unnest(${[...firsts.keys()]}::uuid[]) as digest
          on conflict do nothing
          returning digest, extract(epoch from pg_postmaster_start_time())::float8 as since`
        const inserted = new Set(rows.map((row) => row.digest))
        // What was seen before a crash of the database is forgotten: a proof made before it started may be a replay.
        const since = rows[0]?.since ?? 0
        for (const one of batch) one.answer(firsts.get(one.digest) === one && inserted.has(one.digest) && one.iat + 1 > since)
      } catch (error) {
        for (const one of batch) one.failed(error)
      }
    }
    asking = false
  }

  return {
    first({ jti, thumbprint, iat }) {
      const result = new Promise<boolean>((answer, failed) => waiting.push({ digest: digestOf(jti, thumbprint), iat, answer, failed }))
      if (!asking) {
        asking = true
        // What else this turn of the event loop brings goes into the same statement.
        setImmediate(() => void ask())
      }
      return result
    },
    close: () => clearInterval(sweeper),
  }
}

async function sweep(sql: Sql, now: Date): Promise<void> {
  await sql`delete from dpop_proof where expires < ${now}`
}

function digestOf(jti: string, thumbprint: string): string {
  const hex = hash('sha256', `${thumbprint} ${jti}`)
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20, 32)}`
}

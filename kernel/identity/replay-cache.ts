/**
 * The proofs that were seen before, shared by all server processes through the database (RFC 9449 section 11.1). Checks that arrive while
 * one is running share the next statement. The table is unlogged, so that no check waits for a disk.
 */
import { hash } from 'node:crypto'
import type { Sql } from 'postgres'
import { coalesce } from '../values/coalesce.ts'

interface Proof {
  jti: string
  thumbprint: string
  /** The time when it was made, in seconds since 1970. */
  iat: number
}

export interface ReplayCache {
  /** True the first time a proof is seen; false when it is a replay, or may be one. */
  first(proof: Proof): Promise<boolean>
  close(): void
}

/** How long a proof is remembered, in seconds: its window of validity on both sides, and some more. */
const REMEMBERED = 120

/** The greatest number of proofs in one statement. */
const BATCH = 500

export function createReplayCache(sql: Sql, clock: () => Date): ReplayCache {
  const sweeper = setInterval(() => void sweep(sql, clock()).catch(() => undefined), 30_000)
  sweeper.unref()
  const asking = coalesce((proofs: readonly Seen[]) => areFirst(sql, proofs, clock()), { most: BATCH })
  return {
    first: ({ jti, thumbprint, iat }) => asking.add({ digest: digestOf(jti, thumbprint), iat }),
    close: () => clearInterval(sweeper),
  }
}

interface Seen {
  digest: string
  iat: number
}

async function areFirst(sql: Sql, proofs: readonly Seen[], now: Date): Promise<boolean[]> {
  // When the same proof comes twice in one batch, the second is the replay.
  const firsts = new Map(proofs.toReversed().map((proof) => [proof.digest, proof]))
  const rows = await sql<{ digest: string; since: number }[]>`
    insert into dpop_proof (digest, expires)
    select digest, ${new Date(now.getTime() + REMEMBERED * 1000)} from unnest(${[...firsts.keys()]}::uuid[]) as digest
    on conflict do nothing
    returning digest, extract(epoch from pg_postmaster_start_time())::float8 as since`
  const inserted = new Set(rows.map((row) => row.digest))
  // Proofs seen before a crash of the database are forgotten: a proof that was made before the database started may be a replay.
  const since = rows[0]?.since ?? 0
  return proofs.map((proof) => firsts.get(proof.digest) === proof && inserted.has(proof.digest) && proof.iat + 1 > since)
}

async function sweep(sql: Sql, now: Date): Promise<void> {
  await sql`delete from dpop_proof where expires < ${now}`
}

function digestOf(jti: string, thumbprint: string): string {
  const hex = hash('sha256', `${thumbprint} ${jti}`)
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20, 32)}`
}

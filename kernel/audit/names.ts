/**
 * What rows of the log name: an actor and an attestation, each stored once. A row holds 64 bits of their digests next to their ids, which
 * are the first 63 bits of the same digests: neither can be exchanged, changed or emptied without changing the row.
 */
import { hash } from 'node:crypto'
import { LRUCache } from 'lru-cache'
import type { Sql } from 'postgres'
import type { LogRow } from './chain.ts'

export interface Named {
  digest: string | undefined
  organization: string | null
  /** The person who acted, in whatever role and program. */
  who: string | undefined
}

export type Names = (actor: string | null, attestation: string | null) => Promise<Named>

const KEPT = 20_000

/** Reads what rows name, and asks the database once for each and process. Throws when nothing is stored under an id. */
export function createNames(sql: Sql): Names {
  const actors = new LRUCache<string, ActorNamed>({ max: KEPT })
  const attestations = new LRUCache<string, string>({ max: KEPT })
  // The same person acts under the same attestation many times.
  const named = new LRUCache<string, Named>({ max: KEPT })
  return async (actor, attestation) => {
    const key = `${actor} ${attestation}`
    const found = named.get(key) ?? (await read(actor, attestation))
    named.set(key, found)
    return found
  }

  async function read(actor: string | null, attestation: string | null): Promise<Named> {
    const by = actor === null ? undefined : (actors.get(actor) ?? (await readActor(sql, actor)))
    if (actor !== null && by) actors.set(actor, by)
    const attested = attestation === null ? undefined : (attestations.get(attestation) ?? (await readAttestation(sql, attestation)))
    if (attestation !== null && attested) attestations.set(attestation, attested)
    const { digest, organization = null, who } = by ?? {}
    return { digest: namesDigest(digest, attested), organization, who }
  }
}

interface ActorNamed {
  digest: string
  organization: string | null
  who: string | undefined
}

async function readActor(sql: Sql, id: string): Promise<ActorNamed> {
  const [row] = await sql<{ digest: string; organization: string | null; who: string | null }[]>`
    select digest, organization, coalesce(person::text, 'hpr ' || hpr_number) as who from log_actor where id = ${id}`
  if (!row) throw new Error(`A row of the access log names actor ${id}, which is not stored. Store it first with createActors.`)
  return { ...row, who: row.who ?? undefined }
}

async function readAttestation(sql: Sql, id: string): Promise<string> {
  const [row] = await sql<{ digest: string }[]>`select digest from log_attestation where id = ${id}`
  if (!row) throw new Error(`A row of the access log names attestation ${id}, which is not stored. Store it first with createAttestations.`)
  return row.digest
}

/** A signed number of 64 bits; undefined when the row names nothing. The digests are UUIDs. */
function namesDigest(actor: string | undefined, attestation: string | undefined): string | undefined {
  if (actor === undefined && attestation === undefined) return undefined
  const digest = hash('sha256', `${actor ?? '-'} ${attestation ?? '-'}`, 'hex')
  return BigInt.asIntN(64, BigInt(`0x${digest.slice(48)}`)).toString()
}

/** A combination that rows name. */
export interface NamedByRows extends Pick<LogRow, 'actor' | 'attestation' | 'namesDigest'> {
  /** The first row that named it. */
  seq: number
}

/** The first combination that is not stored as the rows name it; the rest of it may have been emptied, or made again. */
export async function wronglyNamed(sql: Sql, named: readonly NamedByRows[]): Promise<NamedByRows | undefined> {
  const idsOf = (key: 'actor' | 'attestation') => [...new Set(named.flatMap((one) => one[key] ?? []))]
  const actors = new Map(
    (await sql<{ id: string; digest: string }[]>`select id, digest from log_actor where id = any (${idsOf('actor')}::bigint[])`).map(
      pairOf,
    ),
  )
  const attestations = new Map(
    (
      await sql<{ id: string; digest: string }[]>`
        select id, digest from log_attestation where id = any (${idsOf('attestation')}::bigint[])`
    ).map(pairOf),
  )
  const agrees = ({ actor, attestation, namesDigest: digest }: NamedByRows) => {
    const [by, attested] = [actors.get(actor ?? ''), attestations.get(attestation ?? '')]
    if ((by === undefined) !== (actor === null) || (attested === undefined) !== (attestation === null)) return false
    return (namesDigest(by, attested) ?? null) === digest
  }
  return named.find((one) => !agrees(one))
}

const pairOf = ({ id, digest }: { id: string; digest: string }): [string, string] => [id, digest]

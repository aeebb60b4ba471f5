/** Who acted, stored once per distinct combination. Holds the person key and never an identity number. */
import { createHash } from 'node:crypto'
import type { Sql } from 'postgres'
import type { PatientKey } from '../store/ids.ts'

export interface Actor {
  /** Key of the signed-in person in the person register. */
  person: PatientKey | undefined
  name: string
  hprNumber: string | undefined
  role: string | undefined
  organization: string | undefined
  organizationName: string | undefined
  organizationChild: string | undefined
  supplier: string | undefined
  client: string
}

/** Returns the id of an actor's row in log_actor; asks the database once per actor and process. */
export function createActors(sql: Sql): (actor: Actor) => Promise<string> {
  const ids = new Map<string, Promise<string>>()
  // The digest of an actor object is made once: the same caller acts again and again.
  const digests = new WeakMap<Actor, string>()
  return (actor) => {
    const digest = digests.get(actor) ?? digestOf(actor)
    digests.set(actor, digest)
    let id = ids.get(digest)
    if (!id) {
      id = actorId(sql, actor, digest)
      ids.set(digest, id)
      id.catch(() => ids.delete(digest))
      if (ids.size > 20_000) ids.delete(ids.keys().next().value ?? '')
    }
    return id
  }
}

async function actorId(sql: Sql, actor: Actor, digest: string): Promise<string> {
  const [row] = await sql<{ id: string }[]>`
    with new as (
      insert into log_actor (digest, person, name, hpr_number, role, organization, organization_name, organization_child, supplier, client)
      values (${digest}, ${actor.person ?? null}, ${actor.name}, ${actor.hprNumber ?? null}, ${actor.role ?? null},
        ${actor.organization ?? null}, ${actor.organizationName ?? null}, ${actor.organizationChild ?? null}, ${actor.supplier ?? null}, ${actor.client})
      on conflict (digest) do nothing
      returning id
    )
    select id from new union all select id from log_actor where digest = ${digest} limit 1`
  // Another process may have inserted it between the two halves; the second look finds it.
  return row?.id ?? (await actorId(sql, actor, digest))
}

function digestOf(actor: Actor): string {
  const fields = [
    actor.person,
    actor.name,
    actor.hprNumber,
    actor.role,
    actor.organization,
    actor.organizationName,
    actor.organizationChild,
    actor.supplier,
    actor.client,
  ]
  const hex = createHash('sha256')
    .update(JSON.stringify(fields.map((field) => field ?? null)))
    .digest('hex')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20, 32)}`
}

/** The actors of log rows, each distinct combination stored once. Holds the person key and never an identity number. */
import type { Sql } from 'postgres'
import type { PatientKey } from '../store/ids.ts'
import { isUntouched, storedOnce } from './stored-once.ts'

export interface Actor {
  /** The key of the signed-in person in the person register. */
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
  return storedOnce(fieldsOf, async (digest, id, actor) => {
    const [row] = await sql<{ id: string }[]>`
      with new as (
        insert into log_actor (
          id, digest, person, name, hpr_number, role, organization, organization_name, organization_child, supplier, client)
        overriding system value
        values (${id}, ${digest}, ${actor.person ?? null}, ${actor.name}, ${actor.hprNumber ?? null}, ${actor.role ?? null},
          ${actor.organization ?? null}, ${actor.organizationName ?? null}, ${actor.organizationChild ?? null},
          ${actor.supplier ?? null}, ${actor.client})
        on conflict (digest) do nothing
        returning id
      )
      select id from new union all select id from log_actor where digest = ${digest} limit 1`
    return row?.id
  })
}

function fieldsOf(actor: Actor): unknown[] {
  return [
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
}

/** The id of an actor that was changed after it was stored; undefined when there is none. */
export async function changedActor(sql: Sql): Promise<string | undefined> {
  const rows = sql<{ id: string; digest: string; fields: (string | null)[] }[]>`
    select id, digest, jsonb_build_array(
      person::text, name, hpr_number, role, organization, organization_name, organization_child, supplier, client) as fields
    from log_actor order by id`
  for await (const page of rows.cursor(1000)) {
    const changed = page.find((row) => !isUntouched(row, row.fields))
    if (changed) return changed.id
  }
  return undefined
}

/** The actor of a caller in the access log: the person key, the name and the role in the registers, and never an identity number. */
import { LRUCache } from 'lru-cache'
import type { Sql } from 'postgres'
import type { Caller } from '../identity/caller.ts'
import type { PatientKey } from '../store/ids.ts'
import { cleanText } from '../values/clean-text.ts'
import type { Actor } from './actors.ts'

/** The same number as verified tokens that are kept (kernel/identity/access-token.ts). */
const KEPT = 10_000

/** Finds the actor of a caller. Each token is looked up once; a new token has another time of issue and is looked up again. */
export function createCallerActors({ sql, clock }: { sql: Sql; clock: () => Date }): (caller: Caller) => Promise<Actor> {
  const known = new LRUCache<string, Promise<Actor>>({ max: KEPT })
  return (caller) => {
    const key = keyOf(caller)
    const found = known.get(key)
    if (found) return found
    const reading = readActor(sql, caller, clock())
    known.set(key, reading)
    reading.catch(() => known.delete(key))
    return reading
  }
}

/** Everything in the token that an actor is made of, and the time when the token was issued. */
function keyOf(caller: Caller): string {
  const { pid, name, hprNumber, organization, organizationChild, supplier, client, issuedAt } = caller
  return JSON.stringify([pid, name, hprNumber, organization, organizationChild, supplier, client, issuedAt].map((part) => part ?? null))
}

async function readActor(sql: Sql, caller: Caller, now: Date): Promise<Actor> {
  const [row] = await sql<{ person: PatientKey | null; name: string | null; role: string | null }[]>`
    select
      (select patient from person_identifier
        where system in ('FNR', 'DNR', 'FHN') and value = ${caller.pid ?? null}::text limit 1) as person,
      (select name from organization where number = ${caller.organization ?? null}) as name,
      coalesce(
        (select role from practitioner_role where hpr_number = ${caller.hprNumber ?? null} and organization = ${caller.organization ?? null}
          and valid_from <= ${now} and (valid_until is null or valid_until > ${now})),
        (select r.role from controller_role r join person_identifier i
            on i.system in ('FNR', 'DNR', 'FHN') and i.value = ${caller.pid ?? null}::text
              and (r.person = i.patient or r.person in (select same_as from person_link where patient = i.patient))
          where ${caller.hprNumber ?? null}::text is null and r.organization = ${caller.organization ?? null} and r.role = 'case-officer'
            and r.valid_from <= ${now} and (r.valid_until is null or r.valid_until > ${now}) limit 1)) as role`
  return {
    person: row?.person ?? undefined,
    name: cleanText(caller.name) || 'no name in the token',
    hprNumber: caller.hprNumber,
    role: row?.role ?? undefined,
    organization: caller.organization,
    organizationName: row?.name ?? undefined,
    organizationChild: caller.organizationChild,
    supplier: caller.supplier,
    client: cleanText(caller.client),
  }
}

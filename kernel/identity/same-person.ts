/**
 * Who is one person. A person may have several keys (a D-number, and a national identity number later: person_link) and several health
 * personnel numbers. Whatever a rule says about a person holds under all of them. docs/decisions/0045-persons-and-their-numbers.md
 */
import type { Sql } from 'postgres'

/** What is known about somebody who acted: the key in the person register, the health personnel number, or both. */
export interface Known {
  person: string | null | undefined
  hprNumber: string | null | undefined
}

/**
 * A query of one column with all keys of the person: the key, that of the health personnel number, and those linked with them. Each key is
 * linked with each, so that one step finds them all. Index: practitioner_pkey, person_link_pkey.
 */
export function keysOf(sql: Sql, { person, hprNumber }: Known) {
  return sql`
    (with known (key) as (
      select ${person ?? null}::bigint where ${person ?? null}::bigint is not null
      union select p.person from practitioner p where p.hpr_number = ${hprNumber ?? null}::text and p.person is not null
    )
    select key from known union select l.same_as from person_link l join known on known.key = l.patient)`
}

/** All health personnel numbers of the person. Index: practitioner_person, and those of `keysOf`. */
export async function hprNumbersOf(sql: Sql, known: Known): Promise<string[]> {
  const rows = await sql<{ number: string }[]>`
    select p.hpr_number as number from practitioner p where p.person in ${keysOf(sql, known)}
    union select ${known.hprNumber ?? null}::text where ${known.hprNumber ?? null}::text is not null`
  return rows.map(({ number }) => number)
}

/**
 * Whether two who acted are one person. When neither key nor number is known, the answer is no: the rule that asks also compares
 * names, or refuses a person who is not in the register. Index: those of `keysOf`.
 */
export async function samePerson(sql: Sql, one: Known, other: Known): Promise<boolean> {
  if (one.hprNumber && one.hprNumber === other.hprNumber) return true
  const [row] = await sql<{ same: boolean }[]>`
    select exists (select key from ${keysOf(sql, one)} as a (key) intersect select key from ${keysOf(sql, other)} as b (key)) as same`
  return row?.same ?? true
}

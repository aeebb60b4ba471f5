/** Names behind numbers and keys: organisations and groups, and patients by name and birth date. */
import type { Sql } from 'postgres'
import type { PatientKey } from '../store/ids.ts'
import type { Counterpart, PatientName } from './contract.ts'

interface Known {
  id: string
  name: string
  kind: Counterpart['kind']
  isMadeUp: boolean
}

/** Organisations and groups by number and id; an unknown one has its number as name. Index: organization_pkey. */
export async function counterpartsOf(sql: Sql, ids: readonly string[]): Promise<(id: string) => Counterpart> {
  const rows = await sql<Known[]>`
    select number as id, name, case when type = 'private-provider' then 'private-provider' else 'organization' end as kind,
      made_up as "isMadeUp"
    from organization where number = any (${[...new Set(ids)]})
    union all
    select id, name, 'group', false from organization_group where id = any (${[...new Set(ids)]})`
  const known = new Map(rows.map((row) => [row.id, shown(row)]))
  return (id) => known.get(id) ?? { id, name: id, kind: 'organization' }
}

/** The names of organisations by number. Index: organization_pkey. */
export async function namesOf(sql: Sql, numbers: readonly string[]): Promise<Map<string, string>> {
  const rows = await sql<{ number: string; name: string }[]>`
    select number, name from organization where number = any (${[...new Set(numbers)]})`
  return new Map(rows.map(({ number, name }) => [number, name]))
}

/** Organisations to propose an agreement to: members of Helsenettet and groups whose name holds the words, or that have the number. */
export async function counterparts(sql: Sql, words: string, now: Date): Promise<Counterpart[]> {
  const pattern = `%${words.trim().replaceAll(/[\\%_]/g, (sign) => `\\${sign}`)}%`
  // The register is a few thousand rows: no index is kept for a search by name.
  const found = await sql<Known[]>`
    select * from (
      select number as id, name, case when type = 'private-provider' then 'private-provider' else 'organization' end as kind,
        made_up as "isMadeUp"
      from organization
      where type <> 'vendor' and terms_accepted <= ${now} and (terms_until is null or terms_until > ${now})
        and helsenet_from <= ${now} and (helsenet_until is null or helsenet_until > ${now})
        and (name ilike ${pattern} or number = ${words.trim()})
      union all
      select id, name, 'group', false from organization_group where name ilike ${pattern} or id = ${words.trim()}) as c
    order by name, id limit 50`
  return found.map(shown)
}

function shown({ isMadeUp, ...known }: Known): Counterpart {
  return isMadeUp ? { ...known, madeUp: true } : known
}

/** The names of patients by key. No person has the key 0, which stands for an unknown person or for several persons. Index: person_pkey. */
export async function patientNames(sql: Sql, keys: readonly PatientKey[]): Promise<Map<PatientKey, PatientName>> {
  const rows = await sql<{ patient: PatientKey; name: string; birthDate: string | null }[]>`
    select patient, concat_ws(' ', given_name, family_name) as name, birth_date::text as "birthDate"
    from person where patient = any (${[...new Set(keys)]}::bigint[])`
  return new Map(rows.map(({ patient, name, birthDate }) => [patient, { name, birthDate }]))
}

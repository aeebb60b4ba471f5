/** Lists the representatives of a person, and the persons that one represents. */
import type { Sql } from 'postgres'
import type { PatientKey } from '../../store/ids.ts'
import type { StoredRepresentation } from './representation.ts'

/** `in-force-or-ahead` leaves out relations that have ended or run out. */
export type Which = 'in-force-or-ahead' | 'all'

/** The relations in which others act for the person. Newest first. `keys`: all keys of the person. Index: representation_pkey. */
export async function representativesOf(sql: Sql, keys: readonly PatientKey[], which: Which, now: Date): Promise<StoredRepresentation[]> {
  return await sql<StoredRepresentation[]>`
    select ${columns(sql)} from representation r
    where r.patient = any (${[...keys]}::bigint[]) ${standing(sql, which, now)}
    order by r.valid_from desc, r.registered desc`
}

/** The relations in which the person acts for others. Newest first. Index: representation_representative. */
export async function representedBy(sql: Sql, keys: readonly PatientKey[], which: Which, now: Date): Promise<StoredRepresentation[]> {
  return await sql<StoredRepresentation[]>`
    select ${columns(sql)} from representation r
    where r.representative = any (${[...keys]}::bigint[]) ${standing(sql, which, now)}
    order by r.valid_from desc, r.registered desc`
}

/**
 * The relations between two persons, without those that have ended or run out. The first registered is first. Index: representation_pkey.
 */
export async function storedBetween(
  sql: Sql,
  patient: readonly PatientKey[],
  representative: readonly PatientKey[],
  now: Date,
): Promise<StoredRepresentation[]> {
  return await sql<StoredRepresentation[]>`
    select ${columns(sql)} from representation r
    where r.patient = any (${[...patient]}::bigint[]) and r.representative = any (${[...representative]}::bigint[])
      ${standing(sql, 'in-force-or-ahead', now)}
    order by r.registered, r.valid_from`
}

function standing(sql: Sql, which: Which, now: Date) {
  return which === 'all' ? sql`` : sql`and r.ended is null and (r.valid_until is null or r.valid_until > ${now})`
}

function columns(sql: Sql) {
  const name = (key: 'patient' | 'representative') => sql`
      (select nullif(trim(concat_ws(' ', p.given_name, p.family_name)), '') from person p where p.patient = r.${sql(key)})`
  return sql`
      r.patient, r.representative, r.kind, r.areas, r.valid_from as "from", r.valid_until as "until", r.source, r.registered,
      r.registered_by as "registeredBy", r.ended, r.ended_by as "endedBy",
      ${name('patient')} as "patientName", coalesce(r.receiver_name, ${name('representative')}) as "representativeName"`
}

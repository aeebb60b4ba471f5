/**
 * The figures of `npx helsevev coverage`: how many people have critical information, by the municipality they live in. It counts, and
 * reads out no entry.
 */
import { present } from '@helsevev/kernel/store/present'
import type { Sql } from 'postgres'

export interface Covered {
  /** Number of the municipality; null for people whose municipality the person register does not know. */
  municipality: string | null
  name: string | null
  /** People with an entry that is present (kernel/store/present.ts). */
  registered: number
  /** How many of them have one that is verified. */
  verified: number
  /** The newest that was imported; null where none was. */
  population: number | null
  counted: string | null
  source: string | null
}

/**
 * The municipalities where somebody in the person register lives, or `municipality` alone. Verified is list 7521 confirmed
 * (verification-status confirmed) of an allergy or a condition, and present, of the types that have no such status. The dead are left out,
 * and a person under two keys (person_link) is counted once. Indexes: patient_controller_pkey to find who has any, record_current to look
 * at theirs.
 */
export async function countCovered(sql: Sql, now: Date, municipality?: string): Promise<Covered[]> {
  return await sql<Covered[]>`
    with reported as (
      select distinct patient from patient_controller where service = 'critical-information'
    ), found as (
      select reported.patient, of_patient.is_verified
      from reported cross join lateral (
        select count(*) as standing,
          coalesce(
            bool_or(type not in ('AllergyIntolerance', 'Condition') or tokens && array[
            'verification-status=http://terminology.hl7.org/CodeSystem/allergyintolerance-verification|confirmed',
            'verification-status=http://terminology.hl7.org/CodeSystem/condition-ver-status|confirmed',
            'verification-status=|confirmed']), false
          ) as is_verified
        from record
        where record.patient = reported.patient and service = 'critical-information' and superseded is null and not deleted
          and ${present(sql, sql`record.tokens`, sql`${now}::timestamptz`)}
      ) as of_patient
      where of_patient.standing > 0
    ), by_person as (
      select keys, bool_or(is_verified) as is_verified
      from found cross join lateral (
        select array_agg(key order by key) as keys
        from (select found.patient as key union select same_as from person_link where person_link.patient = found.patient) as linked
      ) as one
      group by keys
    ), counted as (
      select lives.municipality, count(*)::integer as registered, count(*) filter (where is_verified)::integer as verified
      from by_person cross join lateral (
        select (array_agg(municipality order by registered desc) filter (where municipality is not null))[1] as municipality,
          max(died) as died
        from person where patient = any (keys)
      ) as lives
      where lives.died is null
      group by lives.municipality
    ), lived_in as (
      select distinct municipality from person where municipality is not null
    )
    select municipality.number as municipality, municipality.name, coalesce(registered, 0) as registered, coalesce(verified, 0) as verified,
      newest.population, newest.counted::text as counted, newest.source
    from (select municipality from lived_in union select municipality from counted) as shown
      left join municipality on municipality.number = shown.municipality
      left join counted on counted.municipality is not distinct from municipality.number
      left join lateral (
        select population, counted, source from municipality_population
        where municipality = shown.municipality order by counted desc limit 1
      ) as newest on true
    where ${municipality ?? null}::text is null or shown.municipality = ${municipality ?? null}
    order by municipality.number nulls last`
}

/** Made-up people, each with one number and a home that decides who reports on them. */

import { createIds, type PatientKey } from '@helsevev/kernel/store/ids'
import { identityNumberSystems, makeIdentityNumber } from '@helsevev/kernel/values/identity-number'
import type { Sql } from 'postgres'
import { homes } from '../world.ts'

export interface BenchPerson {
  key: PatientKey
  number: string
  birthDate: string
  /** Organisation numbers; they report in turn. */
  controllers: readonly string[]
}

export const FNR = identityNumberSystems.FNR

/** Everyone has a day of birth of their own as far as the days from 1920 last; then another number of the same day. */
export function makePeople(count: number): BenchPerson[] {
  const ids = createIds(() => new Date())
  const days = 75 * 365
  return Array.from({ length: count }, (_, at) => {
    const birthDate = new Date(Date.UTC(1920, 0, 1 + (at % days))).toISOString().slice(0, 10)
    return {
      key: ids.patientKey(),
      number: makeIdentityNumber({ birthDate, offset: 80, series: 100 + Math.floor(at / days) }),
      birthDate,
      controllers: homeOf((at + 0.5) / count).map(({ number }) => number),
    }
  })
}

/** The homes stand one after the other along the line from 0 to 1. */
function homeOf(place: number) {
  let end = 0
  for (const { share, controllers } of homes) {
    end += share
    if (place < end) return controllers
  }
  return homes[0].controllers
}

export async function storePeople(sql: Sql, people: readonly BenchPerson[], service = 'news2'): Promise<void> {
  for (let from = 0; from < people.length; from += 5000) {
    const some = people.slice(from, from + 5000)
    const keys = some.map(({ key }) => key)
    await sql`
      insert into person (patient, birth_date, gender, given_name, family_name)
      select patient, birth_date::date, 'female', 'Prøve', 'Person'
      from unnest(${keys}::bigint[], ${some.map(({ birthDate }) => birthDate)}::text[]) as p (patient, birth_date)`
    await sql`
      insert into person_identifier (system, value, patient)
      select 'FNR', value, patient from unnest(${some.map(({ number }) => number)}::text[], ${keys}::bigint[]) as p (value, patient)`
    const reports = some.flatMap(({ key, controllers }) => controllers.map((controller) => ({ key, controller })))
    await sql`
      insert into patient_controller (patient, service, controller, since)
      select patient, ${service}, controller, '2026-01-01'
      from unnest(${reports.map(({ key }) => key)}::bigint[], ${reports.map(({ controller }) => controller)}::text[])
        as c (patient, controller)`
  }
}

import type { Sql } from 'postgres'
import { type IdentityNumberKind, identityNumberSystems } from '../identity/identity-number.ts'
import type { PatientKey } from '../store/ids.ts'
import type { AccessRequest, Facts } from './request.ts'

interface FactsRow {
  organization: Facts['organization'] | null
  supplier: Facts['supplier'] | null
  produces: boolean | null
  consumes: boolean | null
  patient: PatientKey | null
  linked: PatientKey[] | null
  identifier: { system: IdentityNumberKind; value: string } | null
  birth_date: string | null
  agreements: Facts['agreements'] | null
  contributors: string[] | null
}

/** What person_identifier may hold; anything else is nobody's, and PostgreSQL takes no text with NUL. */
const NUMBER = /^[0-9]{1,11}$/

/**
 * Everything the decision needs, in one statement. Relies on the primary keys of organization, service_participation and
 * person_identifier, on sharing_agreement_receiver, and on patient_controller's primary key.
 */
export async function readFacts(sql: Sql, request: AccessRequest, now: Date): Promise<Facts> {
  const number = 'identityNumber' in request.patient && NUMBER.test(request.patient.identityNumber) ? request.patient.identityNumber : null
  const key = 'key' in request.patient ? request.patient.key : null
  const organization = request.caller.organization ?? null
  const [row] = await sql<FactsRow[]>`
    with who as (
      select p.patient, p.birth_date::text
      from person p
      where p.patient = coalesce(
        ${key}::bigint,
        (select i.patient from person_identifier i where i.system in ('FNR', 'DNR', 'FHN') and i.value = ${number}::text limit 1))
    ), keys as (
      select patient from who
      union all
      select l.same_as from person_link l join who on l.patient = who.patient
    )
    select
      (select json_build_object('name', o.name, 'member',
         o.helsenet_from is not null and o.helsenet_from <= ${now}
         and (o.helsenet_until is null or o.helsenet_until > ${now}) and o.terms_accepted is not null)
       from organization o where o.number = ${organization}) as organization,
      (select json_build_object('name', o.name, 'member', o.terms_accepted is not null)
       from organization o where o.number = ${request.caller.supplier ?? null}) as supplier,
      s.produces, s.consumes,
      (select patient::text from who) as patient,
      (select json_build_object('system', i.system, 'value', i.value)
       from person_identifier i where i.patient = (select patient from who)
       order by array_position(array['FNR', 'DNR', 'FHN'], i.system), i.registered desc limit 1) as identifier,
      (select birth_date from who) as birth_date,
      (select array_agg(patient::text) from keys where patient <> (select patient from who)) as linked,
      (select json_agg(json_build_object('controller', a.controller, 'sensitiveCodes', a.sensitive_codes))
       from sharing_agreement a
       where a.receiver = ${organization} and a.service = ${request.service.id} and ${request.purpose ?? null} = any (a.purposes)
         and a.valid_from <= ${now} and (a.valid_until is null or a.valid_until > ${now})) as agreements,
      (select array_agg(distinct c.controller)
       from patient_controller c where c.patient in (select patient from keys) and c.service = ${request.service.id}) as contributors
    from (select 1) as one
    left join service_participation s on s.organization = ${organization} and s.service = ${request.service.id}`
  return {
    organization: row?.organization ?? undefined,
    supplier: row?.supplier ?? undefined,
    produces: row?.produces ?? false,
    consumes: row?.consumes ?? false,
    patient: row && patientOf(row),
    agreements: row?.agreements ?? [],
    contributors: row?.contributors ?? [],
  }
}

function patientOf({ patient, linked, birth_date, identifier }: FactsRow): Facts['patient'] {
  if (!patient || !identifier) return undefined
  const shown = { system: identityNumberSystems[identifier.system], value: identifier.value }
  return { key: patient, linked: linked ?? [], birthDate: birth_date ?? undefined, identifier: shown }
}

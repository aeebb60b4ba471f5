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
  linked: PatientKey[]
  /** Kind and number, with a space between. */
  identifier: string | null
  birth_date: string | null
  agreements: Facts['agreements'] | null
  contributors: string[]
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
    select
      (select json_build_object('name', o.name, 'member',
         o.helsenet_from is not null and o.helsenet_from <= ${now}
         and (o.helsenet_until is null or o.helsenet_until > ${now}) and o.terms_accepted is not null)
       from organization o where o.number = ${organization}) as organization,
      (select json_build_object('name', o.name, 'member', o.terms_accepted is not null)
       from organization o where o.number = ${request.caller.supplier ?? null}) as supplier,
      s.produces, s.consumes, p.patient, p.birth_date::text,
      (select i.system || ' ' || i.value
       from person_identifier i where i.patient = p.patient
       order by array_position(array['FNR', 'DNR', 'FHN'], i.system), i.registered desc limit 1) as identifier,
      array(select l.same_as::text from person_link l where l.patient = p.patient) as linked,
      (select json_agg(json_build_object('controller', a.controller, 'sensitiveCodes', a.sensitive_codes))
       from sharing_agreement a
       where a.receiver = ${organization} and a.service = ${request.service.id} and ${request.purpose ?? null} = any (a.purposes)
         and a.valid_from <= ${now} and (a.valid_until is null or a.valid_until > ${now})) as agreements,
      array(select c.controller from patient_controller c where c.patient = p.patient and c.service = ${request.service.id})
        || array(select c.controller from person_link l
                 join patient_controller c on c.patient = l.same_as and c.service = ${request.service.id}
                 where l.patient = p.patient) as contributors
    from (select 1) as one
    left join service_participation s on s.organization = ${organization} and s.service = ${request.service.id}
    left join person p on p.patient = coalesce(
      ${key}::bigint,
      (select i.patient from person_identifier i where i.system in ('FNR', 'DNR', 'FHN') and i.value = ${number}::text limit 1))`
  return {
    organization: row?.organization ?? undefined,
    supplier: row?.supplier ?? undefined,
    produces: row?.produces ?? false,
    consumes: row?.consumes ?? false,
    patient: row && patientOf(row),
    agreements: row?.agreements ?? [],
    contributors: [...new Set(row?.contributors)],
  }
}

function patientOf({ patient, linked, birth_date, identifier }: FactsRow): Facts['patient'] {
  const [kind, value] = (identifier ?? '').split(' ')
  if (!patient || !kind || !value) return undefined
  const shown = { system: identityNumberSystems[kind as IdentityNumberKind], value }
  return { key: patient, linked, birthDate: birth_date ?? undefined, identifier: shown }
}

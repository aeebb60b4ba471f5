/** The facts about a citizen who makes a request, and about the relation of the citizen to the patient. */

import type { Sql } from 'postgres'
import type { PatientKey } from '../store/ids.ts'
import type { Patient } from '../store/visibility.ts'
import type { HiddenWith } from './area.ts'
import type { AccessRequest, CitizenFacts } from './request.ts'

const NUMBER = /^[0-9]{11}$/

interface CitizenRow {
  key: PatientKey | null
  birthDate: string | null
  addressConfidentiality: CitizenFacts['addressConfidentiality'] | null
  patientAddressConfidentiality: CitizenFacts['addressConfidentiality'] | null
  patientDied: boolean | null
  relations: CitizenFacts['relations'] | null
  parentalConsents: CitizenFacts['relations'] | null
  parentAtSameAddress: boolean
  fosterGrant: boolean
  mayBeUnreleased: boolean
  hiding: CitizenFacts['hiding'] | null
}

/** What `readCitizen` is asked for a request. */
export function citizenAsked({ area, now }: Pick<AccessRequest, 'area' | 'now'>): Parameters<typeof readCitizen>[3] {
  return { service: area.id, hiddenWith: area.hiddenWith, now }
}

/**
 * Linked keys of the citizen and of the patient count as their own. Index: the primary keys of person_identifier, person and
 * representation; record_apart.
 */
export async function readCitizen(
  sql: Sql,
  pid: string | undefined,
  patient: Patient | undefined,
  { service, hiddenWith, now }: { service?: string; hiddenWith?: HiddenWith | undefined; now: Date },
): Promise<CitizenFacts> {
  const number = pid !== undefined && NUMBER.test(pid) ? pid : null
  const keys = patient ? [patient.key, ...patient.linked] : []
  const relation = sql`json_agg(json_build_object('kind', r.kind, 'areas', r.areas,
    'validFrom', (extract(epoch from r.valid_from) * 1000)::bigint, 'validUntil', (extract(epoch from r.valid_until) * 1000)::bigint,
    'ended', (extract(epoch from r.ended) * 1000)::bigint) order by r.kind, r.valid_from)`
  const inForce = sql`r.valid_from <= ${now}
    and (r.valid_until is null or r.valid_until > ${now}) and (r.ended is null or r.ended > ${now})`
  const [row] = await sql<CitizenRow[]>`
    with me as (
      select p.patient, p.birth_date, p.address_confidentiality from person_identifier i join person p on p.patient = i.patient
      where i.system in ('FNR', 'DNR', 'FHN') and i.value = ${number} limit 1
    ), mine as (
      select patient from me union select l.same_as from me join person_link l on l.patient = me.patient
    )
    select
      me.patient as key, me.birth_date::text as "birthDate", me.address_confidentiality as "addressConfidentiality",
      (select max(p.address_confidentiality) filter (where p.address_confidentiality like '%onfidential')
       from person p where p.patient = any (${keys}::bigint[])) as "patientAddressConfidentiality",
      (select bool_or(p.died is not null and p.died <= ${now}::date)
       from person p where p.patient = any (${keys}::bigint[])) as "patientDied",
      (select ${relation} from representation r
       where r.patient = any (${keys}::bigint[]) and r.representative in (select patient from mine)) as relations,
      (select ${relation} from representation r
       where r.patient = any (${keys}::bigint[]) and r.kind = 'parental-consent'
         and exists (select from representation o where o.patient = r.patient and o.representative = r.representative
                     and o.kind = 'parental-responsibility' and o.valid_from <= ${now}
                     and (o.valid_until is null or o.valid_until > ${now})
                     and (o.ended is null or o.ended > ${now}))) as "parentalConsents",
      exists (select from representation r
              join person parent on parent.patient = r.representative
              join person child on child.patient = r.patient and child.residence = parent.residence
              where r.patient = any (${keys}::bigint[]) and r.kind = 'parental-responsibility' and ${inForce}) as "parentAtSameAddress",
      exists (select from representation r
              where r.patient = any (${keys}::bigint[]) and r.kind = 'foster-parent' and ${inForce}) as "fosterGrant",
      exists (select from record r
              where r.patient = any (${keys}::bigint[]) and r.service = ${service ?? null} and r.superseded is null and not r.deleted
                and (r.release_codes is not null or r.release_at is not null)
                and (r.sensitive_codes is not null or r.release_codes is not null or r.release_at is not null)) as "mayBeUnreleased",
      (select json_agg(json_build_object('token', token, 'codes', r.release_codes))
       from record r cross join unnest(r.tokens) as token
       where r.patient = any (${keys}::bigint[]) and r.service = ${hiddenWith?.service ?? null} and r.superseded is null and not r.deleted
         and r.release_codes is not null
         and (r.sensitive_codes is not null or r.release_codes is not null or r.release_at is not null)
         and starts_with(token, ${`${hiddenWith?.parameter ?? ''}=`})) as hiding
    from (select 1) as one left join me on true`
  return {
    key: row?.key ?? undefined,
    birthDate: row?.birthDate ?? undefined,
    addressConfidentiality: row?.addressConfidentiality ?? 'Unclassified',
    patientAddressConfidentiality: row?.patientAddressConfidentiality ?? 'Unclassified',
    patientDied: row?.patientDied ?? false,
    relations: row?.relations ?? [],
    parentalConsents: row?.parentalConsents ?? [],
    parentAtSameAddress: row?.parentAtSameAddress ?? false,
    mayBeUnreleased: row?.mayBeUnreleased ?? false,
    hiding: row?.hiding ?? [],
    fosterGrant: row?.fosterGrant ?? false,
  }
}

/** Facts about the person who asks, which few requests need: who else the person is, and whether the person is a case officer. */
import type { Sql } from 'postgres'
import { hprNumbersOf, keysOf } from '../identity/same-person.ts'
import type { AccessRequest, CaseOfficer, Facts } from './request.ts'

const NUMBER = /^[0-9]{11}$/

/**
 * Adds the health personnel numbers of the person when a choice of the patient names anybody, and the person's standing as case officer
 * when the token has no health personnel number. Read for persons alone.
 */
export async function withPerson(sql: Sql, request: AccessRequest, facts: Facts): Promise<Facts> {
  const { caller } = request
  if (caller.kind !== 'person') return facts
  const caseOfficer = caller.hprNumber === undefined ? await readCaseOfficer(sql, request) : undefined
  const known = caseOfficer ? { ...facts, caseOfficer } : facts
  // A patient who has blocked a nurse has blocked the person, also where the token shows her as a case officer and no number.
  if (!facts.choices.some(({ practitioner }) => practitioner !== null)) return known
  return { ...known, hprNumbers: await hprNumbersOf(sql, { person: await personOf(sql, caller.pid), hprNumber: caller.hprNumber }) }
}

async function personOf(sql: Sql, pid: string | undefined): Promise<string | undefined> {
  if (pid === undefined || !NUMBER.test(pid)) return undefined
  const [row] = await sql<{ patient: string }[]>`
    select patient from person_identifier where system in ('FNR', 'DNR', 'FHN') and value = ${pid} limit 1`
  return row?.patient
}

/**
 * The controllers that have opened the service to case officers of the organisation. Undefined for a person who has not that role there
 * now, and as long as nobody has opened anything: the way is closed by default. Index: controller_role_organization,
 * case_officer_access_receiver.
 */
async function readCaseOfficer(sql: Sql, { caller, area, now }: AccessRequest): Promise<CaseOfficer | undefined> {
  const person = await personOf(sql, caller.pid)
  if (!person || !caller.organization) return undefined
  const holds = sql`valid_from <= ${now} and (valid_until is null or valid_until > ${now})`
  const [row] = await sql<{ any: boolean; openings: CaseOfficer['openings'] }[]>`
    select count(*) > 0 as any, coalesce(json_agg(
      json_build_object('controller', a.controller, 'purposes', a.purposes) order by a.controller)
      filter (where a.service = ${area.id}), '[]') as openings
    from case_officer_access a
    where a.receiver = ${caller.organization} and ${holds}
      and exists (select from controller_role r
                  where r.organization = ${caller.organization} and r.role = 'case-officer' and r.valid_from <= ${now}
                    and (r.valid_until is null or r.valid_until > ${now})
                    and r.person in ${keysOf(sql, { person, hprNumber: undefined })})`
  return row?.any ? { openings: row.openings } : undefined
}

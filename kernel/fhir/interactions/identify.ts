/** POST /fhir/Patient/_search with patient.identifier: who has this number. http://hl7.org/fhir/R4/patient.html */
import type { Bundle, Patient } from '@medplum/fhirtypes'
import { isProblem, problem } from '../../problem/problem.ts'
import { authorize } from '../authorize.ts'
import type { Done, Exchange } from '../exchange.ts'
import { aboutOneself } from './search-type.ts'

interface PersonRow {
  given_name: string | null
  family_name: string | null
  gender: Patient['gender'] | null
  birth_date: string | null
}

/** 200 with a searchset of one Patient: identifier, name, gender, birth date from the register. Logged like any look-up. */
export async function identify(exchange: Exchange, form: URLSearchParams): Promise<Done> {
  const event = 'search-type'
  const type = 'Patient'
  const identityNumber = (form.get('identifier') ?? aboutOneself(exchange, form).get('patient.identifier'))?.split('|').at(-1)?.trim()
  if (!identityNumber) return { event, type, result: problem('patient-required') }
  const { outcome: decision, patient } = await authorize(exchange, 'identify', { identityNumber })
  if (isProblem(decision)) return { event, type, patient, result: decision }
  const [row] = await exchange.kernel.sql<PersonRow[]>`
    select given_name, family_name, gender, birth_date::text from person where patient = ${decision.patient.key}`
  const resource: Patient = {
    resourceType: 'Patient',
    identifier: [decision.patient.identifier],
    ...(row?.family_name ? { name: [{ family: row.family_name, given: row.given_name ? [row.given_name] : [] }] } : {}),
    ...(row?.gender ? { gender: row.gender } : {}),
    ...(row?.birth_date ? { birthDate: row.birth_date } : {}),
  }
  const body: Bundle = { resourceType: 'Bundle', type: 'searchset', total: 1, entry: [{ resource, search: { mode: 'match' } }] }
  return { event, type, decision, result: { status: 200, headers: {}, body: JSON.stringify(body) } }
}

/** POST /fhir/Patient/_search with patient.identifier: who has this number. http://hl7.org/fhir/R4/patient.html */
import type { Bundle } from '@medplum/fhirtypes'
import { authorize } from '../../fhir/authorize.ts'
import type { Done, Exchange } from '../../fhir/exchange.ts'
import { aboutOneself } from '../../fhir/interactions/search-type.ts'
import { isProblem, problem } from '../../problem/problem.ts'
import { personResource } from './person-resource.ts'

/** 200 with a searchset of one Patient: identifier, name, gender, birth date from the register. Logged like any look-up. */
export async function identify(exchange: Exchange, form: URLSearchParams): Promise<Done> {
  const event = 'search-type'
  const type = 'Patient'
  const identityNumber = (form.get('identifier') ?? aboutOneself(exchange, form).get('patient.identifier'))?.split('|').at(-1)?.trim()
  if (!identityNumber) return { event, type, result: problem('patient-required') }
  const { outcome: decision, patient } = await authorize(exchange, 'identify', { identityNumber })
  if (isProblem(decision)) return { event, type, patient, result: decision }
  const resource = await personResource(exchange.kernel.sql, decision.patient)
  const body: Bundle = { resourceType: 'Bundle', type: 'searchset', total: 1, entry: [{ resource, search: { mode: 'match' } }] }
  return { event, type, decision, result: { status: 200, headers: {}, body: JSON.stringify(body) } }
}

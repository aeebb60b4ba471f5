/** POST /fhir/Patient/$last-visit: when the citizen was here last, for what is new since. The access log knows; nothing else is kept. docs/api/last-visit.md */
import type { Parameters } from '@medplum/fhirtypes'
import { authorize } from '../../fhir/authorize.ts'
import type { Done, Exchange } from '../../fhir/exchange.ts'
import { aboutOneself } from '../../fhir/interactions/search-type.ts'
import { keyOfNumber } from '../../identity/persons.ts'
import { isProblem, problem } from '../../problem/problem.ts'
import { previousVisit } from './previous-visit.ts'

const event = '$last-visit'
const type = undefined

/** 200 with `lastVisit`, absent at the first: the end of the visit before this one, by whoever is signed in, at the person named or at oneself. */
export async function lastVisit(exchange: Exchange, form: URLSearchParams): Promise<Done> {
  const identityNumber = aboutOneself(exchange, form).get('patient.identifier')?.split('|').at(-1)?.trim()
  if (!identityNumber) return { event, type, result: problem('patient-required') }
  const { outcome: decision, patient } = await authorize(exchange, 'citizen', { identityNumber })
  if (isProblem(decision)) return { event, type, patient, result: decision }
  const { sql, clock } = exchange.kernel
  const visitor = await keyOfNumber(sql, exchange.caller.pid ?? '')
  const { key, linked } = decision.patient
  const at = visitor && (await previousVisit(sql, { keys: [key, ...linked], visitor, now: clock() }))
  const body: Parameters = { resourceType: 'Parameters', parameter: at ? [{ name: 'lastVisit', valueInstant: at.toISOString() }] : [] }
  return { event, type, decision, result: { status: 200, headers: {}, body: JSON.stringify(body) } }
}

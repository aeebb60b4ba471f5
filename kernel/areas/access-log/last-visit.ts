/** POST /fhir/Patient/$last-visit: when the citizen was here last, for what is new since. The access log knows; nothing else is kept. docs/api/last-visit.md */
import type { Parameters } from '@medplum/fhirtypes'
import { jsonAnswer } from '../../fhir/answer.ts'
import { decided } from '../../fhir/decided.ts'
import type { Done, Exchange } from '../../fhir/exchange.ts'
import { aboutOneself } from '../../fhir/interactions/search-type.ts'
import { problem } from '../../problem/problem.ts'
import { lookUpRows } from './rows.ts'

const event = '$last-visit'
const type = undefined

/** 200 with `lastVisit`, absent at the first: the end of the visit before this one, by whoever is signed in, at the person named or at oneself. */
export async function lastVisit(exchange: Exchange, form: URLSearchParams): Promise<Done> {
  const identityNumber = aboutOneself(exchange, form).get('patient.identifier')?.split('|').at(-1)?.trim()
  if (!identityNumber) return { event, type, result: problem('patient-required') }
  return await decided(exchange, { event, type, kind: 'citizen', patient: { identityNumber } }, lookUpRows, async (_decision, rows) => {
    const at = await rows.previousVisit(exchange.caller.pid ?? '')
    return jsonAnswer({
      resourceType: 'Parameters',
      parameter: at ? [{ name: 'lastVisit', valueInstant: at.toISOString() }] : [],
    } satisfies Parameters)
  })
}

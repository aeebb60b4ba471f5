/**
 * POST /fhir/Patient/$last-visit: when the citizen last visited the page, so that it can mark what is new since then. The time is read from
 * the access log; no other record of visits is kept. docs/api/last-visit.md
 */
import type { Parameters } from '@medplum/fhirtypes'
import { jsonAnswer } from '../../fhir/answer.ts'
import { patientIn } from '../../fhir/asked-patient.ts'
import { decided } from '../../fhir/decided.ts'
import type { Done, Exchange } from '../../fhir/exchange.ts'
import { problem } from '../../problem/problem.ts'
import { lookUpRows } from './rows.ts'

const event = '$last-visit'
const type = undefined
const ONLY_CITIZENS =
  'This is for citizens with the scope helsevev:access-log/citizen. Staff and systems find what is new by a search with _lastUpdated.'

/**
 * 200 with `lastVisit`: when the signed-in person's previous visit to the page of the named person ended. Without a name it is their own
 * page. `lastVisit` is absent at the first visit.
 */
export async function lastVisit(exchange: Exchange, form: URLSearchParams): Promise<Done> {
  if (exchange.caller.kind !== 'citizen') return { event, type, result: problem('access-denied', ONLY_CITIZENS) }
  const asking = { event, type, kind: 'citizen', patient: patientIn(exchange, form) } as const
  return await decided(exchange, asking, lookUpRows, async (_decision, rows) => {
    const at = await rows.previousVisit(exchange.caller.pid ?? '')
    return jsonAnswer({
      resourceType: 'Parameters',
      parameter: at ? [{ name: 'lastVisit', valueInstant: at.toISOString() }] : [],
    } satisfies Parameters)
  })
}

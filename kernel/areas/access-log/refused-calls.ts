/**
 * GET /fhir/$refused-calls: how often calls of one's own client were refused before the access log could have a row of them.
 * docs/api/refused-calls.md
 */
import type { Parameters, ParametersParameter } from '@medplum/fhirtypes'
import type { RefusedCalls } from '../../audit/refused-calls.ts'
import { jsonAnswer } from '../../fhir/answer.ts'
import type { Done, Exchange } from '../../fhir/exchange.ts'
import { problem } from '../../problem/problem.ts'
import { dayInNorway } from '../../values/norwegian-day.ts'

const event = '$refused-calls'
const DAYS = 28

/**
 * 200 with one parameter `refusedCalls` for each day, problem and organisation of the last 28 days, for the client of the token. Any scope
 * suffices, as the answer is about the caller alone. Problems: `access-denied` for a person.
 */
export async function refusedCalls(exchange: Exchange): Promise<Done> {
  const { caller, kernel } = exchange
  if (caller.kind !== 'system')
    return {
      event,
      type: undefined,
      result: problem('access-denied', 'This is for the client of a system, with a token without a person.'),
    }
  const from = dayInNorway(new Date(kernel.clock().getTime() - (DAYS - 1) * 24 * 60 * 60 * 1000))
  const rows = await kernel.refusedCalls.counted({ client: caller.client, supplier: caller.supplier ?? '' }, from)
  return {
    event,
    type: undefined,
    result: jsonAnswer({ resourceType: 'Parameters', parameter: rows.map(parameterOf) } satisfies Parameters),
  }
}

function parameterOf({ day, problem: code, organization, calls, last }: RefusedCalls): ParametersParameter {
  return {
    name: 'refusedCalls',
    part: [
      { name: 'day', valueDate: day },
      { name: 'problem', valueCode: code },
      ...(organization === '' ? [] : [{ name: 'organization', valueString: organization }]),
      { name: 'calls', valueInteger: calls },
      { name: 'last', valueInstant: last.toISOString() },
    ],
  }
}

/** Operations of a service (http://hl7.org/fhir/R4/operations.html). */
import { isProblem, problem, type Result } from '../../problem/problem.ts'
import { authorize } from '../authorize.ts'
import { decidedAnew } from '../decided-anew.ts'
import type { Done, Exchange } from '../exchange.ts'
import { recordsFor } from '../records.ts'
import type { Operation } from '../service.ts'
import { aboutOneself } from './search-type.ts'

/** POST /fhir/{service}/${name} with patient.identifier, and what the operation declares, as a form: a look-up like any other. */
export async function operate(exchange: Exchange, operation: Operation, form: URLSearchParams): Promise<Done> {
  const event = `$${operation.name}`
  const type = undefined
  const known = ['patient.identifier', ...(operation.parameters ?? []).map(({ name }) => name)]
  const unknown = [...form.keys()].find((name) => !known.includes(name))
  if (unknown !== undefined) {
    const text = `There is no parameter ${JSON.stringify(unknown.slice(0, 64))} here. There is: ${known.join(', ')}.`
    return { event, type, result: problem('invalid-parameter', text) }
  }
  const identityNumber = aboutOneself(exchange, form).get('patient.identifier')?.split('|').at(-1)?.trim()
  if (!identityNumber) return { event, type, result: problem('patient-required') }
  return await decidedAnew(event, type, async () => await operateOnce(exchange, operation, identityNumber, form))
}

async function operateOnce(exchange: Exchange, operation: Operation, identityNumber: string, parameters: URLSearchParams): Promise<Done> {
  const event = `$${operation.name}`
  const type = undefined
  const { outcome: decision, patient } = await authorize(exchange, 'search', { identityNumber })
  if (isProblem(decision)) return { event, type, patient, result: decision }
  const { records, disclosed, withheld } = recordsFor(exchange.kernel.sql, exchange.service, decision)
  const outcome: Result<object> = await operation.run(records, {
    now: exchange.kernel.clock(),
    birthDate: decision.patient.birthDate,
    parameters,
    codes: exchange.kernel.codes,
  })
  const result = isProblem(outcome) ? outcome : { status: 200, headers: {}, body: JSON.stringify(outcome) }
  return { event, type, decision, disclosed, withheld: decision.withheld || (await withheld()).length > 0, result }
}

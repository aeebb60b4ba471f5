/** Messages that one service makes for another (`CompletedSet.handsOver`): they come in by the adapter of that service. */
import { isProblem, problem } from '../../problem/problem.ts'
import type { Done, ServiceExchange } from '../exchange.ts'
import type { HandedOver, RecordSet } from '../service.ts'
import { exchangeFor } from '../write/set-reading.ts'
import { convertedBy } from './converted-by.ts'

/** Has a message that was made here stored by the adapter of the other service, by that service's own rules and decision. */
export async function handOver(
  exchange: ServiceExchange,
  { service: id, adapter: name, body }: HandedOver,
  { patient, event }: { patient: RecordSet['patient']; event: string },
  store: (exchange: ServiceExchange, set: RecordSet) => Promise<[Done, ...Done[]]>,
): Promise<Done[]> {
  const { kernel } = exchange
  const other = exchangeFor(exchange, id)
  const adapter = other?.service.adapters?.find((one) => one.name === name)
  if (!other || !adapter) throw new Error(`A message is handed over to ${id}, which has no adapter ${name}.`)
  const context = { codes: kernel.codes, now: kernel.clock(), production: kernel.production, patient, isUnsent: true } as const
  const converted = await convertedBy(adapter, body, context, kernel.validator)
  if (isProblem(converted)) return [{ exchange: other, event, type: undefined, result: converted }]
  if (!('kind' in converted) || converted.kind !== 'record-set')
    return [{ exchange: other, event, type: undefined, result: problem('invalid-resource', 'The message is stored as no record.') }]
  return (await store(other, converted)).map((done) => ({ exchange: other, ...done }))
}

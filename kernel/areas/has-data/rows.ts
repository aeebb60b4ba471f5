/** What the decisions on a list open: whether there is anything, and the signal that a service shows about a person in a list. */

import type { BoundRecords } from '../../fhir/records.ts'
import type { BindAll, Disclosure } from '../../fhir/rows.ts'
import type { ListSignal } from '../../fhir/service.ts'
import { anyRecords } from '../../store/any-records.ts'

export interface AnyRows {
  /** Whether each decision lets any record through, in the order of the decisions. It is one statement. */
  any(): Promise<boolean[]>
}

export const anyRows: BindAll<AnyRows> = ({ sql }, decisions) => ({
  any: async () => await anyRecords(sql, decisions),
})

export interface Signal {
  system: string
  code: string
  /** Time of the newest record that the signal is made from. */
  time: Date
  /** The records that the signal is made from. */
  disclosed: Disclosure[]
}

/** Makes the signal from the records that a search would show under the same decision. Index: record_current. */
export async function signalIn(rows: BoundRecords, { type, tokens, count, say }: ListSignal): Promise<Signal | undefined> {
  const filter = { type, tokens: Object.entries(tokens).map(([name, anyOf]) => ({ name, anyOf })), count }
  const found = await rows.find(filter)
  const signal = say(found.map(({ content }) => JSON.parse(content ?? '{}')))
  const time = found[0]?.effective
  return signal && time && { ...signal, time, disclosed: found.map(({ id, version, controller }) => ({ id, version, controller })) }
}

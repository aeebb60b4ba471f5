/** What the decisions on a list open: whether there is anything, and the signal that a service shows about a person in a list. */
import type { Resource } from '@medplum/fhirtypes'
import type { BindAll, Disclosure } from '../../fhir/rows.ts'
import type { ListSignal } from '../../fhir/service.ts'
import { readable } from '../../fhir/validation/readable.ts'
import { type AnyFound, anyRecords, newestRecords } from '../../store/any-records.ts'
import { tokenTexts } from '../../store/read-records.ts'

export interface ListRows {
  /** What each decision lets through, in the order of the decisions. It is one statement. */
  any(): Promise<AnyFound[]>
  /** The signals of the decisions that one is asked of, in the order of the decisions. It is one statement. */
  signals(asked: readonly (ListSignal | undefined)[]): Promise<(Signal | undefined)[]>
}

export interface Signal {
  system: string
  code: string
  /** Time of the newest record that the signal is made from. */
  time: Date
  /** The records that the signal is made from. */
  disclosed: Disclosure[]
}

/** Signals are made from the records that a search would show under the same decision. */
export const listRows: BindAll<ListRows> = ({ sql }, decisions) => ({
  any: async () => await anyRecords(sql, decisions),
  async signals(asked) {
    const questions = decisions.flatMap((decision, at) => {
      const signal = asked[at]
      return signal ? [{ at, say: signal.say, question: { decision, ...newestOf(signal) } }] : []
    })
    const found = await newestRecords(
      sql,
      questions.map(({ question }) => question),
    )
    const said: (Signal | undefined)[] = decisions.map(() => undefined)
    for (const [place, { at, say }] of questions.entries()) {
      const newest = found[place] ?? []
      const signal = say(newest.flatMap(({ content }) => readable(JSON.parse(content) as Resource) ?? []))
      const [first] = newest
      if (signal && first)
        said[at] = {
          ...signal,
          time: first.effective,
          disclosed: newest.map(({ id, version, controller }) => ({ id, version, controller })),
        }
    }
    return said
  },
})

function newestOf({ type, tokens, count }: ListSignal) {
  return { type, tokens: Object.entries(tokens).map(([name, anyOf]) => tokenTexts({ name, anyOf })), count }
}

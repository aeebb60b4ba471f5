/** What the decisions on a list open: whether there is anything, and the signal that a service shows about a person in a list. */

import type { Resource, ResourceType } from '@medplum/fhirtypes'
import type { Decision } from '../../access/decision.ts'
import type { BindAll, Disclosure } from '../../fhir/rows.ts'
import type { InformationService, ListSignal } from '../../fhir/service.ts'
import { readable } from '../../fhir/validation/readable.ts'
import { spliceIdentifier } from '../../fhir/write/content.ts'
import { type AnyFound, anyRecords, type NewestFound, newestRecords } from '../../store/any-records.ts'
import { tokenTexts } from '../../store/read-records.ts'
import { instant } from '../../values/dates.ts'

export interface ListRows {
  /** What each decision lets through, in the order of the decisions. It is one statement. */
  any(): Promise<AnyFound[]>
  /** The signals of the services of the decisions that one is asked of, in the order of the decisions. It is one statement. */
  signals(asked: readonly (InformationService | undefined)[]): Promise<(Signal | undefined)[]>
}

export interface Signal {
  system: string
  code: string
  /** By default that of the newest record that the signal is made from. */
  time: Date
  /** The records that the signal is made from. */
  disclosed: Disclosure[]
}

/** Signals are made from the records that a search would show under the same decision. */
export const listRows: BindAll<ListRows> = ({ sql }, decisions) => ({
  any: async () => await anyRecords(sql, decisions),
  async signals(asked) {
    const questions = decisions.flatMap((decision, at) => {
      const signal = asked[at]?.listSignal
      if (!signal) return []
      const { also } = signal
      return [signal, ...(also ? [also] : [])].map((from) => ({ at, isFirst: from === signal, question: { decision, ...newestOf(from) } }))
    })
    const found = await newestRecords(
      sql,
      questions.map(({ question }) => question),
    )
    // What cannot be read is left out, and counts nowhere.
    const foundAt = (wanted: number, first: boolean) => {
      const place = questions.findIndex(({ at, isFirst }) => at === wanted && isFirst === first)
      const { decision, type = '' } = questions[place]?.question ?? {}
      const element = asked[wanted]?.resources[type as ResourceType]?.patientElement ?? 'subject'
      return (found[place] ?? []).flatMap((row): Found[] => {
        const content = decision ? spliceIdentifier(row.content, element, decision.patient.identifier) : row.content
        const resource = readable(JSON.parse(content) as Resource)
        return resource ? [{ ...row, resource }] : []
      })
    }
    return decisions.map((decision, at) => {
      const signal = asked[at]?.listSignal
      return signal && signalOf(signal, decision, foundAt(at, true), foundAt(at, false))
    })
  },
})

type Found = NewestFound & { resource: Resource }

function signalOf({ say }: ListSignal, { patient, at }: Decision, newest: readonly Found[], also: readonly Found[]): Signal | undefined {
  const [first] = newest
  const said = say(resourcesOf(newest), { also: resourcesOf(also), birthDate: patient.birthDate, now: at })
  if (!said || !first) return undefined
  const { system, code, time, from } = said
  const used = [...newest, ...also].filter(({ resource }) => from === undefined || from.includes(resource))
  return {
    system,
    code,
    time: time === undefined ? first.effective : (instant(time) ?? first.effective),
    disclosed: used.map(({ id, version, controller }) => ({ id, version, controller })),
  }
}

function resourcesOf(found: readonly Found[]): Resource[] {
  return found.map(({ resource }) => resource)
}

function newestOf({ type, tokens, count }: Pick<ListSignal, 'type' | 'tokens' | 'count'>) {
  return { type, tokens: Object.entries(tokens).map(([name, anyOf]) => tokenTexts({ name, anyOf })), count }
}

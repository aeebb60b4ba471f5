/** What the decisions on a list open: whether there is anything, and the signal that a service shows about a person in a list. */

import type { Resource, ResourceType } from '@medplum/fhirtypes'
import type { Sql } from 'postgres'

import type { Decision } from '../../access/decision.ts'
import type { BindAll, Disclosure } from '../../fhir/rows.ts'
import type { InformationService, ListSignal } from '../../fhir/service.ts'
import { readableText } from '../../fhir/validation/readable.ts'
import { spliceIdentifier } from '../../fhir/write/content.ts'
import { type AnyFound, anyRecords, type NewestFound, newestRecords } from '../../store/any-records.ts'
import { tokenTexts } from '../../store/read-records.ts'
import { instant } from '../../values/dates.ts'

export interface ListRows {
  /** What each decision lets through, in the order of the decisions. It is one statement. */
  any(): Promise<AnyFound[]>
  /** The signals of the services of the decisions that one is asked of, in their order: one statement, and one for settings they need. */
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
    const settings = await settingsOf(
      sql,
      decisions,
      asked.map((service) => service?.listSignal),
    )
    // What cannot be read is left out, and counts nowhere.
    const foundAt = (wanted: number, first: boolean) => {
      const place = questions.findIndex(({ at, isFirst }) => at === wanted && isFirst === first)
      const { decision, type = '' } = questions[place]?.question ?? {}
      const element = asked[wanted]?.resources[type as ResourceType]?.patientElement ?? 'subject'
      return (found[place] ?? []).flatMap((row): Found[] => {
        const content = decision ? spliceIdentifier(row.content, element, decision.patient.identifier) : row.content
        const resource = readableText(content)
        return resource ? [{ ...row, resource }] : []
      })
    }
    return decisions.map((decision, at) => {
      const signal = asked[at]?.listSignal
      return signal && signalOf(signal, decision, { newest: foundAt(at, true), also: foundAt(at, false) }, settings)
    })
  },
})

type Found = NewestFound & { resource: Resource }

/** Values by service, controller and key. */
type Settings = ReadonlyMap<string, string>

async function settingsOf(sql: Sql, decisions: readonly Decision[], asked: readonly (ListSignal | undefined)[]): Promise<Settings> {
  const keys = new Set(asked.flatMap((signal) => signal?.settings ?? []))
  if (keys.size === 0) return new Map()
  const services = new Set(decisions.flatMap(({ service }, at) => (asked[at]?.settings ? [service] : [])))
  const rows = await sql<{ service: string; organization: string; key: string; value: string }[]>`
    select service, organization, key, value from controller_setting
    where service = any (${[...services]}) and key = any (${[...keys]})`
  return new Map(rows.map(({ service, organization, key, value }) => [`${service} ${organization} ${key}`, value]))
}

function signalOf(
  { say }: ListSignal,
  { patient, at, service }: Decision,
  { newest, also }: { newest: readonly Found[]; also: readonly Found[] },
  settings: Settings,
): Signal | undefined {
  const [first] = newest
  const settingOf = (record: Resource, key: string) => {
    const found = [...newest, ...also].find(({ resource }) => resource === record)
    return found && settings.get(`${service} ${found.controller} ${key}`)
  }
  const said = say(resourcesOf(newest), { also: resourcesOf(also), birthDate: patient.birthDate, settingOf, now: at })
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

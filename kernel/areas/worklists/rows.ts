/** What a decision opens of worklists: the list of one unit, for the organisation that the decision is about. */
import type { Sql } from 'postgres'
import type { Bind } from '../../fhir/rows.ts'
import type { PatientKey } from '../../store/ids.ts'
import type { WorklistEntry, WorklistRequest } from './list-resource.ts'
import {
  type Changed,
  type Listed,
  type ListedPerson,
  readWorklist,
  removeWorklist,
  replaceWorklist,
  type WorklistHead,
} from './worklists.ts'

export interface WorklistRows {
  /** Replaces the list, without the persons who are not in the person register; undefined when the stored list was drawn up later. */
  replace(list: WorklistRequest, now: Date): Promise<(Changed & { count: number; unknown: number[] }) | undefined>
  /** Undefined when there is no list, or only one that is too old. */
  read(now: Date): Promise<{ head: WorklistHead; listed: ListedPerson[]; name: string } | undefined>
  /** Removes the list. Returns the persons who were on it; undefined when there was no list. */
  remove(): Promise<PatientKey[] | undefined>
}

export function worklistRows(unit: string): Bind<WorklistRows> {
  return ({ sql }, { organization }) => ({
    async replace({ drawnUp, entries }, now) {
      const { listed, unknown } = await inTheRegister(sql, entries)
      const changed = await replaceWorklist(sql, { unit, organization, drawnUp, leftOut: unknown.length }, listed, now)
      return changed && { ...changed, count: listed.length, unknown }
    },
    async read(now) {
      const found = await readWorklist(sql, unit, organization, now)
      return found && { ...found, name: await nameOf(sql, unit) }
    },
    remove: async () => await removeWorklist(sql, unit),
  })
}

/** The form of numbers in person_identifier. */
const NUMBER = /^[0-9]{11}$/

/** Each known person once, at the first place in the list; and the places of unknown persons. Index: person_identifier_pkey. */
async function inTheRegister(sql: Sql, entries: readonly WorklistEntry[]): Promise<{ listed: Listed[]; unknown: number[] }> {
  const numbers = entries.map(({ number }) => number).filter((number) => NUMBER.test(number))
  const rows = await sql<{ value: string; patient: PatientKey }[]>`
    select value, patient from person_identifier where system in ('FNR', 'DNR', 'FHN') and value = any (${numbers})`
  const keys = new Map(rows.map(({ value, patient }) => [value, patient]))
  const listed = new Map<PatientKey, Listed>()
  const unknown: number[] = []
  for (const [index, { number, place, since }] of entries.entries()) {
    const patient = keys.get(number)
    if (patient === undefined) unknown.push(index)
    else if (!listed.has(patient)) listed.set(patient, { patient, place, since })
  }
  return { listed: [...listed.values()], unknown }
}

async function nameOf(sql: Sql, unit: string): Promise<string> {
  const [row] = await sql<{ name: string }[]>`select name from organization where number = ${unit}`
  return row?.name ?? unit
}

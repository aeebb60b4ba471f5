/** The list that stands, as its writer sees it: its head and its lines, now or as they were. */
import { identifierValue, MESSAGE_ID, MESSAGE_KIND } from '@helsevev/clinical/e-prescription-fhir/systems'
import type { Records } from '@helsevev/kernel/fhir/service'
import type { List, MedicationStatement, Resource } from '@medplum/fhirtypes'
import { namedBy, newestFirst } from '../model/newest-list.ts'
import { standsInOf } from '../model/standing.ts'
import { lineIdOf } from './statement.ts'

const COUNT = 1000
const DATA_CONTROLLER = 'http://helsevev.no/fhir/StructureDefinition/data-controller'

export interface Standing {
  list: List | undefined
  /** MsgId of the version; empty where there is none. */
  version: string
  /** By the id of the line. */
  lines: ReadonlyMap<string, MedicationStatement>
}

export function isListOf(kind: string, { code }: List): boolean {
  return code?.coding?.some((one) => one.system === MESSAGE_KIND && one.code === kind) ?? false
}

/** `members`: ids of the records of the shared set. */
export async function standingNow(records: Records, members: ReadonlySet<string>): Promise<Standing> {
  const [lists, lines] = await Promise.all([
    records.search('List', { count: COUNT }),
    records.search('MedicationStatement', { count: COUNT }),
  ])
  const isMember = ({ id = '' }: Resource) => members.has(id)
  return standingOf(lists.filter(isMember), lines.filter(isMember))
}

/** The list at an instant. */
export async function standingAt(records: Records, at: Date): Promise<Standing> {
  const [lists, lines] = await Promise.all([records.asOf('List', at), records.asOf('MedicationStatement', at)])
  return standingOf(lists, lines)
}

function standingOf(lists: readonly Resource[], resources: readonly Resource[]): Standing {
  const all = lists.flatMap((one) => (one.resourceType === 'List' && isListOf('M25.1', one) ? [one] : []))
  const [list, ...others] = newestFirst(all)
  const elsewhere = new Set(others.flatMap(namedBy))
  const own = new Set(list ? namedBy(list) : [])
  const lines = resources.flatMap((one) => {
    const id = one.resourceType === 'MedicationStatement' && standsInOf(one) === undefined ? lineIdOf(one) : undefined
    const isOfNewest = own.has(one.id ?? '') || (!elsewhere.has(one.id ?? '') && controllerOf(one) === controllerOf(list))
    return id === undefined || !isOfNewest ? [] : [[id, one as MedicationStatement] as const]
  })
  return { list, version: identifierValue(MESSAGE_ID, list?.identifier) ?? '', lines: new Map(lines) }
}

/** The organisation that answers for a record. */
function controllerOf(resource: Resource | undefined): string | undefined {
  const { extension = [] } = (resource ?? {}) as List
  return extension.find(({ url }) => url === DATA_CONTROLLER)?.valueIdentifier?.value
}

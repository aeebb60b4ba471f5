/** Fetches the newest list of the open patient with its lines, and what a pharmacy proposes. Runs on the portal's server. */
import { identifierValue, MESSAGE_ID, PLL_ID, RESEPT_ID } from '@helsevev/clinical/e-prescription-fhir/systems'
import { MOST_LINES } from '@helsevev/clinical/medicines/sending-limits'
import { volven } from '@helsevev/clinical/systems'
import { instant } from '@helsevev/kernel/values/dates'
import { type Controller, controllerOf, controllersIn } from '@helsevev/panel/controllers.ts'
import { defineLoader, type Fetched, type PastApi, type PatientApi } from '@helsevev/panel/loader.ts'
import { placeless, without } from '@helsevev/panel/places.ts'
import { asOf, versionAt } from '@helsevev/panel/versions.ts'
import type { Bundle, CareTeam, CodeableConcept, Extension, List, MedicationStatement, PractitionerRole } from '@medplum/fhirtypes'
import { extensionsOf, LIST_CODE, partOf, standingWarnings } from '../fhir/systems.ts'
import { contradictionsIn, stepOf } from '../model/dosing.ts'
import { type Standing, standingOf, standsInOf } from '../model/standing.ts'
import { treatmentOfLine } from '../model/treatment.ts'
import type { Handled, MedicationListData, ShownLine, Stop, Use } from './panel-data.ts'

const SERVICE = 'medication-list'
/** Lines of the list, and what a pharmacy proposes. */
const COUNT = String(2 * MOST_LINES)

export const loader = defineLoader<MedicationListData>({
  service: SERVICE,
  fetch: async (api, now) => await fetchAt(api, now),
  fetchAt: async (api, at) => await fetchAt(api, at, { of: (bundle) => asOf(api, SERVICE, bundle, at), left: leftAt(api, at) }),
  withoutPlaces: (data) => ({
    ...without(data, 'multidose', 'proposedBy'),
    ...(data.list ? { list: placelessList(data.list) } : {}),
    lines: data.lines.map(withoutPlaces),
    proposed: data.proposed.map(withoutPlaces),
  }),
})

function placelessList(list: NonNullable<MedicationListData['list']>): NonNullable<MedicationListData['list']> {
  const handled = list.handled.map((one) => without(one, 'by', 'note'))
  return { ...without(list, 'by', 'place'), handled, notes: [], controller: placeless(list.controller) }
}

/** Who prescribes is mostly where the person lives; words of the sender may name a place. */
function withoutPlaces(line: ShownLine): ShownLine {
  const { stop, ...rest } = without(line, 'prescriber')
  return { ...rest, reasons: [], notes: [], controller: placeless(line.controller), ...(stop ? { stop: without(stop, 'by', 'note') } : {}) }
}

/** `of`: the records in their versions of an earlier moment. `left`: the lines that a list of that moment had, and the present has not. */
interface Versions {
  of(bundle: Bundle): Promise<Bundle>
  left(lists: Bundle, statements: Bundle): Promise<MedicationStatement[]>
}

const newest: Versions = { of: async (bundle) => bundle, left: async () => [] }

async function fetchAt(api: PatientApi, at: Date, versions = newest): Promise<Fetched<MedicationListData>> {
  const found = async (type: string, parameters = {}) =>
    await versions.of(await api.search(SERVICE, type, { _count: COUNT, ...parameters }))
  const [status, statements, lists, teams] = await Promise.all([
    api.operation(SERVICE, 'status'),
    found('MedicationStatement', { 'stands-in': 'M25.1,M25.2' }),
    found('List'),
    found('CareTeam', { status: 'active' }),
  ])
  const left = (await versions.left(lists, statements)).map((resource) => ({ resource }))
  const all: Bundle = left.length > 0 ? { ...statements, entry: [...(statements.entry ?? []), ...left] } : statements
  const data = dataOf([all, lists, teams], controllersIn(status), at)
  const isSome = data.list !== undefined || data.lines.length > 0 || data.proposed.length > 0
  return { data: isSome ? data : undefined, searched: [statements, lists, teams] }
}

/** A line that is no longer in the list is found by its address in the list of then. One that is not open is left out, and counted. */
function leftAt(api: PastApi, at: Date): Versions['left'] {
  return async (lists, { entry: known = [] }) => {
    const ids = new Set(known.map(({ resource }) => resource?.id))
    const named = (lists.entry ?? []).flatMap(({ resource }) => (resource?.resourceType === 'List' ? lineIdsOf(resource) : []))
    const gone = [...new Set(named)].filter((id) => !ids.has(id))
    const found = await Promise.all(
      gone.map(async (id) => {
        const history = await api.history(SERVICE, 'MedicationStatement', id).catch(notOpen)
        const version = history && versionAt(history, at)
        return version?.resourceType === 'MedicationStatement' ? [version] : []
      }),
    )
    return found.flat()
  }
}

/** A refused history opens nothing; a source that does not answer is a fault of the whole. */
function notOpen(error: unknown): undefined {
  if (error instanceof Error && 'kind' in error && error.kind === 'unavailable') throw error
  return undefined
}

/** Exported for tests. */
export function dataOf(bundles: readonly Bundle[], controllers: readonly Controller[], now: Date): MedicationListData {
  const resources = bundles.flatMap(({ entry = [] }) => entry.flatMap(({ resource }) => resource ?? []))
  const statements = resources.filter((one) => one.resourceType === 'MedicationStatement')
  const lists = resources.filter((one) => one.resourceType === 'List')
  const [list, other] = newestFirst(lists.filter((one) => isOfCode(one, LIST_CODE.code)))
  const [proposal] = newestFirst(lists.filter((one) => isOfCode(one, 'M25.2')))
  const isOpen = proposal && (!list || timeOf(proposal) > timeOf(list))
  const own = membersOf(list, statements, undefined)
  const known = new Set(own.map(pllIdOf))
  const proposed = isOpen ? membersOf(proposal, statements, 'M25.2').filter((one) => !known.has(pllIdOf(one))) : []
  const proposer = isOpen && proposed.length > 0 ? senderOf(proposal) : undefined
  const multidose = multidoseIn(resources.filter((one) => one.resourceType === 'CareTeam'))
  return {
    ...(list ? { list: shownList(list, controllers) } : {}),
    ...(other?.date === undefined ? {} : { otherList: other.date }),
    lines: own.map((one) => shownLine(one, controllers, now)).sort(inOrder),
    proposed: proposed.map((one) => shownLine(one, controllers, now)).sort(inOrder),
    ...(proposer === undefined ? {} : { proposedBy: proposer }),
    ...(multidose ? { multidose } : {}),
    missing: list ? new Set(lineIdsOf(list)).size - own.length : 0,
    more: bundles.some(({ link }) => link?.some(({ relation }) => relation === 'next')),
  }
}

function isOfCode({ code }: List, value: string): boolean {
  return code?.coding?.some((coding) => coding.code === value) ?? false
}

function timeOf({ date }: List): number {
  return instant(date ?? '')?.getTime() ?? 0
}

function newestFirst(lists: List[]): List[] {
  return lists.sort((one, other) => timeOf(other) - timeOf(one) || ((one.id ?? '') < (other.id ?? '') ? -1 : 1))
}

function pllIdOf({ identifier }: MedicationStatement): string {
  return identifierValue(PLL_ID, identifier) ?? ''
}

function lineIdsOf({ entry = [] }: List): string[] {
  return entry.flatMap(({ item }) => item.reference?.split('/').at(-1) ?? [])
}

/** The lines that a list names; without a list, those that can be read of its kind. */
function membersOf(
  list: List | undefined,
  statements: readonly MedicationStatement[],
  standsIn: string | undefined,
): MedicationStatement[] {
  const kind = statements.filter((one) => standsInOf(one) === standsIn)
  if (!list) return kind
  const named = new Set(lineIdsOf(list))
  return kind.filter(({ id }) => id !== undefined && named.has(id))
}

function senderRoleOf({ contained = [] }: List): PractitionerRole | undefined {
  return contained.find((one): one is PractitionerRole => one.resourceType === 'PractitionerRole' && one.id === 'sender')
}

function senderOf(list: List): string | undefined {
  const role = senderRoleOf(list)
  return [role?.practitioner?.display, role?.organization?.display].filter(Boolean).join(', ') || undefined
}

function shownList(list: List, controllers: readonly Controller[]): NonNullable<MedicationListData['list']> {
  const optional = { by: senderOf(list), place: senderRoleOf(list)?.organization?.display, reported: list.meta?.lastUpdated }
  return {
    id: identifierValue(MESSAGE_ID, list.identifier) ?? '',
    made: list.date ?? '',
    ...present(optional),
    handled: standingWarnings(list).map(handledOf),
    notes: (list.note ?? []).flatMap(({ text }) => text ?? []),
    isEmpty: list.emptyReason !== undefined,
    controller: controllerOf(list, controllers),
  }
}

function handledOf(warning: Extension): Handled {
  const named = (name: string) => partOf(warning, name)?.valueReference?.display
  return {
    lines: (warning.extension ?? []).flatMap(({ url, valueIdentifier }) => (url === 'line' ? (valueIdentifier?.value ?? []) : [])),
    ...present({
      time: partOf(warning, 'time')?.valueDateTime,
      by: [named('author'), named('author-organization')].filter(Boolean).join(', ') || undefined,
      note: partOf(warning, 'note')?.valueString,
    }),
  }
}

function multidoseIn(teams: readonly CareTeam[]): MedicationListData['multidose'] {
  const participants = teams.flatMap(({ participant = [] }) => participant)
  const inRole = (role: string) => {
    const one = participants.find((each) => each.role?.some(({ coding }) => coding?.some(({ code }) => code === role)))
    return [one?.member?.display, one?.onBehalfOf?.display].filter(Boolean).join(', ') || undefined
  }
  const [doctor, pharmacy] = [inRole('M'), inRole('A')]
  if (doctor === undefined && pharmacy === undefined) return undefined
  return { ...(doctor === undefined ? {} : { doctor }), ...(pharmacy === undefined ? {} : { pharmacy }) }
}

const uses: Readonly<Record<string, Use>> = { 1: 'regular', 2: 'course', 3: 'as-needed' }

function shownLine(one: MedicationStatement, controllers: readonly Controller[], now: Date): ShownLine {
  const { dosage = [], note = [], reasonCode = [], basedOn = [], effectivePeriod } = one
  const stop = stopOf(one)
  const use = one.category?.coding?.find(({ system }) => system === volven(9101))?.code
  const end = effectivePeriod?.end !== undefined && effectivePeriod.end !== stop?.time ? effectivePeriod.end : undefined
  const [words = {}] = dosage
  return {
    id: pllIdOf(one),
    use: (use === undefined ? undefined : uses[use]) ?? 'other',
    standing: standingOf(one, now),
    steps: dosage.flatMap(stepOf),
    prescriptions: basedOn.flatMap(({ identifier }) => (identifier?.system === RESEPT_ID ? (identifier.value ?? []) : [])),
    treatment: treatmentOfLine(one, now),
    contradictions: contradictionsIn(dosage),
    reasons: extensionsOf(one, 'medicalChange').flatMap(reasonsOf),
    notes: note.flatMap(({ text }) => text ?? []),
    controller: controllerOf(one, controllers),
    ...present({
      drug: drugOf(one),
      dose: dosage.find(({ text }) => text !== undefined)?.text,
      label: words.patientInstruction,
      area: reasonCode[0]?.text,
      start: effectivePeriod?.start,
      end,
      stop,
      prescriber: registeredBy(one, 'R'),
      validUntil: partOf(extensionsOf(one, 'amendment')[0], 'expirationdate')?.valueDate,
      changed: one.dateAsserted,
      reported: one.meta?.lastUpdated,
    }),
  }
}

function reasonsOf(change: Extension): string[] {
  const codes = (change.extension ?? []).flatMap(({ url, valueCodeableConcept }) =>
    url === 'code' ? (wordsOf(valueCodeableConcept) ?? []) : [],
  )
  const words = [...codes, partOf(change, 'note')?.valueString].filter(Boolean).join(': ')
  return words === '' ? [] : [words]
}

type Present<T> = { [K in keyof T]?: Exclude<T[K], undefined> }

function present<T extends object>(optional: T): Present<T> {
  return Object.fromEntries(Object.entries(optional).filter(([, value]) => value !== undefined)) as Present<T>
}

/** As the sender writes it. */
function drugOf(one: MedicationStatement): string | undefined {
  const medication = one.contained?.find((each) => each.resourceType === 'Medication')
  return medication ? wordsOf(medication.code) : wordsOf(one.medicationCodeableConcept)
}

function wordsOf(concept: CodeableConcept | undefined): string | undefined {
  return concept?.text ?? concept?.coding?.find(({ display }) => display !== undefined)?.display
}

/** Who has a role of 7490 to the line. */
function registeredBy(one: MedicationStatement, role: string): string | undefined {
  const isOf = (type: Extension | undefined) =>
    type?.valueCodeableConcept?.coding?.some(({ code, system }) => system === volven(7490) && code === role)
  const found = extensionsOf(one, 'registered').find((each) => isOf(partOf(each, 'type')))
  return partOf(found, 'provider')?.valueReference?.display
}

function stopOf(one: MedicationStatement): Stop | undefined {
  const [stop] = extensionsOf(one, 'discontinuation')
  if (!stop) return undefined
  return present({
    time: partOf(stop, 'timedate')?.valueDateTime,
    reason: partOf(stop, 'reason')?.valueCodeableConcept?.coding?.[0]?.code,
    note: partOf(stop, 'note')?.valueString,
    by: registeredBy(one, 'S'),
  })
}

const standings: Readonly<Record<Standing, number>> = { 'in-use': 0, 'not-started': 1, over: 2, stopped: 3 }
const order: Readonly<Record<Use, number>> = { regular: 0, 'as-needed': 1, course: 2, other: 3 }

/** What is taken now first; of what has ended, the latest first. */
function inOrder(one: ShownLine, other: ShownLine): number {
  const ended = ({ stop, end }: ShownLine) => instant(stop?.time ?? end ?? '')?.getTime() ?? 0
  const isEnded = one.standing === 'stopped' || one.standing === 'over'
  return (
    standings[one.standing] - standings[other.standing] ||
    (isEnded ? ended(other) - ended(one) : order[one.use] - order[other.use]) ||
    (one.drug ?? '').localeCompare(other.drug ?? '', 'nb') ||
    (one.id < other.id ? -1 : 1)
  )
}

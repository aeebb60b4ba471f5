/** Fetches the newest list of the open patient with its lines, and what a pharmacy proposes. Runs on the portal's server. */
import { identifierValue, PLL_ID } from '@helsevev/clinical/e-prescription-fhir/systems'
import { volven } from '@helsevev/clinical/systems'
import { instant } from '@helsevev/kernel/values/dates'
import { decimalText } from '@helsevev/kernel/values/json'
import { type Controller, controllerOf, controllersIn } from '@helsevev/panel/controllers.ts'
import { defineLoader, type Fetched, type PatientApi } from '@helsevev/panel/loader.ts'
import { placeless, without } from '@helsevev/panel/places.ts'
import { asOf } from '@helsevev/panel/versions.ts'
import type { Bundle, CareTeam, CodeableConcept, Dosage, Extension, List, MedicationStatement, PractitionerRole } from '@medplum/fhirtypes'
import { extensionsOf, LIST_CODE, partOf } from '../fhir/systems.ts'
import { type Standing, standingOf, standsInOf } from '../model/standing.ts'
import type { MedicationListData, ShownLine, Step, Stop, Use } from './panel-data.ts'

const SERVICE = 'medication-list'
const COUNT = '200'

export const loader = defineLoader<MedicationListData>({
  service: SERVICE,
  fetch: async (api, now) => await fetchAt(api, now),
  fetchAt: async (api, at) => await fetchAt(api, at, (bundle) => asOf(api, SERVICE, bundle, at)),
  withoutPlaces: (data) => ({
    ...without(data, 'multidose', 'proposedBy'),
    ...(data.list ? { list: { ...without(data.list, 'by'), notes: [], controller: placeless(data.list.controller) } } : {}),
    lines: data.lines.map(withoutPlaces),
    proposed: data.proposed.map(withoutPlaces),
  }),
})

/** Who prescribes is mostly where the person lives; words of the sender may name a place. */
function withoutPlaces(line: ShownLine): ShownLine {
  const { stop, ...rest } = without(line, 'prescriber')
  return { ...rest, notes: [], controller: placeless(line.controller), ...(stop ? { stop: without(stop, 'by', 'note') } : {}) }
}

/** `versions` finds the records of an earlier moment. */
async function fetchAt(
  api: PatientApi,
  at: Date,
  versions: (bundle: Bundle) => Promise<Bundle> = async (bundle) => bundle,
): Promise<Fetched<MedicationListData>> {
  const found = async (type: string, parameters = {}) => await versions(await api.search(SERVICE, type, { _count: COUNT, ...parameters }))
  const [status, statements, ...others] = await Promise.all([
    api.operation(SERVICE, 'status'),
    found('MedicationStatement', { 'stands-in': 'M25.1,M25.2' }),
    found('List'),
    found('CareTeam', { status: 'active' }),
  ])
  const data = dataOf([statements, ...others], controllersIn(status), at)
  const isSome = data.list !== undefined || data.lines.length > 0 || data.proposed.length > 0
  return { data: isSome ? data : undefined, searched: [statements, ...others] }
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

/** The lines that a list names; without a list, those that can be read of its kind. */
function membersOf(
  list: List | undefined,
  statements: readonly MedicationStatement[],
  standsIn: string | undefined,
): MedicationStatement[] {
  const kind = statements.filter((one) => standsInOf(one) === standsIn)
  if (!list) return kind
  const named = new Set((list.entry ?? []).map(({ item }) => item.reference?.split('/').at(-1)))
  return kind.filter(({ id }) => id !== undefined && named.has(id))
}

function senderOf({ contained = [] }: List): string | undefined {
  const role = contained.find((one): one is PractitionerRole => one.resourceType === 'PractitionerRole' && one.id === 'sender')
  return [role?.practitioner?.display, role?.organization?.display].filter(Boolean).join(', ') || undefined
}

function shownList(list: List, controllers: readonly Controller[]): NonNullable<MedicationListData['list']> {
  const by = senderOf(list)
  return {
    made: list.date ?? '',
    ...(by === undefined ? {} : { by }),
    notes: (list.note ?? []).flatMap(({ text }) => text ?? []),
    isEmpty: (list.entry ?? []).length === 0,
    controller: controllerOf(list, controllers),
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
    hasPrescription: basedOn.length > 0,
    contradictions: dosage.flatMap((each) => extensionsOf(each, 'contradiction').flatMap(({ valueString }) => valueString ?? [])),
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

/** A part with days of its own. The words say what is taken every day. */
function stepOf({ timing, doseAndRate = [] }: Dosage): Step[] {
  const { boundsPeriod, when = [], timeOfDay = [] } = timing?.repeat ?? {}
  if (boundsPeriod === undefined) return []
  const quantity = doseAndRate[0]?.doseQuantity
  const value = quantity && decimalText(quantity, 'value')
  return [
    {
      when: [...when, ...timeOfDay.map((time) => time.slice(0, 5))],
      ...present({
        amount: value === undefined ? undefined : { value, unit: quantity?.unit ?? '' },
        from: boundsPeriod.start,
        until: boundsPeriod.end,
      }),
    },
  ]
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

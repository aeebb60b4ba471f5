/**
 * Fetches the prescriptions of the open patient with what was dispensed and recalled, and puts together what is about one prescription, no
 * matter who sent it. Runs on the portal's server.
 */
import { comparedPrescription, earliestFirst, stateAt, statePart } from '@helsevev/clinical/e-prescription-fhir/drug-codes'
import { identifierValue, M10_ID, MESSAGE_ID, RESEPT_ID } from '@helsevev/clinical/e-prescription-fhir/systems'
import { volven } from '@helsevev/clinical/systems'
import { period } from '@helsevev/kernel/values/dates'
import { decimalText } from '@helsevev/kernel/values/json'
import { type Controller, controllerOf, controllersIn } from '@helsevev/panel/controllers.ts'
import { defineLoader } from '@helsevev/panel/loader.ts'
import { placeless, without } from '@helsevev/panel/places.ts'
import type {
  Bundle,
  CodeableConcept,
  Communication,
  MedicationDispense,
  MedicationRequest,
  PractitionerRole,
  Quantity,
  Resource,
  Task,
} from '@medplum/fhirtypes'
import { extensionOf } from '../fhir/systems.ts'
import { withdrawalReasons } from '../messages/recall.ts'
import { kindOf } from '../model/facts.ts'
import { endOf, standingOf } from './ending.ts'
import type { Amount, EPrescriptionsData, RecallStanding, ShownDispensing, ShownPrescription, ShownRecall, State } from './panel-data.ts'

const SERVICE = 'e-prescriptions'
const COUNT = '100'
const PACKAGE = 'pakning'

export const loader = defineLoader<EPrescriptionsData>({
  service: SERVICE,
  async fetch(api, now) {
    const found = async (type: string, parameters = {}) => await api.search(SERVICE, type, { _count: COUNT, ...parameters })
    const [status, prescriptions, ...others] = await Promise.all([
      api.operation(SERVICE, 'status'),
      found('MedicationRequest'),
      found('MedicationDispense'),
      found('Task', { code: 'recall' }),
      found('Communication', { category: 'M7,M9.6' }),
    ])
    const data = dataOf([prescriptions, ...others], controllersIn(status), now)
    const isSome = data.prescriptions.length > 0 || data.lockedExist !== undefined
    return { data: isSome ? data : undefined, searched: [prescriptions, ...others] }
  },
  withoutPlaces: ({ prescriptions, ...rest }) => ({ ...rest, prescriptions: prescriptions.map(withoutPlaces) }),
})

/** Who prescribes and the pharmacy are mostly where the person lives; words of the sender may name a place. */
function withoutPlaces(one: ShownPrescription): ShownPrescription {
  const [first, ...others] = one.controllers
  return {
    ...without(one, 'prescriber'),
    notes: [],
    controllers: [placeless(first), ...others.map(placeless)],
    dispensings: one.dispensings.map((each) => ({ ...without(each, 'pharmacy'), controller: placeless(each.controller) })),
    recalls: one.recalls.map((each) => ({ ...without(each, 'by'), notes: [], controller: placeless(each.controller) })),
  }
}

/** All that is about one prescription. */
interface About {
  prescriptions: MedicationRequest[]
  dispensings: MedicationDispense[]
  recalls: Task[]
  statements: Communication[]
}

/** Exported for tests. */
export function dataOf(bundles: readonly Bundle[], controllers: readonly Controller[], now: Date): EPrescriptionsData {
  const resources = bundles.flatMap(({ entry = [] }) => entry.flatMap(({ resource }) => resource ?? []))
  const byNumber = Map.groupBy(resources, numberOf)
  const shown = [...byNumber].flatMap(([number, records]) =>
    number === undefined ? [] : shownPrescription(number, aboutOf(records), controllers, now),
  )
  const lockedExist = lockedStatedIn(resources)
  const [answer] = answersIn(resources)
  return {
    prescriptions: shown.sort(openFirst),
    ...(answer?.sent === undefined ? {} : { asked: answer.sent }),
    ...(lockedExist === undefined ? {} : { lockedExist }),
    more: bundles.some(({ link }) => link?.some(({ relation }) => relation === 'next')),
  }
}

/** ReseptId of the prescription that a record is about. Exported for tests. */
export function numberOf(resource: Resource): string | undefined {
  if (resource.resourceType === 'MedicationRequest') return identifierValue(RESEPT_ID, resource.identifier)
  if (resource.resourceType === 'MedicationDispense')
    return identifierValue(
      RESEPT_ID,
      resource.authorizingPrescription?.map(({ identifier }) => identifier),
    )
  if (resource.resourceType === 'Task') return identifierValue(RESEPT_ID, [resource.focus?.identifier])
  if (resource.resourceType !== 'Communication') return undefined
  return identifierValue(
    RESEPT_ID,
    resource.about?.map(({ identifier }) => identifier),
  )
}

function aboutOf(records: readonly Resource[]): About {
  return {
    prescriptions: records.filter((one) => one.resourceType === 'MedicationRequest'),
    dispensings: records.filter((one) => one.resourceType === 'MedicationDispense'),
    recalls: records.filter((one) => one.resourceType === 'Task'),
    statements: records.filter((one) => one.resourceType === 'Communication'),
  }
}

/** The answers of Reseptformidleren about the person, the latest first. */
function answersIn(resources: readonly Resource[]): Communication[] {
  return resources
    .flatMap((one) => (one.resourceType === 'Communication' && kindOf(one) === 'M9.6' ? [one] : []))
    .sort(byTime(({ sent }) => sent))
}

/** The latest answer of Reseptformidleren about the person, where it says that there are locked prescriptions. */
function lockedStatedIn(resources: readonly Resource[]): string | undefined {
  const latest = answersIn(resources).find((one) => extensionOf(one, 'lockedExist'))
  return latest && extensionOf(latest, 'lockedExist')?.valueBoolean ? latest.sent : undefined
}

function shownPrescription(number: string, about: About, controllers: readonly Controller[], now: Date): ShownPrescription[] {
  // The earliest to come stands for those that say the same.
  const [first] = earliestFirst(about.prescriptions)
  const dispensings = dispensingsOf(about.dispensings, controllers)
  const recalls = recallsOf(about.recalls, controllers)
  if (!first && dispensings.length === 0 && recalls.length === 0) return []
  const drug = first ? drugOf(first) : about.dispensings.map(drugOf).find((one) => one !== undefined)
  const validUntil = first?.dispenseRequest?.validityPeriod?.end
  const compared = comparedPrescription(about.prescriptions, now)
  const state = (first ? stateAt(first, now) : 'unknown') as State
  const sources = first ? about.prescriptions : [...about.dispensings, ...about.recalls]
  const ends = endOf({ state, dispensings, recalls, ...present({ validUntil }) }, firstStated(about.statements, state))
  const reported = [...about.prescriptions, ...about.dispensings, ...about.recalls].map(lastUpdated).sort().at(-1)
  return [
    {
      number,
      ...(drug === undefined ? {} : { drug }),
      codes: compared?.codes ?? {},
      state,
      standing: standingOf(state),
      isLocked: [...about.prescriptions, ...about.dispensings].some((one) => extensionOf(one, 'locked')?.valueBoolean),
      ...(first ? contentOf(first) : { contradictions: [], notes: [] }),
      ...present({ use: compared?.use, previous: compared?.previous, next: compared?.next }),
      dispensings: dispensings.map(({ drug: handedOut, ...one }) =>
        handedOut === undefined || handedOut === drug ? one : { ...one, drug: handedOut },
      ),
      recalls,
      ...(ends === undefined ? {} : { ends }),
      ...(reported === undefined ? {} : { reported }),
      controllers: distinct(sources.map((one) => controllerOf(one, controllers))),
    },
  ]
}

/** When Reseptformidleren first stated this state. An M7 says that it has deleted it. */
function firstStated(statements: readonly Communication[], state: State): string | undefined {
  const saying = statements.filter((one) =>
    kindOf(one) === 'M7' ? state === 'T' : extensionOf(one, 'statedState')?.valueCodeableConcept?.coding?.[0]?.code === state,
  )
  return saying.toSorted(byTime(({ sent }) => sent)).at(-1)?.sent
}

function distinct(controllers: readonly Controller[]): [Controller, ...Controller[]] {
  const [first = { organization: '', name: '' }, ...others] = new Map(controllers.map((one) => [one.organization, one])).values()
  return [first, ...others]
}

type Content = Omit<
  ShownPrescription,
  | 'number'
  | 'use'
  | 'previous'
  | 'next'
  | 'drug'
  | 'codes'
  | 'state'
  | 'standing'
  | 'isLocked'
  | 'dispensings'
  | 'recalls'
  | 'ends'
  | 'reported'
  | 'controllers'
>

function contentOf(one: MedicationRequest): Content {
  const { authoredOn, dispenseRequest, dosageInstruction = [], note = [] } = one
  const words = dosageInstruction[0] ?? {}
  const { start, end } = dispenseRequest?.validityPeriod ?? {}
  const dose = dosageInstruction.find(({ text }) => text !== undefined)?.text
  const optional = {
    dose,
    label: words.patientInstruction,
    area: extensionOf(words, 'applicationArea')?.valueString,
    authored: authoredOn,
    prescriber: senderIn(one),
    earliest: start !== undefined && start.slice(0, 10) !== authoredOn?.slice(0, 10) ? start : undefined,
    validUntil: end,
    amount: amountOf(dispenseRequest?.quantity),
    ...stateContent(one),
  }
  return {
    contradictions: dosageInstruction.flatMap(({ extension = [] }) =>
      extension.flatMap((each) => (each === extensionOf({ extension: [each] }, 'contradiction') ? (each.valueString ?? []) : [])),
    ),
    notes: note.flatMap(({ text }) => text ?? []),
    ...present(optional),
  }
}

function stateContent(one: MedicationRequest) {
  const part = (name: string) => statePart(one, name)
  const standing = part('recall')?.valueCode as RecallStanding | undefined
  const [packages, dispensings] = [part('packages-left')?.valueDecimal, part('dispensings-left')?.valueInteger]
  const left = packages === undefined ? (dispensings === undefined ? undefined : { dispensings }) : { packages }
  const more = { reason: part('recall-reason')?.valueCoding?.code, newNumber: part('new-prescription')?.valueIdentifier?.value }
  return { recall: standing && { standing, ...present(more) }, allowed: part('allowed')?.valueInteger, left }
}

type Present<T> = { [K in keyof T]?: Exclude<T[K], undefined> }

function present<T extends object>(optional: T): Present<T> {
  return Object.fromEntries(Object.entries(optional).filter(([, value]) => value !== undefined)) as Present<T>
}

/** The practitioner and where, as the sender writes them. */
function senderIn({ contained = [] }: MedicationRequest | Task): string | undefined {
  const role = contained.find((one): one is PractitionerRole => one.resourceType === 'PractitionerRole')
  return [role?.practitioner?.display, role?.organization?.display].filter(Boolean).join(', ') || undefined
}

/** What it is, as the sender writes it; undefined where it is locked. */
function drugOf(one: MedicationRequest | MedicationDispense): string | undefined {
  if (extensionOf(one, 'locked')?.valueBoolean) return undefined
  const medication = one.contained?.find((each) => each.resourceType === 'Medication')
  return medication ? wordsOf(medication.code) : wordsOf(one.medicationCodeableConcept)
}

function wordsOf(concept: CodeableConcept | undefined): string | undefined {
  return concept?.text ?? concept?.coding?.find(({ display }) => display !== undefined)?.display
}

function amountOf(quantity: Quantity | undefined): Amount | undefined {
  const written = quantity && decimalText(quantity, 'value')
  if (quantity === undefined || written === undefined) return undefined
  if (quantity.unit === PACKAGE) return { value: String(Number(written)) }
  return quantity.unit === undefined ? { value: written, unit: '' } : { value: written, unit: quantity.unit }
}

/** M10, M6 and M8 of one dispensing are one. */
function dispensingsOf(records: readonly MedicationDispense[], controllers: readonly Controller[]): ShownDispensing[] {
  const byId = Map.groupBy(records, (one) => identifierValue(M10_ID, one.identifier) ?? identifierValue(MESSAGE_ID, one.identifier) ?? '')
  const shown = [...byId].flatMap(([id, [one]]): ShownDispensing[] => {
    if (!one) return []
    const optional = {
      pharmacy: one.performer?.find(({ actor }) => actor.display !== undefined)?.actor.display,
      drug: drugOf(one),
      amount: amountOf(one.quantity),
    }
    const isCancelled = one.status === 'entered-in-error'
    return [{ id, time: one.whenHandedOver ?? '', ...present(optional), isCancelled, controller: controllerOf(one, controllers) }]
  })
  return shown.sort(byTime(({ time }) => time))
}

function recallsOf(records: readonly Task[], controllers: readonly Controller[]): ShownRecall[] {
  const byId = new Map(records.map((one) => [identifierValue(MESSAGE_ID, one.identifier) ?? '', one]))
  const shown = [...byId].map(([id, one]): ShownRecall => {
    const optional = {
      withdrawn: withdrawnAs(one),
      by: senderIn(one),
      reason: one.reasonCode?.coding?.find(({ system }) => system === volven(7500))?.code,
      // A receipt stands there too: it says that the message came.
      answer: one.output?.find(({ type }) => type.text === 'M5.2')?.valueCodeableConcept?.coding?.[0]?.code,
    }
    const notes = (one.note ?? []).flatMap(({ text }) => text ?? [])
    return { id, time: one.authoredOn ?? '', ...present(optional), notes, controller: controllerOf(one, controllers) }
  })
  return shown.sort(byTime(({ time }) => time))
}

function withdrawnAs({ status, statusReason }: Task): ShownRecall['withdrawn'] {
  if (status !== 'cancelled') return undefined
  return withdrawalReasons.find((reason) => reason === statusReason?.coding?.[0]?.code) ?? 'other'
}

function lastUpdated({ meta }: Resource): string {
  return meta?.lastUpdated ?? ''
}

/** The newest first. */
function byTime<T>(timeOf: (one: T) => string | undefined): (one: T, other: T) => number {
  const at = (one: T) => period(timeOf(one) ?? '')?.start.getTime() ?? 0
  return (one, other) => at(other) - at(one)
}

const order = { open: 0, unclear: 1, ended: 2 } as const

function openFirst(one: ShownPrescription, other: ShownPrescription): number {
  const time = (each: ShownPrescription) => each.authored ?? each.dispensings[0]?.time ?? each.recalls[0]?.time
  return order[one.standing] - order[other.standing] || byTime(time)(one, other) || (one.number < other.number ? -1 : 1)
}

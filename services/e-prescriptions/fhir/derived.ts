/**
 * What the messages of others make of a record, no matter who sent them and in which order they came (docs/decisions/0080). Each function
 * begins from what was sent: what it made before is no input.
 */

import { identifierOf, identifierValue, M10_ID, MESSAGE_ID, RESEPT_ID } from '@helsevev/clinical/e-prescription-fhir/systems'
import { fhirStateOf, type PrescriptionState, prescriptionState } from '@helsevev/clinical/medicines/prescription-state'
import { volven } from '@helsevev/clinical/systems'
import { BLOCKED_AGAINST_STAFF, RELEASE_SYSTEM } from '@helsevev/kernel/codes/release-codes'
import type {
  CodeableConcept,
  Coding,
  Communication,
  Extension,
  MedicationDispense,
  MedicationRequest,
  Meta,
  Resource,
  Task,
} from '@medplum/fhirtypes'
import { HIDDEN_FROM_REPRESENTATIVES, MASKED } from '../messages/prescription.ts'
import { answeredBy, cancelledBy, factsOf, isWithdrawn, kindOf, timeOf, withdrawnIn } from '../model/facts.ts'
import { extensionOf, extensionUrls, LOCAL_STATE, STATUS_REASON } from './systems.ts'

const HIDDEN_FROM_STAFF = { system: RELEASE_SYSTEM, code: BLOCKED_AGAINST_STAFF }

type Dependent = MedicationDispense | Task | Communication

/** The prescription as it was sent. */
export function unstampedPrescription({ statusReason: _reason, priorPrescription: _prior, ...sent }: MedicationRequest): MedicationRequest {
  const extension = (sent.extension ?? []).filter(({ url }) => url !== extensionUrls.state)
  return { ...sent, extension, status: 'active' }
}

/** The record as it was sent, except that a mask stays. */
export function unstamped<R extends Dependent>(resource: R): R {
  const status = resource.resourceType === 'Task' ? 'requested' : 'completed'
  const { output: _output, statusReason: _reason, ...sent } = resource as R & { output?: unknown; statusReason?: unknown }
  return { ...withLabels(sent as R, []), status } as R
}

/** `now`: the clock, or the latest message where that is later, so that no message waits for its own time. */
function stateOf(records: readonly Resource[], now: Date): PrescriptionState {
  const facts = factsOf(records)
  return prescriptionState(facts, new Date(Math.max(now.getTime(), ...facts.map(({ at }) => at.getTime()))))
}

export function completedPrescription(resource: MedicationRequest, all: readonly Resource[], now: Date): MedicationRequest {
  const sent = unstampedPrescription(resource)
  const others = all.filter((one) => !isRecallOfAnother(one, identifierValue(RESEPT_ID, sent.identifier)))
  const records = [sent, ...others]
  const state = stateOf(records, now)
  const { status, statusReason } = fhirStateOf(state)
  const reason: Coding | undefined = statusReason
    ? { system: STATUS_REASON, code: statusReason }
    : state.state === 'T' && state.recall?.reason
      ? { system: volven(7500), code: state.recall.reason }
      : undefined
  const previous = previousOf(sent, all)
  return {
    ...sent,
    status,
    ...(reason ? { statusReason: { coding: [reason] } } : {}),
    ...(previous === undefined ? {} : { priorPrescription: { identifier: identifierOf(RESEPT_ID, previous) } }),
    extension: [...(sent.extension ?? []), { url: extensionUrls.state, extension: stateParts(sent, state, others) }],
  }
}

function stateParts(sent: MedicationRequest, state: PrescriptionState, others: readonly Resource[]): Extension[] {
  const { recall, dispensings, cancelled, allowed } = state
  const isLocal = state.state === 'M1Pending' || state.state === 'M1Failed'
  const valueCoding = isLocal ? { system: LOCAL_STATE, code: state.state } : { system: volven(7408), code: state.state }
  const m10 = (url: string) => (id: string) => ({ url, valueIdentifier: identifierOf(M10_ID, id) })
  const left = leftOf(sent, state, others)
  return [
    state.state === 'unknown' ? { url: 'state', valueCode: 'unknown' } : { url: 'state', valueCoding },
    ...(recall ? [{ url: 'recall', valueCode: recall.standing }] : []),
    ...(recall?.reason ? [{ url: 'recall-reason', valueCoding: { system: volven(7500), code: recall.reason } }] : []),
    ...(recall?.newPrescriptionId === undefined
      ? []
      : [{ url: 'new-prescription', valueIdentifier: identifierOf(RESEPT_ID, recall.newPrescriptionId) }]),
    ...dispensings.map(m10('dispensing')),
    ...cancelled.map(m10('cancelled-dispensing')),
    ...(allowed === undefined ? [] : [{ url: 'allowed', valueInteger: allowed }]),
    ...left,
  ]
}

/** What is left: dispensings, and packages where every dispensing states them. */
function leftOf({ dispenseRequest }: MedicationRequest, { dispensings, allowed }: PrescriptionState, others: readonly Resource[]) {
  if (allowed === undefined) return []
  const each = dispenseRequest?.quantity?.unit === 'pakning' ? dispenseRequest.quantity.value : undefined
  const standing = new Set(dispensings)
  // M10, M6 and M8 of one dispensing: the earliest counts, whatever order they came in.
  const reports = factsOf(others).flatMap((fact) => (fact.kind === 'dispensing' && standing.has(fact.id) ? [fact] : []))
  const ordered = reports
    .map((fact) => ({ fact, order: `${fact.at.toISOString()} ${String(fact.packages ?? '')}` }))
    .sort((one, other) => (one.order < other.order ? 1 : -1))
  const facts = new Map(ordered.map(({ fact }) => [fact.id, fact]))
  const packages = [...facts.values()].flatMap((fact) => fact.packages ?? [])
  if (each === undefined || packages.length < standing.size)
    return [{ url: 'dispensings-left', valueInteger: Math.max(0, allowed - standing.size) }]
  // Thousandths: a sum of parts such as 0.1 is exact.
  const used = packages.reduce((sum, one) => sum + Math.round(one * 1000), 0)
  return [{ url: 'packages-left', valueDecimal: Math.max(0, Math.round(each * allowed * 1000) - used) / 1000 }]
}

/** A recall that names this prescription as the one that renews another: it says nothing of the state of this one. */
function isRecallOfAnother(one: Resource, number: string | undefined): one is Task {
  return one.resourceType === 'Task' && one.focus?.identifier?.value !== number
}

/**
 * The prescription that this one renews. Reseptformidleren is the register: ForrigeReseptId of its latest statement counts first. After it,
 * the latest recall that names this one (NyReseptId), and last what the M1 itself refers to.
 */
function previousOf(sent: MedicationRequest, all: readonly Resource[]): string | undefined {
  const own = identifierValue(RESEPT_ID, sent.identifier)
  const latest = (found: readonly { value: string; at: number }[]) =>
    found.toSorted((a, b) => a.at - b.at || (a.value < b.value ? -1 : 1)).at(-1)?.value
  const named = (resources: readonly Resource[], numberIn: (one: Resource) => string | undefined) =>
    latest(
      resources.flatMap((one) => {
        const value = numberIn(one)
        return value === undefined || value === own ? [] : [{ value, at: timeOf(one)?.getTime() ?? 0 }]
      }),
    )
  const stated = named(all, (one) =>
    one.resourceType === 'Communication' ? extensionOf(one, 'previousPrescription')?.valueIdentifier?.value : undefined,
  )
  const recalled = named(all, (one) => (isRecallOfAnother(one, own) && isRenewedBy(one, own) ? one.focus?.identifier?.value : undefined))
  return stated ?? recalled ?? named([sent], () => extensionOf(sent, 'previousPrescription')?.valueIdentifier?.value)
}

function isRenewedBy({ input = [] }: Task, number: string | undefined): boolean {
  return number !== undefined && input.some(({ valueIdentifier }) => valueIdentifier?.value === number)
}

/** A dispensing that was cancelled is entered in error. */
export function completedDispensing(resource: MedicationDispense, others: readonly Resource[]): MedicationDispense {
  const sent = withReservations(unstamped(resource), others)
  const id = identifierValue(M10_ID, sent.identifier)
  const isCancelled = others.some((one) => one.resourceType === 'Communication' && id !== undefined && cancelledBy(one) === id)
  return isCancelled ? { ...sent, status: 'entered-in-error' } : sent
}

/**
 * A recall with its answer: 7503 1 recalled, 2 under dispensing and recalled when that ends. M7 says that it is done. A receipt says that
 * the message came, or that it was refused: an answer counts above it.
 */
export function completedRecall(resource: Task, all: readonly Resource[]): Task {
  // Those about the prescription that renews this one are not about this recall.
  const others = all.filter((one) => numbersOf(one).includes(resource.focus?.identifier?.value))
  const sent = withReservations(unstamped(resource), others)
  const own = identifierValue(MESSAGE_ID, sent.identifier)
  const recalls = [sent, ...others].flatMap((one) => {
    const at = timeOf(one)
    const id = one.resourceType === 'Task' ? identifierValue(MESSAGE_ID, one.identifier) : undefined
    return id === undefined || !at ? [] : [{ id, at }]
  })
  const communications = others.filter((one) => one.resourceType === 'Communication')
  const answers = communications
    .filter((one) => kindOf(one) === 'M5.2' && answeredBy(one, recalls) === own)
    .sort((a, b) => (timeOf(a)?.getTime() ?? 0) - (timeOf(b)?.getTime() ?? 0) || (key(a) < key(b) ? -1 : 1))
  const answer = answers.map((one) => extensionOf(one, 'answer')?.valueCodeableConcept).findLast((one) => one !== undefined)
  const isDeleted = communications.some((one) => kindOf(one) === 'M7' && isAnswerTo(one, own))
  const code = answer?.coding?.[0]?.code
  const receipt = receiptTo(own, communications)
  const isRefused = receipt?.coding?.[0]?.code === '2' && !answer
  const withdrawn = withdrawnIn(communications)
  if (isWithdrawn(sent, withdrawn) && !answer && !isDeleted) {
    const [reason] = withdrawn.get(own ?? '')?.reasonCode ?? []
    return { ...sent, status: 'cancelled', ...(reason ? { statusReason: reason } : {}) }
  }
  const status = isDeleted || code === '1' ? 'completed' : code === '2' ? 'accepted' : isRefused ? 'failed' : 'requested'
  const output = [
    ...(answer ? [{ type: { text: 'M5.2' }, valueCodeableConcept: answer }] : []),
    ...(receipt ? [{ type: { text: 'AppRec' }, valueCodeableConcept: receipt }] : []),
  ]
  return { ...sent, status, ...(output.length > 0 ? { output } : {}) }
}

/** ReseptId of each prescription that a record is about. */
function numbersOf(one: Resource): (string | undefined)[] {
  if (one.resourceType === 'MedicationRequest') return [identifierValue(RESEPT_ID, one.identifier)]
  if (one.resourceType === 'MedicationDispense') return (one.authorizingPrescription ?? []).map(({ identifier }) => identifier?.value)
  if (one.resourceType === 'Task') return [one.focus?.identifier?.value]
  return one.resourceType === 'Communication' ? (one.about ?? []).map(({ identifier }) => identifier?.value) : []
}

/** The latest receipt of a message (list 8258: 2 is rejected). */
function receiptTo(own: string | undefined, communications: readonly Communication[]): CodeableConcept | undefined {
  return communications
    .filter((one) => kindOf(one) === 'AppRec' && own !== undefined && extensionOf(one, 'answers')?.valueIdentifier?.value === own)
    .sort((a, b) => (timeOf(a)?.getTime() ?? 0) - (timeOf(b)?.getTime() ?? 0) || (key(a) < key(b) ? -1 : 1))
    .map((one) => extensionOf(one, 'answer')?.valueCodeableConcept)
    .findLast((one) => one !== undefined)
}

function isAnswerTo(one: Communication, own: string | undefined): boolean {
  const named = extensionOf(one, 'answers')?.valueIdentifier?.value
  return named === undefined || named === own
}

function key(one: Communication): string {
  return identifierValue(MESSAGE_ID, one.identifier) ?? ''
}

export function completedCommunication(resource: Communication, others: readonly Resource[]): Communication {
  return withReservations(unstamped(resource), others)
}

/** What is about a prescription is hidden as the prescription is, and from staff too where that is locked. */
function withReservations<R extends Dependent>(resource: R, others: readonly Resource[]): R {
  const prescriptions = others.filter((one) => one.resourceType === 'MedicationRequest')
  const isHidden = prescriptions.some((one) => extensionOf(one, 'hiddenFromRepresentatives')?.valueBoolean)
  const isLocked = prescriptions.some((one) => extensionOf(one, 'locked')?.valueBoolean)
  const labelled = withLabels(resource, [...(isHidden ? [HIDDEN_FROM_REPRESENTATIVES] : []), ...(isLocked ? [HIDDEN_FROM_STAFF] : [])])
  return isLocked ? masked(labelled) : labelled
}

/** The labels of this service are these; the messages have none of their own. */
function withLabels<R extends Dependent>(resource: R, labels: Coding[]): R {
  const { security: _security, ...meta }: Meta = resource.meta ?? {}
  return { ...resource, meta: { ...meta, ...(labels.length > 0 ? { security: labels } : {}) } }
}

/** Extensions that say nothing of what is prescribed. */
const bare: ReadonlySet<string> = new Set([
  extensionUrls.messageTime,
  extensionUrls.concluded,
  extensionUrls.cancels,
  extensionUrls.answer,
  extensionUrls.answers,
  extensionUrls.statedState,
  extensionUrls.statedRecall,
  extensionUrls.previousPrescription,
])

/** Without what is prescribed, and who is concerned with it. */
function masked<R extends Dependent>(resource: R): R {
  const extension = [...(resource.extension ?? []).filter(({ url }) => bare.has(url)), { url: extensionUrls.locked, valueBoolean: true }]
  const {
    contained: _contained,
    note: _note,
    dosageInstruction: _dosage,
    medicationReference: _reference,
    category,
    requester: _requester,
    ...rest
  } = resource as R & Partial<Record<'category' | 'dosageInstruction' | 'medicationReference' | 'requester', unknown>>
  const isDispense = resource.resourceType === 'MedicationDispense'
  return {
    ...rest,
    extension,
    ...(isDispense ? { medicationCodeableConcept: { text: MASKED } } : { ...(category ? { category } : {}) }),
  } as unknown as R
}

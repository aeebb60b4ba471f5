/** What stored records say of one prescription, as the facts that its state follows from (clinical/medicines/prescription-state.ts). */

import { identifierValue, M10_ID, MESSAGE_ID, MESSAGE_KIND, RESEPT_ID } from '@helsevev/clinical/e-prescription-fhir/systems'
import type { MediatorState, PrescriptionFact } from '@helsevev/clinical/medicines/prescription-state'
import { volven } from '@helsevev/clinical/systems'
import { instant } from '@helsevev/kernel/values/dates'
import type { CodeableConcept, Communication, MedicationDispense, MedicationRequest, Resource, Task } from '@medplum/fhirtypes'
import { extensionOf } from '../fhir/systems.ts'
import { isUnsent, WITHDRAWAL } from '../messages/recall.ts'

const PACKAGE = 'pakning'
const states: ReadonlySet<string> = new Set(['E', 'U', 'B', 'A', 'T', 'F', 'R', 'H', 'X'])

function codeIn(concept: CodeableConcept | undefined, system?: string): string | undefined {
  return concept?.coding?.find((coding) => system === undefined || coding.system === system)?.code
}

export function timeOf(resource: Resource): Date | undefined {
  const time = extensionOf(resource as Communication, 'messageTime')?.valueDateTime
  return time === undefined ? undefined : instant(time)
}

/** The kind of message of a Communication. */
export function kindOf({ category = [] }: Communication): string | undefined {
  return category.flatMap(({ coding = [] }) => coding).find(({ system }) => system === MESSAGE_KIND)?.code
}

/** The M10 that a cancellation names. */
export function cancelledBy(resource: Communication): string | undefined {
  return extensionOf(resource, 'cancels')?.valueIdentifier?.value
}

export function factsOf(records: readonly Resource[]): PrescriptionFact[] {
  const communications = records.filter((one) => one.resourceType === 'Communication')
  const withdrawn = withdrawnIn(communications)
  const recalls = records.flatMap((one) => (one.resourceType === 'Task' && !isWithdrawn(one, withdrawn) ? recallFacts(one) : []))
  const receipts = communications.flatMap((one) => receiptFacts(one))
  const refused = new Set(receipts.flatMap(({ of, accepted }) => (accepted ? [] : [of])))
  return [
    ...records.flatMap((one) => (one.resourceType === 'MedicationRequest' ? prescriptionFacts(one, refused) : [])),
    ...records.flatMap((one) => (one.resourceType === 'MedicationDispense' ? dispensingFacts(one) : [])),
    ...recalls,
    ...receipts,
    ...communications.flatMap((one) => communicationFacts(one, recalls)),
  ]
}

/** The recalls that were withdrawn, by their MsgIds, each with what withdraws it. */
export function withdrawnIn(communications: readonly Communication[]): Map<string, Communication> {
  return new Map(
    communications.flatMap((one): [string, Communication][] => {
      const id = kindOf(one) === WITHDRAWAL ? extensionOf(one, 'answers')?.valueIdentifier?.value : undefined
      return id === undefined ? [] : [[id, one]]
    }),
  )
}

/** What was sent all the same is not withdrawn. */
export function isWithdrawn(one: Task, withdrawn: ReadonlyMap<string, Communication>): boolean {
  return isUnsent(one) && withdrawn.has(identifierValue(MESSAGE_ID, one.identifier) ?? '')
}

/** A prescription whose M1 was refused is not in Reseptformidleren, unless something shows that it came there after all. */
function prescriptionFacts(one: MedicationRequest, refused: ReadonlySet<string>): PrescriptionFact[] {
  const [at, id] = [timeOf(one), identifierValue(RESEPT_ID, one.identifier)]
  if (!at || id === undefined) return []
  const { numberOfRepeatsAllowed: repeats, quantity, validityPeriod } = one.dispenseRequest ?? {}
  const packages = quantity?.unit === PACKAGE ? quantity.value : undefined
  return [
    {
      kind: 'prescription',
      at,
      id,
      ...(validityPeriod?.end === undefined ? {} : { validUntil: validityPeriod.end }),
      ...(repeats === undefined ? {} : { repeats }),
      ...(packages === undefined ? {} : { packages }),
      ...(extensionOf(one, 'unlicensed')?.valueBoolean ? { needsApproval: true } : {}),
      ...(refused.has(id) ? { isFromHere: true } : {}),
    },
  ]
}

function dispensingFacts(one: MedicationDispense): PrescriptionFact[] {
  const at = timeOf(one)
  const id = identifierValue(M10_ID, one.identifier) ?? identifierValue(MESSAGE_ID, one.identifier)
  if (!at || id === undefined) return []
  const packages = one.quantity?.unit === PACKAGE ? one.quantity.value : undefined
  const concluded = codeIn(extensionOf(one, 'concluded')?.valueCodeableConcept, volven(1101)) === '1'
  return [{ kind: 'dispensing', at, id, ...(packages === undefined ? {} : { packages }), ...(concluded ? { concluded } : {}) }]
}

type RecallFact = Extract<PrescriptionFact, { kind: 'recall' }>

function recallFacts(one: Task): RecallFact[] {
  const [at, id] = [timeOf(one), identifierValue(MESSAGE_ID, one.identifier)]
  if (!at || id === undefined) return []
  const newId = one.input?.find(({ valueIdentifier }) => valueIdentifier)?.valueIdentifier?.value
  return [
    {
      kind: 'recall',
      at,
      id,
      reason: codeIn(one.reasonCode) ?? '',
      ...(newId === undefined ? {} : { newPrescriptionId: newId }),
      ...(isUnsent(one) ? { isFromHere: true } : {}),
    },
  ]
}

function receiptFacts(one: Communication): Extract<PrescriptionFact, { kind: 'receipt' }>[] {
  const [at, of] = [timeOf(one), extensionOf(one, 'answers')?.valueIdentifier?.value]
  if (kindOf(one) !== 'AppRec' || !at || of === undefined) return []
  // 8258: 1 OK, 2 rejected, 3 OK with a fault in a part.
  return [{ kind: 'receipt', at, of, accepted: codeIn(extensionOf(one, 'answer')?.valueCodeableConcept) !== '2' }]
}

function communicationFacts(one: Communication, recalls: readonly RecallFact[]): PrescriptionFact[] {
  const at = timeOf(one)
  if (!at) return []
  const kind = kindOf(one)
  const reason = codeIn(extensionOf(one, 'statedRecall')?.valueCodeableConcept)
  const recallReason = reason === undefined ? {} : { recallReason: reason }
  if (extensionOf(one, 'cancels')) {
    const of = cancelledBy(one)
    const id = identifierValue(MESSAGE_ID, one.identifier) ?? ''
    return [{ kind: 'cancellation', at, id, ...(of === undefined ? {} : { of }) }]
  }
  if (kind === 'M7') return [{ kind: 'statement', at, state: 'T', ...recallReason }]
  if (kind === 'M9.6') {
    const state = codeIn(extensionOf(one, 'statedState')?.valueCodeableConcept)
    return state !== undefined && states.has(state) ? [{ kind: 'statement', at, state: state as MediatorState, ...recallReason }] : []
  }
  if (kind !== 'M5.2') return []
  const status = codeIn(extensionOf(one, 'answer')?.valueCodeableConcept)
  const of = answeredBy(one, recalls)
  return of === undefined || status === undefined ? [] : [{ kind: 'recall-answer', at, of, status }]
}

/** The M5 that an M5.2 answers: the one that it names, otherwise the latest before it. */
export function answeredBy(one: Communication, recalls: readonly { id: string; at: Date }[]): string | undefined {
  const named = extensionOf(one, 'answers')?.valueIdentifier?.value
  if (named !== undefined && recalls.some(({ id }) => id === named)) return named
  const at = timeOf(one)
  const before = recalls.filter((recall) => at && recall.at <= at)
  return before.sort((a, b) => a.at.getTime() - b.at.getTime() || (a.id < b.id ? -1 : 1)).at(-1)?.id
}

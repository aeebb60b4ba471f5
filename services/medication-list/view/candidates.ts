/** What may be one drug twice, and what has expired: both stand above the list. The grades are those of `clinical/medicines`. */
import { type Beside, type BesidePrescription, treatmentOf } from '@helsevev/clinical/medicines/beside'
import { type DoublePrescription, doublePrescriptions, type Medication } from '@helsevev/clinical/medicines/duplicates'
import type { Handled, MedicationListData, ShownLine, Use } from './panel-data.ts'

/** One of two: a line of the list, or an open prescription that no line names. */
export type Side = { kind: 'line'; line: ShownLine } | { kind: 'prescription'; prescription: BesidePrescription }

export interface Candidate {
  key: string
  sides: readonly [Side, Side]
  grade: DoublePrescription['grade']
  standing: DoublePrescription['standing']
  handled?: Handled & { isChangedSince: boolean }
}

const states = { 'in-use': 'active', 'not-started': 'not-started', over: 'course-over', stopped: 'stopped' } as const
const uses: Readonly<Record<Use, string | undefined>> = { regular: '1', course: '2', 'as-needed': '3', other: undefined }

/** Candidates first, then what is intended, then what is only for information. */
export function candidatesOf({ lines, list, beside }: MedicationListData): Candidate[] {
  const others = prescriptionsWithoutLine(lines, beside)
  const sides = new Map<Medication, Side>([
    ...lines.map((line): [Medication, Side] => [treatmentOfLine(line), { kind: 'line', line }]),
    ...others.map((prescription): [Medication, Side] => [treatmentOfPrescription(prescription), { kind: 'prescription', prescription }]),
  ])
  const handled = list?.handled ?? []
  const found = doublePrescriptions([...sides.keys()], { handled }).flatMap((pair): Candidate[] => {
    const [one, other] = pair.medications.map((medication) => sides.get(medication))
    if (!one || !other) return []
    const { grade, standing } = pair
    const mark = pair.handled && { ...(pair.handled.warning as Handled), isChangedSince: pair.handled.changedSince }
    return [{ key: `${keyOf(one)} ${keyOf(other)}`, sides: [one, other], grade, standing, ...(mark ? { handled: mark } : {}) }]
  })
  const order = { candidate: 0, intended: 1, information: 2 } as const
  return found.sort((one, other) => order[one.standing] - order[other.standing])
}

function keyOf(side: Side): string {
  return side.kind === 'line' ? side.line.id : side.prescription.number
}

function treatmentOfLine({ id, codes, drug, use, standing, prescriptions, span, changed }: ShownLine): Medication {
  return treatmentOf(codes, drug, uses[use], {
    lineId: id,
    prescriptionIds: prescriptions,
    state: states[standing],
    ...span,
    ...(changed === undefined ? {} : { lastChanged: changed }),
  })
}

function treatmentOfPrescription({ number, codes, drug, use }: BesidePrescription): Medication {
  return treatmentOf(codes, drug, use, { prescriptionIds: [number], state: 'active' })
}

/** Open prescriptions that no line names, themselves or by one that they renew. What is locked has no content to compare. */
function prescriptionsWithoutLine(lines: readonly ShownLine[], beside: Beside | undefined): BesidePrescription[] {
  const prescriptions = beside?.prescriptions.data?.prescriptions ?? []
  const known = new Set(lines.flatMap((line) => chainOf(line, prescriptions).map(({ number }) => number)))
  return prescriptions.filter(({ number, isOpen, isLocked }) => isOpen && !isLocked && !known.has(number))
}

/** The prescriptions of a line, with those that renew them. */
export function chainOf({ prescriptions }: Pick<ShownLine, 'prescriptions'>, known: readonly BesidePrescription[]): BesidePrescription[] {
  const numbers = new Set(prescriptions)
  for (let before = -1; before < numbers.size; ) {
    before = numbers.size
    for (const { number, previous } of known) if (previous !== undefined && numbers.has(previous)) numbers.add(number)
  }
  return known.filter(({ number }) => numbers.has(number))
}

export type Dispensed = NonNullable<BesidePrescription['dispensed']>

/** The latest dispensing of any prescription of the line. */
export function dispensedLast(line: ShownLine, beside: Beside | undefined): Dispensed | undefined {
  const known = beside?.prescriptions.data?.prescriptions ?? []
  const times = chainOf(line, known).flatMap(({ dispensed }) => dispensed ?? [])
  return times.sort((one, other) => Date.parse(other.time) - Date.parse(one.time))[0]
}

/** In use, with a prescription that is over and none that renews it. `today` is a day in Norway. */
export function isExpired(line: ShownLine, beside: Beside | undefined, today: string): boolean {
  const isOver = line.standing === 'in-use' && line.validUntil !== undefined && line.validUntil.slice(0, 10) < today
  return isOver && !chainOf(line, beside?.prescriptions.data?.prescriptions ?? []).some(({ isOpen }) => isOpen)
}

/** The newest open prescription that was written after the list was made and that no line names: the list does not know it. */
export function newerThanList({ lines, list, beside }: MedicationListData): BesidePrescription | undefined {
  if (!list) return undefined
  const later = prescriptionsWithoutLine(lines, beside).filter(({ authored }) => isLater(authored, list.made))
  return later.sort((one, other) => Date.parse(other.authored ?? '') - Date.parse(one.authored ?? ''))[0]
}

/** A day without a time of day is later than another day only. */
function isLater(authored: string | undefined, made: string): boolean {
  if (authored === undefined) return false
  return authored.length > 10 ? Date.parse(authored) > Date.parse(made) : authored > made.slice(0, 10)
}

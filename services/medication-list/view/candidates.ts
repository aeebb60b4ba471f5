/** What may be one drug twice, and what has expired: both stand above the list. The grades are those of `clinical/medicines`. */
import type { Beside, BesidePrescription } from '@helsevev/clinical/medicines/beside'
import { openWithoutLine, renewalsOf } from '@helsevev/clinical/medicines/chain'
import { doubleUse } from '@helsevev/clinical/medicines/double-use'
import type { DoublePrescription, Medication } from '@helsevev/clinical/medicines/duplicates'
import type { Handled, MedicationListData, ShownLine } from './panel-data.ts'

/** One of two: a line of the list, or an open prescription that no line names. */
export type Side = { kind: 'line'; line: ShownLine } | { kind: 'prescription'; prescription: BesidePrescription }

export interface Candidate {
  key: string
  sides: readonly [Side, Side]
  grade: DoublePrescription['grade']
  standing: DoublePrescription['standing']
  handled?: Handled & { isChangedSince: boolean }
}

/** Candidates first, then what is intended, then what is only for information. */
export function candidatesOf({ lines, list, beside }: MedicationListData): Candidate[] {
  const prescriptions = beside?.prescriptions.data?.prescriptions ?? []
  const sideOf = ({ lineId, prescriptionIds: [number] }: Medication): Side | undefined => {
    const line = lines.find(({ id }) => id === lineId)
    const prescription = lineId === undefined ? prescriptions.find((one) => one.number === number) : undefined
    return line ? { kind: 'line', line } : prescription && { kind: 'prescription', prescription }
  }
  const treatments = lines.map(({ treatment }) => treatment)
  const found = doubleUse(treatments, prescriptions, list?.handled ?? []).flatMap((pair): Candidate[] => {
    const [one, other] = pair.medications.map(sideOf)
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

/** Open prescriptions that no line names, themselves or by one of their chain. What is locked has no content to compare. */
function prescriptionsWithoutLine(lines: readonly ShownLine[], beside: Beside | undefined): BesidePrescription[] {
  const named = lines.flatMap(({ prescriptions }) => prescriptions)
  return openWithoutLine(named, beside?.prescriptions.data?.prescriptions ?? []).filter(({ isLocked }) => !isLocked)
}

/** The prescriptions of a line, with those that renew them. */
export function chainOf({ prescriptions }: Pick<ShownLine, 'prescriptions'>, known: readonly BesidePrescription[]): BesidePrescription[] {
  const numbers = renewalsOf(prescriptions, known)
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

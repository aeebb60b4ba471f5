/**
 * Candidates of double prescription: two treatments with the same drug, or the same substance, at the same time. No Norwegian definition is
 * published; the nearest are code 207 of Volven 7412 and the advice to remove double entries without medical reason. The grades are ours:
 * `product` the same package or drug of FEST, `substance` the same substance (ATC of seven characters), `group` the same group (ATC of
 * five). A candidate is shown with both sources; nothing is merged or dropped, and a prescriber can mark it as intended (VarselHandtert).
 */
import { instant } from '@helsevev/kernel/values/dates'
import type { MessageOf } from '../e-prescription/kinds.ts'
import type { PrescribedDrug } from '../e-prescription/messages/prescription.ts'
import { type LineState, lineState } from './line-state.ts'
import { type Line, type Product, productOf, useOf } from './list-line.ts'
import { strengthsOf } from './strength.ts'

/** A line of the list, or a prescription without a line. */
export interface Medication {
  readonly lineId?: string
  /** ReseptId of every prescription of it, also of those that were renewed. */
  readonly prescriptionIds: readonly string[]
  readonly drug?: PrescribedDrug
  readonly state: LineState
  /** When it is used. Without `from` since always, without `to` for ever. */
  readonly from?: string
  readonly to?: string
  /** SistEndret */
  readonly lastChanged?: string
}

export type HandledWarning = NonNullable<MessageOf<'M25.1'>['extension']>['handledWarnings'][number]

export interface DoublePrescription {
  readonly medications: readonly [Medication, Medication]
  readonly grade: 'product' | 'substance' | 'group'
  /** The number, the code of ATC, or the code of the ingredient that both have. */
  readonly shared: string
  /** Substance, strength and form are the same: one can be dispensed for the other. */
  readonly isGenericEqual: boolean
  /** Counted are candidates alone. `information`: the same group, or one is taken as needed and the other is not. */
  readonly standing: 'candidate' | 'intended' | 'information'
  /** Who marked it as intended, and why; `changedSince` when a line was changed after that. */
  readonly handled?: { readonly warning: HandledWarning; readonly changedSince: boolean }
}

export interface DuplicateOptions {
  readonly handled?: readonly HandledWarning[]
  /** Codes of ATC of each ingredient of a combination, by the code of the combination, from FEST. */
  readonly ingredients?: ReadonlyMap<string, readonly string[]>
}

export function medicationOf(line: Line, now: Date): Medication {
  const to = line.discontinuation?.time ?? lastEnd(line)
  return {
    lineId: line.id,
    prescriptionIds: line.prescriptionId === undefined ? [] : [line.prescriptionId],
    ...(line.drug && { drug: line.drug }),
    state: lineState(line, now),
    ...(line.start !== undefined && { from: line.start }),
    ...(to !== undefined && { to }),
    ...(line.lastChanged !== undefined && { lastChanged: line.lastChanged }),
  }
}

/** Every pair with its gravest grade, in the order of the medications. Those with one PLL-id, or one ReseptId, are the same treatment. */
export function doublePrescriptions(medications: readonly Medication[], options: DuplicateOptions = {}): DoublePrescription[] {
  const used = united(medications).flatMap((medication) => comparable(medication, options.ingredients))
  return used.flatMap((one, at) => used.slice(at + 1).flatMap((other) => pairOf(one, other, options.handled ?? []) ?? []))
}

/** Substance, strength and form are the same, and all three are stated. */
export function isGenericEqual(one: Product, other: Product): boolean {
  const strengths = strengthsOf(one.name ?? '')
  return (
    one.atc !== undefined &&
    one.atc === other.atc &&
    one.pharmaceuticalForm !== undefined &&
    one.pharmaceuticalForm === other.pharmaceuticalForm &&
    strengths.length > 0 &&
    strengths.join() === strengthsOf(other.name ?? '').join()
  )
}

/** Medications that share a PLL-id or a ReseptId, as one: what is in use first, a line before a prescription. */
function united(medications: readonly Medication[]): Medication[] {
  const groups: { keys: Set<string>; members: Medication[] }[] = []
  for (const medication of medications) {
    const keys = [medication.lineId, ...medication.prescriptionIds].flatMap((key) => key ?? [])
    const same = groups.filter((group) => keys.some((key) => group.keys.has(key)))
    const [first = { keys: new Set<string>(), members: [] }, ...others] = same
    if (same.length === 0) groups.push(first)
    for (const key of [...keys, ...others.flatMap((group) => [...group.keys])]) first.keys.add(key)
    first.members.push(...others.flatMap(({ members }) => members), medication)
    for (const other of others) groups.splice(groups.indexOf(other), 1)
  }
  const rank = (one: Medication) => (isToBeUsed(one) ? 0 : 2) + (one.lineId === undefined ? 1 : 0)
  return groups.flatMap(({ members }) => members.toSorted((one, other) => rank(one) - rank(other)).slice(0, 1))
}

interface Comparable {
  medication: Medication
  product: Product
  /** Its own code of ATC, or those of its ingredients. */
  substances: readonly string[]
  isAsNeeded: boolean
}

/** Not what is over or stopped, not vaccines, not what a pharmacy mixes. */
function comparable(medication: Medication, ingredients?: ReadonlyMap<string, readonly string[]>): Comparable[] {
  const product = medication.drug && productOf(medication.drug)
  if (!product || !isToBeUsed(medication)) return []
  const use = useOf(medication)
  if (use === 'vaccine' || isVaccine(product) || product.form === 'mixture') return []
  const own = product.atc?.length === SUBSTANCE ? [product.atc] : []
  const substances = (product.atc === undefined ? undefined : ingredients?.get(product.atc)) ?? []
  return [{ medication, product, substances: [...own, ...substances], isAsNeeded: use === 'as-needed' }]
}

/** Real messages send vaccines as regular use: the code of ATC and Preparattype (7424) decide too. */
function isVaccine({ atc, preparationType }: Product): boolean {
  return atc?.startsWith('J07') === true || preparationType === '6'
}

/** Characters of a code of ATC that names a substance, and of one that names a group. */
const SUBSTANCE = 7
const GROUP = 5

function isToBeUsed({ state }: Medication): boolean {
  return state === 'active' || state === 'stop-planned' || state === 'not-started'
}

function pairOf(one: Comparable, other: Comparable, handled: readonly HandledWarning[]): DoublePrescription | undefined {
  const found = gradeOf(one, other)
  if (!found || !overlap(one.medication, other.medication)) return undefined
  const warning = latestAbout(handled, one.medication, other.medication)
  const isInformation = found.grade === 'group' || one.isAsNeeded !== other.isAsNeeded
  return {
    medications: [one.medication, other.medication],
    ...found,
    isGenericEqual: isGenericEqual(one.product, other.product),
    standing: warning ? 'intended' : isInformation ? 'information' : 'candidate',
    ...(warning && { handled: { warning, changedSince: isChangedSince(warning, one.medication, other.medication) } }),
  }
}

function gradeOf(one: Comparable, other: Comparable): Pick<DoublePrescription, 'grade' | 'shared'> | undefined {
  const number = one.product.numbers.find((each) => other.product.numbers.includes(each))
  if (number !== undefined) return { grade: 'product', shared: number }
  const substance = one.substances.find((each) => other.substances.includes(each))
  if (substance !== undefined) return { grade: 'substance', shared: substance }
  const groups = other.substances.map((each) => each.slice(0, GROUP))
  const group = one.substances.map((each) => each.slice(0, GROUP)).find((each) => groups.includes(each))
  return group === undefined ? undefined : { grade: 'group', shared: group }
}

/** One that ends at the instant at which the other starts does not overlap it: it is replaced. */
function overlap(one: Medication, other: Medication): boolean {
  const isBefore = ({ from }: Medication, { to }: Medication) =>
    from === undefined || to === undefined || (instant(from)?.getTime() ?? 0) < (instant(to)?.getTime() ?? Number.POSITIVE_INFINITY)
  return isBefore(one, other) && isBefore(other, one)
}

/** The code lists of VarselHandtert are not published: a warning that names both lines is about the pair, of whatever type. */
function latestAbout(handled: readonly HandledWarning[], { lineId: one }: Medication, { lineId: other }: Medication) {
  return handled
    .filter(({ lines }) => one !== undefined && other !== undefined && lines.includes(one) && lines.includes(other))
    .toSorted((a, b) => timeOf(b.time) - timeOf(a.time))[0]
}

function isChangedSince({ time }: HandledWarning, ...medications: readonly Medication[]): boolean {
  return medications.some(({ lastChanged }) => lastChanged !== undefined && timeOf(time) < timeOf(lastChanged))
}

function timeOf(text: string | undefined): number {
  return text === undefined ? 0 : (instant(text)?.getTime() ?? 0)
}

function lastEnd({ drug }: Line): string | undefined {
  const ends = drug?.prescribing?.dosings.map(({ end }) => end) ?? []
  return ends.some((end) => end === undefined) ? undefined : ends.toSorted((one, other) => timeOf(other) - timeOf(one))[0]
}

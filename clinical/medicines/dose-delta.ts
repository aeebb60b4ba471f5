/**
 * How much more or less of a drug a day one dose is than another. A change of preparation hides this: two tablets of 200 mg become two of
 * 400 mg, and the words of the dose stay the same. In Odense in 2014 such a mismatch was not shown, which became a published incident.
 */
import { doseOf } from '../e-prescription/dose.ts'
import type { PrescribedDrug } from '../e-prescription/messages/prescription.ts'
import { stepsOfText } from '../e-prescription/short-dose.ts'
import { productOf } from './list-line.ts'
import { milligramsEach } from './strength.ts'

/** The amount of a day. Equal ends for a fixed dose. */
interface DailyDose {
  readonly min: number
  readonly max: number
  /** `mg`, or the unit of the dose as sent; absent when the sender states none. */
  readonly unit?: string
}

export interface DoseDelta {
  /** Absent when the dose of a day is not known: no structure, a taper, or words that are not read. */
  readonly before?: DailyDose
  readonly after?: DailyDose
  /** `unknown`: they cannot be compared, which must be shown. */
  readonly change: 'same' | 'more' | 'less' | 'unknown'
  /** The largest dose of a day after, divided by that before. */
  readonly ratio?: number
}

/** A drug as readers have it: its name with the strength, and the dose in words. */
export function drugInWords({ name, doseText }: { name?: string; doseText?: string }): PrescribedDrug {
  const prescribing = { dosings: [], ...(doseText === undefined ? {} : { doseText }), ...(name === undefined ? {} : { brand: { name } }) }
  return { prescribing } as unknown as PrescribedDrug
}

/** `400 mg`, or `1-2` where no unit is stated. */
export function dailyWords({ min, max, unit }: DailyDose): string {
  const amount = min === max ? String(max) : `${min}-${max}`
  return unit === undefined ? amount : `${amount} ${unit}`
}

export function doseDelta(before: PrescribedDrug, after: PrescribedDrug): DoseDelta {
  const [one, other] = [dailyDose(before), dailyDose(after)]
  const known = { ...(one && { before: one }), ...(other && { after: other }) }
  // Units of one product are of one size, and those of two products may not be.
  const isComparable = one && other && one.unit === other.unit && (one.unit === 'mg' || isSameProduct(before, after))
  if (!isComparable || one.max <= 0) return { ...known, change: 'unknown' }
  const isMore = other.max > one.max || (other.max === one.max && other.min > one.min)
  const isSame = other.max === one.max && other.min === one.min
  return { ...known, change: isSame ? 'same' : isMore ? 'more' : 'less', ratio: Math.round((other.max / one.max) * 1000) / 1000 }
}

/** Units that are one piece of the drug, so that its strength counts. */
const PIECE = /^(tab|kaps|stk|dose|supp|stikkpille|depotplaster|plaster)/i

/** One step, of every day, about which nothing disagrees. */
function dailyDose(drug: PrescribedDrug): DailyDose | undefined {
  if (!drug.prescribing) return undefined
  const { lines, shortDose, text, contradictions } = doseOf(drug.prescribing)
  if (contradictions.length > 0 || lines.length > 1) return undefined
  const [line] = lines
  const isDaily = line?.fixed.every(
    ({ intervalHours = 24, weekdays, daysOff = 0 }) => intervalHours <= 24 && weekdays.length === 0 && daysOff === 0,
  )
  const steps = line ? undefined : (shortDose?.steps ?? (text === undefined ? undefined : stepsOfText(text)))
  const value = line?.perDay && isDaily ? Number(line.perDay.value) : undefined
  const [step] = steps?.length === 1 && !steps[0]?.isNotDaily ? steps : []
  const range = value === undefined ? step?.perDay : { min: value, max: value }
  return range && inMilligrams(range, line?.perDay?.unit, drug)
}

function inMilligrams({ min, max }: { min: number; max: number }, unit: string | undefined, drug: PrescribedDrug): DailyDose {
  const each = unit === undefined || PIECE.test(unit) ? milligramsEach(productOf(drug)?.name ?? '') : undefined
  if (each === undefined) return { min, max, ...(unit !== undefined && { unit }) }
  return { min: Number((min * each).toPrecision(12)), max: Number((max * each).toPrecision(12)), unit: 'mg' }
}

function isSameProduct(one: PrescribedDrug, other: PrescribedDrug): boolean {
  const [a, b] = [productOf(one), productOf(other)]
  return a?.name === b?.name && a?.numbers.join() === b?.numbers.join()
}

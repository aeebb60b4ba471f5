/**
 * Weekly extent of a service: hours for each week. At most 168 for a service, the bound of the municipal register KPR (Helsedirektoratet,
 * IPLOS questions and answers; read 2026-11-22). KPR divides hours a month by 4 and UCUM's month is 30.4375 days. A month therefore has no
 * single answer and is refused, and so is a "day" of service, which is rarely 24 hours.
 */
import { UCUM } from '@helsevev/clinical/systems'
import type { Quantity, Ratio } from '@medplum/fhirtypes'
import type { Flag, Refusal } from './rules.ts'

export const WEEKLY_EXTENT_URL = 'http://hl7.no/fhir/ig/okt/StructureDefinition/WeeklyExtentRatio'
const HOURS_IN_WEEK = 168

/** Hours in the unit. */
const numerators: Record<string, number> = { h: 1, min: 1 / 60 }
/** How many of the unit make a week. */
const denominators: Record<string, number> = { wk: 1, d: 7 }

/**
 * The result: hours for each week with remarks, or the rule that is broken, with `at` as the place inside the Ratio (empty: the Ratio
 * itself).
 */
export type WeeklyExtent = { hours: number; flags: Flag[] } | { refused: Refusal; at: string; about?: string }

export function hoursFromRatio(ratio: Ratio): WeeklyExtent {
  const { numerator, denominator } = ratio
  const numeratorUnit = ucum(numerator, numerators)
  const denominatorUnit = ucum(denominator, denominators)
  if (numeratorUnit === undefined) return { refused: 'weekly-extent-unit', at: '.numerator', about: example }
  if (denominatorUnit === undefined) return { refused: 'weekly-extent-unit', at: '.denominator', about: example }
  if (!isExact(numerator) || numerator.value < 0) return { refused: 'weekly-extent-value', at: '.numerator.value', about: example }
  if (!isExact(denominator) || denominator.value <= 0) return { refused: 'weekly-extent-value', at: '.denominator.value', about: example }
  const plain = numerator.code === 'h' && denominator.code === 'wk' && denominator.value === 1
  const hours = (numerator.value * numeratorUnit * denominatorUnit) / denominator.value
  return checkHours(hours, plain ? [] : ['weekly-extent-converted'])
}

/**
 * Reads the prototype's text. A bare number is hours for each week; an empty text is missing (undefined). Anything else is refused: "15
 * minutter" does not state the period.
 */
export function hoursFromText(text: string): WeeklyExtent | undefined {
  const trimmed = text.trim()
  if (trimmed === '') return undefined
  if (!/^\d+(?:[.,]\d+)?$/.test(trimmed)) return { refused: 'weekly-extent-free-text', at: '' }
  return checkHours(Number(trimmed.replace(',', '.')), ['weekly-extent-unit-assumed'])
}

/** The one form in which an extent is stored. */
export function ratioOf(hours: number): Ratio {
  return {
    numerator: { value: hours, unit: 'h', system: UCUM, code: 'h' },
    denominator: { value: 1, unit: 'wk', system: UCUM, code: 'wk' },
  }
}

/** Shown with every refusal of a Ratio. */
export const example = `7.5 hours a week: {"url": "${WEEKLY_EXTENT_URL}", "valueRatio": ${JSON.stringify(ratioOf(7.5))}}`

function checkHours(exact: number, flags: Flag[]): WeeklyExtent {
  // Four decimals: a third of an hour keeps its meaning, and 1440 min/d gives exactly 168.
  const hours = Math.round(exact * 10_000) / 10_000
  if (hours > HOURS_IN_WEEK) return { refused: 'weekly-extent-over-week', at: '', about: `Found ${hours} h.` }
  return { hours, flags: hours === 0 ? [...flags, 'weekly-extent-zero'] : flags }
}

function ucum(quantity: Quantity | undefined, units: Record<string, number>): number | undefined {
  if (quantity?.system !== UCUM || quantity.code === undefined || !Object.hasOwn(units, quantity.code)) return undefined
  return units[quantity.code]
}

function isExact(quantity: Quantity | undefined): quantity is Quantity & { value: number } {
  return typeof quantity?.value === 'number' && Number.isFinite(quantity.value) && quantity.comparator === undefined
}

/** Reads a measured number in the unit of the chart: by UCUM code, by a known way of writing the unit, or, with a flag, without a unit. */
import { columnOf, type NumericParameter } from '@helsevev/clinical/news2/chart'
import { UCUM } from '@helsevev/clinical/systems'
import type { Issue } from '@helsevev/kernel/problem/problem'
import { withoutAnnotations } from '@helsevev/kernel/units/units'
import { decimalText } from '@helsevev/kernel/values/json'
import type { CodeableConcept, Quantity } from '@medplum/fhirtypes'
import { units } from './codes.ts'
import { breach } from './rules.ts'

/** The parts of an Observation or a component that a measurement is read from. */
export interface Valued {
  code?: CodeableConcept
  valueQuantity?: Quantity
  valueInteger?: number
  valueBoolean?: boolean
  valueString?: string
  valueCodeableConcept?: CodeableConcept
  dataAbsentReason?: CodeableConcept
}

export interface ReadValue<T> {
  value?: T
  /** A number with the digits that were sent, where JavaScript writes it with others: `38.0`. */
  written?: string
  issues: Issue[]
}

export function readNumber(element: Valued, parameter: NumericParameter, expression: string): ReadValue<number> {
  const quantity = element.valueQuantity ?? (element.valueInteger === undefined ? undefined : { value: element.valueInteger })
  const at = `${expression}.${element.valueInteger === undefined ? 'valueQuantity' : 'valueInteger'}`
  if (quantity?.value === undefined) return { issues: absent(element, expression, `A number for ${parameter} is expected`) }
  if (quantity.comparator) return { issues: [breach('comparator', `${at}.comparator`)] }
  const unit = checkUnit(quantity, parameter, at)
  // A value in another unit cannot be compared with the chart.
  const impossible = unit.some(({ code }) => code === 'unit-wrong') ? [] : checkPossible(quantity.value, parameter, at)
  const issues = [...unit, ...impossible]
  if (issues.some(({ severity }) => severity === 'error')) return { issues }
  return { value: quantity.value, ...writtenOf(quantity), issues }
}

/** How the value of a quantity was written, where that is not as JavaScript writes it. */
export function writtenOf(quantity: Quantity): { written?: string } {
  const written = decimalText(quantity, 'value')
  return written === undefined || written === String(quantity.value) ? {} : { written }
}

/** A missing value is no fault when the sender states why it is missing. */
export function absent(element: Valued, expression: string, expected: string): Issue[] {
  return element.dataAbsentReason ? [] : [breach('value-required', expression, expected)]
}

function checkUnit(quantity: Quantity, parameter: NumericParameter, at: string): Issue[] {
  const known = units[parameter]
  const isKnown = (code: string) => known.ucum.includes(withoutAnnotations(code))
  const expected = `Expected ${columnOf(parameter, 1).unit} (UCUM) for ${parameter}`
  if (quantity.code && (quantity.system === undefined || quantity.system === UCUM)) {
    if (!isKnown(quantity.code)) return [breach('unit-wrong', `${at}.code`, expected)]
    return quantity.system ? [] : [breach('unit-missing', `${at}.system`, expected)]
  }
  const written = quantity.unit ?? quantity.code
  if (written === undefined) return [breach('unit-missing', at, expected)]
  const fits = known.written.includes(written.trim().toLowerCase()) || isKnown(written.trim())
  return [fits ? breach('unit-missing', `${at}.code`, expected) : breach('unit-wrong', `${at}.unit`, expected)]
}

function checkPossible(value: number, parameter: NumericParameter, at: string): Issue[] {
  const { possible, unit } = columnOf(parameter, 1)
  if (possible.from <= value && value <= possible.to) return []
  const hint = parameter === 'saturation' && value > 0 && value <= 1 ? '; a share of 1 is sent in per cent, 0.97 as 97' : ''
  const found = `Expected ${possible.from} to ${possible.to} ${unit} for ${parameter}, found ${value}${hint}`
  return [breach('value-impossible', `${at}.value`, found)]
}

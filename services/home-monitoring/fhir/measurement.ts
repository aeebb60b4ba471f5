/** The numbers that an Observation measured, by kind and in the unit of the kind, wherever in the resource they stand. */
import { isFinished } from '@helsevev/clinical/statuses'
import { comparable, inUnit, ucum } from '@helsevev/kernel/units/units'
import { decimalText } from '@helsevev/kernel/values/json'
import type { CodeableConcept, Observation, Quantity } from '@medplum/fhirtypes'
import { type Kind, kindOfCode } from '../model/vital-signs.ts'

/** The value in the unit used for comparison, stored together with the value that was sent. */
export const COMPARABLE_URL = 'http://helsevev.no/fhir/StructureDefinition/comparable-quantity'

export interface Measured {
  kind: Kind
  quantity: Quantity
  /** In `kind.unit`; undefined when the unit belongs to another quantity, or is not known. */
  value: number | undefined
  /** The value with the digits that were sent; absent when it was converted. */
  written?: string
  /** FHIRPath. */
  expression: string
}

export function kindOf(code: CodeableConcept | undefined, canonical: (system: string) => string = (system) => system): Kind | undefined {
  return (code?.coding ?? [])
    .map((coding) => kindOfCode(coding.system && canonical(coding.system), coding.code))
    .find((kind) => kind !== undefined)
}

/** Reads value and components; `valueInteger` counts as a number without unit. */
export function measuredIn(observation: Observation, canonical?: (system: string) => string): Measured[] {
  const own = one(observation.code, observation.valueQuantity, observation.valueInteger, 'Observation.value', canonical)
  const parts = (observation.component ?? []).flatMap((component, index) =>
    one(component.code, component.valueQuantity, component.valueInteger, `Observation.component[${index}].value`, canonical),
  )
  return [...own, ...parts]
}

function one(
  code: CodeableConcept | undefined,
  quantity: Quantity | undefined,
  integer: number | undefined,
  expression: string,
  canonical?: (system: string) => string,
): Measured[] {
  const kind = kindOf(code, canonical)
  const written = quantity ?? (integer === undefined ? undefined : { value: integer })
  if (!kind || written?.value === undefined) return []
  const value = valueIn(written, kind)
  const text = value === written.value ? decimalText(written, 'value') : undefined
  return [{ kind, quantity: written, value, expression, ...(text === undefined ? {} : { written: text }) }]
}

/** Scores have no unit, or one in braces that names what is counted. */
function valueIn(quantity: Quantity, { unit }: Kind): number | undefined {
  if (unit === '1') {
    const written = quantity.code ?? quantity.unit
    const bare = written === undefined || written === '1' || /^\{.*\}$/.test(written) || comparable(quantity)?.unit === '1'
    return bare ? quantity.value : undefined
  }
  return inUnit(quantity, unit)
}

/** Whether the quantity states its unit as UCUM, where a litre is l as well as L (https://ucum.org/ucum, table 5). */
export function hasUcum({ code }: Quantity): boolean {
  return code !== undefined && [code, code.replaceAll(/(?<![A-Za-z])([munpdc]?)l(?![A-Za-z])/g, '$1L')].includes(ucum(code) ?? '')
}

/** Whether the value counts in trends: finished, and plausible. */
export function countsIn(observation: Observation, measured: Measured): boolean {
  return isFinished(observation) && isPlausible(measured)
}

/** Whether a person can have the value. */
export function isPlausible({ kind, value }: Measured): boolean {
  const [low, high] = kind.plausible
  return value !== undefined && value >= low && value <= high
}

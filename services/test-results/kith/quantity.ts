/** Numbers of the message as FHIR Quantity: LT and GT as comparators, the unit as written together with its UCUM code. */

import { UCUM_SYSTEM, ucum } from '@helsevev/kernel/units/units'
import { keepDecimal } from '@helsevev/kernel/values/json'
import type { Quantity } from '@medplum/fhirtypes'

/** List 8239, and what senders write instead. */
const comparators: Readonly<Record<string, NonNullable<Quantity['comparator']>>> = {
  LT: '<',
  LE: '<=',
  GT: '>',
  GE: '>=',
  '<': '<',
  '<=': '<=',
  '≤': '<=',
  '>': '>',
  '>=': '>=',
  '≥': '>=',
}

const NUMBER = /^(<=|>=|<|>|≤|≥)?\s*([-+]?\d{1,12}(?:[.,]\d{1,9})?)$/

/** Undefined when the value is not a number. `unitKnown` false: the unit has no UCUM code. */
export function quantityOf(
  value: string | undefined,
  unit: string | undefined,
  comparator?: string,
): { quantity: Quantity; unitKnown: boolean } | undefined {
  const match = NUMBER.exec(value?.trim() ?? '')
  if (!match) return undefined
  const source = (match[2] ?? '').replace(',', '.').replace('+', '')
  const number = Number(source)
  const compared = comparators[comparator ?? ''] ?? comparators[match[1] ?? '']
  // Senders write 0 or nothing for a number without a unit, such as INR.
  const written = unit === undefined || unit === '' || unit === '0' ? undefined : unit
  const code = written === undefined ? undefined : ucum(written)
  const quantity: Quantity = {
    value: number,
    ...(compared ? { comparator: compared } : {}),
    ...(written === undefined ? {} : { unit: written }),
    ...(code === undefined ? {} : { system: UCUM_SYSTEM, code }),
  }
  keepDecimal(quantity, 'value', source)
  return { quantity, unitKnown: written === undefined || code !== undefined }
}

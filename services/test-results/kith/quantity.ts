/** Numbers of the message as FHIR Quantity: comparators of list 8239, the unit as written together with its UCUM code. */

import { UCUM_SYSTEM, ucum } from '@helsevev/kernel/units/units'
import { keepDecimal } from '@helsevev/kernel/values/json'
import type { Quantity } from '@medplum/fhirtypes'

/** List 8239 as FHIR has it, and what senders write instead; undefined: the value is the number. */
const comparators: ReadonlyMap<string, Quantity['comparator']> = new Map<string, Quantity['comparator']>([
  ['EQ', undefined],
  ['=', undefined],
  ['LT', '<'],
  ['LE', '<='],
  ['GT', '>'],
  ['GE', '>='],
  ['<', '<'],
  ['<=', '<='],
  ['≤', '<='],
  ['>', '>'],
  ['>=', '>='],
  ['≥', '>='],
])

/** The rest of list 8239, which FHIR R4 has no comparator for. */
const inWords: ReadonlyMap<string, string> = new Map([
  ['NE', 'ikke lik'],
  ['MG', 'mye større enn'],
  ['ML', 'mye mindre enn'],
])

/** Whether a code of a comparison is one of list 8239, or what senders write in its place. */
export function isComparator(code: string): boolean {
  const known = code.trim().toUpperCase()
  return comparators.has(known) || inWords.has(known)
}

/** The value with what it is compared by, in words. */
export function comparedText({
  comparator,
  value,
  unit,
}: {
  comparator: string | undefined
  value: string | undefined
  unit: string | undefined
}) {
  const code = comparator?.trim() ?? ''
  return [inWords.get(code.toUpperCase()) ?? code, value, unit].filter(Boolean).join(' ')
}

const NUMBER = /^(<=|>=|<|>|≤|≥)?\s*([-+]?\d{1,12}(?:[.,]\d{1,9})?)$/

/**
 * Undefined when the value is not a number. `unitKnown` false: the unit has no UCUM code. `other-comparator`: a number that is compared in
 * a way that FHIR has no sign for, or in two ways that differ; without the comparison it would say something else.
 */
export function quantityOf(
  value: string | undefined,
  unit: string | undefined,
  comparator?: string,
): { quantity: Quantity; unitKnown: boolean } | 'other-comparator' | undefined {
  const match = NUMBER.exec(value?.trim() ?? '')
  if (!match) return undefined
  const source = (match[2] ?? '').replace(',', '.').replace('+', '')
  const number = Number(source)
  const sent = comparator?.trim().toUpperCase() || undefined
  const sign = comparators.get(match[1] ?? '')
  if (sent !== undefined && !comparators.has(sent)) return 'other-comparator'
  const named = sent === undefined ? undefined : comparators.get(sent)
  if (sent !== undefined && match[1] !== undefined && named !== sign) return 'other-comparator'
  const compared = named ?? sign
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

/** Whether a number in a text has a point or a comma before three digits alone: `10,000` and `1.000` may be thousands or decimals. */
export function mayBeThousands(text: string | undefined): boolean {
  return /^\D*[1-9]\d{0,2}(?:[.,]\d{3})+$/.test(text?.trim() ?? '')
}

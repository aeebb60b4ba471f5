/**
 * Search by quantity, http://hl7.org/fhir/R4/search.html#quantity: `[prefix]number|system|unit`, compared across units of one dimension.
 */
import type { QuantityFilter } from '../../store/read-records.ts'
import { comparable } from '../../units/units.ts'

type Bounds = QuantityFilter['anyOf'][number]

/**
 * The numbers that a text asks for; undefined when it is not a quantity. A number without a unit is refused: it would compare millimoles
 * with grams. The prefixes are those of R4; ap is within a tenth.
 */
export function quantityBounds(text: string): Bounds | undefined {
  const match = /^(eq|ne|gt|lt|ge|le|sa|eb|ap)?([+-]?\d{1,15}(?:\.(\d{1,15}))?)(?:[eE]([+-]?\d{1,2}))?\|([^|]*)\|([^|]+)$/.exec(text)
  if (!match) return undefined
  const [, prefix = 'eq', digits = '', fraction = '', exponent = '0', system, unit] = match
  const number = Number(`${digits}e${exponent}`)
  // The margin is half of the last digit: 5.4 asks for 5.35 to 5.45.
  const margin = prefix === 'ap' ? Math.abs(number) / 10 : 0.5 * 10 ** (Number(exponent) - fraction.length)
  const inUnit = (value: number) => comparable({ value, unit, code: unit, ...(system ? { system } : {}) })
  const at = inUnit(number)
  const from = inUnit(number - margin)
  const to = inUnit(number + margin)
  if (!at || !from || !to) return undefined
  const low = Math.min(from.value, to.value)
  const high = Math.max(from.value, to.value)
  const bounds = { unit: at.unit, low: Number.NEGATIVE_INFINITY, high: Number.POSITIVE_INFINITY, comparators: [] }
  switch (prefix) {
    case 'gt':
      return { ...bounds, low: after(at.value), comparators: ['>', '>='] }
    case 'ge':
      return { ...bounds, low: at.value, comparators: ['>', '>='] }
    case 'lt':
      return { ...bounds, high: at.value, comparators: ['<', '<='] }
    case 'le':
      return { ...bounds, high: after(at.value), comparators: ['<', '<='] }
    case 'sa':
      return { ...bounds, low: high, comparators: ['>', '>='] }
    case 'eb':
      return { ...bounds, high: low, comparators: ['<', '<='] }
    case 'ne':
      return { ...bounds, low, high, outside: true }
    case 'ap':
      return { ...bounds, low, high: after(high) }
    default:
      return { ...bounds, low, high }
  }
}

/** The next number that a double holds. */
function after(value: number): number {
  const step = Math.max(Math.abs(value) * Number.EPSILON, Number.MIN_VALUE)
  return value + step
}

/**
 * Reference intervals, which laboratories send as free text: `3,5 - 5.0`, `<35`, `> 90`, `99-99`, `<`. What can be read safely also becomes
 * numbers; the rest stays text.
 */
import { ucum } from '@helsevev/kernel/units/units'
import { keepDecimal } from '@helsevev/kernel/values/json'

export interface Interval {
  low?: number
  high?: number
  /** Whether the limit itself is outside, as in `< 35`. */
  exclusive?: boolean
  /** As written, where the text has one. */
  unit?: string
}

/** Digits, also with a space between thousands: `10 000`, with the space that a sender happens to use. */
const SPACE = '[ \\u00a0\\u2007\\u2009\\u202f]'
const NUMBER = String.raw`[-+]?(?:\d{1,3}(?:${SPACE}\d{3}){1,2}(?!\d)|\d{1,9})(?:[.,]\d{1,9})?`
/** What follows the limits. Only a unit of measurement may: an age, a sex or another limit makes the interval that of some patients. */
const REST = String.raw`(?:${SPACE}*(\S{1,20}))?`
const BETWEEN = new RegExp(String.raw`^(${NUMBER})\s*(?:-|–|—|til|to)\s*(${NUMBER})${REST}$`, 'u')
const BOUND = new RegExp(String.raw`^(<=|>=|≤|≥|<|>|under|over)\s*(${NUMBER})${REST}$`, 'iu')
/** Words and signs of age and sex, some of which are units as well: `18 a`, `10-20 K`. */
const NOT_A_UNIT =
  /^(?:år|aar|års|a|yr|yrs|year|years|mnd|mo|måned|måneder|uke|uker|wk|dag|dager|d|døgn|h|t|timer?|min|s|k|m|kv|kvinner?|menn|mann)\.?$/iu

/** `10*9/L` and other units; `undefined` is no unit at all. */
function isUnit(text: string | undefined): boolean {
  // After a slash and a digit the number before is a titre: <1/40.
  return text === undefined || (!NOT_A_UNIT.test(text) && !/^\/\d/.test(text) && ucum(text) !== undefined)
}

/** Undefined when the text is not an interval, or its ends are in the wrong order. */
export function readInterval(text: string): Interval | undefined {
  const plain = text.trim()
  if (mayBeThousands(plain)) return undefined
  const between = BETWEEN.exec(plain)
  if (between && isUnit(between[3])) {
    const [low, high] = [plainNumber(between[1] ?? ''), plainNumber(between[2] ?? '')]
    return Number(low) <= Number(high) ? inUnit(limits({ low, high }), between[3]) : undefined
  }
  const bound = BOUND.exec(plain)
  if (!bound || !isUnit(bound[3])) return undefined
  const value = plainNumber(bound[2] ?? '')
  const comparator = (bound[1] ?? '').toLowerCase()
  const exclusive = comparator === '<' || comparator === '>' || comparator === 'under' || comparator === 'over'
  const isUpper = comparator.startsWith('<') || comparator === '≤' || comparator === 'under'
  const read = inUnit(limits(isUpper ? { high: value } : { low: value }), bound[3])
  if (exclusive) read.exclusive = true
  return read
}

/**
 * Whether every number has a point before three digits: `10.000-20.000` may be ten thousand or ten. A comma is always decimal, and a number
 * with other digits shows what the point means.
 */
function mayBeThousands(text: string): boolean {
  const numbers = text.match(/\d+(?:[.,]\d+)*/g) ?? []
  return numbers.some((number) => number.includes('.')) && numbers.every((number) => /^[1-9]\d{0,2}(?:\.\d{3})+$/.test(number))
}

function inUnit(interval: Interval, unit: string | undefined): Interval {
  if (unit !== undefined) interval.unit = unit
  return interval
}

/** The limits as numbers, which keep the digits that were sent. */
function limits(written: { low?: string; high?: string }): Interval {
  const interval: Interval = {}
  for (const [end, text] of Object.entries(written)) {
    interval[end as 'low' | 'high'] = Number(text)
    keepDecimal(interval, end, text)
  }
  return interval
}

/** A number with a comma or a point, as JSON writes it. */
function plainNumber(text: string): string {
  return text.replace(',', '.').replaceAll(/\s|^\+/g, '')
}

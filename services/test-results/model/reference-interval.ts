/**
 * Reference intervals, which laboratories send as free text: `3,5 - 5.0`, `<35`, `> 90`, `99-99`, `<`. What can be read safely also becomes
 * numbers; the rest stays text.
 */

export interface Interval {
  low?: number
  high?: number
  /** Whether the limit itself is outside, as in `< 35`. */
  exclusive?: boolean
}

const NUMBER = String.raw`[-+]?\d{1,9}(?:[.,]\d{1,9})?`
/** A unit may follow, but not another limit. */
const UNIT = String.raw`(?:\s*[\p{L}%µ].*|\s+(?![-–—<>]).*)?`
const BETWEEN = new RegExp(String.raw`^(${NUMBER})\s*(?:-|–|—|til|to)\s*(${NUMBER})${UNIT}$`, 'u')
const BOUND = new RegExp(String.raw`^(<=|>=|≤|≥|<|>|under|over)\s*(${NUMBER})${UNIT}$`, 'iu')

/** Undefined when the text is not an interval, or its ends are in the wrong order. */
export function readInterval(text: string): Interval | undefined {
  const plain = text.trim()
  const between = BETWEEN.exec(plain)
  if (between) {
    const low = numberOf(between[1] ?? '')
    const high = numberOf(between[2] ?? '')
    return low <= high ? { low, high } : undefined
  }
  const bound = BOUND.exec(plain)
  if (!bound) return undefined
  const value = numberOf(bound[2] ?? '')
  const comparator = (bound[1] ?? '').toLowerCase()
  const exclusive = comparator === '<' || comparator === '>' || comparator === 'under' || comparator === 'over'
  const isUpper = comparator.startsWith('<') || comparator === '≤' || comparator === 'under'
  return { ...(isUpper ? { high: value } : { low: value }), ...(exclusive ? { exclusive } : {}) }
}

/** A number with a comma or a point. */
function numberOf(text: string): number {
  return Number(text.replace(',', '.').replace(/\s/g, ''))
}

/** Recomputes what a table and a text state. What does not reconcile is kept as stated, with what was computed, and never mended. */
import type { CostTable } from '../pack/pack.ts'

/** All amounts are in millions of kroner. */
export interface Reckoned {
  /** Where the stated amount stands in the source. */
  line: number
  name: string
  column: string
  stated: number
  computed: number
  /** How it is computed: `643 + 263`. */
  from: string
}

/** Every sum of a table, by column. A sum adds the rows since the last sum to that sum. */
export function sumsOf({ columns, rows }: CostTable): Reckoned[] {
  const reckoned: Reckoned[] = []
  let terms: number[][] = []
  for (const { name, kind, amounts, line } of rows) {
    if (kind === 'part') terms.push(amounts)
    else {
      for (const [at, column] of columns.entries())
        reckoned.push({
          line,
          name,
          column,
          ...sumOf(
            terms.map((term) => term[at] ?? 0),
            amounts[at] ?? 0,
          ),
        })
      terms = [amounts]
    }
  }
  return reckoned
}

/** Amounts are added in tenths, in which sources state them, so that no error of binary fractions looks like a mismatch. */
export function sumOf(terms: readonly number[], stated: number): Pick<Reckoned, 'stated' | 'computed' | 'from'> {
  const computed = terms.reduce((total, term) => total + Math.round(term * 10), 0) / 10
  const [first = 0, ...rest] = terms
  return { stated, computed, from: [`${first}`, ...rest.map((term) => `${term < 0 ? '−' : '+'} ${Math.abs(term)}`)].join(' ') }
}

/** A table in whole millions hides up to half a million: a figure with decimals is compared with that room, and whole ones exactly. */
export function reconciles({ stated, computed }: Pick<Reckoned, 'stated' | 'computed'>): boolean {
  return Number.isInteger(computed) ? stated === computed : Math.abs(stated - computed) <= 0.5
}

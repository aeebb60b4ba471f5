/** Reads of analyses over time. Pure. */
import type { ShownAnalysis, ShownPoint } from './panel-data.ts'

/** Whether the laboratory wrote another number than the one in the unit of the analysis. */
export function isConverted({ number, written }: ShownPoint): boolean {
  return written !== number && !written.startsWith(`${number} `)
}

/** Names one analysis of a patient. */
export function keyOf({ name, unit }: ShownAnalysis): string {
  return `${name} ${unit}`
}

/** Those with a pinned code first, in the order they were pinned; the others as they were. */
export function pinnedFirst(analyses: readonly ShownAnalysis[], pinned: readonly string[]): ShownAnalysis[] {
  const rank = ({ code = '' }: ShownAnalysis) => (pinned.includes(code) ? pinned.indexOf(code) : pinned.length)
  return analyses.toSorted((one, other) => rank(one) - rank(other))
}

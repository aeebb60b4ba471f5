/** Reads of one analysis over time. Pure. */
import type { ShownPoint } from './panel-data.ts'

/** Whether the laboratory wrote another number than the one in the unit of the analysis. */
export function isConverted({ number, written }: ShownPoint): boolean {
  return written !== number && !written.startsWith(`${number} `)
}

/** What the line of a patient summary says of a score: names where only codes were sent, and the total that was computed here. */
import { withNames } from '@helsevev/clinical/summary-names'
import type { Codes } from '@helsevev/kernel/codes/codes'
import type { Observation } from '@medplum/fhirtypes'
import { readAssessment } from './assessment.ts'

export function summaryShown(sent: Observation, codes: Codes): Observation {
  const shown = withNames(sent, codes)
  const { total, sentTotal, partialSum } = readAssessment(sent) ?? {}
  const computed =
    total === undefined
      ? sentTotal === undefined && partialSum !== undefined && `${partialSum} (incomplete)`
      : sentTotal === undefined
        ? `${total} (computed)`
        : sentTotal !== total && `(computed ${total})`
  const { text, coding = [] } = shown.code
  const name = text ?? coding.find(({ display }) => display !== undefined)?.display ?? 'NEWS2 total score'
  return computed ? { ...shown, code: { ...shown.code, text: `${name} ${computed}` } } : shown
}

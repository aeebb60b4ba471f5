/** Which results count: a status of FHIR says whether somebody stands by what was written. */
import type { Observation } from '@medplum/fhirtypes'

/**
 * Stated, or stated so far (http://hl7.org/fhir/R4/valueset-observation-status.html). Not: registered, cancelled, entered-in-error,
 * unknown.
 */
export const statedStatuses = ['preliminary', 'final', 'amended', 'corrected'] as const

/** Those of them that are finished: what a trend is made of. */
const finishedStatuses = ['final', 'amended', 'corrected'] as const

/** As `tokens` of a declaration has them. */
export const statedTokens = statedStatuses.map((code) => ({ code }))

const finished: ReadonlySet<string | undefined> = new Set(finishedStatuses)
const withdrawn: ReadonlySet<string | undefined> = new Set(['entered-in-error', 'cancelled'])

export function isFinished({ status }: Pick<Observation, 'status'>): boolean {
  return finished.has(status)
}

/** Marked as an error, or never carried out: shown as such or left out, and never counted. */
export function isWithdrawn({ status }: { status?: string }): boolean {
  return withdrawn.has(status)
}

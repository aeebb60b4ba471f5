/** Which results count: the FHIR status shows whether the author stands by what was written. */
import type { Observation } from '@medplum/fhirtypes'

/**
 * Stated, or stated so far (http://hl7.org/fhir/R4/valueset-observation-status.html). Not included: registered, cancelled,
 * entered-in-error, unknown.
 */
export const statedStatuses = ['preliminary', 'final', 'amended', 'corrected'] as const

/** The stated statuses that are final: trends are made from these. */
const finishedStatuses = ['final', 'amended', 'corrected'] as const

/** In the form of `tokens` of a declaration. */
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

/** The clinical time of an Observation: when it was measured, or when measuring began. */
import type { Observation } from '@medplum/fhirtypes'

export function timeOf({ effectiveDateTime, effectivePeriod, effectiveInstant }: Observation): string | undefined {
  return effectiveDateTime ?? effectivePeriod?.start ?? effectiveInstant
}

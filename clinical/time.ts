/** Times of clinical information as FHIR writes them. */
import { dayInNorway } from '@helsevev/kernel/values/norwegian-day'
import type { Observation } from '@medplum/fhirtypes'

/** When it was measured, or when measuring began. */
export function timeOf({ effectiveDateTime, effectiveInstant, effectivePeriod }: Observation): string | undefined {
  return effectiveDateTime ?? effectiveInstant ?? effectivePeriod?.start
}

/** Whether a FHIR dateTime has more precision than a day. */
export function hasTimeOfDay(dateTime: string): boolean {
  return dateTime.includes('T') && !Number.isNaN(Date.parse(dateTime))
}

/** The date part, in Norwegian time; a date without a time is used unchanged, and a partial date stays partial. */
export function dayOf(dateTime: string): string {
  return hasTimeOfDay(dateTime) ? dayInNorway(new Date(dateTime)) : dateTime
}

/**
 * Whether a period is over, in Norwegian days. Partial dates are compared to their precision, and an end is inclusive
 * (http://hl7.org/fhir/R4/datatypes.html#Period).
 */
import { dayOf, hasTimeOfDay } from '@helsevev/clinical/time'
import { dayInNorway } from '@helsevev/kernel/values/norwegian-day'

/** Not until the last day is over; without an end, never. */
export function hasEnded(end: string | undefined, now: Date): boolean {
  if (!end) return false
  if (hasTimeOfDay(end)) return Date.parse(end) <= now.getTime()
  return dayInNorway(now).slice(0, end.length) > end
}

export function hasBegun(start: string | undefined, now: Date): boolean {
  if (!start) return true
  if (hasTimeOfDay(start)) return Date.parse(start) <= now.getTime()
  return dayInNorway(now).slice(0, start.length) >= start
}

export function endsBeforeStart(start: string | undefined, end: string | undefined): boolean {
  if (!start || !end) return false
  if (hasTimeOfDay(start) && hasTimeOfDay(end)) return Date.parse(end) < Date.parse(start)
  const [first, last] = [dayOf(start), dayOf(end)]
  const common = Math.min(first.length, last.length)
  return last.slice(0, common) < first.slice(0, common)
}

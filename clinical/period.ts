/**
 * Periods against an instant, by days in Norway. A FHIR dateTime may be a year, a month, a day or an instant
 * (http://hl7.org/fhir/R4/datatypes.html#dateTime); a date is compared to its precision, and an end date is the last day of the period
 * (http://hl7.org/fhir/R4/datatypes.html#Period: the end is inclusive).
 */
import { dayInNorway } from '@helsevev/kernel/values/norwegian-day'
import { dayOf, hasTimeOfDay } from './time.ts'

/** Whether a period has ended: not until its last day is over; without an end, never. */
export function hasEnded(end: string | undefined, now: Date): boolean {
  if (!end) return false
  if (hasTimeOfDay(end)) return Date.parse(end) <= now.getTime()
  return dayInNorway(now).slice(0, end.length) > end
}

/** Whether a day or an instant is still to come; false without one. */
export function isAhead(moment: string | undefined, now: Date): boolean {
  if (!moment) return false
  if (hasTimeOfDay(moment)) return Date.parse(moment) > now.getTime()
  return dayInNorway(now).slice(0, moment.length) < moment
}

export function endsBeforeStart(start: string | undefined, end: string | undefined): boolean {
  if (!start || !end) return false
  if (hasTimeOfDay(start) && hasTimeOfDay(end)) return Date.parse(end) < Date.parse(start)
  const [first, last] = [dayOf(start), dayOf(end)]
  const common = Math.min(first.length, last.length)
  return last.slice(0, common) < first.slice(0, common)
}

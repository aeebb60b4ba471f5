/**
 * Days of a service in Norwegian time. A FHIR dateTime may be a year, a month, a day or an instant
 * (http://hl7.org/fhir/R4/datatypes.html#dateTime); a date is compared to its precision, and an end date is the last day of the service
 * (http://hl7.org/fhir/R4/datatypes.html#Period: the end is inclusive).
 */
import { dayOf, hasTimeOfDay } from '@helsevev/clinical/time'
import { dayInNorway } from '@helsevev/kernel/values/norwegian-day'

/** Whether the service has ended at an instant: not until its last day is over. */
export function hasEnded(end: string | undefined, now: Date): boolean {
  if (!end) return false
  if (hasTimeOfDay(end)) return Date.parse(end) <= now.getTime()
  return dayInNorway(now).slice(0, end.length) > end
}

/** Whether the service has not started at an instant. */
export function startsLater(start: string | undefined, now: Date): boolean {
  if (!start) return false
  if (hasTimeOfDay(start)) return Date.parse(start) > now.getTime()
  return dayInNorway(now).slice(0, start.length) < start
}

export function endsBeforeStart(start: string | undefined, end: string | undefined): boolean {
  if (!start || !end) return false
  if (hasTimeOfDay(start) && hasTimeOfDay(end)) return Date.parse(end) < Date.parse(start)
  const [first, last] = [dayOf(start), dayOf(end)]
  const common = Math.min(first.length, last.length)
  return last.slice(0, common) < first.slice(0, common)
}

/** Whether a text is a full date that the calendar has, alone or followed by a time with zone. */
export function isDay(text: string): boolean {
  const [, day, time] = /^(\d{4}-\d{2}-\d{2})(T\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:Z|[+-]\d{2}:\d{2}))?$/.exec(text) ?? []
  if (!day) return false
  const midnight = new Date(`${day}T00:00:00Z`)
  const inCalendar = !Number.isNaN(midnight.getTime()) && midnight.toISOString().startsWith(day)
  return inCalendar && (time === undefined || !Number.isNaN(Date.parse(text)))
}

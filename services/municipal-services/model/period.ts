/**
 * Days of a service in Norwegian time. A FHIR dateTime may be a year, a month, a day or an instant
 * (http://hl7.org/fhir/R4/datatypes.html#dateTime); a date is compared as far as it goes, and an end date is the last day of the service
 * (http://hl7.org/fhir/R4/datatypes.html#Period: the end is inclusive).
 */
const norwegianDay = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Europe/Oslo' })

/** `2026-01-15`: the date in Norway at an instant. */
export function dayInNorway(at: Date): string {
  return norwegianDay.format(at)
}

/** The date part, in Norwegian time; a partial date stays partial. */
export function dayOf(dateTime: string): string {
  return hasTime(dateTime) ? dayInNorway(new Date(dateTime)) : dateTime
}

/** Whether the service has ended at an instant: not before its last day is over. */
export function hasEnded(end: string | undefined, now: Date): boolean {
  if (!end) return false
  if (hasTime(end)) return Date.parse(end) <= now.getTime()
  return dayInNorway(now).slice(0, end.length) > end
}

/** Whether the service has not started at an instant. */
export function startsLater(start: string | undefined, now: Date): boolean {
  if (!start) return false
  if (hasTime(start)) return Date.parse(start) > now.getTime()
  return dayInNorway(now).slice(0, start.length) < start
}

export function endsBeforeStart(start: string | undefined, end: string | undefined): boolean {
  if (!start || !end) return false
  if (hasTime(start) && hasTime(end)) return Date.parse(end) < Date.parse(start)
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

function hasTime(dateTime: string): boolean {
  return dateTime.includes('T') && !Number.isNaN(Date.parse(dateTime))
}

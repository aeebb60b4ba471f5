/** Whether a text is a full date that the calendar has, alone or followed by a time with zone. */
export function isDay(text: string): boolean {
  const [, day, time] = /^(\d{4}-\d{2}-\d{2})(T\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:Z|[+-]\d{2}:\d{2}))?$/.exec(text) ?? []
  if (!day) return false
  const midnight = new Date(`${day}T00:00:00Z`)
  const inCalendar = !Number.isNaN(midnight.getTime()) && midnight.toISOString().startsWith(day)
  return inCalendar && (time === undefined || !Number.isNaN(Date.parse(text)))
}

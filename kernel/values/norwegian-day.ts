/** Days on the calendar of Norway, without Temporal: browsers use it too. */
const calendar = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Europe/Oslo' })

/** The day it is in Norway at that moment, `2026-01-15`. */
export function dayInNorway(at: Date): string {
  return calendar.format(at)
}

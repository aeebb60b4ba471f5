/** Days on the calendar of Norway, without Temporal: browsers use it too. */
const calendar = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Europe/Oslo' })

/** The day in Norway at a moment, as `2026-01-15`. */
export function dayInNorway(at: Date): string {
  return calendar.format(at)
}

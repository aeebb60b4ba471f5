/** Times of a story, counted back from the moment that is passed in. */
const HOUR = 3_600_000

/** `2026-01-15`, so many days ago. */
export function dayBefore(now: Date, days: number): string {
  return new Date(now.getTime() - days * 24 * HOUR).toISOString().slice(0, 10)
}

/** `2026-01-15T13:05:00Z`, so many hours ago, on a whole five minutes that has passed. */
export function timeBefore(now: Date, hours: number): string {
  const fiveMinutes = HOUR / 12
  const time = Math.floor((now.getTime() - hours * HOUR) / fiveMinutes) * fiveMinutes
  return new Date(time).toISOString().replace('.000Z', 'Z')
}

/** When a message that states this time comes here. Messages of one sender come in their order. */
export function arrivalOf(stated: string): Date {
  return new Date(Date.parse(stated) + 90_000)
}

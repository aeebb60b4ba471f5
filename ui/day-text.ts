/** A day as people in Norway write it, `15.01.2026`, and as systems do, `2026-01-15`; and the days of a calendar. Pure. */

/** `15.01.2026`; a text that is no day is returned as it is. */
export function writeDay(day: string): string {
  const [, year, month, date] = /^(\d{4})-(\d{2})-(\d{2})$/.exec(day) ?? []
  return year && month && date ? `${date}.${month}.${year}` : day
}

const forms = [
  { pattern: /^(\d{1,2})[.,/ -]+(\d{1,2})[.,/ -]+(\d{4}|\d{2})\.?$/, order: [3, 2, 1] },
  { pattern: /^(\d{2})(\d{2})(\d{4}|\d{2})$/, order: [3, 2, 1] },
  { pattern: /^(\d{4})-(\d{2})-(\d{2})$/, order: [1, 2, 3] },
] as const

/** `2026-01-15` for `15.01.2026`, `15.1.26`, `150126` and the like; undefined when the text is no day of the calendar. */
export function readDay(text: string): string | undefined {
  for (const { pattern, order } of forms) {
    const found = pattern.exec(text.trim())
    if (!found) continue
    const [year = '', month = '', date = ''] = order.map((at) => found[at] ?? '')
    const day = `${year.length === 2 ? `20${year}` : year}-${month.padStart(2, '0')}-${date.padStart(2, '0')}`
    return isDay(day) ? day : undefined
  }
  return undefined
}

/** Whether it is `2026-01-15` and in the calendar. */
export function isDay(day: string): boolean {
  const time = Date.parse(`${day}T00:00:00Z`)
  return /^\d{4}-\d{2}-\d{2}$/.test(day) && !Number.isNaN(time) && new Date(time).toISOString().slice(0, 10) === day
}

/** The day so many days later, or earlier. */
export function addDays(day: string, count: number): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + count * 86_400_000).toISOString().slice(0, 10)
}

/** The same date so many months later, or the last of a shorter month. */
export function addMonths(day: string, count: number): string {
  const months = Number(day.slice(0, 4)) * 12 + Number(day.slice(5, 7)) - 1 + count
  const first = `${String(Math.floor(months / 12)).padStart(4, '0')}-${String((months % 12) + 1).padStart(2, '0')}-01`
  const last = addDays(addDays(first, 31).slice(0, 8).concat('01'), -1)
  const same = `${first.slice(0, 8)}${day.slice(8)}`
  return same > last ? last : same
}

/** 0 for Monday. */
export function weekdayOf(day: string): number {
  return (new Date(`${day}T00:00:00Z`).getUTCDay() + 6) % 7
}

/** The weeks that the month of the day touches, from Monday. */
export function weeksOf(day: string): string[][] {
  const first = `${day.slice(0, 8)}01`
  const weeks: string[][] = []
  for (let monday = addDays(first, -weekdayOf(first)); monday.slice(0, 7) <= day.slice(0, 7); monday = addDays(monday, 7))
    weeks.push([0, 1, 2, 3, 4, 5, 6].map((at) => addDays(monday, at)))
  return weeks
}

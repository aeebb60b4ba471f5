/**
 * The age of a person: one rule for access, for scores that do not apply to children, and for what a screen shows. A person is a year older
 * from the start of the birthday in Norway. A person who was born on 29 February has the birthday on 28 February in other years
 * (docs/decisions/0014-representation.md).
 */
import { dayInNorway } from './norwegian-day.ts'

/** Whole years on a day; both as `2026-01-15`. Negative for a person who is not born yet. */
export function wholeYears(birthDate: string, day: string): number {
  return Math.floor(wholeMonths(birthDate, day) / 12)
}

/**
 * Whole months on a day; both as `2026-01-15`. Where a month has no such day, its last day counts: from 31 January to 28 February is one
 * month.
 */
export function wholeMonths(birthDate: string, day: string): number {
  const [fromYear, fromMonth, fromDay] = parts(birthDate)
  const [toYear, toMonth, toDay] = parts(day)
  const turnsOn = Math.min(fromDay, daysIn(toYear, toMonth))
  return (toYear - fromYear) * 12 + toMonth - fromMonth - (toDay < turnsOn ? 1 : 0)
}

/** The day on which a person turns so many years old, as `2026-01-15`. From its start in Norway `ageOn` gives that age. */
export function birthday(birthDate: string, years: number): string {
  const [year, month, day] = parts(birthDate)
  const turns = Math.min(day, daysIn(year + years, month))
  return [year + years, String(month).padStart(2, '0'), String(turns).padStart(2, '0')].join('-')
}

/** Whole years at a moment, by the calendar of Norway; `birthDate` as `2026-01-15`. */
export function ageOn(birthDate: string, at: Date): number {
  return wholeYears(birthDate, dayInNorway(at))
}

function parts(day: string): [year: number, month: number, day: number] {
  const [year = Number.NaN, month = Number.NaN, date = Number.NaN] = day.split('-').map(Number)
  return [year, month, date]
}

/** The number of days in a month: day 0 of the next month is its last day. */
function daysIn(year: number, month: number): number {
  return new Date(Date.UTC(year, month, 0)).getUTCDate()
}

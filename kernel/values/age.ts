/**
 * How old a person is: the one rule, for who may see what, for scores that do not apply to children, and for what a screen shows. A year
 * more from the start of the birthday, in Norway; who is born on 29 February has it on 28 February in other years
 * (docs/decisions/0014-representation.md).
 */
import { dayInNorway } from './norwegian-day.ts'

/** Whole years on a day; both as `2026-01-15`. Negative for a person who is not born yet. */
export function wholeYears(birthDate: string, day: string): number {
  return Math.floor(wholeMonths(birthDate, day) / 12)
}

/** Whole months on a day; a month ends where the calendar has no such day: from 31 January to 28 February is one. Both as `2026-01-15`. */
export function wholeMonths(birthDate: string, day: string): number {
  const [fromYear, fromMonth, fromDay] = parts(birthDate)
  const [toYear, toMonth, toDay] = parts(day)
  const turnsOn = Math.min(fromDay, daysIn(toYear, toMonth))
  return (toYear - fromYear) * 12 + toMonth - fromMonth - (toDay < turnsOn ? 1 : 0)
}

/** Whole years at a moment, by the calendar of Norway; `birthDate` as `2026-01-15`. */
export function ageOn(birthDate: string, at: Date): number {
  return wholeYears(birthDate, dayInNorway(at))
}

function parts(day: string): [year: number, month: number, day: number] {
  const [year = Number.NaN, month = Number.NaN, date = Number.NaN] = day.split('-').map(Number)
  return [year, month, date]
}

/** Day 0 of the next month is the last of this one. */
function daysIn(year: number, month: number): number {
  return new Date(Date.UTC(year, month, 0)).getUTCDate()
}

/** The period of a figure: at most 92 Norwegian days, so that no statement reads more of the access log than that. */

import { isProblem, type Problem, problem, type Result } from '../problem/problem.ts'
import { instant } from '../values/dates.ts'

const ZONE = 'Europe/Oslo'
const LONGEST_DAYS = 92
const USUAL_DAYS = 28

export interface Days {
  from: Date
  /** Not included. */
  until: Date
}

/** The period as a request has it: each value is a day, when it is there. */
export interface Period {
  from?: string | undefined
  until?: string | undefined
}

/** A figure over the requested days; over the last 28 days, today included, when the request names none. */
export async function within<Figure>(
  { now }: { now: Date },
  period: Period,
  work: (days: Days) => Promise<Figure>,
): Promise<Result<Figure>> {
  const days = daysOf(period, now)
  return isProblem(days) ? days : await work(days)
}

function daysOf(period: Period, now: Date): Days | Problem {
  const until = period.until === undefined ? dayAfter(now, 1) : instant(period.until)
  const from = period.from === undefined ? until && dayAfter(until, -USUAL_DAYS) : instant(period.from)
  // A day may be one that does not exist, such as 2026-02-30.
  if (!from || !until) return problem('invalid-parameter', 'from and until are days: 2026-01-31.', { expression: until ? 'from' : 'until' })
  if (until <= from || until > dayAfter(from, LONGEST_DAYS))
    return problem('invalid-parameter', `until is a later day than from, by at most ${LONGEST_DAYS} days.`, { expression: 'until' })
  return { from, until }
}

/** The start of the Norwegian day that comes this many days after the day of `at`. */
export function dayAfter(at: Date, days: number): Date {
  const date = Temporal.Instant.fromEpochMilliseconds(at.getTime()).toZonedDateTimeISO(ZONE).toPlainDate().add({ days })
  return new Date(date.toZonedDateTime(ZONE).epochMilliseconds)
}

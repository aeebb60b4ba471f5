/** The days that a figure is about: Norwegian days, at most 92 of them, so that no statement reads more of the access log than that. */

import { type Problem, problem } from '../problem/problem.ts'
import { instant } from '../values/dates.ts'

const ZONE = 'Europe/Oslo'
const LONGEST_DAYS = 92
const USUAL_DAYS = 28

export interface Days {
  from: Date
  /** Not included. */
  until: Date
}

/** `from` and `until` are days, the second not included; when absent, the last 28 days with today. */
export function daysOf(query: URLSearchParams, now: Date): Days | Problem {
  const until = dayOf(query.get('until'), () => dayAfter(now, 1))
  const from = until && dayOf(query.get('from'), () => dayAfter(until, -USUAL_DAYS))
  if (!from || !until) return problem('invalid-parameter', 'from and until are days: 2026-01-31.', { expression: until ? 'from' : 'until' })
  if (until <= from || until > dayAfter(from, LONGEST_DAYS))
    return problem('invalid-parameter', `until is a later day than from, by at most ${LONGEST_DAYS} days.`, { expression: 'until' })
  return { from, until }
}

/** Undefined when the text is no day. */
function dayOf(text: string | null, usual: () => Date): Date | undefined {
  if (text === null) return usual()
  return /^20\d{2}-\d{2}-\d{2}$/.test(text) ? instant(text) : undefined
}

/** Start of the Norwegian day that lies so many days after that of `at`. */
export function dayAfter(at: Date, days: number): Date {
  const date = Temporal.Instant.fromEpochMilliseconds(at.getTime()).toZonedDateTimeISO(ZONE).toPlainDate().add({ days })
  return new Date(date.toZonedDateTime(ZONE).epochMilliseconds)
}

/** YYYY-MM-DD in Norway. */
export function norwegianDay(at: Date): string {
  return Temporal.Instant.fromEpochMilliseconds(at.getTime()).toZonedDateTimeISO(ZONE).toPlainDate().toString()
}

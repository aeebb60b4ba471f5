/** The values in the lines of register files. Each message is the expected value in words. */
import { z } from 'zod'
import { instant } from '../../values/dates.ts'
import { remembered } from '../../values/remembered.ts'

const MOMENT = 'a day as in 2026-01-31, or a time with its zone as in 2026-01-31T12:00:00Z'
const WRITTEN = /^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}(:\d{2}(\.\d{1,9})?)?(Z|[+-]\d{2}:\d{2}))?$/

/** A register repeats the same days many thousand times, and a hundred years have 36,525 days. */
const momentOf = remembered(50_000, (text) => (WRITTEN.test(text) ? instant(text)?.toISOString() : undefined))

/** A day or a time, as an ISO instant; a day becomes its first instant in Norway. */
export const moment = z.string({ error: MOMENT }).transform((text, context) => {
  const found = momentOf(text)
  if (found !== undefined) return found
  context.addIssue({ code: 'custom', message: MOMENT })
  return z.NEVER
})

/** A period [from, until). Without `until`, or when it is null, the period has no end. */
export const periodMembers = { from: moment, until: moment.nullish() }

export function endsAfterBegin({ from, until }: { from: string; until?: string | null | undefined }): boolean {
  return !until || Date.parse(until) > Date.parse(from)
}

export const AFTER_BEGIN = { path: ['until'], error: 'a time after from' }

/** A text without control characters, which PostgreSQL refuses or which would disturb a screen. */
export function text(expected: string, longest = 200) {
  return z
    .string({ error: expected })
    .regex(/^(?=.*\S)\P{Cc}*$/u, { error: expected })
    .max(longest, { error: expected })
}

export function pattern(form: RegExp, expected: string) {
  return z.string({ error: expected }).regex(form, { error: expected })
}

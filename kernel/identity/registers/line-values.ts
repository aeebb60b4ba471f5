/** Values that lines of register files are made of. Each message is what is expected, in words. */
import { z } from 'zod'
import { instant } from '../../values/dates.ts'
import { remembered } from '../../values/remembered.ts'

const MOMENT = 'a day as in 2026-01-31, or a time with its zone as in 2026-01-31T12:00:00Z'
const WRITTEN = /^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}(:\d{2}(\.\d{1,9})?)?(Z|[+-]\d{2}:\d{2}))?$/

/** A register repeats the same days many thousand times: a hundred years have 36,525. */
const momentOf = remembered(50_000, (text) => (WRITTEN.test(text) ? instant(text)?.toISOString() : undefined))

/** To an ISO instant; a day is its first instant in Norway. */
export const moment = z.string({ error: MOMENT }).transform((text, context) => {
  const found = momentOf(text)
  if (found !== undefined) return found
  context.addIssue({ code: 'custom', message: MOMENT })
  return z.NEVER
})

/** [from, until): without `until`, or with null, it lasts. */
export const periodMembers = { from: moment, until: moment.nullish() }

export function endsAfterBegin({ from, until }: { from: string; until?: string | null | undefined }): boolean {
  return !until || Date.parse(until) > Date.parse(from)
}

export const AFTER_BEGIN = { path: ['until'], error: 'a time after from' }

/** Without control characters, which PostgreSQL or a screen would choke on. */
export function text(expected: string, longest = 200) {
  return z
    .string({ error: expected })
    .regex(/^(?=.*\S)\P{Cc}*$/u, { error: expected })
    .max(longest, { error: expected })
}

export function pattern(form: RegExp, expected: string) {
  return z.string({ error: expected }).regex(form, { error: expected })
}

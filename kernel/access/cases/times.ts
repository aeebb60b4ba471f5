/** Times as the cases write them. */
import { UnknownWord } from './unknown-word.ts'

const ZONE = 'Europe/Oslo'

const units: Record<string, number> = { millisecond: 1, second: 1000, minute: 60_000, hour: 3_600_000, day: 86_400_000 }

/** `2026-01-15`, with or without a clock time, in Norway. */
export function norwegianInstant(text: string): number {
  const written = /^(\d{4}-\d{2}-\d{2})(?: (\d{2}:\d{2}(?::\d{2}(?:\.\d{3})?)?))?$/.exec(text)
  if (!written) throw new UnknownWord(`"${text}" is no time: write it as 2026-01-15 11:00, in Norwegian time`)
  return Temporal.PlainDateTime.from(`${written[1]}T${written[2] ?? '00:00'}`).toZonedDateTime(ZONE).epochMilliseconds
}

/** `now`, `1 millisecond ago`, `in 2 days`, or a time of the clock. */
export function instant(text: string, now: number): number {
  if (text === 'now') return now
  const relative = /^(in )?(\d+) (millisecond|second|minute|hour|day)s?( ago)?$/.exec(text)
  if (!relative || Boolean(relative[1]) === Boolean(relative[4])) return norwegianInstant(text)
  const length = Number(relative[2]) * (units[relative[3] ?? ''] ?? 0)
  return relative[1] ? now + length : now - length
}

/** As `instant`; `never` is null. */
export function instantOrNever(text: string, now: number): number | null {
  return text === 'never' ? null : instant(text, now)
}

/** YYYY-MM-DD, or undefined for `not registered`. */
export function birthDate(text: string): string | undefined {
  if (text === 'not registered') return undefined
  return Temporal.PlainDate.from(text).toString()
}

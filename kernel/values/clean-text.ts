/** Text from outside on its way into the log: what PostgreSQL refuses, or would make a screen lie, is taken out. */
import { classify, redactIdentityNumbers } from './identity-number.ts'

/** Characters of one text at most. */
const LONGEST = 512

/**
 * Without control characters and characters that turn the direction of writing, and no longer than 512 characters. Whatever looks
 * like an identity number is taken out: a reason is read by people who may not know whose number it is.
 */
export function cleanText(text: string): string
export function cleanText(text: string | null | undefined): string | null
export function cleanText(text: string | null | undefined): string | null {
  if (text === null || text === undefined) return null
  const visible = text.toWellFormed().replace(/[\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069]+/gu, ' ')
  return redactIdentityNumbers(visible.trim()).slice(0, LONGEST).toWellFormed()
}

/** An id from outside: as text, but digits are kept unless they are an identity number, since the id must lead back to what it names. */
export function cleanId(text: string | null): string | null {
  if (text === null) return null
  const whole = text.replace(/[0-9]{11}/g, (digits) => (classify(digits) ? '[identity number]' : digits))
  return whole
    .toWellFormed()
    .replace(/\p{Cc}/gu, '')
    .slice(0, LONGEST)
    .toWellFormed()
}

const LATEST = Date.UTC(2100, 0, 1)

/** A time from outside; null when no clock of this century shows it. */
export function cleanTime(time: Date | null): Date | null {
  return time !== null && time.getTime() >= 0 && time.getTime() < LATEST ? time : null
}

/** Text from outside on its way into the log: what PostgreSQL refuses, or what would mislead on a screen, is removed. */
import { classify, redactIdentityNumbers } from './identity-number.ts'

/** The greatest number of characters in one text. */
const LONGEST = 512

/**
 * The text without control characters and characters that change the direction of writing, and no longer than 512 characters. Everything
 * that looks like an identity number is removed: a reason is read by people who may not see the number.
 */
export function cleanText(text: string): string
export function cleanText(text: string | null | undefined): string | null
export function cleanText(text: string | null | undefined): string | null {
  if (text === null || text === undefined) return null
  const visible = text.toWellFormed().replace(/[\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069]+/gu, ' ')
  return redactIdentityNumbers(visible.trim()).slice(0, LONGEST).toWellFormed()
}

/**
 * An id from outside: cleaned like text, but digits are kept unless they are an identity number, since the id must still identify its
 * object.
 */
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

/** A time from outside; null when it is in another century. */
export function cleanTime(time: Date | null): Date | null {
  return time !== null && time.getTime() >= 0 && time.getTime() < LATEST ? time : null
}

/** What is wrong with a typed identity number, so that the field can explain it. Used where it is typed and where it arrives. */
import { classify, parseIdentityNumber } from '@helsevev/kernel/values/identity-number'

export type IdentityNumberFault = 'empty' | 'not-digits' | 'too-short' | 'too-long' | 'no-such-date' | 'check-digits'

/** The digits alone: people paste numbers with a space or hyphen in the middle. */
export function digitsOf(typed: string): string {
  return typed.replace(/[\s\u00a0-]/g, '')
}

export function faultOf(typed: string): IdentityNumberFault | undefined {
  const digits = digitsOf(typed)
  if (digits === '') return 'empty'
  if (!/^[0-9]+$/.test(digits)) return 'not-digits'
  if (digits.length < 11) return 'too-short'
  if (digits.length > 11) return 'too-long'
  if (!parseIdentityNumber(digits)) return 'no-such-date'
  return classify(digits) ? undefined : 'check-digits'
}

/** A reason for emergency access, in the person's own words. Used where it is typed and where it arrives. */
import { redactIdentityNumbers } from '@helsevev/kernel/values/identity-number'
import { longestReason, shortestReason } from './contract.ts'

/** Enough is written; identity numbers say nothing of why. */
export function hasReason(written: string): boolean {
  return [...redactIdentityNumbers(written, '').replace(/\s/g, '')].length >= shortestReason
}

/** Fit for an attestation: on one line, without marks that turn the writing, and without identity numbers, which have no place in a log. */
export function reasonIn(written: string): string | undefined {
  if (!hasReason(written)) return undefined
  const line = written.replace(/[\p{Cc}\p{Cf}\s]+/gu, ' ').trim()
  return [...redactIdentityNumbers(line)].slice(0, longestReason).join('').toWellFormed()
}

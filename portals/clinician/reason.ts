/** The reason for emergency access, in the person's own words. Checked where it is typed and where it arrives. */
import { redactIdentityNumbers } from '@helsevev/kernel/values/identity-number'
import { saysSomething } from '@helsevev/kernel/values/reason'
import { longestReason } from './contract.ts'

/** Whether the words say something, as the API counts it. Identity numbers do not count, as they explain nothing. */
export function hasReason(written: string): boolean {
  return saysSomething(redactIdentityNumbers(written, ''))
}

/**
 * Fit for an attestation: on one line, without characters that change the direction of text, and without identity numbers, which have no
 * place in a log.
 */
export function reasonIn(written: string): string | undefined {
  if (!hasReason(written)) return undefined
  const line = written.replace(/[\p{Cc}\p{Cf}\s]+/gu, ' ').trim()
  return [...redactIdentityNumbers(line)].slice(0, longestReason).join('').toWellFormed()
}

/** What staff see, but the patient and the persons who act for the patient do not: Volven list 9603, read 2026-11-22. */
import { BLOCKED_AGAINST_STAFF, releaseCodes } from '../codes/release-codes.ts'
import type { Basis } from './decision.ts'

const parental = new Set<Basis>(['parent', 'foster-parent'])

/**
 * The codes that hide a record from a citizen with this ground. Parents see what is kept from a youth; other representatives do not. What
 * the source has blocked against staff is for the patient alone, from the age of 16: blocked documents about a child under 16 may not show
 * in the list of a citizen (domain notes on blocks [P4]), and nobody who acts for another sees more than staff do.
 */
export function hiddenFromCitizen(basis: Basis): string[] {
  const blocked = basis === 'self' ? [] : [BLOCKED_AGAINST_STAFF]
  const codes = Object.entries(releaseCodes)
    .filter(([, from]) => {
      if (from === 'everyone') return true
      if (from === 'representatives') return basis !== 'self' && basis !== 'youth'
      return basis !== 'self' && !parental.has(basis)
    })
    .map(([code]) => code)
  return [...blocked, ...codes]
}

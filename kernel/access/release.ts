/** What staff see, but the patient and the persons who act for the patient do not: Volven list 9603, read 2026-11-22. */
import { releaseCodes } from '../codes/release-codes.ts'
import type { Basis } from './decision.ts'

const parental = new Set<Basis>(['parent', 'foster-parent'])

/** The codes that hide a record from a citizen with this ground. Parents see what is kept from a youth; other representatives do not. */
export function hiddenFromCitizen(basis: Basis): string[] {
  return Object.entries(releaseCodes)
    .filter(([, from]) => {
      if (from === 'everyone') return true
      if (from === 'representatives') return basis !== 'self' && basis !== 'youth'
      return basis !== 'self' && !parental.has(basis)
    })
    .map(([code]) => code)
}

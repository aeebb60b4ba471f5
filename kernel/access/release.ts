/** What the patient and those acting for the patient do not see while staff do: Volven list 9603, read 2026-11-22. */
import { releaseCodes } from '../codes/release-codes.ts'
import type { Basis } from './decision.ts'

const parental = new Set<Basis>(['parent', 'foster-parent'])

/** Codes that hide a record from a citizen who asks on this ground. Parents see what is kept from a youth; other representatives do not. */
export function hiddenFromCitizen(basis: Basis): string[] {
  return Object.entries(releaseCodes)
    .filter(([, from]) => {
      if (from === 'everyone') return true
      if (from === 'representatives') return basis !== 'self' && basis !== 'youth'
      return basis !== 'self' && !parental.has(basis)
    })
    .map(([code]) => code)
}

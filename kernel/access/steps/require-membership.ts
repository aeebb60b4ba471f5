import { problem } from '../../problem/problem.ts'
import type { Step } from '../step.ts'

/** The organisation is a member of Helsenettet and has accepted the terms, and so has the vendor that acts for it (ATT-12). */
export const requireMembership: Step = ({ caller }, { organization, supplier }) => {
  if (!organization?.member) return problem('organisation-not-member')
  if (caller.multiTenant && !supplier?.member) return problem('supplier-not-member')
  return undefined
}

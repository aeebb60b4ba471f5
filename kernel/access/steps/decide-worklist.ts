import { nobody, ownRecordsOnly } from '../decision.ts'
import type { Step } from '../step.ts'

/** Who a unit has on its list is its own to tell and to see; it opens no record of anybody. */
export const decideWorklist: Step = ({ caller, area, kind, attestation, now }) => {
  if (!caller.organization) return undefined
  const decision = ownRecordsOnly(kind, area, caller.organization, nobody, [], 0, now)
  return { ...decision, purpose: attestation?.careRelation.purpose, controllers: [] }
}

import { nobody, ownRecordsOnly } from '../decision.ts'
import type { Step } from '../step.ts'

/** The list of a unit is sent and seen by that unit alone; it opens no record. */
export const decideWorklist: Step = ({ caller, area, kind, attestation, now }) => {
  if (!caller.organization) return undefined
  const decision = ownRecordsOnly(kind, area, caller.organization, nobody, [], 0, now)
  return { ...decision, purpose: attestation?.careRelation.purpose, controllers: [] }
}

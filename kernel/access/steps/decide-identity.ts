import { ownRecordsOnly } from '../decision.ts'
import type { Step } from '../step.ts'

/**
 * Name and birth date of the person with a number, so that a health professional sees that the right one is opened
 * (helsepersonelloven § 21 a lets nobody look for another reason; the look-up is logged on the person). Opens no record.
 */
export const decideIdentity: Step = ({ caller, area, kind, attestation, now }, { patient, choiceChanges }) => {
  if (!patient || !caller.organization) return undefined
  const purpose = attestation?.careRelation.purpose
  return { ...ownRecordsOnly(kind, area, caller.organization, patient, [], choiceChanges, now), purpose, controllers: [] }
}

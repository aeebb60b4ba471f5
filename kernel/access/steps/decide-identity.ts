import { ownRecordsOnly } from '../decision.ts'
import type { Step } from '../step.ts'

/**
 * Opens name and birth date of the person who has a number, so that a health professional sees that it is the right person
 * (helsepersonelloven § 21 a permits no other reason; the look-up is logged on the person). Opens no record.
 */
export const decideIdentity: Step = ({ caller, area, kind, attestation, now }, { patient, choiceChanges }) => {
  if (!patient || !caller.organization) return undefined
  const purpose = attestation?.careRelation.purpose
  return { ...ownRecordsOnly(kind, area, caller.organization, patient, [], choiceChanges, now), purpose, controllers: [] }
}

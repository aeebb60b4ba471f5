import { ownRecordsOnly } from '../decision.ts'
import type { Step } from '../step.ts'

/** A data controller writes its own records and no others. It sees them, so that a resend can be distinguished from new content. */
export const decideWriting: Step = ({ caller, area, kind, now }, { patient, contributors, choiceChanges }) => {
  if (!patient || !caller.organization) return undefined
  return ownRecordsOnly(kind, area, caller.organization, patient, contributors, choiceChanges, now)
}

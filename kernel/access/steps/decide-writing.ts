import { ownRecordsOnly } from '../decision.ts'
import type { Step } from '../step.ts'

/** A data controller writes its own records and no others; it sees them, to tell a resend from news. */
export const decideWriting: Step = ({ caller, area, kind, now }, { patient, contributors, choiceChanges }) => {
  if (!patient || !caller.organization) return undefined
  return ownRecordsOnly(kind, area, caller.organization, patient, contributors, choiceChanges, now)
}

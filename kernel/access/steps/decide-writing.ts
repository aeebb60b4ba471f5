import { ownRecordsOnly } from '../decision.ts'
import type { Step } from '../pipeline.ts'

/** A data controller writes its own records and no others; it sees them, to tell a resend from news. */
export const decideWriting: Step = ({ caller, service, kind, now }, { patient, contributors, choiceChanges }) => {
  if (!patient || !caller.organization) return undefined
  return ownRecordsOnly(kind, service, caller.organization, patient, contributors, choiceChanges, now)
}

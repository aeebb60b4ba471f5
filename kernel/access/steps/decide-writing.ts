import { ownRecordsOnly } from '../decision.ts'
import type { Step } from '../step.ts'
import { choicesThatHide, isBlocked, readersNumbers } from '../withholding.ts'

/**
 * A data controller writes its own records and no others. It sees them, so that a resend can be distinguished from new content. What comes
 * during an opt-out is stored and shown to nobody (docs/decisions/0054-what-comes-during-an-opt-out.md): a person who writes, and could
 * hear of the opt-out by a look-up, is shown this; a system, a practitioner who is
 * blocked and a close relation are shown nothing about the patient's choices.
 */
export const decideWriting: Step = (request, facts) => {
  const { caller, area, kind, now } = request
  const { patient, contributors, choices, choiceChanges } = facts
  if (!patient || !caller.organization) return undefined
  const decision = ownRecordsOnly(kind, area, caller.organization, patient, contributors, choiceChanges, now)
  if (caller.kind !== 'person' || facts.closeRelation) return decision
  const reader = { service: area.id, organization: caller.organization, practitioners: readersNumbers(request, facts), now }
  const { withholdings } = choicesThatHide(choices, { ...reader, reader: 'staff', override: undefined })
  const isOptedOut = withholdings.some(({ cause }) => cause === 'Reservation')
  return isOptedOut && !isBlocked(choices, reader) ? { ...decision, shownToNobody: true } : decision
}

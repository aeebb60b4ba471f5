import { nobody, ownRecordsOnly } from '../decision.ts'
import type { Step } from '../step.ts'

/** A data controller sees the log of its own staff and of its own records, across patients; it opens no record. */
export const decideControl: Step = ({ caller, area, kind, now }) => {
  if (!caller.organization) return undefined
  return { ...ownRecordsOnly(kind, area, caller.organization, nobody, [], 0, now), ownRecords: false, basis: 'control' }
}

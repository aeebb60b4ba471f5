import { refusedRelation } from '../close-relation.ts'
import type { Step } from '../step.ts'

/**
 * Nobody looks up oneself, one's child or another close relation in the staff role, unless a data controller has opened its records to
 * that. It holds in an emergency too: a colleague looks.
 */
export const refuseCloseRelation: Step = ({ caller }, facts) => {
  if (caller.kind !== 'person' || !facts.closeRelation || facts.closeRelation.openedBy.length > 0) return undefined
  return refusedRelation(facts)
}

import { problem } from '../../problem/problem.ts'
import { hasStandingAgreement, ownOnlyOf } from '../own-only.ts'
import type { Step } from '../step.ts'

/**
 * The service is open between two organisations: a sharing agreement in force for this purpose, or the organisation's own records (R3, R4).
 * A refusal states the obstacle and who to ask, by the agreements of the organisation that asks, for every patient alike. A
 * system reads its own organisation's records; it is refused when the organisation neither produces nor has an agreement. What each
 * agreement opens is decided in `decideReading`.
 */
export const requireAgreement: Step = (request, facts) => {
  const { caller, area, now } = request
  if (facts.produces) return undefined
  if (caller.kind === 'system') {
    if (facts.consumes && hasStandingAgreement(facts.agreements, now)) return undefined
    return problem(
      'no-agreement',
      `Organisation ${caller.organization} neither produces in ${area.names.en} nor has a sharing agreement that opens it. ` +
        'Its own administrator registers it, or proposes an agreement to the data controller whose records it needs.',
    )
  }
  const ownOnly = ownOnlyOf(request, facts)
  return ownOnly && problem('no-agreement', ownOnly.text)
}

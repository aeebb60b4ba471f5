import { problem } from '../../problem/problem.ts'
import type { Step } from '../step.ts'
import { isBlocked, readersNumbers } from '../withholding.ts'

/**
 * Emergency access does not lift a block (pasient- og brukerrettighetsloven § 5-3), so it is refused as what it is: the patient gets no
 * notice of an emergency access that opened nothing, and no controller gets one to follow up. The refusal says neither whether there is
 * anything nor where.
 */
export const refuseBlocked: Step = (request, facts) => {
  const { caller, area, attestation, now } = request
  if (caller.kind !== 'person' || attestation?.careRelation.purpose !== 'BTG' || !caller.organization) return undefined
  const reader = { service: area.id, organization: caller.organization, practitioners: readersNumbers(request, facts), now }
  return isBlocked(facts.choices, reader) ? problem('blocked-by-patient') : undefined
}

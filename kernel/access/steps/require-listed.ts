import { problem } from '../../problem/problem.ts'
import type { Step } from '../step.ts'

/**
 * A list is of the people that the practitioner cares for now: those on the list that the system of the attested unit has sent, and the one
 * named in the attestation (ATT-6: narrow lists; helsepersonelloven § 21 a). Nobody else's number is answered, whether or not a person
 * has it. A system asks about its own organisation's records.
 */
export const requireListed: Step = ({ caller, attestation }, { onUnitsList }) => {
  if (caller.kind === 'system' || onUnitsList || attestation?.patient !== undefined) return undefined
  return problem('not-on-your-list')
}

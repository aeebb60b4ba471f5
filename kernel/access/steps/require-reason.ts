import { problem } from '../../problem/problem.ts'
import type { Step } from '../step.ts'

/** The least number of characters in a reason, blanks not counted: one word is not a reason. */
const SHORTEST = 10

/**
 * Only BTG overrides, and then the practitioner has decided it in person and gives a reason, which the patient and the controller read
 * (ATT-41, 48).
 */
export const requireReason: Step = ({ caller, attestation }) => {
  if (caller.kind === 'system' || attestation?.careRelation.purpose !== 'BTG') return undefined
  const decision = attestation.careRelation.decisionRef
  const reason = decision?.description?.replaceAll(/\s/gu, '') ?? ''
  if (decision?.userSelected && [...reason].length >= SHORTEST) return undefined
  return problem('emergency-reason-required', undefined, { expression: 'attestation.care_relationship.decision_ref' })
}

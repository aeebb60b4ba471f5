import { problem } from '../../problem/problem.ts'
import { saysSomething } from '../../values/reason.ts'
import type { Step } from '../step.ts'

/**
 * Only BTG overrides, and then the practitioner has decided it in person and gives a reason, which the patient and the controller read
 * (ATT-41, 48).
 */
export const requireReason: Step = ({ caller, attestation }) => {
  if (caller.kind === 'system' || attestation?.careRelation.purpose !== 'BTG') return undefined
  const decision = attestation.careRelation.decisionRef
  if (decision?.userSelected && saysSomething(decision.description)) return undefined
  return problem('emergency-reason-required', undefined, { expression: 'attestation.care_relationship.decision_ref' })
}

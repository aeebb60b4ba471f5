import { problem } from '../../problem/problem.ts'
import type { Step } from '../step.ts'

/** Restrictions are opened for one patient, with a reason or a consent for that patient: a list opens none (ATT-6, ATT-41). */
export const refuseOverride: Step = ({ caller, attestation, consentDeclared }) => {
  if (caller.kind === 'system' || (attestation?.careRelation.purpose !== 'BTG' && !consentDeclared)) return undefined
  return problem('override-of-one-patient')
}

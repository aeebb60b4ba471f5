import { problem } from '../../problem/problem.ts'
import type { AccessRequest, Facts } from '../request.ts'
import type { Step } from '../step.ts'

/**
 * The attestation is for this patient, by any of the person's numbers, and is valid for no other patient (ATT-4, ATT-58). This step comes
 * before the patient is looked up, so that an id that names no person and an id of another patient are answered alike. An attestation for a
 * list names no patient (ATT-6); one that names a patient is valid for that patient alone, in a list too.
 */
export const bindAttestation: Step = (request, facts) => {
  if (request.caller.kind === 'system' || isBound(request, facts)) return undefined
  return problem('attestation-for-another-patient', undefined, { expression: 'attestation.patients[0]' })
}

function isBound({ kind, attestation, patient: asked }: AccessRequest, { patient, attestedPatient }: Facts): boolean {
  if ((kind === 'list' || kind === 'worklist') && attestation?.patient === undefined) return true
  if (patient) return attestedPatient !== undefined && (attestedPatient === patient.key || patient.linked.includes(attestedPatient))
  return asked !== 'nobody' && 'identityNumber' in asked && asked.identityNumber === attestation?.patient?.identifier.id
}

import { problem } from '../../problem/problem.ts'
import { aboutAnother } from '../about-another.ts'
import type { Step } from '../step.ts'

/**
 * The patient is in the person register. An id that names no person is not found. A citizen does not learn whether another person is in the
 * register.
 */
export const findPatient: Step = (request, { patient }) => {
  const { patient: asked, caller } = request
  if (patient) return undefined
  const isOwn = asked !== 'nobody' && 'identityNumber' in asked && asked.identityNumber === caller.pid
  if (caller.kind === 'citizen' && !isOwn) return aboutAnother(request)
  return problem(asked !== 'nobody' && 'key' in asked ? 'not-found' : 'person-unknown')
}

import { problem } from '../../problem/problem.ts'
import type { Step } from '../step.ts'

/** The patient is in the person register. An id that names no person is not found. */
export const findPatient: Step = ({ patient: asked }, { patient }) => {
  if (patient) return undefined
  return problem(asked !== 'nobody' && 'key' in asked ? 'not-found' : 'person-unknown')
}

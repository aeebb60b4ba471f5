import { problem } from '../../problem/problem.ts'
import type { Step } from '../pipeline.ts'

/** The patient is in the person register. A read by an id that names nobody is simply not found. */
export const findPatient: Step = ({ kind }, { patient }) => {
  if (patient) return undefined
  return problem(kind === 'read' ? 'not-found' : 'person-unknown')
}

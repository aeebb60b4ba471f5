import { problem } from '../../problem/problem.ts'
import type { Step } from '../step.ts'

/** An organisation that writes is registered as producing in the service (R9): its records then have a responsible data controller. */
export const requireProducer: Step = ({ caller, area }, { produces }) => {
  if (produces) return undefined
  return problem(
    'not-producing',
    `Organisation ${caller.organization} is not registered as producing in ${area.names.en}. Its own administrator registers it.`,
  )
}

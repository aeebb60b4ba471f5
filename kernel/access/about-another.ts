/** The one refusal of a citizen who asks about another person. */
import { type Problem, problem } from '../problem/problem.ts'
import type { AccessRequest } from './request.ts'

/**
 * One and the same, whatever the registers hold of that person: that the person is known here, lives at a protected address, has died, or
 * lives with the other parent is shown to no citizen. An id of another person is answered as one that nobody has.
 */
export function aboutAnother({ patient }: AccessRequest): Problem {
  return problem(patient !== 'nobody' && 'key' in patient ? 'not-found' : 'representation-missing')
}

import { problems } from './catalogue.ts'
import type { Problem } from './problem.ts'

/** The HTTP status of a problem: the only place outside the HTTP layer that needs it is an entry of a batch-response. */
export function statusOfProblem({ problem }: Problem): number {
  return problems[problem].status
}

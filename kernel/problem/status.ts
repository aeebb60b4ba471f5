import { problems } from './catalogue.ts'
import type { Problem } from './problem.ts'

/** The HTTP status of a problem. Outside the HTTP layer, only an entry of a batch-response needs it. */
export function statusOfProblem({ problem }: Problem): number {
  return problems[problem].status
}

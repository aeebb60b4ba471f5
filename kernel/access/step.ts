/** One row of the pipeline (pipeline.ts). */
import type { Problem } from '../problem/problem.ts'
import type { Decision } from './decision.ts'
import type { AccessRequest, Facts } from './request.ts'

/** Refuses with a Problem, decides with a Decision, or leaves the matter to the next step. */
export type Step = (request: AccessRequest, facts: Facts) => Problem | Decision | undefined

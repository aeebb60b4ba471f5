/** The only place that turns a Problem into HTTP: status, headers and an OperationOutcome. */
import type { FastifyReply } from 'fastify'
import { problemOutcome } from '../fhir/outcome.ts'
import type { Problem } from '../problem/problem.ts'
import { statusOfProblem } from '../problem/status.ts'

export const FHIR_JSON = 'application/fhir+json; charset=utf-8'

export function replyProblem(reply: FastifyReply, problem: Problem): FastifyReply {
  const status = statusOfProblem(problem)
  if ((status === 503 || status === 429) && !problem.headers?.['Retry-After']) reply.header('Retry-After', '2')
  return reply
    .code(status)
    .headers(problem.headers ?? {})
    .header('X-Content-Type-Options', 'nosniff')
    .type(FHIR_JSON)
    .send(JSON.stringify(problemOutcome(problem)))
}

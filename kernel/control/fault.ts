/** The faults in a request of the control API as a problem: the place and the rule, and no value that was sent. */
import { type Problem, problem, problemWith } from '../problem/problem.ts'
import { shapeRule } from '../problem/shape-faults.ts'
import type { Row } from '../wire/contract.ts'
import type { Fault } from '../wire/serve.ts'

type ZodIssue = Fault['issues'][number]

const PAGE = 'docs/api/control.md'

export function problemOfFault(row: Row, { at, issues, sent }: Fault): Problem {
  if (at === 'parameters') return problem('not-found')
  return at === 'query'
    ? queryProblem(row, issues, sent)
    : problemWith(
        'body-invalid',
        issues.flatMap((issue) => bodyIssues(issue, sent)),
      )
}

/** Parameters that the route does not have are refused: a request with an ignored filter would get a wrong answer. */
function queryProblem({ query }: Row, issues: readonly ZodIssue[], sent: unknown): Problem {
  const unknown = issues.some(({ code }) => code === 'unrecognized_keys')
  const [issue] = issues
  const name = issue?.path[0]
  if (issue && typeof name === 'string' && !unknown) return problem('invalid-parameter', shapeRule(issue, sent, PAGE), { expression: name })
  const known = Object.keys(query?.shape ?? {})
  return problem('invalid-parameter', `This route takes ${known.length > 0 ? known.join(', ') : 'no parameters'}, each once.`)
}

/** A message of zod may repeat a value that was sent: only the place and the kind of fault are reported. */
function bodyIssues(issue: ZodIssue, sent: unknown) {
  const isUnknown = issue.code === 'unrecognized_keys'
  const places = isUnknown ? issue.keys.map((key) => [...issue.path, key]) : [issue.path]
  return places.map((path) => ({
    severity: 'error' as const,
    type: isUnknown ? 'structure' : 'value',
    code: 'body-invalid',
    text: isUnknown ? `This member is unknown here. Leave it out (${PAGE}).` : shapeRule(issue, sent, PAGE),
    expression: path.map((part) => String(part).replaceAll(/\d{6,}|[^\w-]/g, '?')).join('.'),
  }))
}

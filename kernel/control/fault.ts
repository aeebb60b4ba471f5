/** The faults in a request of the control API as a problem: the place and the rule, and no value that was sent. */
import { type Problem, problem, problemWith } from '../problem/problem.ts'
import type { Row } from '../wire/contract.ts'
import type { Fault } from '../wire/serve.ts'

type ZodIssue = Fault['issues'][number]

export function problemOfFault(row: Row, { at, issues }: Fault): Problem {
  if (at === 'parameters') return problem('not-found')
  return at === 'query' ? queryProblem(row, issues) : problemWith('body-invalid', issues.flatMap(bodyIssues))
}

/** Parameters that the route does not have are refused: a request with an ignored filter would get a wrong answer. */
function queryProblem({ query }: Row, issues: readonly ZodIssue[]): Problem {
  const unknown = issues.some(({ code }) => code === 'unrecognized_keys')
  const [issue] = issues
  const name = issue?.path[0]
  if (issue && typeof name === 'string' && !unknown) return problem('invalid-parameter', issue.message, { expression: name })
  const known = Object.keys(query?.shape ?? {})
  return problem('invalid-parameter', `This route takes ${known.length > 0 ? known.join(', ') : 'no parameters'}, each once.`)
}

/** A message of zod may repeat a value that was sent: only the place and the kind of fault are reported. */
function bodyIssues(issue: ZodIssue) {
  const isUnknown = issue.code === 'unrecognized_keys'
  const places = isUnknown ? issue.keys.map((key) => [...issue.path, key]) : [issue.path]
  return places.map((path) => ({
    severity: 'error' as const,
    type: isUnknown ? 'structure' : 'value',
    code: 'body-invalid',
    text: isUnknown ? 'This member is unknown here.' : expected(issue),
    expression: path.map((part) => String(part).replaceAll(/\d{6,}|[^\w-]/g, '?')).join('.'),
  }))
}

/** What the row declares for the member, from the declaration and never from what was sent. */
function expected(issue: ZodIssue): string {
  if (issue.code === 'invalid_value') return `Expected one of ${issue.values.join(', ')}. docs/api/control.md`
  if (issue.code === 'invalid_type') return `Expected a value of type ${issue.expected}. docs/api/control.md`
  if (issue.code === 'too_small') return `Expected at least ${issue.minimum}. docs/api/control.md`
  if (issue.code === 'too_big') return `Expected at most ${issue.maximum}. docs/api/control.md`
  return 'This member is missing or not as in docs/api/control.md.'
}

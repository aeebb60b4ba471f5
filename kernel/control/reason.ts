import type { z } from 'zod'
import { textRule } from '../areas/agreements/act.ts'
import { type Problem, problem, problemWith } from '../problem/problem.ts'

/** Characters of a reason: at least as many as emergency access asks for, blanks not counted. */
const [SHORTEST, LONGEST] = [10, 500]

/** Every change says why, in words that whoever controls it later can read. */
export function reasonFault(reason: string): Problem | undefined {
  const words = [...reason.replaceAll(/\s/gu, '')].length
  const rule = textRule(reason, 'reason-missing', SHORTEST, LONGEST)
  if (rule === 'identity-number-in-text')
    return problem('reason-required', 'The reason holds what looks like an identity number. Leave it out: reasons are shown and logged.', {
      expression: 'reason',
    })
  return rule || words < SHORTEST ? problem('reason-required', undefined, { expression: 'reason' }) : undefined
}

/** What a change holds: a reason, or an answer, which is its own reason. */
export type Words = { reason: string } | { answer: string }

/** The body as the route takes it, with a reason; every fault at once. Members that the route does not know are faults too. */
export function parseBody<Shape extends Words>(schema: z.ZodType<Shape>, body: unknown): Shape | Problem {
  if (body === undefined) return problem('not-json', 'The body is not JSON. Send one object as application/json.')
  const parsed = schema.safeParse(body)
  if (!parsed.success) {
    // A message of zod may repeat what was sent: only the place and its own kind of fault are told.
    const issues = parsed.error.issues.flatMap((issue) =>
      (issue.code === 'unrecognized_keys' ? issue.keys.map((key) => [...issue.path, key]) : [issue.path]).map((path) => ({
        severity: 'error' as const,
        type: issue.code === 'unrecognized_keys' ? 'structure' : 'value',
        code: 'body-invalid',
        text:
          issue.code === 'unrecognized_keys'
            ? 'This member is unknown here.'
            : 'This member is missing or not as docs/api/control.md has it.',
        expression: path.map((part) => String(part).replaceAll(/\d{6,}|[^\w-]/g, '?')).join('.'),
      })),
    )
    return problemWith('body-invalid', issues)
  }
  return ('reason' in parsed.data ? reasonFault(parsed.data.reason) : undefined) ?? parsed.data
}

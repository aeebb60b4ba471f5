import { textRule } from '../areas/agreements/act.ts'
import { type Problem, problem } from '../problem/problem.ts'

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

import { textRule } from '../areas/agreements/act.ts'
import { type Problem, problem } from '../problem/problem.ts'

/** The least and the greatest number of characters in a reason, blanks not counted; the least is that of emergency access. */
const [SHORTEST, LONGEST] = [10, 500]

/** The problem with a reason. Every change has one, for the person who controls the change later. */
export function reasonFault(reason: string): Problem | undefined {
  const words = [...reason.replaceAll(/\s/gu, '')].length
  const rule = textRule(reason, 'reason-missing', SHORTEST, LONGEST)
  if (rule === 'identity-number-in-text')
    return problem('reason-required', 'The reason holds what looks like an identity number. Leave it out: reasons are shown and logged.', {
      expression: 'reason',
    })
  return rule || words < SHORTEST ? problem('reason-required', undefined, { expression: 'reason' }) : undefined
}

import { textRule } from '../areas/agreements/act.ts'
import { type Problem, problem } from '../problem/problem.ts'
import { saysSomething } from '../values/reason.ts'

/** The greatest number of characters in a reason. */
const LONGEST = 500

/** The problem with a reason. Every change has one, for the person who controls the change later. */
export function reasonFault(reason: string): Problem | undefined {
  const rule = textRule(reason, 'reason-missing', 1, LONGEST)
  if (rule === 'identity-number-in-text')
    return problem('reason-required', 'The reason holds what looks like an identity number. Leave it out: reasons are shown and logged.', {
      expression: 'reason',
    })
  return rule || !saysSomething(reason) ? problem('reason-required', undefined, { expression: 'reason' }) : undefined
}

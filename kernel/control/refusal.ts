/** Why a change at a data controller is refused: one row for each rule, with the remedy. docs/api/control.md */
import { type ClosingRefusal, closingRefusals } from '../areas/follow-up/closing.ts'
import { type Problem, problem, problemWith } from '../problem/problem.ts'

// biome-ignore format: a table, one row to a line
const rules = {
  'role-held-already':       'The person holds that role already. End it first, or let it be.',
  'role-ended-already':      'That role has ended already.',
  'last-owner':              'An organisation keeps one owner. Make somebody else owner first.',
  'person-without-name':     'The person register has no name for that person, and a role is held by somebody with a name.',
  'until-passed':            'A role ends later than now. Give a later time, or none.',
  'withdrawn-already':       'The vendor does not act for the organisation already.',
  'not-withdrawn':           'The vendor acts for the organisation already.',
  'carries-this-request':    'This request came through that vendor: switched off, nobody could switch it on again by the same road. Ask through another client.',
  'phone-invalid':           'A telephone number is digits, spaces and a plus in front, 3 to 20 of them.',
  'nothing-changed':         'It says that already.',
  'publisher-unnamed':       'The standard agreement was published before names were kept, so that nobody signs for the group from here. Join with npx helsevev agreements standard join, or ask the publisher for a new version.',
} as const satisfies Record<string, string>

export type Rule = keyof typeof rules

export function refusal(rule: Rule, expression?: string): Problem {
  return problemWith('control-refused', [
    { severity: 'error', type: 'business-rule', code: rule, text: rules[rule], ...(expression === undefined ? {} : { expression }) },
  ])
}

/** A list has nothing of that id, whether it is nobody's or another organisation's: the answer is the same. */
export function closingProblem(refused: ClosingRefusal): Problem {
  if (refused === 'unknown' || refused === 'other-organization') return problem('not-found')
  return problemWith('control-refused', [{ severity: 'error', type: 'business-rule', code: refused, text: closingRefusals[refused] }])
}

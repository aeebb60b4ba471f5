/** The rules by which a change at a data controller is refused: one row each, with the remedy. docs/api/control.md */
import { type ClosingRefusal, closingRefusals } from '../areas/follow-up/closing.ts'
import { type Problem, problem, problemWith } from '../problem/problem.ts'

// biome-ignore format: a table, one row to a line
const rules = {
  'role-held-already':       'The person holds that role already. To change it, end it first.',
  'role-ended-already':      'That role has ended already.',
  'last-owner':              'An organisation keeps at least one owner. Make another person owner first.',
  'person-without-name':     'The person register has no name for that person. A role needs a person with a name.',
  'until-passed':            'The end of a role lies in the future. Give a later time, or none.',
  'open-already':            'The service is open to the case officers of that organisation already.',
  'withdrawn-already':       'The vendor is switched off for the organisation already.',
  'not-withdrawn':           'The vendor acts for the organisation already.',
  'carries-this-request':    'This request came through that vendor, which could then not be switched on again in the same way. Send it through the client of another vendor.',
  'phone-invalid':           'A telephone number has 3 to 20 digits and spaces, with a plus in front if needed.',
  'nothing-changed':         'The value is the same already.',
  'publisher-unnamed':       'The standard agreement was published before names were kept, so no person signs for the group here. Join with npx helsevev agreements standard join, or ask the publisher for a new version.',
} as const satisfies Record<string, string>

export type Rule = keyof typeof rules

export function refusal(rule: Rule, expression?: string): Problem {
  return problemWith('control-refused', [
    { severity: 'error', type: 'business-rule', code: rule, text: rules[rule], ...(expression === undefined ? {} : { expression }) },
  ])
}

/** The problem of a closing that was refused. An id that does not exist and an id of another organisation are answered alike. */
export function closingProblem(refused: ClosingRefusal): Problem {
  if (refused === 'unknown' || refused === 'other-organization') return problem('not-found')
  return problemWith('control-refused', [{ severity: 'error', type: 'business-rule', code: refused, text: closingRefusals[refused] }])
}

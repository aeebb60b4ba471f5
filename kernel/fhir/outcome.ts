/** OperationOutcome: of problems, and as the entry that says what a search does not show. */
import type { OperationOutcome, OperationOutcomeIssue } from '@medplum/fhirtypes'
import { redactIdentityNumbers } from '../identity/identity-number.ts'
import type { Issue, Problem } from '../problem/problem.ts'

export const PROBLEM_SYSTEM = 'http://helsevev.no/fhir/CodeSystem/problem'
export const NOTHING_SYSTEM = 'http://helsevev.no/fhir/CodeSystem/nothing'

export function operationOutcome(issues: readonly Issue[]): OperationOutcome {
  return { resourceType: 'OperationOutcome', issue: issues.map(outcomeIssue) }
}

export function problemOutcome(problem: Problem): OperationOutcome {
  return operationOutcome(problem.issues)
}

function outcomeIssue(issue: Issue): OperationOutcomeIssue {
  return {
    severity: issue.severity,
    code: issue.type as OperationOutcomeIssue['code'],
    details: { coding: [{ system: PROBLEM_SYSTEM, code: issue.code }], text: redactIdentityNumbers(issue.text) },
    // The name of an unknown element is the sender's own text too.
    ...(issue.expression ? { expression: [redactIdentityNumbers(issue.expression)] } : {}),
  }
}

/** Zero, unknown and withheld are different answers (architecture, "what must hold"). */
const nothings = {
  none: { code: 'informational', text: 'Controllers that share with you have reported on this person, and nothing of theirs matches.' },
  unknown: {
    code: 'informational',
    text: 'No controller has reported on this person in this service. That says nothing about whether there is anything.',
  },
  more: { code: 'incomplete', text: 'There is more than this page holds. Ask for the next with _skip, or for more at a time with _count.' },
  withheld: { code: 'suppressed', text: 'Something is not shown: no sharing agreement opens it to your organisation.' },
} as const

export type Nothing = keyof typeof nothings

export function nothingIssue(kind: Nothing): OperationOutcomeIssue {
  const { code, text } = nothings[kind]
  return {
    severity: kind === 'withheld' ? 'warning' : 'information',
    code,
    details: { coding: [{ system: NOTHING_SYSTEM, code: kind }], text },
  }
}

/** OperationOutcome: of problems, and as the entry that says what a search does not show. */
import type { OperationOutcome, OperationOutcomeIssue } from '@medplum/fhirtypes'
import type { Issue, Problem } from '../problem/problem.ts'
import { redactIdentityNumbers } from '../values/identity-number.ts'

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
  more: {
    code: 'incomplete',
    text: 'There is more than this page holds. POST the same form to the link next, or ask for more at a time with _count.',
  },
  'included-more': {
    code: 'incomplete',
    text: 'There is more to include than one search brings along. Ask for fewer matches with _count, or search what they refer to by itself.',
  },
  withheld: { code: 'suppressed', text: 'Something is not shown: no sharing agreement opens it to your organisation.' },
} as const

/** Causes as Pasientens prøvesvar names them (domain: access log and blocks). */
const WITHHELD_SYSTEM = 'http://helsevev.no/fhir/CodeSystem/withheld'
const WITHHELD_COUNT = 'http://helsevev.no/fhir/StructureDefinition/withheld-count'

export interface Withheld {
  cause: 'SpecificBlock' | 'GeneralBlock' | 'Reservation'
  /** Of the whole service, whatever was searched for; undefined where it is not told. */
  count: number | undefined
}

const causes = {
  SpecificBlock: 'The patient has blocked you from information in this service. Only the patient can change that.',
  GeneralBlock:
    'Information in this service is restricted. The consent of the patient opens it, and so does emergency access (BTG) with a reason.',
  Reservation: 'The patient has opted out of this service. Nothing is shown to anybody.',
} as const

/** What the patient has chosen to withhold: cause and count, never what. */
export function withheldIssue({ cause, count }: Withheld): OperationOutcomeIssue {
  return {
    severity: 'warning',
    code: 'suppressed',
    details: {
      coding: [
        { system: NOTHING_SYSTEM, code: 'withheld-by-patient' },
        { system: WITHHELD_SYSTEM, code: cause },
      ],
      text: causes[cause],
    },
    ...(count === undefined ? {} : { extension: [{ url: WITHHELD_COUNT, valueInteger: count }] }),
  }
}

/** Members of the attestation that the trust framework does not know: told, so that a misspelt one is found. */
export function unknownMembersIssue(paths: readonly string[]): OperationOutcomeIssue {
  return {
    severity: 'information',
    code: 'informational',
    details: {
      coding: [{ system: NOTHING_SYSTEM, code: 'attestation-member-unknown' }],
      text: 'The attestation holds members that the trust framework does not have. They are kept in the log and mean nothing: check the spelling.',
    },
    expression: paths.slice(0, 20).map((path) => redactIdentityNumbers(path)),
  }
}

export type Nothing = keyof typeof nothings

export function nothingIssue(kind: Nothing): OperationOutcomeIssue {
  const { code, text } = nothings[kind]
  return {
    severity: kind === 'withheld' ? 'warning' : 'information',
    code,
    details: { coding: [{ system: NOTHING_SYSTEM, code: kind }], text },
  }
}

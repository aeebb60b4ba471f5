/** OperationOutcome for problems, and as the entry of a search that reports what is not shown. */
import type { OperationOutcome, OperationOutcomeIssue } from '@medplum/fhirtypes'
import type { OwnOnly } from '../access/own-only.ts'
import { type Issue, MOST_ISSUES, type Problem } from '../problem/problem.ts'
import { echoed } from '../values/echoed.ts'
import { redactIdentityNumbers } from '../values/identity-number.ts'

export const PROBLEM_SYSTEM = 'http://helsevev.no/fhir/CodeSystem/problem'
export const NOTHING_SYSTEM = 'http://helsevev.no/fhir/CodeSystem/nothing'

/** The issues of each entry in the answer to a Bundle of many. */
export const MOST_ISSUES_OF_ENTRY = 10
/** Characters of a text, and of a place. Texts of our own are shorter: this holds what a sender's words make longer. */
const LONGEST_TEXT = 1000
const LONGEST_PLACE = 400
/** A name in a place: that of an unknown element is what a sender chose. */
const NAME_IN_PLACE = /[^.[\]]+/g
/** The greatest number of characters that a number and its separator have, so that none is cut in two before it is found. */
const ROOM_FOR_NUMBER = 32

/** The first `most` issues, errors before the others, and an issue that says how many more there are. */
export function operationOutcome(issues: readonly Issue[], most = MOST_ISSUES): OperationOutcome {
  const count = issues.reduce((sum, { more = 0 }) => sum + 1 + more, 0)
  if (count <= most) return { resourceType: 'OperationOutcome', issue: issues.map(outcomeIssue) }
  const isError = ({ severity }: Issue) => severity === 'error'
  const shown = [...issues.filter(isError), ...issues.filter((issue) => !isError(issue))].slice(0, most)
  const more = `There are ${count - shown.length} more. Mend these, and send again to see the next.`
  const last: Issue = { severity: 'information', type: 'informational', code: 'more-issues', text: more }
  return { resourceType: 'OperationOutcome', issue: [...shown, last].map(outcomeIssue) }
}

export function problemOutcome(problem: Problem, most = problem.most ?? MOST_ISSUES): OperationOutcome {
  return operationOutcome(problem.issues, most)
}

/** Cut before it is searched for identity numbers, and as long as `longest` at most. */
function limited(text: string, longest: number): string {
  const redacted = redactIdentityNumbers(text.slice(0, longest + ROOM_FOR_NUMBER))
  return redacted.length > longest ? `${redacted.slice(0, longest).toWellFormed()}…` : redacted
}

function outcomeIssue(issue: Issue): OperationOutcomeIssue {
  return {
    ...(issue.extension ? { extension: issue.extension } : {}),
    severity: issue.severity,
    code: issue.type as OperationOutcomeIssue['code'],
    details: { coding: [{ system: PROBLEM_SYSTEM, code: issue.code }], text: limited(issue.text, LONGEST_TEXT) },
    // The name of an unknown element is text of the sender, too.
    ...(issue.expression
      ? {
          expression: [limited(issue.expression.replace(NAME_IN_PLACE, echoed), LONGEST_PLACE)],
        }
      : {}),
  }
}

/** Why a reader gets the records of its own organisation alone. */
const OWN_ONLY_SYSTEM = 'http://helsevev.no/fhir/CodeSystem/own-only'

/** The reasons for missing content. Zero, unknown and withheld are different answers (architecture, "what must hold"). */
const nothings = {
  none: { code: 'informational', text: 'Controllers that share with you have reported on this person, and none of their records match.' },
  unknown: {
    code: 'informational',
    text: 'No controller has reported on this person in this service. This does not mean that no information exists.',
  },
  // Everything is hidden from the citizen, or is outside the contract: the answer is the same as when no controller has reported.
  'nothing-shown': {
    code: 'informational',
    as: 'unknown',
    text: 'Nothing in this service is shown to you about this person. This does not mean that no information exists.',
  },
  more: {
    code: 'incomplete',
    text: 'There are more matches than this page holds. POST the same form to the link next, or ask for more matches with _count.',
  },
  'included-more': {
    code: 'incomplete',
    text: 'There is more to include than one search returns. Ask for fewer matches with _count, or search for the others directly.',
  },
  withheld: { code: 'suppressed', text: 'Something is not shown: no sharing agreement opens it to your organisation.' },
} as const satisfies Record<string, { code: OperationOutcomeIssue['code']; as?: string; text: string }>

/** The causes as Pasientens prøvesvar names them (domain: access log and blocks). */
const WITHHELD_SYSTEM = 'http://helsevev.no/fhir/CodeSystem/withheld'
const WITHHELD_COUNT = 'http://helsevev.no/fhir/StructureDefinition/withheld-count'

export interface Withheld {
  cause: 'SpecificBlock' | 'GeneralBlock' | 'Reservation'
  /** The count over the whole service, whatever the search was for; undefined where it is not shown. */
  count: number | undefined
}

const causes = {
  SpecificBlock: 'The patient has blocked you. Only the patient can change that. Whether there is anything you do not see is not said.',
  GeneralBlock:
    'Information in this service is restricted. The consent of the patient opens what the patient has restricted, and nothing that its ' +
    'source has blocked. Emergency access (BTG) with a reason opens both.',
  Reservation: 'The patient has opted out of this service. Nothing is shown to any reader.',
} as const

/** Reports what the patient has chosen to withhold: the cause and the count, never the content. */
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

/** Reports members of the attestation that the trust framework does not know, so that a misspelt member is found. */
export function unknownMembersIssue(paths: readonly string[]): OperationOutcomeIssue {
  return {
    severity: 'information',
    code: 'informational',
    details: {
      coding: [{ system: NOTHING_SYSTEM, code: 'attestation-member-unknown' }],
      text: 'The attestation has members that are not in the trust framework. They are logged and have no effect: check the spelling.',
    },
    expression: paths.slice(0, 20).map((path) => redactIdentityNumbers(path)),
  }
}

export type Nothing = keyof typeof nothings

export function nothingIssue(kind: Nothing): OperationOutcomeIssue {
  const { code, text } = nothings[kind]
  const says = kind === 'nothing-shown' ? nothings[kind].as : kind
  return {
    severity: kind === 'withheld' ? 'warning' : 'information',
    code,
    details: { coding: [{ system: NOTHING_SYSTEM, code: says }], text },
  }
}

/** Reports that the reader gets the records of its own organisation alone, and why: the same whatever others hold. */
export function ownOnlyIssue({ reason, text }: OwnOnly): OperationOutcomeIssue {
  return {
    severity: 'information',
    code: 'incomplete',
    details: {
      coding: [
        { system: NOTHING_SYSTEM, code: 'own-only' },
        { system: OWN_ONLY_SYSTEM, code: reason },
      ],
      text: reason === 'system' ? text : `Only the records of your own organisation are shown. ${text}`,
    },
  }
}

/**
 * Everything that can go wrong is a value: a `Problem` names a row of the catalogue and carries one issue per fault found,
 * so that a caller can mend all of them at once. `kernel/http/problem-reply.ts` alone turns it into a status and an OperationOutcome.
 */
import { type ProblemCode, problems } from './catalogue.ts'

/** One fault: where it is (FHIRPath), what rule it breaks, and what would be right. Never holds an identity number. */
export interface Issue {
  severity: 'error' | 'warning' | 'information'
  /** FHIR IssueType, http://hl7.org/fhir/R4/valueset-issue-type.html */
  type: string
  /** Stable code: of the catalogue, or the named rule or flag of a service. */
  code: string
  /** One English sentence: the rule and the remedy. */
  text: string
  /** FHIRPath of the element, when the fault has a place. */
  expression?: string
}

export interface Problem {
  readonly problem: ProblemCode
  readonly issues: Issue[]
  /** Response headers the specification asks for with this problem, such as WWW-Authenticate. */
  readonly headers?: Record<string, string>
}

export type Result<T> = T | Problem

/** A problem of the catalogue. `detail` replaces the catalogue's sentence with one that knows the case. */
export function problem(code: ProblemCode, detail?: string, more: { expression?: string; headers?: Record<string, string> } = {}): Problem {
  const row = problems[code]
  const issue: Issue = { severity: 'error', type: row.issueType, code, text: detail ?? row.sentence }
  if (more.expression) issue.expression = more.expression
  return more.headers ? { problem: code, issues: [issue], headers: more.headers } : { problem: code, issues: [issue] }
}

/** A problem with every issue found, not only the first. */
export function problemWith(code: ProblemCode, issues: Issue[]): Problem {
  return { problem: code, issues }
}

export function isProblem(value: unknown): value is Problem {
  return typeof value === 'object' && value !== null && 'problem' in value && 'issues' in value
}

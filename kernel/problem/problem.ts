/**
 * Everything that can go wrong is a value: a `Problem` names a row of the catalogue and has one issue for each fault, so that a caller can
 * mend all of them at once. Only `kernel/http/problem-reply.ts` turns it into a status and an OperationOutcome.
 */
import type { Extension } from '@medplum/fhirtypes'
import { type ProblemCode, problems } from './catalogue.ts'

/** One fault: its place (FHIRPath), the rule that it breaks, and the remedy. Never holds an identity number. */
export interface Issue {
  severity: 'error' | 'warning' | 'information'
  /** FHIR IssueType, http://hl7.org/fhir/R4/valueset-issue-type.html */
  type: string
  /** A stable code: that of the catalogue, or a named rule or flag of a service. */
  code: string
  /** One English sentence: the rule and the remedy. */
  text: string
  /** The FHIRPath of the element, when the fault has a place. */
  expression?: string
  /** Further faults that were counted and not described, since no sender reads so many. */
  more?: number
  /** What the text says as values, for a program. */
  extension?: Extension[]
}

/** The faults of one resource that are described. A body of 5 MB can hold a million, and to describe them takes a minute. */
export const MOST_ISSUES = 100

export interface Problem {
  readonly problem: ProblemCode
  readonly issues: Issue[]
  /** How many issues are described, where that is more than usual. */
  readonly most?: number
  /** Response headers that the specification demands with this problem, such as WWW-Authenticate. */
  readonly headers?: Record<string, string>
  /** Who sent what is refused, where the issuer vouches for it and the caller is not admitted. For counts; it never leaves the server. */
  readonly sender?: { client: string; organization?: string | undefined; supplier?: string | undefined }
}

export type Result<T> = T | Problem

/** A problem of the catalogue. `detail` replaces the sentence of the catalogue with one about the particular case. */
export function problem(code: ProblemCode, detail?: string, more: { expression?: string; headers?: Record<string, string> } = {}): Problem {
  const row = problems[code]
  const issue: Issue = { severity: 'error', type: row.issueType, code, text: detail ?? row.sentence }
  if (more.expression) issue.expression = more.expression
  return more.headers ? { problem: code, issues: [issue], headers: more.headers } : { problem: code, issues: [issue] }
}

/** A problem with every issue that was found, not only the first. */
export function problemWith(code: ProblemCode, issues: Issue[]): Problem {
  return { problem: code, issues }
}

export function isProblem(value: unknown): value is Problem {
  return typeof value === 'object' && value !== null && 'problem' in value && 'issues' in value
}

/** What a command comes to, for people and for programs. */
import { isProblem, type Problem } from '@helsevev/kernel/problem/problem'

/** Exit codes of the commands. */
export const DONE = 0
export const REFUSED = 1
export const WRONG_USE = 2
/** EX_CONFIG of sysexits.h, as the server itself ends. */
export const WRONG_ENVIRONMENT = 78

export interface Answer {
  /** What `--json` prints. */
  result: unknown
  /** What is printed otherwise, with its line breaks. */
  text: string
  /** REFUSED when what was found is bad news, such as a broken chain. */
  exitCode?: typeof DONE | typeof REFUSED
}

/** Nothing was done, for a reason that is not in the catalogue of problems. */
export interface Refusal {
  refused: string
  sentences: readonly string[]
}

export type Outcome = Answer | Refusal | Problem

export function refuse(code: string, ...sentences: string[]): Refusal {
  return { refused: code, sentences }
}

/** The outcome of an act of the kernel: its problem, or what was done in a sentence. */
export function done<T>(outcome: T | Problem, result: (done: T) => unknown, sentence: (done: T) => string): Answer | Problem {
  return isProblem(outcome) ? outcome : { result: result(outcome), text: `${sentence(outcome)}\n` }
}

export interface ReportedIssue {
  text: string
  /** The element it is about. */
  at?: string
}

/** Code and sentences of what was refused; undefined for an answer. */
export function problemOf(outcome: Outcome): { code: string; issues: ReportedIssue[] } | undefined {
  if (isProblem(outcome)) {
    return {
      code: outcome.problem,
      issues: outcome.issues.map(({ text, expression }) => ({ text, ...(expression ? { at: expression } : {}) })),
    }
  }
  return 'refused' in outcome ? { code: outcome.refused, issues: outcome.sentences.map((text) => ({ text })) } : undefined
}

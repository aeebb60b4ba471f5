/** Decisions about access in words. */
import { answerOf } from '@helsevev/kernel/access/cases/answer'
import { inWords } from '@helsevev/kernel/access/cases/expectation'
import { decide, type Verdict } from '@helsevev/kernel/access/pipeline'
import type { AccessRequest, Facts } from '@helsevev/kernel/access/request'
import { type Issue, isProblem } from '@helsevev/kernel/problem/problem'
import { wrapped } from '@helsevev/replay/table'

const LAW_WIDTH = 100

/** A row for each step: its name in words, what came of it, and its clauses. */
export function verdictRows(verdicts: readonly Verdict[]): string[][] {
  return verdicts.map(({ step, verdict, problem, legal }) => [
    stepInWords(step),
    problem ? `${verdict}: ${problem.problem}` : verdict,
    verdict === 'does not apply' ? '' : legal.map((clause) => wrapped(clause, LAW_WIDTH, '  ')).join('\n'),
  ])
}

/** `requireAgreement` as `require agreement`. */
function stepInWords(step: string): string {
  return step.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`)
}

/** What a decision ends in: refused with sentences, or everything that it opens and hides. */
export type AccessOutcome = { refused: string; issues: readonly Issue[] } | { opened: Readonly<Record<string, string>> }

export function outcomeOf(request: AccessRequest, facts: Facts): AccessOutcome {
  const outcome = decide(request, facts)
  return isProblem(outcome) ? { refused: outcome.problem, issues: outcome.issues } : { opened: inWords(answerOf(outcome)) }
}

export function outcomeText(outcome: AccessOutcome): string {
  if ('refused' in outcome) {
    const sentences = outcome.issues.map(
      ({ text, expression }) => `  ${wrapped(text, LAW_WIDTH, '  ')}${expression ? ` (${expression})` : ''}\n`,
    )
    return `Refused: ${outcome.refused}\n${sentences.join('')}`
  }
  const parts = Object.entries(outcome.opened)
  const width = Math.max(...parts.map(([part]) => part.length))
  return `Opened:\n${parts.map(([part, value]) => `  ${part.padEnd(width)}  ${value}\n`).join('')}`
}

/** What was answered, without what does not matter to who may see what: the form that decisions are compared in. */
import type { ProblemCode } from '../../problem/catalogue.ts'
import { isProblem, type Problem } from '../../problem/problem.ts'
import type { Decision } from '../decision.ts'

export interface Seen {
  /** Whose records may be seen. */
  controllers: Set<string>
  /** `{controller}|{code}`, or everything. */
  opened: Set<string> | 'all'
  /** `{cause}|{controller}|{record}|{told}`, with * for all. */
  withholdings: Set<string>
  /** Codes of list 9603. */
  hiddenReleaseCodes: Set<string>
  releasedOnly: boolean
  /** Those who have reported, and are not hidden as a whole. */
  visibleContributors: Set<string>
  withheld: boolean
  basis: string
  purpose: string | undefined
  lifted: 'emergency' | 'consent' | undefined
}

export type Answer = { refused: ProblemCode } | Seen

export function answerOf(outcome: Decision | Problem): Answer {
  if (isProblem(outcome)) return { refused: outcome.problem }
  return {
    controllers: new Set(outcome.controllers),
    opened: outcome.openedSensitiveCodes ? new Set(outcome.openedSensitiveCodes) : 'all',
    withholdings: new Set(
      outcome.withholdings.map(({ cause, controller, record, told }) => `${cause}|${controller ?? '*'}|${record ?? '*'}|${told}`),
    ),
    hiddenReleaseCodes: new Set(outcome.hiddenReleaseCodes),
    releasedOnly: outcome.releasedOnly,
    visibleContributors: new Set(outcome.visibleContributors),
    withheld: outcome.withheld,
    basis: outcome.basis,
    purpose: outcome.purpose,
    lifted: outcome.lifted,
  }
}

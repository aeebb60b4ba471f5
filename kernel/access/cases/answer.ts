/** An answer reduced to what matters to access: the form in which decisions are compared. */
import type { ProblemCode } from '../../problem/catalogue.ts'
import { isProblem, type Problem } from '../../problem/problem.ts'
import type { Decision } from '../decision.ts'

export interface Seen {
  /** The controllers whose records may be seen. */
  controllers: Set<string>
  /** `{controller}|{code}`, or everything. */
  opened: Set<string> | 'all'
  /** `{controller}|{token}` for controllers of whose records a contract opens a part; without a token it opens none. */
  contracted?: Set<string> | undefined
  /** `{cause}|{controller}|{record}|{told}`, with * for all; `told` is whether the reader is shown that something is withheld. */
  withholdings: Set<string>
  /** Codes of list 9603. */
  hiddenReleaseCodes: Set<string>
  releasedOnly: boolean
  /** The controllers that have reported and are not hidden as a whole. */
  visibleContributors: Set<string>
  withheld: boolean
  /** Why the reader gets the records of its own organisation alone; undefined when it reads others' too. */
  ownOnly: string | undefined
  basis: string
  purpose: string | undefined
  lifted: 'emergency' | 'consent' | undefined
  /** `{by}|{choice}`, or `{by}|source`: what stands against the reader and is open in this look-up. */
  overridden: Set<string>
  /** Whether the answer to a person who writes states that the patient has opted out; absent is no. */
  shownToNobody?: true
}

export type Answer = { refused: ProblemCode } | Seen

export function answerOf(outcome: Decision | Problem): Answer {
  if (isProblem(outcome)) return { refused: outcome.problem }
  return {
    controllers: new Set(outcome.controllers),
    opened: outcome.openedSensitiveCodes ? new Set(outcome.openedSensitiveCodes) : 'all',
    contracted: outcome.contracted?.length
      ? new Set(
          outcome.contracted.flatMap(({ controller, tokens }) => (tokens.length > 0 ? tokens : ['']).map((one) => `${controller}|${one}`)),
        )
      : undefined,
    withholdings: new Set(
      outcome.withholdings.map(({ cause, controller, record, told }) => `${cause}|${controller ?? '*'}|${record ?? '*'}|${told}`),
    ),
    hiddenReleaseCodes: new Set(outcome.hiddenReleaseCodes),
    releasedOnly: outcome.releasedOnly,
    visibleContributors: new Set(outcome.visibleContributors),
    withheld: outcome.withheld,
    ownOnly: outcome.ownOnly?.reason,
    basis: outcome.basis,
    purpose: outcome.purpose,
    lifted: outcome.lifted,
    overridden: new Set([
      ...outcome.openedRestrictions.map(({ by, choice }) => `${by}|${choice}`),
      ...(outcome.openedSource ? ['emergency|source'] : []),
    ]),
    ...(outcome.shownToNobody ? { shownToNobody: true } : {}),
  }
}

/**
 * Which scale of saturation applies to the person: scale 2 when the plan or the last score that somebody made says so. It is for documented
 * hypercapnic failure, and never concluded from the measurements themselves.
 */
import type { Scale } from '@helsevev/clinical/news2/chart'
import { news2Total, subScoreCodes } from '@helsevev/clinical/news2/codes'
import { statedTokens } from '@helsevev/clinical/statuses'
import { SNOMED_CT } from '@helsevev/clinical/systems'
import { timeOf } from '@helsevev/clinical/time'
import type { Elsewhere } from '@helsevev/kernel/fhir/service'
import { instant } from '@helsevev/kernel/values/dates'
import type { CodeableConcept, Goal, Observation } from '@medplum/fhirtypes'
import { isInForce } from './thresholds.ts'

/** The newest scores of NEWS2 itself. */
export const lastScores: Elsewhere = {
  service: 'news2',
  type: 'Observation',
  tokens: { code: [news2Total], status: statedTokens },
  count: 10,
}

export interface AppliedScale {
  scale: Scale
  /** Absent when nothing says which scale applies: then it is scale 1, as for every patient without a choice. */
  from?: 'plan' | 'last-score'
}

/** `scores` newest first, as they are known; of those after `at`, none says anything of what was measured then. */
export function scaleFor(at: string, goals: readonly Goal[], scores: readonly Observation[] | undefined, now: Date): AppliedScale {
  const planned = goals
    .filter((goal) => isInForce(goal))
    .flatMap(({ target = [] }) => target.filter(({ dueDate }) => dueDate === undefined || Date.parse(dueDate) >= now.getTime()))
    .map(({ measure }) => scaleIn([measure]))
    .find((scale) => scale !== undefined)
  if (planned === 2) return { scale: 2, from: 'plan' }
  const measured = instant(at)?.getTime() ?? 0
  const said = (scores ?? [])
    .filter((score) => (instant(timeOf(score) ?? '')?.getTime() ?? Number.POSITIVE_INFINITY) <= measured)
    .map(({ component = [] }) => scaleIn(component.map(({ code }) => code)))
    .find((scale) => scale !== undefined)
  if (said !== undefined) return { scale: said, from: 'last-score' }
  return { scale: 1, ...(planned === 1 ? { from: 'plan' } : {}) }
}

function scaleIn(concepts: readonly (CodeableConcept | undefined)[]): Scale | undefined {
  const codings = concepts.flatMap((concept) => concept?.coding ?? []).filter(({ system }) => system === SNOMED_CT)
  const scales = codings.map(({ code }) =>
    code !== undefined && Object.hasOwn(subScoreCodes, code) ? subScoreCodes[code]?.scale : undefined,
  )
  return scales.find((scale) => scale !== undefined)
}

/** Why a service is not completely in a view that gathers several: the same kinds that its panel distinguishes. */
import type { PanelState } from '../panel-store.ts'

const gaps = ['loading', 'unavailable', 'refused', 'failed', 'withheld', 'withheld-by-patient', 'partial', 'stale', 'changes'] as const
export type Gap = (typeof gaps)[number]

/** Undefined when all of it is there, and when there is nothing or nothing is known: then the panel shows that, and no line is missing. */
export function gapOf({ answer, problem, loading }: PanelState): Gap | undefined {
  if (!answer) {
    if (!problem) return loading ? 'loading' : undefined
    return problem.code === 'refused' || problem.code === 'unavailable' ? problem.code : 'failed'
  }
  const { status, withheld, partial } = answer
  if (status === 'unavailable' || status === 'withheld' || status === 'withheld-by-patient') return status
  if (withheld.length > 0) return 'withheld-by-patient'
  if (status === 'some' && partial) return 'partial'
  return problem ? 'stale' : undefined
}

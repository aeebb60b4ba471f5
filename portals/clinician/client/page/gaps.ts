/** Why a service is not wholly in a view that gathers several: the same kinds that its panel tells apart. */
import type { PanelState } from '../panel-store.ts'

const gaps = ['loading', 'unavailable', 'refused', 'failed', 'withheld', 'withheld-by-patient', 'partial', 'stale'] as const
export type Gap = (typeof gaps)[number]

/** Undefined when all of it is there, or when there is nothing or nobody knows: then the panel says so, and no line is missing. */
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

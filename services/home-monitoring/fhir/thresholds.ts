/** A person's own thresholds, from the goals of a plan in force. */
import type { Goal, Observation } from '@medplum/fhirtypes'
import type { KindName } from '../model/vital-signs.ts'
import { kindOf, measuredIn } from './measurement.ts'

export interface Threshold {
  kind: KindName
  /** In the unit of the kind. */
  low?: number
  high?: number
  /** The numbers with the digits that were sent. */
  written: { low?: string; high?: string }
}

/** Whether a goal of the plan counts now. */
export function isInForce({ lifecycleStatus }: Goal): boolean {
  return inForce.has(lifecycleStatus ?? '')
}

const inForce = new Set<string>(['accepted', 'active', 'planned'])

/** A later goal of the same kind replaces an earlier one: `goals` newest first. */
export function thresholdsOf(goals: readonly Goal[], now: Date, canonical?: (system: string) => string): Threshold[] {
  const found = new Map<KindName, Threshold>()
  for (const goal of goals) {
    if (!isInForce(goal)) continue
    for (const { measure, detailRange, detailQuantity, dueDate } of goal.target ?? []) {
      const kind = kindOf(measure, canonical)
      if (!kind || found.has(kind.name) || (dueDate !== undefined && Date.parse(dueDate) < now.getTime())) continue
      const bound = (quantity: typeof detailQuantity) =>
        quantity && measure ? measuredIn({ code: measure, valueQuantity: quantity } as Observation, canonical)[0] : undefined
      const comparator = detailQuantity?.comparator
      const least = bound(detailRange?.low) ?? (comparator?.startsWith('>') ? bound(detailQuantity) : undefined)
      const most = bound(detailRange?.high) ?? (comparator?.startsWith('<') ? bound(detailQuantity) : undefined)
      const [low, high] = [least?.value, most?.value]
      if (low === undefined && high === undefined) continue
      const written = { ...(least?.written ? { low: least.written } : {}), ...(most?.written ? { high: most.written } : {}) }
      found.set(kind.name, { kind: kind.name, ...(low === undefined ? {} : { low }), ...(high === undefined ? {} : { high }), written })
    }
  }
  return [...found.values()]
}

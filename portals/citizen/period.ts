/** Periods that end today, as days in Norway. */
import { dayInNorway } from '@helsevev/ui/format.ts'

export const periodNames = ['month', 'quarter', 'year', 'all'] as const
export type PeriodName = (typeof periodNames)[number]

const days: Record<PeriodName, number> = { month: 31, quarter: 92, year: 366, all: 3653 }

/** Both days are part of the period. */
export function periodOf(name: PeriodName, now: Date): { from: string; to: string } {
  const to = dayInNorway(now)
  // Counted in calendar days: a day on which the clocks change is one day too.
  return { from: new Date(Date.parse(to) - days[name] * 86_400_000).toISOString().slice(0, 10), to }
}

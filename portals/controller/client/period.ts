/** Periods that figures are shown for: they end with today, in Norwegian days. The API accepts at most 92 days. */
import { dayInNorway } from '@helsevev/ui/format.ts'

export const periods = ['1', '7', '28', '92'] as const

const dayMs = 86_400_000

/** `until` is not included. */
export function periodOf(days: number, now = new Date()): { from: string; until: string } {
  const noon = Date.parse(`${dayInNorway(now)}T12:00:00Z`)
  return { from: dayInNorway(new Date(noon - (days - 1) * dayMs)), until: dayInNorway(new Date(noon + dayMs)) }
}

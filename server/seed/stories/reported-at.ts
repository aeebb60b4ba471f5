/** When a controller's system sent a report: soon after what it is about, at a time that is the same in each run. */
import { randomFrom } from '../random.ts'

const MINUTE = 60_000
const DAY = 24 * 60 * MINUTE

/** Nothing is sent before there are agreements and participants (agreements.ts). */
const FIRST = Date.parse('2025-01-02T00:00:00Z')

/** Days and moments that stand in what is sent: `2026-01-15`, `2026-01-15T13:05:00Z`. */
function datesIn(content: unknown): string[] {
  return [...JSON.stringify(content).matchAll(/"(\d{4}-\d\d-\d\d(?:T[\d:.]+(?:Z|[+-]\d\d:\d\d))?)"/g)].map(([, date = '']) => date)
}

/**
 * The newest date in `content` that has passed, and then some minutes for a moment, or some hour of that working day for a day. `word`
 * distinguishes one report from another. At the latest a few minutes to two hours ago: sources do not all send at the moment of a first
 * start.
 */
export function reportedAt(word: string, content: unknown, now: Date): Date {
  const random = randomFrom(`report of ${word}`)
  const newest = datesIn(content)
    .filter((date) => Date.parse(date) <= now.getTime())
    .sort((a, b) => Date.parse(a) - Date.parse(b))
    .at(-1)
  const latest = now.getTime() - random.int(4 * 60, 110 * 60) * 1000
  if (newest === undefined) return new Date(Math.max(FIRST, latest - random.int(5, 300) * DAY))
  const after = newest.length > 10 ? random.int(2 * 60, 40 * 60) : random.int(7 * 3600, 14 * 3600)
  const sent = Date.parse(newest) + after * 1000
  return new Date(Math.min(latest, sent < FIRST ? FIRST + random.int(8 * 60, 60 * 24 * 60) * MINUTE : sent))
}

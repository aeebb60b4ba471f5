/** The trend of a series of scores: which points a line may join, and the trend in words. Pure, so that chart and text agree. */
import { instantOf } from '@helsevev/clinical/news2/picture'
import type { ShownScore } from './panel-data.ts'

const hour = 3_600_000

/**
 * Scores further apart than this are not joined by a line, and belong to different episodes. The longest interval of any band in the chart
 * of the Royal College of Physicians (2017) is 12 hours: after four of them without a score, nobody was following the patient.
 */
const longestGap = 48 * hour

interface At {
  time: number
  score: ShownScore
}

export type WholeMark = At & { kind: 'total'; total: number }
export type Mark = WholeMark | (At & { kind: 'partial' | 'not-applicable' })

/** Oldest first, withdrawn ones left out. Several scores may share a moment: they are never averaged. */
export function marks(scores: readonly ShownScore[]): Mark[] {
  return scores
    .filter((score) => score.status !== 'entered-in-error')
    .map((score) => ({ time: instantOf(score.time), score, ...kindOf(score) }))
    .reverse()
    .sort((a, b) => a.time - b.time)
}

function kindOf({ total, notApplicable }: ShownScore): { kind: 'total'; total: number } | { kind: 'partial' | 'not-applicable' } {
  if (total !== undefined) return { kind: 'total', total }
  return { kind: notApplicable.length > 0 ? 'not-applicable' : 'partial' }
}

/** Runs of whole scores with no long gap and nothing incomplete between them; only these are joined by a line. */
export function runs(all: readonly Mark[]): WholeMark[][] {
  const found: WholeMark[][] = []
  let before: Mark | undefined
  for (const mark of all) {
    if (mark.kind === 'total') {
      const joined = before?.kind === 'total' && mark.time - before.time <= longestGap
      if (joined) found.at(-1)?.push(mark)
      else found.push([mark])
    }
    before = mark
  }
  return found
}

/** The periods that a reader may look at: the latest episode, a period back from now, or everything. */
const periods = ['episode', 'day', 'week', 'quarter', 'all'] as const
export type Period = (typeof periods)[number]

const lengths = { day: 24 * hour, week: 7 * 24 * hour, quarter: 91 * 24 * hour } as const

export interface Shown {
  marks: Mark[]
  /** What the axis covers: the period; for an episode and for everything, from the first score to the last. */
  from: number
  to: number
}

/** The scores of a period and the span of its axis. A score in the future is shown, and the axis extends to it. */
export function shownIn(all: readonly Mark[], period: Period, now: Date): Shown {
  if (period === 'day' || period === 'week' || period === 'quarter') {
    const from = now.getTime() - lengths[period]
    return { marks: all.filter(({ time }) => time >= from), from, to: Math.max(now.getTime(), all.at(-1)?.time ?? 0) }
  }
  const chosen = period === 'episode' ? latestEpisode(all) : [...all]
  return { marks: chosen, from: chosen[0]?.time ?? 0, to: chosen.at(-1)?.time ?? 0 }
}

/** The newest scores, back to the first long gap. */
function latestEpisode(all: readonly Mark[]): Mark[] {
  const start = all.findLastIndex(({ time }, index) => index === 0 || time - (all[index - 1]?.time ?? 0) > longestGap)
  return all.slice(Math.max(start, 0))
}

/** Periods to choose from. An episode of one score, or of all of them, is no separate choice. */
export function periodsFor(all: readonly Mark[]): Period[] {
  const episode = latestEpisode(all).length
  return periods.filter((period) => period !== 'episode' || (episode > 1 && episode < all.length))
}

export type Direction = 'up' | 'down' | 'same'

/** From the previous whole score to the newest; undefined when there are fewer than two. */
export function change(all: readonly Mark[]): { from: WholeMark; to: WholeMark; by: number; direction: Direction } | undefined {
  const totals = runs(all).flat()
  const [from, to] = totals.slice(-2)
  if (!from || !to) return undefined
  const by = to.total - from.total
  return { from, to, by, direction: by === 0 ? 'same' : by > 0 ? 'up' : 'down' }
}

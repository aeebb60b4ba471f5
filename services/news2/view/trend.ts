/** The trend of a series of scores: which points a line may join, and what it says in words. Pure, so that chart and text agree. */
import type { ShownScore } from './panel-data.ts'

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

/** A date without a time stands at noon, Norwegian winter time. */
export function instantOf(time: string): number {
  return Date.parse(time.includes('T') ? time : `${time}T11:00:00Z`)
}

/** Runs of whole scores with nothing incomplete between them; only these are joined by a line. */
export function runs(all: readonly Mark[]): WholeMark[][] {
  const found: WholeMark[][] = [[]]
  for (const mark of all) {
    if (mark.kind === 'total') found.at(-1)?.push(mark)
    else found.push([])
  }
  return found.filter((run) => run.length > 0)
}

export type Direction = 'up' | 'down' | 'same'

/** From the whole score before to the newest; undefined when there are fewer than two. */
export function change(all: readonly Mark[]): { from: WholeMark; to: WholeMark; by: number; direction: Direction } | undefined {
  const totals = runs(all).flat()
  const [from, to] = totals.slice(-2)
  if (!from || !to) return undefined
  const by = to.total - from.total
  return { from, to, by, direction: by === 0 ? 'same' : by > 0 ? 'up' : 'down' }
}

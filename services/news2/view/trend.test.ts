import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { ShownScore } from './panel-data.ts'
import { change, marks, type Period, periodsFor, runs, shownIn } from './trend.ts'

const now = new Date('2026-11-22T12:00:00Z')
const hour = 3_600_000

/** A score this many hours before now; without a total it is partial. */
function score(hoursAgo: number, total?: number, more: Partial<ShownScore> = {}): ShownScore {
  return {
    id: `${hoursAgo} hours ago`,
    time: new Date(now.getTime() - hoursAgo * hour).toISOString(),
    status: 'final',
    ...(total === undefined ? {} : { total }),
    missing: [],
    worstParameters: [],
    notApplicable: [],
    subScores: [],
    flags: [],
    controller: '100200017',
    ...more,
  }
}

const joined = (scores: ShownScore[]) => runs(marks(scores)).map((run) => run.map(({ total }) => total))

test('scores are joined up to 48 hours apart, and not beyond', () => {
  assert.deepEqual(joined([score(0, 4), score(48, 2)]), [[2, 4]])
  assert.deepEqual(joined([score(0, 4), score(48.01, 2)]), [[2], [4]])
})

test('the line breaks at a partial score and at one that does not apply; a withdrawn one is not there', () => {
  assert.deepEqual(joined([score(0, 4), score(6), score(12, 5), score(18, 7)]), [[7, 5], [4]])
  assert.deepEqual(joined([score(0, 4), score(6, undefined, { notApplicable: ['pregnancy'] }), score(12, 5)]), [[5], [4]])
  assert.deepEqual(joined([score(0, 4), score(6, 9, { status: 'entered-in-error' }), score(12, 5)]), [[5, 4]])
  assert.deepEqual(joined([score(0), score(6)]), [])
})

test('scores of one moment are each there', () => {
  assert.deepEqual(joined([score(0, 4), score(0, 5)]), [[5, 4]])
})

test('the latest episode goes back to the first gap of more than 48 hours', () => {
  const all = marks([score(2, 0), score(30, 3), score(78, 9), score(126.5, 1), score(2000, 2)])
  assert.deepEqual(
    shownIn(all, 'episode', now).marks.map(({ score: { total } }) => total),
    [9, 3, 0],
  )
})

test('a period counts back from now, both sides of its boundary, and its axis ends now', () => {
  const rows: [Period, number][] = [
    ['day', 24],
    ['week', 7 * 24],
    ['quarter', 91 * 24],
  ]
  for (const [period, hours] of rows) {
    const shown = shownIn(marks([score(1, 1), score(hours, 2), score(hours + 0.01, 3)]), period, now)
    assert.deepEqual([shown.marks.length, (shown.to - shown.from) / hour, shown.to], [2, hours, now.getTime()], period)
  }
})

test('a period without scores is empty; a score with a time to come is shown, and the axis follows it', () => {
  assert.deepEqual(shownIn(marks([score(30, 1)]), 'day', now).marks, [])
  const shown = shownIn(marks([score(-2, 1)]), 'day', now)
  assert.deepEqual([shown.marks.length, shown.to], [1, now.getTime() + 2 * hour])
})

test('the latest episode is a choice when there is more than one score in it, and others before it', () => {
  const others: Period[] = ['day', 'week', 'quarter', 'all']
  assert.deepEqual(periodsFor(marks([score(2, 0), score(8, 3), score(2000, 2)])), ['episode', ...others])
  assert.deepEqual(periodsFor(marks([score(2, 0), score(8, 3)])), others)
  assert.deepEqual(periodsFor(marks([score(2, 0), score(2000, 3)])), others)
})

test('the change is from the whole score before to the newest', () => {
  const found = change(marks([score(0, 4), score(6), score(12, 5)]))
  assert.deepEqual([found?.by, found?.direction, found?.from.score.id], [-1, 'down', '12 hours ago'])
  assert.equal(change(marks([score(0, 4), score(6)])), undefined)
})

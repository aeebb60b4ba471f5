import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readingsIn } from './list-level.ts'

const rows: [code: string, band: string | undefined, certain: boolean, scale: 1 | 2, within?: number | undefined, trend?: string][] = [
  ['band-0', 'band-0', true, 1],
  ['single-3', 'single-3', true, 1],
  ['band-5-6-uncertain', 'band-5-6', false, 1],
  ['band-7.scale-2', 'band-7', true, 2],
  ['band-7-uncertain.scale-2', 'band-7', false, 2],
  ['unscored', undefined, true, 1],
  ['unscored.scale-2', undefined, true, 2],
  ['a word of later', undefined, true, 1],
  ['band-7.within-6', 'band-7', true, 1, 6],
  ['single-3-uncertain.scale-2.within-168', 'single-3', false, 2, 168],
  ['band-5-6.scale-2.up.within-4', 'band-5-6', true, 2, 4, 'up'],
  ['band-0.down', 'band-0', true, 1, undefined, 'down'],
  ['band-0.within-soon', 'band-0', true, 1],
]

for (const [code, band, certain, scale, within, trend] of rows)
  test(code, () => {
    const time = '2026-03-10T12:00:00Z'
    const [reading] = readingsIn({ system: 's', code, time })
    assert.ok(reading)
    const { actWithinHours: hours, ...told } = reading
    assert.deepEqual(
      [told.band, told.certain, told.scale, told.time, told.computed, hours, told.trend],
      [band, certain, scale, time, false, within, trend],
    )
  })

const before = { id: 'news2-before', time: '2026-03-10T08:00Z', computed: false, certain: true }
for (const [code, total, earlier] of [
  ['band-7', undefined, undefined],
  ['band-7.total-9.up.from-band-1-4.from-total-3.since-2026-03-10T08:00Z', 9, { ...before, band: 'band-1-4', total: 3 }],
  ['band-7.up.from-band-1-4.since-2026-03-10', undefined, { ...before, band: 'band-1-4', time: '2026-03-10' }],
  ['band-7.total-9.up.from-band-1-4.since-then', 9, undefined],
  ['band-7.total-many.from-band-9.since-2026-03-10', undefined, undefined],
] as const)
  test(`the total and the score before in ${code}`, () => {
    const [now, then] = readingsIn({ system: 's', code, time: '2026-03-10T12:00:00Z' })
    assert.deepEqual([now?.total, then], [total, earlier])
  })

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { timeTicks } from './time-axis.ts'

const told = (from: string, to: string, most: number, language = 'nb') =>
  timeTicks(Date.parse(from), Date.parse(to), most, language).map(({ label, within }) => (within ? `${label} (${within})` : label))

test('a day has ticks at round hours, and the date where it begins', () => {
  assert.deepEqual(told('2026-11-21T21:10:00Z', '2026-11-22T21:10:00Z', 5), ['00:00 (22. nov.)', '06:00', '12:00', '18:00'])
  assert.deepEqual(told('2026-11-22T07:30:00Z', '2026-11-22T10:30:00Z', 5), ['09:00 (22. nov.)', '10:00', '11:00'])
})

test('a week has a tick for each day, at Norwegian midnight', () => {
  const [first] = timeTicks(Date.parse('2026-11-15T21:30:00Z'), Date.parse('2026-11-22T18:30:00Z'), 8)
  assert.equal(new Date(first?.time ?? 0).toISOString(), '2026-11-15T23:00:00.000Z')
  assert.deepEqual(told('2026-11-15T21:30:00Z', '2026-11-22T18:30:00Z', 4), ['17. nov. (2026)', '19. nov.', '21. nov.'])
})

test('months are named, and the year where it begins', () => {
  assert.deepEqual(told('2026-11-02T12:00:00Z', '2027-02-20T12:00:00Z', 6), ['des (2026)', 'jan (2027)', 'feb'])
  assert.deepEqual(told('2026-11-02T12:00:00Z', '2027-02-20T12:00:00Z', 6, 'en'), ['Dec (2026)', 'Jan (2027)', 'Feb'])
})

test('when the clocks change, a day has 23 or 25 hours and its ticks still stand at what clocks show', () => {
  const spring = timeTicks(Date.parse('2026-03-28T23:00:00Z'), Date.parse('2026-03-29T22:00:00Z'), 4)
  assert.deepEqual(
    spring.map(({ time, label }) => [new Date(time).toISOString().slice(5, 16), label]),
    [
      ['03-28T23:00', '00:00'],
      ['03-29T04:00', '06:00'],
      ['03-29T10:00', '12:00'],
      ['03-29T16:00', '18:00'],
      ['03-29T22:00', '00:00'],
    ],
  )
  assert.deepEqual(told('2026-10-24T22:00:00Z', '2026-10-25T23:00:00Z', 3), ['00:00 (25. okt.)', '12:00', '00:00 (26. okt.)'])
})

test('a span of any length has few ticks', () => {
  const start = Date.parse('2010-01-01T00:00:00Z')
  for (const days of [0.05, 0.5, 1, 3, 10, 40, 100, 400, 1500, 6000]) {
    for (const most of [3, 6, 10]) {
      const count = timeTicks(start, start + days * 86_400_000, most).length
      assert.ok(count <= most + 1, `${days} days, at most ${most}: ${count}`)
    }
  }
})

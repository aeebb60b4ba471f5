import assert from 'node:assert/strict'
import { test } from 'node:test'
import { cases } from '../testing/cases.ts'
import { endsBeforeStart, hasEnded, isDay, startsLater } from './period.ts'

interface Row {
  name: string
  start: string
  end?: string
  now: string
  ended: boolean
  later: boolean
}

for (const { name, start, end, now, ended, later } of cases<Row>(new URL('./period.cases.yaml', import.meta.url))) {
  test(`period: ${name}`, () => {
    assert.deepEqual({ ended: hasEnded(end, new Date(now)), later: startsLater(start, new Date(now)) }, { ended, later })
  })
}

for (const [start, end, before] of [
  ['2026-01-15', '2026-01-14', true],
  ['2026-01-15', '2026-01-15', false],
  ['2026-01-15', '2026-01-16', false],
  ['2026-01-15', '2026-01', false],
  ['2026-01-15', '2025-12', true],
  ['2026-01-15', '2026', false],
  ['2026-01-15T12:00:00+01:00', '2026-01-15', false],
  ['2026-01-15T23:30:00Z', '2026-01-15', true],
  ['2026-01-15T12:00:00+01:00', '2026-01-15T11:00:00Z', false],
  ['2026-01-15T12:00:00+01:00', '2026-01-15T10:59:59Z', true],
  [undefined, '2026-01-15', false],
  ['2026-01-15', undefined, false],
] as const) {
  test(`a service from ${start} to ${end} ${before ? 'ends before it starts' : 'is in order'}`, () =>
    assert.equal(endsBeforeStart(start, end), before))
}

for (const [text, expected] of Object.entries({
  '2026-02-28': true,
  '2026-02-29': false,
  '2028-02-29': true,
  '2026-13-01': false,
  '2026-1-5': false,
  '15.01.2026': false,
  '2026-01': false,
  '20260115': false,
  '2026-01-15T08:00:00+01:00': true,
  '2026-01-15T08:00:00': false,
  '2026-01-15T25:00:00Z': false,
})) {
  test(`${text} is ${expected ? '' : 'not '}a day`, () => assert.equal(isDay(text), expected))
}

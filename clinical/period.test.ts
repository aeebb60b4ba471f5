import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { parse } from 'yaml'
import { endsBeforeStart, hasEnded, isAhead } from './period.ts'

interface Row {
  name: string
  start?: string
  end?: string
  now: string
  ended: boolean
  later: boolean
}

const rows = parse(readFileSync(new URL('./period.cases.yaml', import.meta.url), 'utf8')) as Row[]
for (const { name, start, end, now, ended, later } of rows) {
  test(`period: ${name}`, () => {
    assert.deepEqual({ ended: hasEnded(end, new Date(now)), later: isAhead(start, new Date(now)) }, { ended, later })
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
  test(`a period from ${start} to ${end} ${before ? 'ends before it starts' : 'is in order'}`, () =>
    assert.equal(endsBeforeStart(start, end), before))
}

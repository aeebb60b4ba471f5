import assert from 'node:assert/strict'
import { test } from 'node:test'
import { isDay } from './day.ts'

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

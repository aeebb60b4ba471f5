import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Observation } from '@medplum/fhirtypes'
import { dayOf, hasTimeOfDay, timeOf } from './time.ts'

// biome-ignore format: a table, one row to a line
const rows: [dateTime: string, day: string, timeOfDay: boolean][] = [
  ['2026',                      '2026',       false],
  ['2026-01',                   '2026-01',    false],
  ['2026-01-15',                '2026-01-15', false],
  ['2026-01-15T22:59:59Z',      '2026-01-15', true],
  ['2026-01-15T23:00:00Z',      '2026-01-16', true],
  ['2026-07-15T21:59:59Z',      '2026-07-15', true],
  ['2026-07-15T22:00:00Z',      '2026-07-16', true],
  ['2026-01-15T23:30:00-05:00', '2026-01-16', true],
  ['2026-01-15Tnoon',           '2026-01-15Tnoon', false],
]
for (const [dateTime, day, timeOfDay] of rows) {
  test(`${dateTime} is ${day} in Norway, with${timeOfDay ? '' : 'out'} a time of day`, () => {
    assert.deepEqual([dayOf(dateTime), hasTimeOfDay(dateTime)], [day, timeOfDay])
  })
}

test('an observation is of the time it has, whichever of the three elements holds it', () => {
  const at = (more: Partial<Observation>) => timeOf({ resourceType: 'Observation', status: 'final', code: {}, ...more })
  assert.equal(at({ effectiveDateTime: '2026-01-15' }), '2026-01-15')
  assert.equal(at({ effectiveInstant: '2026-01-15T12:00:00Z' }), '2026-01-15T12:00:00Z')
  assert.equal(at({ effectivePeriod: { start: '2026-01-14', end: '2026-01-15' } }), '2026-01-14')
  assert.equal(at({}), undefined)
})

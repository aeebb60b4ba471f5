import assert from 'node:assert/strict'
import { test } from 'node:test'
import { endsOf, type Phase, phaseAt } from './session-ends.ts'

const minutes = (count: number) => count * 60_000

test('the end without use is warned of five minutes before, the end in any case ten, once; and the sooner one ends it', () => {
  const ends = endsOf({ idleSeconds: 30 * 60, endsInSeconds: 8 * 3600 }, 0)
  assert.deepEqual(ends, { idle: minutes(30), absolute: minutes(480) })
  const late = { idle: minutes(500), absolute: minutes(480) }
  const rows: [typeof ends, number, boolean, Phase][] = [
    [ends, minutes(25) - 1, false, 'running'],
    [ends, minutes(25), false, 'idle-soon'],
    [ends, minutes(30) - 1, false, 'idle-soon'],
    [ends, minutes(30), false, 'over'],
    [late, minutes(470) - 1, false, 'running'],
    [late, minutes(470), false, 'ends-soon'],
    [late, minutes(470), true, 'running'],
    [late, minutes(480), true, 'over'],
  ]
  for (const [row, now, seen, phase] of rows) assert.equal(phaseAt(row, now, seen), phase, String(now))
})

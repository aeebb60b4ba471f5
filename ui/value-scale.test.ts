import assert from 'node:assert/strict'
import { test } from 'node:test'
import { niceScale } from './value-scale.ts'

test('the scale has round numbers, holds every value, and has none below zero for what is never below it', () => {
  const rows: [values: number[], low: number, high: number][] = [
    [[11, 15.3, 12.2], 10, 16],
    [[0, 4], 0, 5],
    [[5], 2, 8],
    [[0], 0, 1],
    [[-3, 4], -4, 6],
    [[88, 97], 85, 100],
  ]
  for (const [values, low, high] of rows) {
    const scale = niceScale(values, 5)
    assert.ok(scale.low <= Math.min(...values) && scale.high >= Math.max(...values), values.join())
    assert.deepEqual([scale.ticks[0], scale.ticks.at(-1)], [scale.low, scale.high], values.join())
    assert.ok(scale.ticks.length >= 2 && scale.ticks.length <= 9, `${values}: ${scale.ticks}`)
    if (Math.min(...values) >= 0) assert.ok(scale.low >= 0)
    assert.ok(scale.low >= low - 5 && scale.high <= high + 5)
  }
})

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type Interval, readInterval } from './reference-interval.ts'

const rows: [text: string, interval: Interval | undefined][] = [
  ['3,5 - 11,0', { low: 3.5, high: 11 }],
  ['3,5-5.0', { low: 3.5, high: 5 }],
  ['99-99', { low: 99, high: 99 }],
  ['10 – 22', { low: 10, high: 22 }],
  ['-2 - 2', { low: -2, high: 2 }],
  ['3.5 - 10.0 10*9/L', { low: 3.5, high: 10 }],
  ['<35', { high: 35, exclusive: true }],
  ['< 0,5', { high: 0.5, exclusive: true }],
  ['>= 90', { low: 90 }],
  ['≤ 5', { high: 5 }],
  ['> 60', { low: 60, exclusive: true }],
  ['under 5', { high: 5, exclusive: true }],
  ['5 - 3', undefined],
  ['<', undefined],
  ['', undefined],
  ['negativ', undefined],
  ['1-2-3', undefined],
  ['se kommentar 3-5', undefined],
]

test('intervals that are sure become numbers, others stay text', () => {
  for (const [text, interval] of rows) assert.deepEqual(readInterval(text), interval, text)
})

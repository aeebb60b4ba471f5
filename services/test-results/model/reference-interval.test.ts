import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type Interval, readInterval } from './reference-interval.ts'

const rows: [text: string, interval: Interval | undefined][] = [
  ['3,5 - 11,0', { low: 3.5, high: 11 }],
  ['3,5-5.0', { low: 3.5, high: 5 }],
  ['99-99', { low: 99, high: 99 }],
  ['10 – 22', { low: 10, high: 22 }],
  ['-2 - 2', { low: -2, high: 2 }],
  ['3.5 - 10.0 10*9/L', { low: 3.5, high: 10, unit: '10*9/L' }],
  ['<35', { high: 35, exclusive: true }],
  ['< 0,5', { high: 0.5, exclusive: true }],
  ['>= 90', { low: 90 }],
  ['≤ 5', { high: 5 }],
  ['> 60', { low: 60, exclusive: true }],
  ['under 5', { high: 5, exclusive: true }],
  ['<10 000', { high: 10_000, exclusive: true }],
  ['3\u2009500 - 10\u202f000', { low: 3500, high: 10_000 }],
  ['150-400 10^9/L', { low: 150, high: 400, unit: '10^9/L' }],
  ['<10\u2007000', { high: 10_000, exclusive: true }],
  ['0.030 - 2.010', { low: 0.03, high: 2.01 }],
  ['7,350-7,450', { low: 7.35, high: 7.45 }],
  ['10.000-20.000', undefined],
  ['<1.000', undefined],
  ['<1/40', undefined],
  ['<1:40', undefined],
  ['4,0-5,0 (kvinner) 4,5-5,5 (menn)', undefined],
  ['<5 (røykere <10)', undefined],
  ['10-20 K 12-22 M', undefined],
  ['10-20 K', undefined],
  ['12-22 M', undefined],
  ['4,5-5,5 menn', undefined],
  ['5-10 år: 3-4', undefined],
  ['>18 år: 12-16', undefined],
  ['<1 år 2-4', undefined],
  ['0-14 dager: 30-60', undefined],
  ['18-50 år', undefined],
  ['<50 år: 3,5-5,0', undefined],
  ['< 50 år 3-5', undefined],
  ['0-14 d', undefined],
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

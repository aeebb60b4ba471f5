/** Days become samples and days again: nothing is lost, and long gaps do not fill an answer. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { kindNamed } from '../model/vital-signs.ts'
import { daysOfSeries, seriesParameters, type TrendDay } from './trend-series.ts'

const kind = kindNamed('heart-rate')
const parametersOf = (days: readonly TrendDay[]) =>
  kind
    ? seriesParameters(
        {
          code: '',
          controller: '900000002',
          unit: '/min',
          days: days.map(({ day, count, low, high, mean, decimals }) => ({
            day,
            count,
            min: low.toFixed(decimals),
            max: high.toFixed(decimals),
            sum: mean * count,
          })),
        },
        kind,
      )
    : []
const on = (day: string, mean = 72.5): TrendDay => ({ day, count: 2, low: 70, high: 75, mean, decimals: 0 })

test('days come back as they were, gaps and changes to summer time too', () => {
  const days = [on('2026-03-27'), on('2026-03-28'), on('2026-03-29', 71), on('2026-03-30'), on('2026-04-02'), on('2026-04-30')]
  assert.deepEqual(parametersOf(days).flatMap(daysOfSeries), days)
})

test('after more than thirty days without numbers another series begins', () => {
  const rows: [last: string, series: number][] = [
    ['2026-01-31', 1],
    // Thirty days lie between the first of January and this.
    ['2026-02-01', 1],
    ['2026-02-02', 2],
    ['2096-01-01', 2],
  ]
  for (const [last, series] of rows) assert.equal(parametersOf([on('2026-01-01'), on(last)]).length, series, last)
})

test('the lowest and the highest have the digits that were sent; what was converted has six', () => {
  const rows: [min: string, max: string, data: string, decimals: number][] = [
    ['37.0', '38', '37.0 38 38', 1],
    ['0.0010', '100.00', '0.0010 100.00 38', 4],
    ['98.6000000001', '120.123456789', '98.6 120.123 38', 3],
    ['-1.50', '1e-7', '-1.50 1e-7 38', 2],
  ]
  for (const [min, max, data, decimals] of rows) {
    const days = [{ day: '2026-01-01', count: 1, min, max, sum: 38 }]
    const [series] = kind ? seriesParameters({ code: '', controller: '', unit: kind.unit, days }, kind) : []
    assert.equal(series?.part?.find(({ name }) => name === 'low-high-mean')?.valueSampledData?.data, data)
    assert.deepEqual(series && daysOfSeries(series).map((day) => day.decimals), [decimals])
  }
})

test('a mean has six digits', () => {
  const [series] = parametersOf([{ day: '2026-01-01', count: 3, low: 70, high: 71, mean: 211 / 3, decimals: 0 }])
  assert.equal(series?.part?.find(({ name }) => name === 'low-high-mean')?.valueSampledData?.data, '70 71 70.3333')
})

test('nothing has no series', () => {
  assert.deepEqual(parametersOf([]), [])
})

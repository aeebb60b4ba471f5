import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { UseRow } from '@helsevev/kernel/control/contract'
import { periodOf } from './period.ts'
import { byPeriod, byReceiver } from './use.ts'

const row = (period: string, receiver: string | null, lookUps: number, purpose: string | null = 'TREAT'): UseRow => ({
  period,
  service: 'news2',
  receiver: receiver === null ? null : { number: receiver, name: receiver },
  purpose,
  lookUps,
  requests: 10 * lookUps,
  patients: 1,
})

const total = (period: string, lookUps: number) => ({ period, lookUps, requests: 10 * lookUps, patients: 1 })

test('every day has a total, those without look-ups too, also over the change of clocks', () => {
  const totals = [total('2026-03-28', 5), total('2026-03-30', 1)]
  assert.deepEqual(byPeriod({ from: '2026-03-28', until: '2026-03-31', by: 'day', totals, rows: [] }), [
    { period: '2026-03-28', lookUps: 5, requests: 50 },
    { period: '2026-03-29', lookUps: 0, requests: 0 },
    { period: '2026-03-30', lookUps: 1, requests: 10 },
  ])
})

test('weeks begin on Monday, the first one with the day that the period begins on', () => {
  const use = { from: '2026-01-14', until: '2026-01-20', by: 'week' as const, totals: [total('2026-01-12', 4)], rows: [] }
  assert.deepEqual(byPeriod(use), [
    { period: '2026-01-12', lookUps: 4, requests: 40 },
    { period: '2026-01-19', lookUps: 0, requests: 0 },
  ])
})

test('look-ups are added up for each receiver, purpose and service, the most first; systems without purpose apart', () => {
  const rows = [
    row('2026-01-12', 'a', 1),
    row('2026-01-12', 'b', 5),
    row('2026-01-13', 'a', 2),
    row('2026-01-13', 'a', 9, null),
    row('2026-01-13', null, 4),
  ]
  assert.deepEqual(
    byReceiver({ from: '2026-01-12', until: '2026-01-19', by: 'day', totals: [], rows }).map((one) => [
      one.receiver?.number,
      one.purpose,
      one.lookUps,
      one.requests,
    ]),
    [
      ['a', null, 9, 90],
      ['b', 'TREAT', 5, 50],
      [undefined, 'TREAT', 4, 40],
      ['a', 'TREAT', 3, 30],
    ],
  )
})

for (const [now, days, from, until] of [
  ['2026-01-15T22:30:00Z', 1, '2026-01-15', '2026-01-16'],
  ['2026-01-15T23:30:00Z', 1, '2026-01-16', '2026-01-17'],
  ['2026-03-29T21:30:00Z', 7, '2026-03-23', '2026-03-30'],
  ['2026-06-30T12:00:00Z', 92, '2026-03-31', '2026-07-01'],
] as const) {
  test(`the last ${days} days at ${now} are from ${from} until ${until}`, () => {
    assert.deepEqual(periodOf(days, new Date(now)), { from, until })
  })
}

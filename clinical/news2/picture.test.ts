/** The picture of a patient, row by row, with both sides of each boundary. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Band, Scale } from './chart.ts'
import { type Exceeded, gravityOf, type Picture, pictureOf, type Reading } from './picture.ts'

const now = new Date('2026-03-10T18:00:00Z')
const ago = (hours: number) => new Date(now.getTime() - hours * 3_600_000).toISOString()
const bandOfTotal = (total: number): Band => (total >= 7 ? 'band-7' : total >= 5 ? 'band-5-6' : total >= 1 ? 'band-1-4' : 'band-0')

const made = (hours: number, total: number, more: Partial<Reading> = {}): Reading => ({
  id: `made ${hours}`,
  time: ago(hours),
  computed: false,
  total,
  band: bandOfTotal(total),
  certain: true,
  scale: 1,
  ...more,
})
const computed = (hours: number, total: number, onScale2 = total): Reading => ({
  ...made(hours, total),
  id: `computed ${hours}`,
  computed: true,
  onScale2: { total: onScale2, band: bandOfTotal(onScale2) },
})
const partial = (hours: number, band: Band): Reading => {
  const { total: _total, ...rest } = made(hours, 0)
  return { ...rest, id: `partial ${hours}`, band, certain: false }
}
const unknown = (hours: number): Reading => ({ id: `unknown ${hours}`, time: ago(hours), computed: false, certain: true })
const outside = (hours: number, kind = 'oxygen-saturation'): Exceeded => ({ kind, time: ago(hours), value: 86, low: 88 })

type Told = [
  current: string | undefined,
  total: number | undefined,
  scale: Scale | undefined,
  before: number | undefined,
  direction?: string,
]
const told = ({ current, before, direction }: Picture): Told => [
  current?.id,
  current?.total,
  current?.scale,
  before?.total,
  ...(direction ? ([direction] as [string]) : ([] as [])),
]

const rows: [what: string, readings: Reading[], told: Told][] = [
  ['nothing', [], [undefined, undefined, undefined, undefined]],
  ['one score', [made(1, 3)], ['made 1', 3, 1, undefined]],
  ['a computed score alone', [computed(1, 7)], ['computed 1', 7, 1, undefined]],
  ['newest first, whoever measured', [made(9, 0), computed(1, 7)], ['computed 1', 7, 1, 0, 'up']],
  ['an older computed score', [computed(9, 7), made(1, 0)], ['made 1', 0, 1, 7, 'down']],
  ['no change', [made(9, 2), computed(1, 2)], ['computed 1', 2, 1, 2, 'same']],
  ['scale 2 by the last score', [made(9, 0, { scale: 2 }), computed(1, 7, 5)], ['computed 1', 5, 2, 0, 'up']],
  ['scale 2 by a score of the same time', [made(1, 0, { scale: 2 }), computed(1, 7, 5)], ['computed 1', 5, 2, undefined]],
  ['scale 2 chosen only afterwards', [computed(9, 7, 5), made(1, 4, { scale: 2 })], ['made 1', 4, 2, 7, 'down']],
  ['back on scale 1', [made(20, 0, { scale: 2 }), made(9, 0), computed(1, 7, 5)], ['computed 1', 7, 1, 0, 'up']],
  [
    'a last score without a scale does not change it',
    [made(20, 0, { scale: 2 }), { ...unknown(9), band: 'band-0', total: 0 }, computed(1, 7, 5)],
    ['computed 1', 5, 2, 0, 'up'],
  ],
  ['a partial score does not lower', [made(5, 7), partial(1, 'band-1-4')], ['made 5', 7, 1, undefined]],
  ['a partial score raises', [made(5, 0), partial(1, 'band-5-6')], ['partial 1', undefined, 1, 0, 'up']],
  ['a partial score 24 hours later does not lower', [made(25, 7), partial(1, 'band-1-4')], ['made 25', 7, 1, undefined]],
  ['a partial score more than 24 hours later stands', [made(25.1, 7), partial(1, 'band-1-4')], ['partial 1', undefined, 1, 7, 'down']],
  ['a score of which nothing is known is no score', [made(5, 7), unknown(1)], ['made 5', 7, 1, undefined]],
  ['only one of which nothing is known', [unknown(1)], ['unknown 1', undefined, undefined, undefined]],
  ['NEWS2 no longer applies', [made(5, 7), { ...unknown(1), notApplicable: true }], ['unknown 1', undefined, undefined, 7]],
  ['the gravest of two at once', [made(1, 2), made(1, 6, { id: 'other' })], ['other', 6, 1, undefined]],
  [
    'levels without totals, as in a list',
    [
      { ...unknown(9), band: 'band-0' },
      { ...computed(1, 7), total: 7 },
    ],
    ['computed 1', 7, 1, undefined, 'up'],
  ],
]

for (const [what, readings, expected] of rows)
  test(what, () => {
    assert.deepEqual(told(pictureOf(readings, [], now)), expected)
    assert.deepEqual(told(pictureOf(readings.toReversed(), [], now)), expected, 'in any order')
  })

const ages: [hours: number, actWithinHours: number | undefined, actionable: boolean, old: boolean][] = [
  [12, undefined, true, false],
  [12.01, undefined, false, false],
  [4, 4, true, false],
  [4.01, 4, false, false],
  [24, 24, true, false],
  [24.01, 24, false, true],
]
for (const [hours, actWithinHours, actionable, old] of ages)
  test(`${hours} hours old, limit ${actWithinHours ?? 'as usual'}`, () => {
    const picture = pictureOf([made(hours, 7, actWithinHours === undefined ? {} : { actWithinHours })], [], now)
    assert.deepEqual([picture.actionable, picture.old], [actionable, old])
  })

test('what is outside a limit is newest first, and goes after a day', () => {
  const { exceeded } = pictureOf([], [outside(24), outside(1, 'heart-rate'), outside(24.01, 'temperature')], now)
  assert.deepEqual(
    exceeded.map(({ kind }) => kind),
    ['heart-rate', 'oxygen-saturation'],
  )
})

test('gravest first in a list', () => {
  const order: [string, Reading[], Exceeded[]][] = [
    ['high, and outside a limit', [made(1, 7)], [outside(1)]],
    ['high, computed', [made(9, 0), computed(1, 8)], []],
    ['medium', [made(1, 5)], []],
    ['one red score', [made(1, 3, { band: 'single-3' })], []],
    ['outside a limit, low', [made(1, 0)], [outside(1)]],
    ['low', [made(1, 2)], []],
    ['zero', [made(1, 0)], []],
    ['high, more than a day ago', [made(25, 7)], []],
    ['zero, more than a day ago', [made(25, 0)], []],
    ['nothing', [], []],
  ]
  const sorted = order
    .toReversed()
    .map(([what, readings, exceeded]) => ({ what, gravity: gravityOf(pictureOf(readings, exceeded, now)) }))
    .sort((a, b) => b.gravity - a.gravity)
  assert.deepEqual(
    sorted.map(({ what }) => what),
    order.map(([what]) => what),
  )
  assert.equal(new Set(sorted.map(({ gravity }) => gravity)).size, order.length, 'no two are equal')
  assert.equal(gravityOf(pictureOf([made(25, 7)], [outside(1)], now)), gravityOf(pictureOf([], [outside(1)], now)))
})

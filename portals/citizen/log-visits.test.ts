import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { LogLine } from './contract.ts'
import { byDay, byPlace, canAsk, filtered, type LogFilter, visitsOf } from './log-visits.ts'
import { periodOf } from './period.ts'

const nurse: LogLine['actor'] = {
  kind: 'staff',
  name: 'Kari Nordmann',
  hprNumber: '990000099',
  organization: { number: '998877665', name: 'Bergen kommune' },
}
const other: LogLine['actor'] = { kind: 'system', organization: { number: '887766554', name: 'Helse Bergen' } }
const me: LogLine['actor'] = { kind: 'self', name: 'Ida Testesen' }

function line(id: string, at: string, more: Partial<LogLine> = {}): LogLine {
  return { id, at, actor: nurse, did: 'looked', service: 'news2', count: 1, purpose: 'TREAT', outcome: 'ok', withheld: false, ...more }
}

test('what one person opens within fifteen minutes is one visit, asked about by the line that showed most', () => {
  const visits = visitsOf([
    line('c', '2026-03-01T12:15:00Z', { service: 'test-results', count: 2 }),
    line('x', '2026-03-01T12:10:00Z', { actor: other }),
    line('b', '2026-03-01T12:05:00Z', { count: 7, withheld: true }),
    line('a', '2026-03-01T11:50:00Z'),
    line('z', '2026-03-01T11:34:59Z'),
  ])
  assert.deepEqual(
    visits.map(({ id, from, to, services, count, withheld }) => ({ id, from, to, services, count, withheld })),
    [
      { id: 'b', from: '2026-03-01T11:50:00Z', to: '2026-03-01T12:15:00Z', services: ['test-results', 'news2'], count: 10, withheld: true },
      { id: 'x', from: '2026-03-01T12:10:00Z', to: '2026-03-01T12:10:00Z', services: ['news2'], count: 1, withheld: false },
      { id: 'z', from: '2026-03-01T11:34:59Z', to: '2026-03-01T11:34:59Z', services: ['news2'], count: 1, withheld: false },
    ],
  )
})

test('another purpose, another reason and a refusal are visits of their own', () => {
  const at = '2026-03-01T12:00:00Z'
  const lines = [
    line('a', at),
    line('b', at, { purpose: 'BTG', reason: 'Bevisstløs' }),
    line('c', at, { purpose: 'BTG', reason: 'Annet' }),
    line('d', at, { outcome: 'refused' }),
  ]
  assert.deepEqual(
    visitsOf(lines).map(({ id }) => id),
    ['a', 'b', 'c', 'd'],
  )
})

const opening = { episode: 'kgh' }
test('what one opening shows is one visit, however long it lasts, with what was refused or empty in its lines', () => {
  const visits = visitsOf([
    line('e', '2026-03-01T12:55:00Z', { ...opening, service: 'test-results', outcome: 'refused', count: 0 }),
    line('x', '2026-03-01T12:54:00Z', { episode: 'other' }),
    line('d', '2026-03-01T12:53:00Z', { ...opening, count: 7, basis: 'consent', withheld: true }),
    line('c', '2026-03-01T12:30:00Z', { ...opening, service: 'critical-information', count: 2 }),
    line('b', '2026-03-01T12:00:01Z', { ...opening, did: 'checked', service: 'has-data', count: 0 }),
    line('a', '2026-03-01T12:00:00Z', { ...opening, did: 'identified', service: 'persons', count: 0 }),
  ])
  assert.deepEqual(
    visits.map(({ id, from, to, did, outcome, services, count, withheld, basis, lines: { length } }) => [
      [id, from, to, length],
      [did, outcome, services, count, withheld, basis],
    ]),
    [
      [
        ['d', '2026-03-01T12:00:00Z', '2026-03-01T12:55:00Z', 5],
        ['looked', 'ok', ['news2', 'critical-information'], 9, true, 'consent'],
      ],
      [
        ['x', '2026-03-01T12:54:00Z', '2026-03-01T12:54:00Z', 1],
        ['looked', 'ok', ['news2'], 1, false, undefined],
      ],
    ],
  )
})

test('an opening in which all was refused is told as refused, and one that only showed the name as that', () => {
  const told = (...lines: LogLine[]) => visitsOf(lines).map(({ did, outcome, services }) => [did, outcome, services])
  const at = '2026-03-01T12:00:00Z'
  const refused = line('a', at, { ...opening, outcome: 'refused', count: 0 })
  const name = line('b', at, { ...opening, did: 'identified', service: 'persons', count: 0 })
  assert.deepEqual(told(refused), [['looked', 'refused', ['news2']]])
  assert.deepEqual(told(refused, name), [['identified', 'ok', ['persons']]])
})

test('what was written in an opening is another act than what was seen in it', () => {
  const at = '2026-03-01T12:00:00Z'
  const lines = [line('a', at, opening), line('b', at, { ...opening, did: 'wrote' }), line('c', at, { ...opening, did: 'wrote' })]
  assert.deepEqual(
    visitsOf(lines).map(({ did, lines: { length } }) => [did, length]),
    [
      ['looked', 1],
      ['wrote', 2],
    ],
  )
})

const all: LogFilter = { emergencyOnly: false, citizens: true }
const lines = [
  line('staff', '2026-03-02T00:30:00+01:00'),
  line('system', '2026-03-01T22:30:00Z', { actor: other, service: 'test-results' }),
  line('emergency', '2026-03-01T12:00:00Z', { purpose: 'BTG' }),
  line('me', '2026-03-01T10:00:00Z', { actor: me, purpose: 'PATRQT' }),
]
// biome-ignore format: a table, one row to a line
const filters: [name: string, filter: LogFilter, expected: string[]][] = [
  ['all', all, ['staff', 'system', 'emergency', 'me']],
  ['without what citizens do', { ...all, citizens: false }, ['staff', 'system', 'emergency']],
  ['one place', { ...all, place: '887766554' }, ['system']],
  ['one service', { ...all, service: 'test-results' }, ['system']],
  ['one purpose', { ...all, purpose: 'PATRQT' }, ['me']],
  ['emergency access only', { ...all, emergencyOnly: true }, ['emergency']],
  ['a place where nobody looked', { ...all, place: '111111111' }, []],
]
for (const [name, filter, expected] of filters)
  test(`filtered: ${name}`, () =>
    assert.deepEqual(
      filtered(lines, filter).map(({ id }) => id),
      expected,
    ))

test('days are Norwegian days; the place with most visits comes first, and who came without one last', () => {
  const keys = (groups: { key: string; visits: { id: string }[] }[]) => groups.map(({ key, visits }) => [key, visits.map(({ id }) => id)])
  const visits = visitsOf(lines)
  assert.deepEqual(keys(byDay(visits)), [
    ['2026-03-02', ['staff']],
    ['2026-03-01', ['system', 'emergency', 'me']],
  ])
  assert.deepEqual(keys(byPlace(visits)), [
    ['Bergen kommune', ['staff', 'emergency']],
    ['Helse Bergen', ['system']],
    ['', ['me']],
  ])
})

test('staff and systems can be asked, citizens and those without an organisation cannot', () => {
  const { organization: _, ...homeless } = nurse
  assert.deepEqual(
    [nurse, other, me, homeless].map((actor) => canAsk({ actor })),
    [true, true, false, false],
  )
})

test('a period ends today in Norway', () => {
  assert.deepEqual(periodOf('month', new Date('2026-03-31T22:30:00Z')), { from: '2026-03-01', to: '2026-04-01' })
  assert.deepEqual(periodOf('year', new Date('2026-03-31T12:00:00Z')), { from: '2025-03-30', to: '2026-03-31' })
})

import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Line } from '@helsevev/panel/panel.ts'
import { byDay, changedLines, choices, differences, type Entry, filtered } from './lines.ts'

const entry = (time: string, more: Partial<Entry> = {}): Entry => ({
  key: time,
  time,
  kind: 'Skåring',
  what: time,
  controller: 'Bergen kommune',
  service: 'news2',
  serviceName: 'NEWS2',
  ...more,
})

test('days come newest first, the latest of a day first, and what has no time of day or no date last', () => {
  const days = byDay([
    entry('2026-01-10'),
    entry('2026-01-15T22:30:00Z'),
    entry('2026-01-15T23:30:00Z'),
    entry('2026-01-16'),
    entry('2026-01-16T08:00:00+01:00'),
    entry('2026-01'),
    entry(''),
  ])
  assert.deepEqual(
    days.map(([day, entries]) => [day, entries.map(({ time }) => time)]),
    [
      ['2026-01-16', ['2026-01-16T08:00:00+01:00', '2026-01-15T23:30:00Z', '2026-01-16']],
      ['2026-01-15', ['2026-01-15T22:30:00Z']],
      ['2026-01-10', ['2026-01-10']],
      ['2026-01', ['2026-01']],
      ['', ['']],
    ],
  )
})

test('a period is days back from now, and each filter narrows what the others left', () => {
  const now = new Date('2026-06-15T12:00:00Z')
  const entries = [
    entry('2026-06-15'),
    entry('2026-06-08T10:00:00Z', { kind: 'Varsel', controller: 'Helse Vest' }),
    entry('2026-06-07T10:00:00Z', { service: 'test-results' }),
    entry('2026-06'),
    entry('2025-06-15'),
  ]
  const left = (filter: Parameters<typeof filtered>[1]) => filtered(entries, filter, now).map(({ time }) => time.slice(0, 10))
  assert.deepEqual(left({ period: 'week' }), ['2026-06-15', '2026-06-08', '2026-06'])
  assert.deepEqual(left({ period: 'month' }), ['2026-06-15', '2026-06-08', '2026-06-07', '2026-06'])
  assert.deepEqual(left({ period: 'year' }), ['2026-06-15', '2026-06-08', '2026-06-07', '2026-06', '2025-06-15'])
  assert.deepEqual(left({ period: 'all', service: 'test-results' }), ['2026-06-07'])
  assert.deepEqual(left({ period: 'all', controller: 'Helse Vest', kind: 'Varsel' }), ['2026-06-08'])
  assert.deepEqual(left({ period: 'all', controller: 'Helse Vest', kind: 'Skåring' }), [])
  assert.deepEqual(
    choices(entries, ({ controller }) => controller),
    ['Bergen kommune', 'Helse Vest'],
  )
})

test('between two moments a line is new, changed, ended or the same, whenever it was said again', () => {
  const line = (key: string, value: string, time = '2026-01-01'): Line => ({ key, time, kind: 'x', what: key, value, controller: 'c' })
  assert.deepEqual(
    differences(
      [line('kept', '1'), line('raised', '1'), line('gone', '1')],
      [line('kept', '1', '2026-02-01'), line('new', '1'), line('raised', '2')],
    ).map(({ change, before, after }) => [change, before?.key, before?.value, after?.key, after?.value]),
    [
      ['added', undefined, undefined, 'new', '1'],
      ['changed', 'raised', '1', 'raised', '2'],
      ['ended', 'gone', '1', undefined, undefined],
      ['same', 'kept', '1', 'kept', '1'],
    ],
  )
})

test('a change between two versions is a line when it came, with what was before; an end that is told already is not told again', () => {
  const line = (key: string, value: string, more: Partial<Line> = {}): Line => ({
    key,
    time: '2026-01-01',
    kind: 'x',
    what: key,
    value,
    controller: 'c',
    ...more,
  })
  const at = '2026-05-01T10:00:00Z'
  const [before, after] = [
    [line('hours', '7'), line('told', '1'), line('gone', '1'), line('kept', '1')],
    [line('hours', '10', { changed: '2026-04-30' }), line('kept', '1')],
  ]
  const found = changedLines([{ at, before, after }], (data) => data as Line[], [line('told', '1', { about: 'end' })])
  assert.deepEqual(
    found.map(({ key, time, value, was, about }) => [key, time, value, was?.value, about]),
    [
      ['hours', '2026-04-30', '10', '7', 'change'],
      ['gone', at, '1', undefined, 'end'],
    ],
  )
  assert.deepEqual(
    changedLines([{ at, after: before }], (data) => data as Line[], []),
    [],
  )
})

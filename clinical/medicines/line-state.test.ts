import assert from 'node:assert/strict'
import { test } from 'node:test'
import { isInUse, type LineState, lineState } from './line-state.ts'
import { type Line, linesOf, useOf } from './list-line.ts'
import { drugOf, lineOf } from './testing/lines.ts'

const stop = (time?: string): Partial<Line> => ({ discontinuation: { ...(time !== undefined && { time }), reason: { code: 'A' } } })
const until = (...ends: (string | undefined)[]): Partial<Line> => ({
  drug: drugOf({ dosings: ends.map((end) => ({ ...(end !== undefined && { end }), fixed: [], asNeeded: [] })) }),
})

// biome-ignore format: a table, one row to a line
const rows: readonly (readonly [string, Partial<Line>, string, LineState, boolean])[] = [
  ['without start', {}, '2026-02-01T12:00:00Z', 'active', true],
  ['last minute before its first day, in Norway', { start: '2026-02-02' }, '2026-02-01T22:59:59Z', 'not-started', false],
  ['first minute of its first day', { start: '2026-02-02' }, '2026-02-01T23:00:00Z', 'active', true],
  ['stop one second ahead', stop('2026-02-01T12:00:01Z'), '2026-02-01T12:00:00Z', 'stop-planned', true],
  ['stop at this very instant', stop('2026-02-01T12:00:00Z'), '2026-02-01T12:00:00Z', 'stopped', false],
  ['stop one second ago', stop('2026-02-01T13:00:00+01:00'), '2026-02-01T12:00:01Z', 'stopped', false],
  ['stop on a day that has not come', stop('2026-02-02'), '2026-02-01T22:59:59Z', 'stop-planned', true],
  ['stop on a day that has come', stop('2026-02-02'), '2026-02-01T23:00:00Z', 'stopped', false],
  ['stop without a time', stop(), '2026-02-01T12:00:00Z', 'stopped', false],
  ['last minute of the ninetieth day', stop('2026-01-10T09:00:00Z'), '2026-04-10T21:59:59Z', 'stopped', false],
  ['first minute of the ninety-first day', stop('2026-01-10T09:00:00Z'), '2026-04-10T22:00:00Z', 'gone', false],
  ['the date of the stop is that in Norway', stop('2026-01-09T23:30:00Z'), '2026-04-10T21:59:59Z', 'stopped', false],
  ['days in winter alone', stop('2025-11-01T09:00:00Z'), '2026-01-30T22:59:59Z', 'stopped', false],
  ['days in winter alone, one more', stop('2025-11-01T09:00:00Z'), '2026-01-30T23:00:00Z', 'gone', false],
  ['last minute of a course', until('2026-02-10'), '2026-02-09T22:59:59Z', 'active', true],
  ['first minute after a course', until('2026-02-10'), '2026-02-09T23:00:00Z', 'course-over', false],
  ['a course that ends at an instant', until('2026-02-10T12:00:00Z'), '2026-02-10T12:00:00Z', 'course-over', false],
  ['the last part of a taper is not over', until('2026-02-10', '2026-02-20'), '2026-02-15T12:00:00Z', 'active', true],
  ['a part without end', until('2026-02-10', undefined), '2026-02-15T12:00:00Z', 'active', true],
  ['course over and stop planned', { ...until('2026-02-10'), ...stop('2026-03-01') }, '2026-02-15T12:00:00Z', 'course-over', false],
  ['course over and stopped', { ...until('2026-02-10'), ...stop('2026-02-11') }, '2026-02-15T12:00:00Z', 'stopped', false],
  ['to start, with a stop planned', { start: '2026-03-01', ...stop('2026-03-05') }, '2026-02-15T12:00:00Z', 'not-started', false],
  ['stopped before it started', { start: '2026-03-01', ...stop('2026-02-14') }, '2026-02-15T12:00:00Z', 'stopped', false],
  ['the prescription has expired', { prescriptionValidUntil: '2025-01-01' }, '2026-02-15T12:00:00Z', 'active', true],
]

for (const [name, more, now, state, used] of rows) {
  test(`line: ${name}`, () => {
    const found = lineState(lineOf('a', more), new Date(now))
    assert.deepEqual([found, isInUse(found)], [state, used])
  })
}

for (const [code, use] of [
  ['1', 'regular'],
  ['2', 'course'],
  ['3', 'as-needed'],
  ['4', 'vaccine'],
  ['5', 'nutrition'],
  ['17', 'other'],
] as const) {
  test(`use ${code} of 9101 is ${use}`, () => assert.equal(useOf(lineOf('a', { words: { use: code } })), use))
}

test('lines are opened, and a line without Id is left out', () => {
  const { drug, ...line } = lineOf('a')
  const message = { kind: 'ReseptDokLegemiddel', version: '2013-10-08', isSigned: false, attachments: [], notes: [] } as const
  const lines = [
    { ...line, drug: { base64: '', ...(drug && { message: { ...message, body: drug } }) } },
    { roles: [], questions: [] },
  ]
  const unread = { ...line, id: 'b', drug: { base64: 'AAAA' } }
  assert.deepEqual(linesOf({ body: { roles: [], lines: [...lines, unread], allergies: [] } }), [lineOf('a'), { ...line, id: 'b' }])
})

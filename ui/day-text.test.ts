import assert from 'node:assert/strict'
import { test } from 'node:test'
import { addMonths, readDay, weeksOf, writeDay } from './day-text.ts'

test('a day is read as people write it, and written with two digits, two digits and four', () => {
  const rows: [text: string, day: string | undefined][] = [
    ['15.01.2026', '2026-01-15'],
    [' 5.1.26 ', '2026-01-05'],
    ['150126', '2026-01-15'],
    ['15/1-2026', '2026-01-15'],
    ['2026-01-15', '2026-01-15'],
    ['29.02.2028', '2028-02-29'],
    ['29.02.2026', undefined],
    ['31.11.2026', undefined],
    ['01.13.2026', undefined],
    ['15.01', undefined],
    ['i dag', undefined],
    ['', undefined],
  ]
  for (const [text, day] of rows) assert.equal(readDay(text), day, text)
  assert.deepEqual([writeDay('2026-01-05'), writeDay('2026'), writeDay('')], ['05.01.2026', '2026', ''])
})

test('a month later is the same date, or the last of a shorter month; weeks begin on Monday', () => {
  const rows: [day: string, count: number, later: string][] = [
    ['2026-01-31', 1, '2026-02-28'],
    ['2026-12-15', 1, '2027-01-15'],
    ['2026-01-15', -1, '2025-12-15'],
    ['2028-02-29', 12, '2029-02-28'],
  ]
  for (const [day, count, later] of rows) assert.equal(addMonths(day, count), later)
  const weeks = weeksOf('2026-11-12')
  assert.deepEqual([weeks.length, weeks[0]?.[0], weeks.at(-1)?.[6]], [6, '2026-10-26', '2026-12-06'])
  assert.deepEqual(weeksOf('2027-02-01').flat().length, 28)
})

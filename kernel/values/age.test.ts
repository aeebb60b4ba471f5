import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ageOn, birthday, wholeMonths, wholeYears } from './age.ts'

// biome-ignore format: a table, one row to a line
const ages: [born: string, at: string, age: number][] = [
  ['2000-02-29', '2023-02-27T22:59:59Z', 22],
  ['2000-02-29', '2023-02-27T23:00:00Z', 23],
  ['2000-02-29', '2024-02-28T22:59:59Z', 23],
  ['2000-02-29', '2024-02-28T23:00:00Z', 24],
  ['2000-03-01', '2023-02-28T22:59:59Z', 22],
  ['2000-03-01', '2023-02-28T23:00:00Z', 23],
  ['1950-06-15', '2026-06-14T21:59:59Z', 75],
  ['1950-06-15', '2026-06-14T22:00:00Z', 76],
  ['2026-01-15', '2026-01-15T12:00:00Z', 0],
  ['2026-01-16', '2026-01-15T12:00:00Z', -1],
  ['1910-12-31', '2026-12-30T22:59:59Z', 115],
  ['1910-12-31', '2026-12-30T23:00:00Z', 116],
]
for (const [born, at, age] of ages) {
  test(`born ${born}, ${at}: ${age} years`, () => assert.equal(ageOn(born, new Date(at)), age))
}

// biome-ignore format: a table, one row to a line
const months: [born: string, day: string, months: number][] = [
  ['2026-01-31', '2026-02-27', 0],
  ['2026-01-31', '2026-02-28', 1],
  ['2026-01-31', '2026-03-30', 1],
  ['2026-01-31', '2026-03-31', 2],
  ['2024-02-29', '2025-02-27', 11],
  ['2024-02-29', '2025-02-28', 12],
  ['2026-05-15', '2026-05-14', -1],
]
for (const [born, day, whole] of months) {
  test(`born ${born}, on ${day}: ${whole} months`, () => assert.equal(wholeMonths(born, day), whole))
}

test('a birth date that is not a whole date has no age', () => {
  assert.equal(wholeYears('1950', '2026-01-15'), Number.NaN)
})

// biome-ignore format: a table, one row to a line
const birthdays: [born: string, years: number, day: string][] = [
  ['2008-02-29', 16, '2024-02-29'],
  ['2008-02-29', 18, '2026-02-28'],
  ['2008-02-28', 18, '2026-02-28'],
  ['2008-03-01', 18, '2026-03-01'],
  ['2010-01-15', 16, '2026-01-15'],
]
for (const [born, years, day] of birthdays) {
  test(`born ${born}, turns ${years} at the start of ${day} in Norway, and not a millisecond before`, () => {
    assert.equal(birthday(born, years), day)
    const midnight = new Date(`${day}T00:00:00+01:00`)
    assert.deepEqual([ageOn(born, new Date(midnight.getTime() - 1)), ageOn(born, midnight)], [years - 1, years])
  })
}

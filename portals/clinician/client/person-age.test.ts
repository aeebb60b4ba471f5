import assert from 'node:assert/strict'
import { test } from 'node:test'
import { formatPersonAge } from './person-age.ts'

const plain = (text: string) => text.replace(/[\u00a0\u202f]/g, ' ')

test('the age of a person is in years, of a small child in months, of a newborn in days', () => {
  const now = new Date('2026-06-15T10:00:00Z')
  const rows: [string, string, string][] = [
    ['1941-03-08', '85 år', '85 years'],
    ['2024-06-15', '2 år', '2 years'],
    ['2024-06-16', '23 måneder', '23 months'],
    ['2026-05-15', '1 måned', '1 month'],
    ['2026-05-16', '30 døgn', '30 days'],
    ['2026-06-15', '0 døgn', '0 days'],
    ['2026-06-16', '', ''],
    ['1941', '', ''],
  ]
  for (const [birthDate, norwegian, english] of rows) {
    assert.deepEqual([plain(formatPersonAge(birthDate, now, 'nb')), formatPersonAge(birthDate, now, 'en')], [norwegian, english], birthDate)
  }
})

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { decimalSignIn, endOfDay, formatAge, formatDate, formatDateTime, formatDay, formatNumber, languageOf } from './format.ts'

const plain = (text: string) => text.replace(/[\u00a0\u202f]/g, ' ')

test('a time is written as Norwegian time in each language', () => {
  assert.equal(plain(formatDateTime('2026-01-15T23:30:00Z', 'nb')), '16. jan. 2026 kl. 00:30')
  assert.equal(plain(formatDateTime('2026-07-15T12:05:00Z', 'nn')), '15. juli 2026 kl. 14:05')
  assert.equal(plain(formatDateTime('2026-07-15T12:05:00Z', 'en')), '15 Jul 2026, 14:05')
})

test('a date without a time stays on its day and is written only as far as it is known', () => {
  assert.equal(formatDate('2026-01-15', 'nb'), '15. januar 2026')
  assert.equal(formatDateTime('2026-01-15', 'nb'), '15. januar 2026')
  assert.equal(formatDate('2026-01', 'nb'), 'januar 2026')
  assert.equal(formatDate('2026', 'nb'), '2026')
  assert.equal(formatDate('not a date', 'nb'), '')
})

test('numbers have a decimal comma in Norwegian', () => {
  assert.equal(plain(formatNumber(1234.5, 'nb')), '1 234,5')
  assert.equal(formatNumber(38.2, 'en'), '38.2')
})

test('a value in a text has the decimal sign of the language, whatever it was sent with', () => {
  for (const [text, nb, en] of [
    ['< 11,0 mmol/L', '< 11,0 mmol/L', '< 11.0 mmol/L'],
    ['3.50 - 5,0', '3,50 - 5,0', '3.50 - 5.0'],
    ['05.12.2026', '05.12.2026', '05.12.2026'],
    ['1,234,567', '1,234,567', '1,234,567'],
    ['137 g/L', '137 g/L', '137 g/L'],
  ] as const)
    assert.deepEqual([decimalSignIn(text, 'nb'), decimalSignIn(text, 'nn'), decimalSignIn(text, 'en')], [nb, nb, en])
})

test('how long ago is told in the largest unit that fits', () => {
  const now = new Date('2026-01-15T12:00:00Z')
  const rows: [string, string][] = [
    ['2026-01-15T11:59:50Z', 'for 1 minutt siden'],
    ['2026-01-15T11:00:01Z', 'for 59 minutter siden'],
    ['2026-01-15T11:00:00Z', 'for 1 time siden'],
    ['2026-01-14T12:00:01Z', 'for 23 timer siden'],
    ['2026-01-14T12:00:00Z', 'for 1 døgn siden'],
  ]
  for (const [time, words] of rows) assert.equal(plain(formatAge(time, now, 'nb')), words)
  const nynorsk: [string, string][] = [
    ['2026-01-15T11:40:00Z', 'for 20 minutt sidan'],
    ['2026-01-15T11:00:00Z', 'for 1 time sidan'],
    ['2026-01-15T09:00:00Z', 'for 3 timar sidan'],
    ['2025-11-01T12:00:00Z', 'for 2 månader sidan'],
    ['2026-01-15T13:00:00Z', 'om 1 time'],
  ]
  for (const [time, words] of nynorsk) assert.equal(plain(formatAge(time, now, 'nn')), words)
})

test('a day ends at midnight in Norway, in winter, in summer and when the clocks change', () => {
  for (const [day, end] of [
    ['2026-01-15', '2026-01-15T22:59:59.999Z'],
    ['2026-07-15', '2026-07-15T21:59:59.999Z'],
    ['2026-03-29', '2026-03-29T21:59:59.999Z'],
    ['2026-10-25', '2026-10-25T22:59:59.999Z'],
    ['2026-02-30', undefined],
    ['2026-1-5', undefined],
    ['', undefined],
  ] as const) {
    assert.equal(endOfDay(day)?.toISOString(), end, day)
  }
})

test('a day on an axis has no year', () => {
  assert.deepEqual([formatDay('2026-01-15', 'nb'), formatDay('2026-01-15', 'en')], ['15. jan.', '15 Jan'])
})

test('an unknown language is shown as bokmål', () => {
  assert.equal(languageOf('fr'), 'nb')
})

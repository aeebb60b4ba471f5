import assert from 'node:assert/strict'
import { test } from 'node:test'
import { fhirDateTime, latestOf } from './date.ts'

const rows: [text: string | undefined, moment: string | undefined][] = [
  ['2021-07-28', '2021-07-28'],
  ['2021-07-28T09:04:10', '2021-07-28T09:04:10+02:00'],
  ['2021-01-28T09:04', '2021-01-28T09:04:00+01:00'],
  ['2021-05-25T07:43:54.2497149Z', '2021-05-25T07:43:54.249Z'],
  ['2020-03-17T10:06:09.7189', '2020-03-17T10:06:09.718+01:00'],
  ['2021-05-25T07:43:54-05:00', '2021-05-25T07:43:54-05:00'],
  ['1999', '1999'],
  ['19xx-xx-xx', undefined],
  ['2021-02-30', undefined],
  ['', undefined],
  [undefined, undefined],
]

test('times are Norwegian where no zone is said, and what is no time is none', () => {
  for (const [text, moment] of rows) assert.equal(fhirDateTime(text), moment, String(text))
})

test('the hour that comes twice means two moments where no zone is said', () => {
  const twice: [text: string, latest: string | undefined][] = [
    ['2026-10-25T02:30:00', '2026-10-25T01:30:00.000Z'],
    ['2026-10-25T02:00', '2026-10-25T01:00:00.000Z'],
    ['2026-10-25T02:30:00+02:00', undefined],
    ['2026-10-25T01:59:59', undefined],
    ['2026-10-25T03:00:00', undefined],
    // This hour does not exist.
    ['2026-03-29T02:30:00', undefined],
    ['2026-10-25', undefined],
    ['19xx', undefined],
  ]
  for (const [text, latest] of twice) assert.equal(latestOf(text)?.toISOString(), latest, text)
})

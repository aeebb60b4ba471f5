import assert from 'node:assert/strict'
import { test } from 'node:test'
import { fhirDateTime } from './date.ts'

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

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { contradictionWords } from './contradiction-words.ts'

// biome-ignore format: a table, one row to a line
const rows = [
  ['text, short-dose: amount', 'teksten og kortdosen er ikke enige om mengden', 'teksten og kortdosen er ikkje samde om mengda', 'the text and the short dose disagree about the amount'],
  ['short-dose, structure: place', 'kortdosen og oppdelingen i doser er ikke enige om når på dagen', 'kortdosen og oppdelinga i dosar er ikkje samde om når på dagen', 'the short dose and the division into doses disagree about when in the day'],
  ['text, structure: days', 'teksten og oppdelingen i doser er ikke enige om hvilke dager', 'teksten og oppdelinga i dosar er ikkje samde om kva dagar', 'the text and the division into doses disagree about which days'],
  ['text, extension: words', 'teksten og tilleggsteksten er ikke enige om ordlyden', 'teksten og tilleggsteksten er ikkje samde om ordlyden', 'the text and the additional text disagree about the wording'],
  ['use, text: use', 'bruksmåten og teksten er ikke enige om fast bruk eller ved behov', 'bruksmåten og teksten er ikkje samde om fast bruk eller ved behov', 'the use and the text disagree about regular use or as needed'],
  ['other, text: colour', 'other, text: colour', 'other, text: colour', 'other, text: colour'],
] as const
for (const [stated, ...expected] of rows)
  test(`a contradiction in words: ${stated}`, () =>
    assert.deepEqual(
      (['nb', 'nn', 'en'] as const).map((language) => contradictionWords(stated, language)),
      expected,
    ))

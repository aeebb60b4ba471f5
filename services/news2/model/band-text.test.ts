import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import type { Parameter, Scale, Score } from '@helsevev/clinical/news2/chart'
import { parse } from 'yaml'
import { scoreBandText } from './band-text.ts'

const texts: { parameter: Parameter; scale?: Scale; text: string; score: Score | null }[] = parse(
  readFileSync(new URL('band-text.cases.yaml', import.meta.url), 'utf8'),
)

for (const { parameter, scale, text, score } of texts) {
  test(`"${text}" names ${score === null ? 'no band' : `the band of ${score}`} of ${parameter}${scale ? ` scale ${scale}` : ''}`, () => {
    assert.equal(scoreBandText(parameter, text, scale) ?? null, score)
  })
}

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { wordsFrom } from '@helsevev/ui/testing/words.ts'
import { snapshot, timeline } from './lines.ts'
import type { News2Data, ShownScore } from './panel-data.ts'
import { news2Texts } from './texts.ts'

const words = await wordsFrom('news2', news2Texts, 'nb')
const score = (id: string, time: string, more: Partial<ShownScore> = {}): ShownScore => ({
  id,
  time,
  status: 'final',
  missing: [],
  worstParameters: [],
  notApplicable: [],
  subScores: [],
  flags: [],
  controller: '1',
  ...more,
})
const data: Pick<News2Data, 'scores' | 'controllers' | 'more'> = {
  scores: [
    score('withdrawn', '2026-03-02T08:00:00Z', { status: 'entered-in-error', total: 9 }),
    score('partial', '2026-03-01T08:00:00Z', { missing: ['temperature'] }),
    score('whole', '2026-02-01T08:00:00Z', { total: 5, band: 'band-5-6', unit: 'Legevakten', author: 'Mona' }),
    score('child', '2026-01-01T08:00:00Z', { notApplicable: ['age'], controller: '2' }),
  ],
  controllers: [{ organization: '1', name: 'Bergen kommune', texts: {} as never }],
  more: true,
}

test('every score that stands is on the timeline, with what it came to and where it is from', () => {
  assert.deepEqual(
    timeline(data as News2Data, words).map(({ key, value, controller }) => [key, value, controller]),
    [
      ['partial', 'Ufullstendig', 'Bergen kommune'],
      ['whole', '5 av 20, Middels (5–6)', 'Bergen kommune'],
      ['child', 'Gjelder ikke', '2'],
    ],
  )
  const [, whole] = timeline(data as News2Data, words)
  assert.deepEqual([whole?.unit, whole?.author, whole?.kind], ['Legevakten', 'Mona', 'Skåring'])
})

test('at a moment stands what the panel would show, with a newer incomplete score, and how far back the scores reach is told', () => {
  for (const [at, value] of [
    ['2026-03-05T00:00:00Z', ['5 av 20, Middels (5–6)', 'Ufullstendig']],
    ['2026-03-01T08:00:00Z', ['5 av 20, Middels (5–6)', 'Ufullstendig']],
    ['2026-03-01T07:59:59Z', ['5 av 20, Middels (5–6)']],
    ['2025-12-01T00:00:00Z', []],
  ] as const) {
    const { lines, from } = snapshot(data as News2Data, new Date(at), words)
    assert.deepEqual([lines.map((line) => line.value), from], [value, '2026-01-01T08:00:00Z'], at)
  }
  assert.equal(snapshot({ ...data, more: false } as News2Data, new Date(), words).from, undefined)
})

test('the other scores of the day go with the last of it, and a computed one says so', () => {
  const scores = [
    score('b', '2026-02-01T15:00:00Z', { total: 2, band: 'band-1-4', computed: true, scale: 2 }),
    score('a', '2026-02-01T07:00:00Z', { total: 7, band: 'band-7' }),
    score('o', '2026-01-31T07:00:00Z', { total: 1, band: 'band-1-4' }),
  ]
  const { lines } = snapshot({ ...data, scores } as News2Data, new Date('2026-02-02T00:00:00Z'), words)
  assert.deepEqual(
    lines.map(({ value, sameDay }) => [value, sameDay]),
    [['2 av 20, Lavt (1–4), beregnet, Skala 2 (88–92 %)', ['7 av 20, Høyt (7 eller mer) (08:00)']]],
  )
})

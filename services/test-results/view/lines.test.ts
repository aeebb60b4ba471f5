import assert from 'node:assert/strict'
import { test } from 'node:test'
import { wordsFrom } from '@helsevev/ui/testing/words.ts'
import { snapshot, timeline } from './lines.ts'
import type { ShownReport, ShownResult, TestResultsData } from './panel-data.ts'
import { testResultsTexts } from './texts.ts'

const words = await wordsFrom('test-results', testResultsTexts, 'en')
const result = (name: string, value: string, more: Partial<ShownResult> = {}): ShownResult => ({
  id: name,
  name,
  value,
  comments: [],
  status: 'final',
  members: [],
  ...more,
})
const report: ShownReport = {
  id: 'r',
  expertise: 'CLIN',
  title: '',
  status: 'corrected',
  time: '2026-02-01T08:00:00Z',
  laboratory: 'Lab Nord',
  requester: 'Lie',
  copies: [],
  specimens: [],
  comments: [],
  controller: { organization: '1', name: 'Helse Nord' },
  results: [result('Na', '140'), result('K', '5,9', { deviation: 'over' }), result('Cl', '100'), result('Mg', '0,8')],
}
const point = (day: string, written: string) => ({ time: Date.parse(day), value: 1, written, source: 'Lab Nord', open: false })
const data: TestResultsData = {
  reports: [report],
  analyses: [
    {
      name: 'K',
      unit: 'mmol/L',
      guessed: false,
      points: [point('2026-01-01', '4,1'), { ...point('2026-02-01', '5,9'), deviation: 'over' }],
    },
  ],
  more: true,
}

test('a report is one line, with its first values, how many more, and how many lie outside', () => {
  assert.deepEqual(timeline(data, words), [
    {
      key: 'r',
      time: '2026-02-01T08:00:00Z',
      kind: 'Clinical biochemistry',
      what: 'Clinical biochemistry',
      value: 'Corrected · Na 140 · K 5,9 · Cl 100 · 1 more · 1 outside',
      controller: 'Helse Nord',
      unit: 'Lab Nord',
      author: 'Ordered by Lie',
    },
  ])
})

test('at a moment stands the newest number of each analysis, from the controller of its laboratory', () => {
  const at = (day: string) => snapshot(data, new Date(day), words)
  assert.deepEqual(
    at('2026-01-31').lines.map(({ key, value, controller, unit }) => [key, value, controller, unit]),
    [['K mmol/L', '4,1', 'Helse Nord', 'Lab Nord']],
  )
  assert.match(at('2026-02-02').lines[0]?.value ?? '', /^5,9, above/)
  assert.deepEqual([at('2025-12-31').lines, at('2026-02-02').from], [[], '2026-02-01T08:00:00Z'])
})

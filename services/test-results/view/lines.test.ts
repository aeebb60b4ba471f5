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
const point = (day: string, written: string) => ({
  time: Date.parse(day),
  value: 1,
  number: written,
  written,
  source: 'Lab Nord',
  open: false,
})
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
      value: 'Corrected · Na 140 · K 5,9 · Cl 100 · 1 outside',
      rest: ['Mg 0,8'],
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
    [['K mmol/L', '4,1 mmol/L', 'Helse Nord', 'Lab Nord']],
  )
  assert.match(at('2026-02-02').lines[0]?.value ?? '', /^5,9 mmol\/L, above/)
  assert.deepEqual([at('2025-12-31').lines, at('2026-02-02').from], [[], '2026-02-01T08:00:00Z'])
})

test('the bacterium stands on the line, with its resistance on demand, and at a moment both', () => {
  const agent = (name: string, susceptibility: 'S' | 'R') => ({ ...result(name, ''), susceptibility })
  const { value: _none, ...found } = result('Identifikasjon', '', {
    text: 'Escherichia coli',
    members: [agent('Ampicillin', 'R'), agent('Mecillinam', 'S'), agent('Trimetoprim', 'R')],
  })
  const { value: _no, ...culture } = result('Aerob dyrkning', '', { text: 'Vekst', members: [found] })
  const urine: TestResultsData = { ...data, reports: [{ ...report, expertise: 'MBIO', status: 'final', results: [culture] }], analyses: [] }
  const [line] = timeline(urine, words)
  const resistance = 'Escherichia coli: R Ampicillin, Trimetoprim; S Mecillinam'
  assert.deepEqual([line?.value, line?.rest], ['Aerob dyrkning Vekst, Escherichia coli', [resistance]])
  assert.deepEqual(
    snapshot(urine, new Date('2026-03-01'), words).lines.map(({ what, value }) => [what, value]),
    [['Microbiology', `Aerob dyrkning Vekst, Escherichia coli · ${resistance}`]],
  )
})

test('other results of the same day go with the last, and a changed one says so', () => {
  const at = (time: string, written: string, more = {}) => ({ ...point('2026-02-01', written), time: Date.parse(time), ...more })
  const analysis = { name: 'CRP', unit: 'mg/L', guessed: false }
  const points = [
    at('2026-01-31T08:00:00Z', '9'),
    at('2026-02-01T07:00:00Z', '17'),
    at('2026-02-01T15:00:00Z', '13', { status: 'amended' }),
  ]
  const [line] = snapshot({ ...data, analyses: [{ ...analysis, points }] }, new Date('2026-02-02'), words).lines
  assert.deepEqual([line?.value, line?.sameDay], ['13 mg/L, changed', ['17 mg/L (08:00)']])
})

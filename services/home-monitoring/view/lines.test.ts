import assert from 'node:assert/strict'
import { test } from 'node:test'
import { wordsFrom } from '@helsevev/ui/testing/words.ts'
import { snapshot, timeline } from './lines.ts'
import type { HomeMonitoringData } from './panel-data.ts'
import { homeMonitoringTexts } from './texts.ts'

const words = await wordsFrom('home-monitoring', homeMonitoringTexts, 'nb')
const day = (date: string, mean: number, count = 3) => ({
  day: date,
  low: mean - 2,
  high: mean + 2,
  mean,
  count,
  decimals: 0,
  source: 'Bergen kommune',
})
const data: HomeMonitoringData = {
  kinds: [
    { kind: 'heart-rate', unit: '/min', days: [day('2026-05-01', 70), day('2026-06-01', 80)], threshold: { high: 81, decimals: 0 } },
    { kind: 'weight', unit: 'kg', days: [day('2026-06-01', 81.04, 1)] },
    {
      kind: 'oxygen-saturation',
      unit: '%',
      days: [day('2026-06-01', 92, 1), { ...day('2026-06-02', 86, 1), low: 86, high: 86 }],
      newest: { value: 86, written: '86', time: '2026-06-02T11:40:00Z', source: 'Bergen kommune', outside: true },
      threshold: { low: 88, decimals: 0 },
    },
    {
      kind: 'height',
      unit: 'cm',
      days: [],
      newest: { value: 172, written: '172', time: '2026-05-20T08:00:00Z', source: 'Helse Vest', outside: false },
    },
  ],
  alarms: [{ id: 'a', title: 'Fall', time: '2026-06-02T03:00:00Z', events: ['0', '99'], source: 'Bergen kommune' }],
  controllers: [],
}

test('the newest measurements have lines with time and limit, a day one for each source, and an alarm one with what was done', () => {
  assert.deepEqual(
    timeline(data, words).map(({ time, kind, what, value, controller }) => [time, kind, what, value, controller]),
    [
      ['2026-06-02T11:40:00Z', 'Målt hjemme', 'Målt hjemme', 'Oksygenmetning 86 %, utenfor egen grense (minst 88)', 'Bergen kommune'],
      ['2026-05-20T08:00:00Z', 'Målt hjemme', 'Målt hjemme', 'Høyde 172 cm', 'Helse Vest'],
      ['2026-05-01', 'Målt hjemme', 'Målt hjemme', 'Puls 70 per min i snitt (68–72)', 'Bergen kommune'],
      [
        '2026-06-01',
        'Målt hjemme',
        'Målt hjemme',
        'Puls 80 per min i snitt (78–82), utenfor egen grense (høyst 81) · Vekt 81 kg · Oksygenmetning 92 %',
        'Bergen kommune',
      ],
      ['2026-06-02T03:00:00Z', 'Varsel', 'Fall', 'meldt → 99', 'Bergen kommune'],
    ],
  )
})

test('at a moment stands the newest measurement of each kind, before it the newest day, and how far back days are known', () => {
  const at = (moment: string) => snapshot(data, new Date(moment), words)
  assert.deepEqual(
    at('2026-06-05T00:00:00Z').lines.map(({ key, value }) => [key, value]),
    [
      ['heart-rate', '80 per min i snitt (78–82), utenfor egen grense (høyst 81)'],
      ['weight', '81 kg'],
      ['oxygen-saturation', '86 %, utenfor egen grense (minst 88)'],
      ['height', '172 cm'],
    ],
  )
  assert.deepEqual(
    at('2026-05-10T00:00:00Z').lines.map(({ key, value }) => [key, value]),
    [['heart-rate', '70 per min i snitt (68–72)']],
  )
  const saturationAt = (moment: string) => at(moment).lines.find(({ key }) => key === 'oxygen-saturation')
  assert.deepEqual(
    ['2026-06-02T11:00:00Z', '2026-06-02T12:00:00Z'].map((moment) => saturationAt(moment)?.time),
    ['2026-06-02', '2026-06-02T11:40:00Z'],
  )
  assert.equal(at('2026-06-05T00:00:00Z').from, '2026-05-01')
})

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { wordsFrom } from '@helsevev/ui/testing/words.ts'
import { snapshot, timeline } from './lines.ts'
import type { ShownEntry, Source } from './panel-data.ts'
import { criticalInformationTexts } from './texts.ts'

const words = await wordsFrom('critical-information', criticalInformationTexts, 'nn')
const entry = ({ id = 'one', recorded = '2026-01-10', ...more }: Partial<ShownEntry & Source>): ShownEntry => ({
  id,
  type: 'AllergyIntolerance',
  category: '1' as ShownEntry['category'],
  categoryNames: { nb: 'Overfølsomhet', nn: 'Overfølsemd', en: 'Hypersensitivity' },
  label: 'Peanøtt',
  standing: 'active',
  certainty: 'presumed',
  isSerious: true,
  consequences: ['Anafylaksi'],
  notes: [],
  sources: [{ id, recorded, recorder: 'Lege Lie', controller: { organization: '1', name: 'Oslo kommune' }, ...more }],
  ...more,
})

test('only a reaction has a severity, as in the panel', () => {
  const [line] = timeline(
    { entries: [entry({ type: 'DeviceUseStatement', label: 'Pacemaker', consequences: [], certainty: 'confirmed' })] },
    words,
  )
  assert.deepEqual([line?.what, line?.value], ['Overfølsemd: Pacemaker', undefined])
})

test('an entry is on the timeline when it was registered, and again when somebody changed it', () => {
  const changed = entry({ updated: '2026-02-01T10:00:00Z', updater: 'Lege Moe', standing: 'refuted' })
  assert.deepEqual(timeline({ entries: [changed] }, words), [
    {
      key: 'one',
      time: '2026-01-10',
      kind: 'Registrert',
      what: 'Overfølsemd: Peanøtt',
      value: 'Sannsynleg, Avkrefta, Anafylaksi',
      controller: 'Oslo kommune',
      author: 'Lege Lie',
    },
    {
      key: 'one',
      time: '2026-02-01T10:00:00Z',
      kind: 'Endra',
      what: 'Overfølsemd: Peanøtt',
      value: 'Sannsynleg, Avkrefta, Anafylaksi',
      controller: 'Oslo kommune',
      author: 'Lege Moe',
      about: 'change',
    },
  ])
})

test('at a moment stands what had been registered by then and is neither ended nor refuted', () => {
  const entries = [
    entry({ id: 'before', recorded: '2026-01-10' }),
    entry({ id: 'after', recorded: '2026-03-10T08:00:00Z' }),
    entry({ id: 'ended', standing: 'ended' }),
  ]
  const { lines, from } = snapshot({ entries }, new Date('2026-02-01T00:00:00Z'), words)
  assert.deepEqual([lines.map(({ key, value }) => [key, value]), from], [[['before', 'Alvorleg, Sannsynleg, Anafylaksi']], undefined])
})

test('a fact of two sources is two registrations on the timeline, and one line of a moment with those who knew it then', () => {
  const [one] = entry({}).sources
  const two: Source = { id: 'two', recorded: '2026-03-10', controller: { organization: '2', name: 'Bergen kommune' } }
  const entries = [{ ...entry({}), sources: [one, two] as [Source, Source] }]
  assert.deepEqual(
    timeline({ entries }, words).map(({ key, time, controller }) => [key, time, controller]),
    [
      ['one', '2026-01-10', 'Oslo kommune'],
      ['two', '2026-03-10', 'Bergen kommune'],
    ],
  )
  const at = (day: string) => snapshot({ entries }, new Date(day), words).lines.map(({ key, controller }) => [key, controller])
  assert.deepEqual(at('2026-02-01'), [['one', 'Oslo kommune']])
  assert.deepEqual(at('2026-04-01'), [['one', 'Oslo kommune, Bergen kommune']])
})

/** What a list shows about the newest NEWS2: the gravest score that is known at the newest time, and whether it is certain. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Band } from '@helsevev/clinical/news2/chart'
import type { Observation } from '@medplum/fhirtypes'
import { type Assessment, assessmentExtension } from './assessment.ts'
import { listSignal } from './signal.ts'

const { say } = listSignal
const assessed = (more: Partial<Assessment>): Assessment => ({
  controller: '991000123',
  partial: false,
  missing: [],
  worstParameters: [],
  notApplicable: [],
  subScores: [],
  flags: [],
  ...more,
})
const score = (time: string, more: Partial<Assessment>): Observation => ({
  resourceType: 'Observation',
  status: 'final',
  code: {},
  effectiveDateTime: `2026-03-10T${time}:00Z`,
  extension: [assessmentExtension(assessed(more))],
})
const subScores: Assessment['subScores'] = [{ parameter: 'pulse', score: 3 }]

const rows: [what: string, scores: Observation[], code: string | undefined][] = [
  ['no score', [], undefined],
  ...(['band-0', 'band-1-4', 'single-3', 'band-5-6', 'band-7'] as Band[]).map((band): [string, Observation[], string] => [
    band,
    [score('12:00', { band })],
    band,
  ]),
  [
    'an older one that is graver',
    [score('12:00', { band: 'band-0' }), score('11:00', { band: 'band-7' })],
    'band-0.down.from-band-7.since-2026-03-10T11:00Z',
  ],
  ['two at once', [score('12:00', { band: 'band-1-4' }), score('12:00', { band: 'band-5-6' })], 'band-5-6'],
  ['a partial one that has reached a level', [score('12:00', { partial: true, subScores, bandAtLeast: 'single-3' })], 'single-3-uncertain'],
  ['a partial one of which nothing is known', [score('12:00', { partial: true })], 'unscored'],
  ['somebody whom NEWS2 is not for', [score('12:00', { notApplicable: ['pregnancy'], band: 'band-7' })], 'unscored'],
  ['scale 2', [score('12:00', { band: 'band-0', scale: 2 })], 'band-0.scale-2'],
  [
    'scale 1 after scale 2',
    [score('12:00', { band: 'band-0', scale: 1 }), score('11:00', { band: 'band-0', scale: 2 })],
    'band-0.same.from-band-0.since-2026-03-10T11:00Z',
  ],
  [
    'a higher total in the same band',
    [score('12:00', { band: 'band-7', total: 12 }), score('11:00', { band: 'band-7', total: 8 })],
    'band-7.total-12.up.from-band-7.from-total-8.since-2026-03-10T11:00Z',
  ],
  [
    'a scale that is assumed after scale 2',
    [score('12:00', { band: 'band-0', scale: 1, flags: ['scale-assumed'] }), score('11:00', { band: 'band-0', scale: 2 })],
    'band-0.scale-2.same.from-band-0.since-2026-03-10T11:00Z',
  ],
  [
    'certain and uncertain at once and alike',
    [score('12:00', { partial: true, subScores, bandAtLeast: 'band-7' }), score('12:00', { band: 'band-7' })],
    'band-7',
  ],
]

const context = { also: [], birthDate: undefined, settingOf: () => undefined as string | undefined, now: new Date('2026-03-10T13:00:00Z') }
for (const [what, scores, code] of rows) test(`${what}: ${code ?? 'nothing'}`, () => assert.equal(say(scores, context)?.code, code))

test('what a signal names as its records are those of the newest time, the one before, and the one that stated the scale', () => {
  const scores = [score('12:00', { band: 'band-0' }), score('11:00', { band: 'band-7' }), score('10:00', { band: 'band-0', scale: 2 })]
  assert.deepEqual(say(scores, context)?.from, scores)
})

test('the number of hours that the controller of the score acts on it goes with the level, where it is not the general one', () => {
  const [gravest, other] = [score('12:00', { band: 'band-7', scale: 2 }), score('12:00', { band: 'band-0' })]
  const by = (hours: string) => (record: object) => (record === gravest ? hours : '3')
  for (const [hours, code] of [
    ['6', 'band-7.scale-2.within-6'],
    ['12', 'band-7.scale-2'],
    ['0', 'band-7.scale-2'],
    ['soon', 'band-7.scale-2'],
  ] as const)
    assert.equal(say([other, gravest], { ...context, settingOf: by(hours) })?.code, code, hours)
})

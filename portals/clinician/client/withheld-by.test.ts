import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { WithheldByPatient } from '@helsevev/panel/panel.ts'
import type { PanelAnswer } from '../contract.ts'
import type { PanelState } from './panel-store.ts'
import { emergencyPlace, withheldIn } from './withheld-by.ts'

const state = (status: PanelAnswer['status'], partial: boolean, withheld: WithheldByPatient[] = []): PanelState => ({
  loading: false,
  answer: { access: 'a', status, partial, withheld, fetched: '2026-03-10T12:00:00Z' },
})

test('each cause with its services, the choices of the patient first; what has not answered is not among them', () => {
  const states = new Map<string, PanelState>([
    ['a', state('some', true)],
    ['b', state('withheld', false)],
    ['c', state('some', true, [{ cause: 'GeneralBlock' }])],
    ['d', state('withheld-by-patient', false, [{ cause: 'SpecificBlock' }])],
    ['e', state('some', false)],
    ['f', { loading: false, problem: { code: 'failed' } }],
    ['g', { loading: true }],
  ])
  assert.deepEqual(withheldIn(states), [
    { by: 'SpecificBlock', services: ['d'] },
    { by: 'GeneralBlock', services: ['c'] },
    { by: 'agreement', services: ['a', 'b', 'c'] },
  ])
  assert.deepEqual(withheldIn(new Map()), [])
})

const nothing = state('some', false)
const blocked = state('withheld-by-patient', false, [{ cause: 'SpecificBlock' }])
const restricted = state('some', false, [{ cause: 'GeneralBlock', count: 1 }])
for (const [what, states, place] of [
  ['a restriction is told', [nothing, restricted], 'header'],
  ['one service is blocked and another restricted', [blocked, restricted], 'header'],
  ['a panel did not come', [nothing, { loading: false, problem: { code: 'failed' } }], 'header'],
  ['nothing is told', [nothing, state('withheld', false)], 'aside'],
  ['a role opens one panel less', [nothing, { loading: false, problem: { code: 'refused' } }], 'aside'],
  ['one service is blocked', [blocked, nothing], 'aside'],
  ['everything is blocked', [blocked, blocked], 'nowhere'],
  ['a panel is on its way', [nothing, { loading: true }], 'nowhere'],
  ['nothing has been asked for', [], 'nowhere'],
] as [string, PanelState[], string][])
  test(`emergency access where ${what}: ${place}`, () => {
    assert.equal(emergencyPlace(new Map(states.map((one, index) => [String(index), one]))), place)
  })

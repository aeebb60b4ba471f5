import assert from 'node:assert/strict'
import { test } from 'node:test'
import { SNOMED_CT } from '@helsevev/clinical/systems'
import type { Goal, Observation } from '@medplum/fhirtypes'
import { type AppliedScale, scaleFor } from './scale.ts'

const AT = '2026-01-14T08:30:00+01:00'
const codes = { 1: '1104311000000102', 2: '1104321000000108' } as const
const coded = (scale: 1 | 2) => ({ coding: [{ system: SNOMED_CT, code: codes[scale] }] })
const goal = (scale: 1 | 2, more: Partial<Goal> = {}): Goal => ({
  resourceType: 'Goal',
  lifecycleStatus: 'active',
  description: {},
  subject: {},
  target: [{ measure: coded(scale) }],
  ...more,
})
const score = (scale: 1 | 2 | undefined, effectiveDateTime: string): Observation => ({
  resourceType: 'Observation',
  status: 'final',
  code: {},
  effectiveDateTime,
  ...(scale === undefined ? {} : { component: [{ code: coded(scale) }] }),
})

test('scale 2 applies when the plan or the last score before the session says so, and never otherwise', () => {
  const [before, earlier, later] = ['2026-01-13T08:00:00+01:00', '2026-01-12T08:00:00+01:00', '2026-01-15T08:00:00+01:00']
  const rows: [about: string, goals: Goal[], scores: Observation[] | undefined, expected: AppliedScale][] = [
    ['nothing is known', [], undefined, { scale: 1 }],
    ['no score was made', [], [], { scale: 1 }],
    ['the last score', [], [score(2, before)], { scale: 2, from: 'last-score' }],
    ['a later score says nothing of now', [], [score(2, later)], { scale: 1 }],
    ['the last of two', [], [score(1, before), score(2, earlier)], { scale: 1, from: 'last-score' }],
    ['a score that states no scale', [], [score(undefined, before), score(2, earlier)], { scale: 2, from: 'last-score' }],
    ['the plan', [goal(2)], [score(1, before)], { scale: 2, from: 'plan' }],
    ['a plan that has ended', [goal(2, { lifecycleStatus: 'completed' })], [], { scale: 1 }],
    ['a target that is past', [goal(2, { target: [{ measure: coded(2), dueDate: '2026-01-01' }] })], [], { scale: 1 }],
    ['a plan with scale 1', [goal(1)], [], { scale: 1, from: 'plan' }],
  ]
  for (const [about, goals, scores, expected] of rows)
    assert.deepEqual(scaleFor(AT, goals, scores, new Date('2026-01-14T09:00:00Z')), expected, about)
})

import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { DataStatus } from '@helsevev/panel/panel.ts'
import type { PanelAnswer } from '../../contract.ts'
import { gapOf } from './gaps.ts'

const answer = (status: DataStatus, more: Partial<PanelAnswer> = {}): PanelAnswer => ({
  access: 'a',
  fetched: '2026-01-01T00:00:00Z',
  status,
  partial: false,
  withheld: [],
  ...more,
})

for (const [what, state, gap] of [
  ['nothing has come yet', { loading: true }, 'loading'],
  ['the source does not answer', { loading: false, problem: { code: 'unavailable' } }, 'unavailable'],
  ['the API refuses', { loading: false, problem: { code: 'refused', reason: 'role-not-open' } }, 'refused'],
  ['it failed', { loading: false, problem: { code: 'failed' } }, 'failed'],
  ['the service says that its source is away', { loading: false, answer: answer('unavailable') }, 'unavailable'],
  ['no agreement opens it', { loading: false, answer: answer('withheld') }, 'withheld'],
  ['the patient withholds it', { loading: false, answer: answer('withheld-by-patient') }, 'withheld-by-patient'],
  [
    'the patient withholds some',
    { loading: false, answer: answer('some', { withheld: [{ cause: 'GeneralBlock' }] }) },
    'withheld-by-patient',
  ],
  ['no agreement opens some', { loading: false, answer: answer('some', { partial: true }) }, 'partial'],
  ['it is from before', { loading: false, answer: answer('some'), problem: { code: 'unavailable' } }, 'stale'],
  ['all is there', { loading: false, answer: answer('some') }, undefined],
  ['there is nothing', { loading: false, answer: answer('none') }, undefined],
  ['nobody knows', { loading: false, answer: answer('unknown') }, undefined],
] as const) {
  test(`where ${what}, the gap is ${gap ?? 'none'}`, () => assert.equal(gapOf(state), gap))
}

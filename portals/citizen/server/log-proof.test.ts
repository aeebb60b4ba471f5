import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { LogLine } from '../contract.ts'
import { type LogCheck, proven } from './log-proof.ts'

const line = (id: string): LogLine => ({ id, at: '', actor: { kind: 'system' }, did: 'looked', count: 0, outcome: 'ok', withheld: false })
const AT = '2026-01-15T10:00:00.000Z'
const checked = { state: 'checked', at: AT }
const older = { state: 'checked', at: '2026-01-14T10:00:00.000Z' }
const nothing = { checked: 0, waiting: 0, differs: 0, withinMinutes: 1 }

function checking(answer: unknown): { check: LogCheck; asked: (readonly string[])[] } {
  const asked: (readonly string[])[] = []
  const checkLines: LogCheck['checkLines'] = async (ids) => {
    asked.push(ids)
    if (answer instanceof Error) throw answer
    return answer
  }
  return { check: { checkLines }, asked }
}
const answering = (...lines: object[]) => ({ lines, nextWithinSeconds: 60 })

// biome-ignore format: a table, one row to a line
const cases: [what: string, answer: unknown, proof: object][] = [
  ['all lines agree: the oldest checkpoint is named',   answering(checked, older),                                    { ...nothing, state: 'checked', at: older.at, checked: 2 }],
  ['some lines are newer than the checkpoint',          answering(checked, { state: 'waiting' }),                     { ...nothing, state: 'checked', at: AT, checked: 1, waiting: 1 }],
  ['all lines are newer',                               answering({ state: 'waiting' }),                              { ...nothing, state: 'waiting', waiting: 1 }],
  ['one line does not agree',                           answering(checked, { state: 'differs' }),                     { ...nothing, state: 'differs', at: AT, checked: 1, differs: 1 }],
  ['all lines are of a time without trees',             answering({ state: 'no-tree' }),                              { ...nothing, state: 'unavailable' }],
  ['the check fails',                                   new Error('busy'),                                            { ...nothing, state: 'unavailable', withinMinutes: 0 }],
  ['the answer cannot be read',                         { lines: 'none' },                                            { ...nothing, state: 'unavailable', withinMinutes: 0 }],
]
for (const [what, answer, proof] of cases) {
  test(`${what}: ${JSON.stringify(proof)}`, async () => {
    const { check, asked } = checking(answer)
    assert.deepEqual(await proven(check, [line('b-c'), line('b-d')]), { proof })
    assert.deepEqual(asked, [['b-c', 'b-d']])
  })
}

test('no lines need no check, and no more than 300 are asked about', async () => {
  const { check, asked } = checking(answering(checked))
  assert.deepEqual(await proven(check, []), {})
  assert.deepEqual(asked, [])
  const many = checking(answering(checked))
  await proven(
    many.check,
    Array.from({ length: 400 }, () => line('b-c')),
  )
  assert.equal(many.asked[0]?.length, 300)
})

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { runSteps } from './steps.ts'

const still = () => 0

test('when all checks pass there is one line for each, and the whole passes', async () => {
  const printed: string[] = []
  const steps = [
    { name: 'types', run: async () => '' },
    { name: 'lint', run: async () => '\n' },
  ]
  assert.equal(await runSteps(steps, (text) => printed.push(text), still), true)
  assert.deepEqual(printed, ['ok    types          0.0 s', 'ok    lint           0.0 s'])
})

test('when checks fail, the faults of all of them are shown, also of one that crashed', async () => {
  const printed: string[] = []
  const steps = [
    { name: 'types', run: async () => 'a.ts:1  wrong' },
    { name: 'lint', run: async () => '' },
    { name: 'docs', run: () => Promise.reject(new Error('no such page')) },
  ]
  assert.equal(await runSteps(steps, (text) => printed.push(text), still), false)
  const all = printed.join('\n')
  assert.match(all, /FAIL {2}types/)
  assert.match(all, /ok {4}lint/)
  assert.match(all, /\ntypes\na\.ts:1 {2}wrong/)
  assert.match(all, /\ndocs\nError: no such page/)
})

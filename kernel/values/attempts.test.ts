import assert from 'node:assert/strict'
import { test } from 'node:test'
import { attempts } from './attempts.ts'

class Busy extends Error {}
const again = (error: unknown) => error instanceof Busy

/** Work that fails this many times, and notes the number of each attempt. */
function failing(times: number, error: Error = new Busy('busy')) {
  const seen: number[] = []
  const work = async (attempt: number) => {
    seen.push(attempt)
    if (attempt <= times) throw error
    return 'done'
  }
  return { seen, work }
}

test('work that succeeds is done once', async () => {
  const { seen, work } = failing(0)
  assert.equal(await attempts(work, { times: 3, again }), 'done')
  assert.deepEqual(seen, [1])
})

test('the last attempt counts as well as the first', async () => {
  const { seen, work } = failing(2)
  assert.equal(await attempts(work, { times: 3, again }), 'done')
  assert.deepEqual(seen, [1, 2, 3])
})

test('when every attempt failed, the answer is the one that was given for it, or the last error', async () => {
  const { seen, work } = failing(3)
  assert.equal(await attempts(work, { times: 3, again, spent: (error) => `gave up: ${(error as Error).message}` }), 'gave up: busy')
  assert.deepEqual(seen, [1, 2, 3])
  await assert.rejects(attempts(failing(3).work, { times: 3, again }), Busy)
})

test('any other error is thrown at once', async () => {
  const { seen, work } = failing(3, new RangeError('a mistake'))
  await assert.rejects(attempts(work, { times: 3, again, spent: () => 'gave up' }), RangeError)
  assert.deepEqual(seen, [1])
})

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createRateLimit } from './rate-limit.ts'

test('a client gets its burst, then its rate, and is told how long to wait; another client is not touched', () => {
  let now = 0
  const limit = createRateLimit({ perSecond: 2, burst: 3, clock: () => new Date(now) })
  const take = (key: string, times: number) => Array.from({ length: times }, () => limit.take(key))
  assert.deepEqual(take('a', 4), [undefined, undefined, undefined, 1])
  assert.deepEqual(take('b', 1), [undefined])
  now += 499
  assert.deepEqual(take('a', 1), [1])
  now += 1
  assert.deepEqual(take('a', 2), [undefined, 1])
  now += 60_000
  assert.deepEqual(take('a', 4), [undefined, undefined, undefined, 1])
})

test('a slow rate says how many seconds', () => {
  const limit = createRateLimit({ perSecond: 0.1, burst: 1, clock: () => new Date(0) })
  assert.deepEqual([limit.take('a'), limit.take('a')], [undefined, 10])
})

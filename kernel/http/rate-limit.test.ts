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

test('a clock that steps back locks nobody out, and gives nobody more', () => {
  let now = 1_000_000
  const limit = createRateLimit({ perSecond: 1, burst: 2, clock: () => new Date(now) })
  assert.deepEqual([limit.take('a'), limit.take('a'), limit.take('a')], [undefined, undefined, 1])
  now -= 3_600_000
  assert.deepEqual([limit.take('a')], [1])
  now += 1000
  assert.deepEqual([limit.take('a'), limit.take('a')], [undefined, 1])
})

test('processes that share a rate let no more through together than one alone', () => {
  let now = 0
  const shared = { perSecond: 4, burst: 8, clock: () => new Date(now), processes: () => 2 }
  const both = [createRateLimit(shared), createRateLimit(shared)]
  const through = () =>
    both.flatMap((limit) => Array.from({ length: 20 }, () => limit.take('a'))).filter((wait) => wait === undefined).length
  assert.equal(through(), 8)
  now += 1000
  assert.equal(through(), 4)
})

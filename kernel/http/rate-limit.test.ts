import assert from 'node:assert/strict'
import { test } from 'node:test'
import { countProcesses } from '../store/server-processes.ts'
import { testDatabase } from '../testing/database.ts'
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

test('two servers on one database let no more through together than one', async () => {
  const database = await testDatabase()
  const clock = () => new Date(0)
  const begun = [await countProcesses(database.sql, crypto.randomUUID()), await countProcesses(database.sql, crypto.randomUUID())]
  try {
    for (const one of begun) await one.beat()
    const limits = begun.map(({ count }) => createRateLimit({ perSecond: 5, burst: 10, clock, processes: count }))
    // A citizen, a client and an address are keys alike. One who asks both servers gets no more than the burst of one.
    for (const key of ['citizen', 'client organisation', '192.0.2.1']) {
      const through = Array.from({ length: 40 }, (_, turn) => limits[turn % 2]?.take(key)).filter((wait) => wait === undefined)
      assert.equal(through.length, 10)
    }
    await begun[1]?.close()
    await begun[0]?.beat()
    const left = createRateLimit({ perSecond: 5, burst: 10, clock, processes: begun[0]?.count ?? (() => 2) })
    assert.equal(Array.from({ length: 40 }, () => left.take('citizen')).filter((wait) => wait === undefined).length, 10)
  } finally {
    for (const one of begun) await one.close()
    await database.close()
  }
})

import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { type TestApi, testApi } from '../testing/api.ts'
import { openKernel } from './open-kernel.ts'

let api: TestApi
before(async () => {
  api = await testApi()
})
after(async () => await api.close())

/** Whether `wanted` is `value`, or is held by it at any depth. */
function holds(value: unknown, wanted: unknown, seen = new Set<unknown>()): boolean {
  if (value === wanted) return true
  if ((typeof value !== 'object' && typeof value !== 'function') || value === null || seen.has(value)) return false
  seen.add(value)
  const members = value instanceof Map ? [...value.values()] : Reflect.ownKeys(value).map((key) => Reflect.get(value, key))
  return members.some((member) => holds(member, wanted, seen))
}

test('what an interaction receives holds no connection, at any depth', () => {
  assert.equal(holds({ kernel: { sql: api.sql } }, api.sql), true)
  assert.equal(holds(api.kernel, api.sql), false)
})

test('a service with a reader that is no code of list 9060 does not start, and the sentence names it', async () => {
  const [service] = [...api.kernel.services.values()]
  assert.ok(service)
  const wrong = { ...service, readers: { ...service.readers, FA: ['TREAT'] } } as const
  const parts = { sql: api.sql, log: api.kernel.log, codes: api.kernel.codes, validator: api.kernel.validator }
  await assert.rejects(openKernel({ ...parts, services: [wrong] }), /list 9060, and these are none: FA of measurements/)
  await openKernel({ ...parts, services: [{ ...service, readers: { FA1: ['TREAT'], FA2: ['TREAT'] } }] })
})

test('statements of a transaction hold no connection', async () => {
  const isHeld = await api.kernel.rows.store.begin(async (tx) => Object.values(tx).every((statement) => typeof statement === 'function'))
  assert.equal(isHeld, true)
})

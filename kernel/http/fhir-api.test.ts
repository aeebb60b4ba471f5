import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Kernel } from '../fhir/exchange.ts'
import { silentLog } from '../log/log.ts'
import { problem } from '../problem/problem.ts'
import { createIds } from '../store/ids.ts'
import { measurements } from '../testing/measurements.ts'
import { fhirApi } from './fhir-api.ts'
import { createHttpServer } from './http-server.ts'
import { createLoad } from './load.ts'

test('512 requests are under way at most, counted over all routes; one more is told to come back', async () => {
  const clock = () => new Date('2026-01-15T10:00:00Z')
  const kernel = {
    services: new Map([['measurements', measurements]]),
    ids: createIds(clock),
    clock,
    baseUrl: 'http://test',
    refusedCalls: { count: () => {} },
  } as unknown as Kernel
  const held: (() => void)[] = []
  const guard = () => new Promise<ReturnType<typeof problem>>((answer) => held.push(() => answer(problem('no-token'))))
  const app = createHttpServer(silentLog)
  await app.register(async (scope) => fhirApi(scope, { kernel, guard, log: silentLog, load: createLoad() }))
  const get = () => app.inject({ method: 'GET', url: '/fhir/measurements/Observation/a-b' })
  const search = () =>
    app.inject({
      method: 'POST',
      url: '/fhir/measurements/Observation/_search',
      payload: '',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
    })
  try {
    const waiting = Array.from({ length: 512 }, (_, index) => (index % 2 ? get() : search()))
    while (held.length < 512) await new Promise(setImmediate)
    for (const reply of [await get(), await search()]) assert.deepEqual([reply.statusCode, reply.headers['retry-after']], [429, '1'])
    for (const answer of held) answer()
    for (const reply of await Promise.all(waiting)) assert.equal(reply.statusCode, 401)
    const next = get()
    while (held.length < 513) await new Promise(setImmediate)
    held.at(-1)?.()
    assert.equal((await next).statusCode, 401)
  } finally {
    await app.close()
  }
})

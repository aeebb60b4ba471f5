/** Changed requests of every service, area and route: whatever comes, the server answers, and never with an error of its own. */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { attestation, attestationHeader, nurse, organizations, system, type TestApi, testApi } from '@helsevev/kernel/testing/api'
import { fuzz, isFailure, type Send, tableOf } from '@helsevev/server/commands/fuzz/fuzz'
import { validRequests } from '@helsevev/server/commands/fuzz/requests'
import { services } from '@helsevev/server/services'

/** Requests of a run; docs/run/fuzz.md says how to send more. */
const COUNT = Number(process.env['HELSEVEV_FUZZ'] || 20_000)
const SEED = Number(process.env['HELSEVEV_SEED'] || 1)
const { bergen } = organizations

type Injected = Parameters<ReturnType<TestApi['as']>['inject']>[0]

let api: TestApi
before(async () => {
  api = await testApi(services)
})
after(async () => await api.close())

const areas = ['persons', 'privacy', 'access-log', 'representation', 'worklist', 'control', ...services.map(({ id }) => id)]
const scopes = (...ends: string[]) => areas.flatMap((area) => ends.map((end) => `helsevev:${area}/${end}`))

test(`${COUNT} changed requests: no error of the server`, { timeout: 1_800_000 }, async (t) => {
  const { number, identifier } = await api.person(1)
  const reader = nurse(bergen, { scopes: scopes('read', 'write') })
  const callers = [
    api.as(system(bergen, { scopes: scopes('read', 'write') })),
    api.as(reader),
    api.as(system(bergen, { kind: 'citizen', pid: number, scopes: scopes('citizen') })),
  ]
  const attested = attestationHeader(attestation(reader, number))
  const send: Send = async ({ method, path, headers, body }, place) => {
    // Systems write, and most requests are theirs.
    const at = [0, 0, 0, 1, 2][place % 5] ?? 0
    const given = at === 1 ? { attestation: attested, ...headers } : headers
    const reply = await callers[at]?.inject({
      method: method as NonNullable<Injected['method']>,
      url: path,
      headers: given,
      ...(body === undefined ? {} : { payload: body }),
    })
    return { status: reply?.status ?? 0, location: reply?.headers['location'] as string | undefined }
  }
  const valid = validRequests(services, { system: identifier.system, number })
  const found = await fuzz(valid, send, { count: COUNT, seed: SEED, atOnce: 4 })
  t.diagnostic(`${Math.round(COUNT / found.seconds)} requests a second`)
  const failed = Object.keys(found.statuses).filter((status) => isFailure(Number(status)))
  assert.deepEqual(failed, [], tableOf(found, SEED))
  // Some of them were right, so that the others were near to it.
  assert.ok((found.statuses['200'] ?? 0) + (found.statuses['201'] ?? 0) > COUNT / 20, tableOf(found, SEED))
})

/** A request that takes too long: cut at every step that it has. */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { OperationOutcome } from '@medplum/fhirtypes'
import { idOf, problemOf, resourceOf } from '../testing/answers.ts'
import { organizations, pulse, type Reply, system, type TestApi, testApi } from '../testing/api.ts'

/** How many steps a request may take; each look at the clock is one. */
let steps = Number.POSITIVE_INFINITY
let taken = 0
const elapsed = () => (taken++ > steps ? Number.MAX_SAFE_INTEGER : 0)

let api: TestApi
let kari: Awaited<ReturnType<TestApi['person']>>
before(async () => {
  api = await testApi(undefined, undefined, undefined, elapsed)
  kari = await api.person(1)
})
after(async () => await api.close())

const bergen = system(organizations.bergen)
const base = '/fhir/measurements'
let made = 0
const fresh = () => pulse(kari, { identifier: [{ system: 'urn:test', value: `t${made++}` }] })
const versions = async () => Number((await api.sql<{ count: number }[]>`select count(*)::int as count from record`)[0]?.count)
const entries = (type: string) => ({
  resourceType: 'Bundle',
  type,
  entry: [1, 2, 3].map(() => ({ resource: fresh(), request: { method: 'POST', url: 'Observation' } })),
})

/** Each is run again with 0, 1, 2 … steps until it is done. `whole`: the versions that it stores, all or none. */
const requests: [name: string, whole: number | 'each', run: (id: string) => Promise<Reply>][] = [
  ['a read', 0, async (id) => await api.as(bergen).get(`${base}/Observation/${id}`)],
  ['a search', 0, async () => await api.as(bergen).search('Observation', { 'patient.identifier': kari.number })],
  ['a create', 1, async () => await api.as(bergen).post(`${base}/Observation`, fresh())],
  ['a transaction', 3, async () => await api.as(bergen).post(base, entries('transaction'))],
  ['a batch', 'each', async () => await api.as(bergen).post(base, entries('batch'))],
]
for (const [name, whole, run] of requests)
  test(`${name} that takes too long is unavailable, has its row, and leaves nothing half written`, async () => {
    const id = idOf(await api.as(bergen).post(`${base}/Observation`, fresh()))
    let cuts = 0
    for (;;) {
      const [before, rows] = [await versions(), (await api.logged()).length]
      taken = 0
      steps = cuts
      const reply = await run(id)
      steps = Number.POSITIVE_INFINITY
      const stored = (await versions()) - before
      if (reply.status < 300) {
        assert.equal(stored, whole === 'each' ? 3 : whole)
        break
      }
      assert.deepEqual([reply.status, problemOf(reply)], [503, 'unavailable'])
      const { issue } = resourceOf(reply, 'OperationOutcome') as OperationOutcome
      assert.match(issue?.[0]?.diagnostics ?? issue?.[0]?.details?.text ?? '', /took more than 40 seconds/)
      assert.ok(whole === 'each' || stored === 0 || stored === whole, `${stored} of ${whole} stored after ${cuts} steps`)
      const last = (await api.logged()).slice(rows)
      assert.ok(
        last.some(({ event, problem }) => event === 'failed' && problem === 'unavailable'),
        JSON.stringify(last),
      )
      cuts += 1
      assert.ok(cuts < 100)
    }
    assert.ok(cuts > 1, 'it was cut at some step')
  })

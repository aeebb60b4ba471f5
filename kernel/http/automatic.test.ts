/** Requests that a screen makes by itself: marked by our own portals alone, decided and logged like any other. */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { matchesIn } from '../testing/answers.ts'
import { nurse, organizations, pulse, type Reply, system, type TestApi, testApi } from '../testing/api.ts'

const { bergen, oslo } = organizations
let api: TestApi
before(async () => {
  api = await testApi()
})
after(async () => await api.close())

const marked = { 'helsevev-automatic': 'true' }

async function rowOf({ headers }: Reply): Promise<{ automatic: boolean; outcome: string; episode: string | null; disclosed: number }> {
  const [row] = await api.sql<{ automatic: boolean; outcome: string; episode: string | null; disclosed: number }[]>`
    select automatic, outcome, episode, coalesce(octet_length(disclosed), 0) / 8 as disclosed
    from access_log where event_id = ${String(headers['x-event-id'])}`
  assert.ok(row)
  return row
}

test('a portal marks a request, which is answered as without the mark, has its row, and belongs to the same opening', async () => {
  const person = await api.person(101)
  await api.as(system(bergen)).post('/fhir/measurements/Observation', pulse(person))
  const form = { 'patient.identifier': person.number }
  const [plain, automatic] = [
    await api.as(nurse(bergen)).search('Observation', form),
    await api.as(nurse(bergen)).search('Observation', form, marked),
  ]
  assert.deepEqual(automatic.body, plain.body)
  const [first, second] = [await rowOf(plain), await rowOf(automatic)]
  assert.deepEqual([first.automatic, second.automatic], [false, true])
  assert.deepEqual({ ...second, automatic: false }, first)
  const self = system(bergen, { kind: 'citizen', pid: person.number, scopes: ['helsevev:access-log/citizen'] })
  const events = matchesIn(await api.as(self).get('/fhir/AuditEvent'), 'AuditEvent')
  const isMarked = events.map(({ extension = [] }) => extension.some(({ url, valueBoolean }) => url.endsWith('/automatic') && valueBoolean))
  assert.deepEqual(isMarked, [true, false, false])
})

test('the mark of any other client says nothing', async () => {
  const person = await api.person(102)
  await api.as(system(bergen)).post('/fhir/measurements/Observation', pulse(person))
  for (const who of [nurse(bergen, { client: 'vendor' }), system(bergen)]) {
    const reply = await api.as(who).search('Observation', { 'patient.identifier': person.number }, marked)
    assert.deepEqual([reply.status, (await rowOf(reply)).automatic], [200, false])
  }
})

test('a marked request is refused as any other', async () => {
  const person = await api.person(103)
  await api.sql`update service_participation set produces = false where organization = ${oslo}`
  const reply = await api.as(nurse(oslo)).search('Observation', { 'patient.identifier': person.number }, marked)
  await api.sql`update service_participation set produces = true where organization = ${oslo}`
  const { automatic, outcome } = await rowOf(reply)
  assert.deepEqual([reply.status, automatic, outcome], [403, true, 'refused'])
})

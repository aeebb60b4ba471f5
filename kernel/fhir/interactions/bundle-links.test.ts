/** Links and conditions inside a Bundle, If-Match and repeated deletes: rows of what is sent and what comes of it. */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { Bundle, Observation } from '@medplum/fhirtypes'
import { bundleOf, idOf, placesOf, problemOf, responsesOf } from '../../testing/answers.ts'
import { organizations, pulse, type Reply, system, type TestApi, testApi } from '../../testing/api.ts'
import { measurements } from '../../testing/measurements.ts'
import { checkBundle } from '../messages/check-message.ts'

let api: TestApi
before(async () => {
  api = await testApi()
})
after(async () => {
  await api.close()
})

const bergen = system(organizations.bergen)
const service = '/fhir/measurements'
type Person = Awaited<ReturnType<TestApi['person']>>

const keyed = (value: string) => ({ identifier: [{ system: 'urn:test', value }] })
const referring = (reference: string) => ({ hasMember: [{ reference }] })

interface Sent {
  fullUrl?: string
  resource: object
  ifNoneExist?: string
}

async function send(type: 'batch' | 'transaction', ...entries: Sent[]): Promise<Reply> {
  const entry = entries.map(({ fullUrl, resource, ifNoneExist }) => ({
    ...(fullUrl ? { fullUrl } : {}),
    resource,
    request: { method: 'POST', url: 'Observation', ...(ifNoneExist === undefined ? {} : { ifNoneExist }) },
  }))
  return await api.as(bergen).post(service, { resourceType: 'Bundle', type, entry })
}

async function stored(person: Person): Promise<Observation[]> {
  const found = await api.as(bergen).search('Observation', { 'patient.identifier': `${person.identifier.system}|${person.number}` })
  return (bundleOf(found).entry ?? []).flatMap(({ resource }) => (resource?.resourceType === 'Observation' ? [resource] : []))
}

/** Where the one stored Observation that refers to something refers to. */
async function target(person: Person): Promise<string | undefined> {
  return (await stored(person)).flatMap(({ hasMember }) => hasMember?.[0]?.reference ?? [])[0]
}

const URN = 'urn:uuid:2f8e0f5e-7c0d-4f7b-9d3b-6d1f0c9a0001'
const ABSOLUTE = 'https://journal.example.no/fhir/Observation/17'

/** A fullUrl, how another entry refers to it, and the fullUrl of that entry (http://hl7.org/fhir/R4/bundle.html#references). */
const links: { name: string; fullUrl: string; reference: string; own?: string }[] = [
  { name: 'the same urn', fullUrl: URN, reference: URN },
  { name: 'a urn in capitals', fullUrl: URN, reference: URN.toUpperCase() },
  { name: 'an absolute address', fullUrl: ABSOLUTE, reference: ABSOLUTE },
  { name: 'an absolute address with version', fullUrl: ABSOLUTE, reference: `${ABSOLUTE}/_history/2` },
  { name: 'a relative address', fullUrl: ABSOLUTE, reference: 'Observation/17', own: 'https://journal.example.no/fhir/Observation/18' },
  { name: 'a relative one with version', fullUrl: ABSOLUTE, reference: 'Observation/17/_history/2', own: ABSOLUTE.replace('17', '18') },
]

let series = 100
for (const type of ['transaction', 'batch'] as const)
  test(`in a ${type} a reference to another entry becomes a reference to its id, in every spelling and order`, async () => {
    for (const { name, fullUrl, reference, own } of links)
      for (const isStoredAlready of [false, true]) {
        series += 1
        const kari = await api.person(series)
        const first = pulse(kari, keyed('a'))
        if (isStoredAlready) assert.equal((await api.as(bergen).post(`${service}/Observation`, first)).status, 201)
        const second = { fullUrl: own ?? 'urn:uuid:other', resource: pulse(kari, { ...keyed('b'), ...referring(reference) }) }
        const reply = await send(type, second, { fullUrl, resource: first })
        assert.equal(reply.status, 200, name)
        const a = (await stored(kari)).find(({ identifier }) => identifier?.[0]?.value === 'a')
        assert.equal(await target(kari), `Observation/${a?.id}`, `${name}, ${isStoredAlready}`)
        const found = await api.as(bergen).search('Observation', {
          'patient.identifier': `${kari.identifier.system}|${kari.number}`,
          'has-member': (await target(kari)) ?? '',
        })
        assert.equal(bundleOf(found).entry?.length, 1, name)
      }
  })

test('a reference to an entry whose condition matched points to what was there, and an address in an extension is replaced', async () => {
  const kari = await api.person(1)
  const before = await api.as(bergen).post(`${service}/Observation`, pulse(kari, keyed('a')))
  const extension = ['valueUri', 'valueUrl', 'valueUuid', 'valueCanonical'].map((element) => ({
    url: `http://x.no/${element}`,
    [element]: URN,
  }))
  const reply = await send(
    'transaction',
    { fullUrl: URN, resource: pulse(kari, keyed('a')), ifNoneExist: 'identifier=urn:test|a' },
    { resource: pulse(kari, { ...keyed('b'), ...referring(URN), extension }) },
  )
  assert.equal(reply.status, 200)
  assert.equal(await target(kari), `Observation/${idOf(before)}`)
  const [b] = (await stored(kari)).filter(({ hasMember }) => hasMember)
  assert.equal(JSON.stringify(b).includes('urn:uuid'), false)
})

test('a reference to an entry that is not there is refused everywhere, and is never stored', async () => {
  const kari = await api.person(2)
  const lost = pulse(kari, { ...keyed('a'), ...referring(URN) })
  const single = await api.as(bergen).post(`${service}/Observation`, lost)
  assert.deepEqual(
    [single.status, problemOf(single), placesOf(single)],
    [422, 'reference-not-resolved', ['Observation.hasMember[0].reference']],
  )
  const whole = await send('transaction', { resource: lost })
  assert.deepEqual([whole.status, placesOf(whole)], [422, ['Bundle.entry[0].resource.hasMember[0].reference']])
  const wrong = { fullUrl: URN, resource: pulse(kari, { ...keyed('b'), status: 'wrong' }) }
  const statuses = responsesOf(await send('batch', { resource: lost }, wrong, { resource: pulse(kari, keyed('c')) })).map(
    ({ status }) => status,
  )
  assert.deepEqual(statuses, ['422', '422', '201'])
  assert.equal((await stored(kari)).length, 1)
  const checked = await checkBundle({ kernel: api.kernel, service: measurements }, bundleWith('transaction', lost))
  assert.deepEqual(checked.map(({ code }) => code).includes('reference-not-resolved'), true)
})

function bundleWith(type: Bundle['type'], ...resources: object[]): Bundle {
  return {
    resourceType: 'Bundle',
    type,
    entry: resources.map((resource) => ({ resource, request: { method: 'POST', url: 'Observation' } })),
  } as Bundle
}

test('a fullUrl that two entries have is refused, in capitals too (bdl-7)', async () => {
  const kari = await api.person(3)
  for (const type of ['transaction', 'batch'] as const) {
    const entries = [URN, URN.toUpperCase()].map((fullUrl, index) => ({ fullUrl, resource: pulse(kari, keyed(String(index))) }))
    const reply = await send(type, ...entries)
    assert.deepEqual([reply.status, problemOf(reply), placesOf(reply)], [400, 'bundle-entry', ['Bundle.entry[1].fullUrl']])
  }
  assert.equal((await stored(kari)).length, 0)
})

/** Conditions that name no fact: each would match the record that is there, and the new measurement would be lost. */
const vague = [
  ['', ' ', '?', '&', '_format=json', '_count=1', '_sort=-date', '_total=none', '_summary=count', 'date=ge2000', '_lastUpdated=ge2000'],
  ['code=', 'identifier=', 'identifier=%20', '_tag=x', 'patient.identifier=urn:oid:2.16.578.1.12.4.1.4.1|13097248022'],
].flat()

test('a condition without a criterion, or about another person, is refused, and nothing is dropped', async () => {
  const kari = await api.person(4)
  assert.equal((await api.as(bergen).post(`${service}/Observation`, pulse(kari, keyed('a')))).status, 201)
  for (const condition of vague) {
    const reply = await api.as(bergen).post(`${service}/Observation`, pulse(kari, keyed('b')), { 'if-none-exist': condition })
    assert.deepEqual([reply.status, problemOf(reply)], [400, 'invalid-parameter'], condition)
  }
  const own = `identifier=urn:test|c&patient.identifier=${kari.identifier.system}|${kari.number}`
  const taken = await api.as(bergen).post(`${service}/Observation`, pulse(kari, keyed('c')), { 'if-none-exist': own })
  assert.equal(taken.status, 201)
})

for (const type of ['transaction', 'batch'] as const)
  test(`in a ${type} a condition sees the entries before it: one condition makes one resource`, async () => {
    const kari = await api.person(type === 'batch' ? 5 : 6)
    const twice = { resource: pulse(kari), ifNoneExist: 'code=http://loinc.org|8867-4' }
    const reply = await send(type, twice, { ...twice, fullUrl: URN }, { resource: pulse(kari, { ...keyed('b'), ...referring(URN) }) })
    assert.equal(reply.status, 200)
    const [first, second] = responsesOf(reply)
    assert.deepEqual([first?.status.slice(0, 3), second?.status.slice(0, 3)], ['201', '200'])
    assert.equal(second?.location, first?.location)
    assert.equal((await stored(kari)).length, 2)
    assert.equal(first?.location?.includes((await target(kari)) ?? 'none'), true)
  })

test('a record is replaced within one transaction: deleted, and made anew with the same identifier', async () => {
  const kari = await api.person(7)
  const before = idOf(await api.as(bergen).post(`${service}/Observation`, pulse(kari, keyed('a'))))
  const reply = await api.as(bergen).post(service, {
    resourceType: 'Bundle',
    type: 'transaction',
    entry: [
      { resource: pulse(kari, { ...keyed('a'), status: 'amended' }), request: { method: 'POST', url: 'Observation' } },
      { request: { method: 'DELETE', url: `Observation/${before}`, ifMatch: 'W/"1"' } },
    ],
  })
  assert.equal(reply.status, 200)
  assert.deepEqual(
    (await stored(kari)).map(({ status }) => status),
    ['amended'],
  )
})

const ifMatches: [sent: string | undefined, status: number][] = [
  [undefined, 400],
  ['*', 400],
  ['', 400],
  ['W/"1', 400],
  ['W/""1"', 400],
  ['w/"1"', 400],
  ['"1', 400],
  ['W/1', 400],
  ['1', 400],
  ['W/"1", *', 400],
  ['W/"2"', 412],
  ['W/"01"', 412],
  ['W/"1"-gzip', 400],
  ['W/"7", W/"8"', 412],
]

test('If-Match is a list of ETags; what is none is 400, and what is not the current version 412 (RFC 9110 13.1.1)', async () => {
  const kari = await api.person(8)
  const id = idOf(await api.as(bergen).post(`${service}/Observation`, pulse(kari, keyed('a'))))
  const put = async (version: string | undefined, value: number) =>
    await api
      .as(bergen)
      .put(
        `${service}/Observation/${id}`,
        { ...pulse(kari, keyed('a')), id, valueQuantity: { value, unit: '/min', system: 'http://unitsofmeasure.org', code: '/min' } },
        version === undefined ? {} : { 'if-match': version },
      )
  for (const [sent, status] of ifMatches) assert.equal((await put(sent, 80)).status, status, sent ?? 'none')
  let version = 1
  for (const spelling of ['W/"%"', '"%"', 'W/"99", W/"%"', 'W/"%" ,"x"']) {
    const reply = await put(spelling.replace('%', String(version)), 80 + version)
    version += 1
    assert.deepEqual([reply.status, reply.headers.etag], [200, `W/"${version}"`], spelling)
  }
})

test('a second DELETE is 204 and changes nothing, alone and in a Bundle (http.html#delete)', async () => {
  const kari = await api.person(9)
  const id = idOf(await api.as(bergen).post(`${service}/Observation`, pulse(kari, keyed('a'))))
  const remove = async () => (await api.as(bergen).delete(`${service}/Observation/${id}`, { 'if-match': 'W/"1"' })).status
  assert.deepEqual([await remove(), await remove()], [204, 204])
  for (const type of ['transaction', 'batch'] as const) {
    const entry = [{ request: { method: 'DELETE', url: `Observation/${id}`, ifMatch: 'W/"1"' } }]
    const [response] = responsesOf(await api.as(bergen).post(service, { resourceType: 'Bundle', type, entry }))
    assert.equal(response?.status.slice(0, 3), '204', type)
  }
  const versions = await api.sql`select 1 from record where patient = ${kari.key}`
  assert.equal(versions.length, 2)
})

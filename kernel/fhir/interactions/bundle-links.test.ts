/** Links and conditions inside a Bundle, If-Match and repeated deletes: rows of what is sent and what comes of it. */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { Bundle, Observation } from '@medplum/fhirtypes'
import { bundleOf, idOf, issuesOf, placesOf, problemOf, problemsOf, resourceOf, responsesOf } from '../../testing/answers.ts'
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

/** Where a record can be named, by the address (docs/decisions/0075-references-stay-with-the-person.md). */
const naming: { name: string; of: (id: string) => object }[] = [
  { name: 'relative', of: (id) => referring(`Observation/${id}`) },
  { name: 'with a version', of: (id) => referring(`Observation/${id}/_history/1`) },
  { name: 'with our base', of: (id) => referring(`http://test${service}/Observation/${id}`) },
  { name: 'with a version and another name of our base', of: (id) => referring(`https://other.test:444/x/Observation/${id}/_history/1`) },
  {
    name: 'with per cent signs',
    of: (id) => referring(`http://test${service}/Observation%2F%${id.charCodeAt(0).toString(16)}${id.slice(1)}`),
  },
  {
    name: 'in a contained resource',
    of: (id) => ({
      contained: [{ resourceType: 'Observation', id: 'c', status: 'final', code: { text: 'x' }, ...referring(`Observation/${id}`) }],
      derivedFrom: [{ reference: '#c' }],
    }),
  },
  ...['Reference', 'Uri', 'Url', 'Canonical', 'String'].map((type) => ({
    name: `in an extension with value${type}`,
    of: (id: string) => ({
      extension: [
        { url: 'http://x.no/y', [`value${type}`]: type === 'Reference' ? { reference: `Observation/${id}` } : `Observation/${id}` },
      ],
    }),
  })),
]

test('a record names records of the same person alone, and every other id is refused in the same words, in every place', async () => {
  const [kari, ola] = [await api.person(20), await api.person(21)]
  const observation = `${service}/Observation`
  const made = async (person: Person, value: string, by = bergen) => idOf(await api.as(by).post(observation, pulse(person, keyed(value))))
  const [own, target] = [await made(kari, 'a'), await made(kari, 'b')]
  const refused = {
    'of another person': await made(ola, 'a'),
    'hidden from the writer': await made(kari, 'c', system(organizations.oslo)),
    'never given': 'abcdefghijklmnopabcdefghijklmnop',
    'never given, in the older form': 'bcdefghijklmnop-cdefghijklmnopa',
  }
  const bodies = new Set<string>()
  let wanted = 1
  /** Each way of writing, with what was answered about the resource. */
  const ways: Record<string, (more: object) => Promise<Reply>> = {
    create: async (more) => await api.as(bergen).post(observation, pulse(kari, { ...keyed('new'), ...more })),
    update: async (more) =>
      await api.as(bergen).put(`${observation}/${own}`, pulse(kari, { id: own, ...keyed('a'), ...more }), { 'if-match': `W/"${wanted}"` }),
    patch: async (more) => {
      const operations = Object.entries(more).map(([key, value]) => ({ op: 'add', path: `/${key}`, value }))
      return await api.as(bergen).patch(`${observation}/${own}`, operations, { 'if-match': `W/"${wanted}"` })
    },
    validate: async (more) => await api.as(bergen).post(`${observation}/$validate`, pulse(kari, { ...keyed('new'), ...more })),
    batch: async (more) => await send('batch', { resource: pulse(kari, { ...keyed('new'), ...more }) }),
    transaction: async (more) => await send('transaction', { resource: pulse(kari, { ...keyed('new'), ...more }) }),
  }
  const rows = Object.entries(ways).flatMap(([way, write]) =>
    (way === 'create' ? naming : naming.slice(0, 1)).map(({ name, of }) => ({ way, write, name, of })),
  )
  for (const { way, write, name, of } of rows) {
    for (const [what, id] of Object.entries(refused)) {
      const reply = await write(of(id))
      const outcome = way === 'batch' ? { body: responsesOf(reply)[0]?.outcome } : reply
      assert.deepEqual([problemOf(outcome), issuesOf(outcome).length], ['reference-not-resolved', 1], `${way}, ${name}, ${what}`)
      bodies.add(`${way} ${name} ${JSON.stringify(outcome.body)}`)
    }
    const reply = await write(of(target))
    const problem = way === 'batch' ? responsesOf(reply)[0]?.outcome : reply.status < 300 ? undefined : reply.body
    assert.equal(problem, undefined, `${way}, ${name}: ${JSON.stringify(problem)}`)
    if (way === 'update' || way === 'patch') wanted = Number(/\d+/.exec(String(reply.headers.etag))?.[0])
  }
  assert.equal(bodies.size, rows.length)
  const foreign = await api.as(bergen).post(observation, pulse(kari, { ...keyed('new'), device: { reference: 'Device/abc-def' } }))
  assert.equal(foreign.status, 200, 'an id of another system is no id of ours')
})

for (const type of ['transaction', 'batch'] as const)
  test(`in a ${type} an entry refers to no entry about another person, and to none that is not stored`, async () => {
    const [kari, ola] = [await api.person(type === 'batch' ? 22 : 24), await api.person(type === 'batch' ? 23 : 25)]
    const other = idOf(await api.as(bergen).post(`${service}/Observation`, pulse(ola, keyed('x'))))
    for (const fullUrl of [URN, ABSOLUTE, `http://test${service}/Observation/${other}`]) {
      const about = { fullUrl, resource: pulse(ola, keyed('a')) }
      const wrong = { fullUrl, resource: pulse(kari, { ...keyed('w'), status: 'wrong' }) }
      for (const [target, code] of [
        [about, 'reference-to-another-person'],
        [wrong, 'reference-not-resolved'],
      ] as const) {
        const reply = await send(type, target, { resource: pulse(kari, { ...keyed('b'), ...referring(fullUrl) }) })
        const outcome = type === 'batch' ? { body: responsesOf(reply)[1]?.outcome } : reply
        assert.ok(problemsOf(outcome).includes(code), `${fullUrl} ${code}: ${JSON.stringify(reply.body)}`)
      }
    }
    assert.deepEqual(await stored(kari), [])
  })

/** Conditions that do not say which record is meant: each would match one that is there, and the new measurement would be lost. */
const vague = [
  ['', ' ', '?', '&', '_format=json', '_count=1', '_sort=-date', '_total=none', '_summary=count', 'date=ge2000', '_lastUpdated=ge2000'],
  ['code=', 'identifier=', 'identifier=%20', '_tag=x', 'patient.identifier=urn:oid:2.16.578.1.12.4.1.4.1|13097248022'],
  // What is common to many records: a code, a status, a value, all but one identifier, all of a system, a number of any system.
  [
    'code=8867-4',
    'code=http://loinc.org|8867-4&date=2026-01-10T08:00:00Z',
    'status=final',
    'status:not=final',
    'status:in=x',
    'has-member=a',
  ],
  ['value-quantity=ge0||/min', 'value-quantity=ne1||/min', 'value-quantity=62||/min', 'unit=min', 'unit:exact=/min'],
  ['identifier:not=urn:test|a', 'identifier:missing=false', 'identifier:missing=true', 'identifier=urn:test|', 'identifier=a'],
  [
    'identifier=urn:test|a,urn:test|',
    'identifier=urn:test|a,b',
    'identifier:text=a',
    '_security=x',
    '_id:missing=true',
    '_has:Observation:has-member:code=x',
  ],
  ['_skip=1', '_sort=-_id', '_count=0', '_summary=count', '_elements=id', '_total=none', '_cursor=x', '_include=*'].map(
    (control) => `identifier=urn:test|a&${control}`,
  ),
].flat()
/** Conditions that say which record is meant. */
const exact = [
  'identifier=urn:test|%',
  'identifier=urn:test|%&status=final&_format=json',
  'code=8867-4&identifier=urn:test|%',
  'identifier=urn:test|%,urn:test|none',
]

test('a condition that does not identify, or about another person, is refused, and nothing is dropped', async () => {
  const kari = await api.person(4)
  assert.equal((await api.as(bergen).post(`${service}/Observation`, pulse(kari, keyed('a')))).status, 201)
  const observation = `${service}/Observation`
  const entry = (method: string, resource: object, more: object) => ({ resource, request: { method, url: 'Observation', ...more } })
  const bundle = (type: string, one: object) => ({ resourceType: 'Bundle', type, entry: [one] })
  for (const condition of vague) {
    const sent = pulse(kari, keyed('b'))
    const reply = await api.as(bergen).post(observation, sent, { 'if-none-exist': condition })
    assert.deepEqual([reply.status, problemOf(reply)], [400, 'invalid-parameter'], condition)
    if (!/^(?:identifier:not|value-quantity=ne|status=)|_skip/.test(condition)) continue
    const others = [
      await api.as(bergen).put(`${observation}?${condition}`, sent),
      await api.as(bergen).post(service, bundle('transaction', entry('POST', sent, { ifNoneExist: condition }))),
    ]
    for (const { status } of others) assert.ok(status === 400 || status === 422, `${condition} ${status}`)
    const [response] = responsesOf(await api.as(bergen).post(service, bundle('batch', entry('POST', sent, { ifNoneExist: condition }))))
    assert.equal(response?.status, '400', condition)
  }
  for (const [index, condition] of exact.entries()) {
    const sent = pulse(kari, keyed(`exact-${index}`))
    const headers = { 'if-none-exist': condition.replaceAll('%', `exact-${index}`) }
    const statuses = [await api.as(bergen).post(observation, sent, headers), await api.as(bergen).post(observation, sent, headers)]
    assert.deepEqual(
      statuses.map(({ status }) => status),
      [201, 200],
      condition,
    )
  }
  const id = idOf(await api.as(bergen).post(observation, pulse(kari, keyed('a'))))
  const named = await api.as(bergen).post(observation, pulse(kari, keyed('d')), { 'if-none-exist': `_id=${id}` })
  assert.deepEqual([named.status, idOf(named)], [200, id])
  const own = `identifier=urn:test|c&patient.identifier=${kari.identifier.system}|${kari.number}`
  const taken = await api.as(bergen).post(`${service}/Observation`, pulse(kari, keyed('c')), { 'if-none-exist': own })
  assert.equal(taken.status, 201)
})

for (const type of ['transaction', 'batch'] as const)
  test(`in a ${type} a condition sees the entries before it: one condition makes one resource`, async () => {
    const kari = await api.person(type === 'batch' ? 5 : 6)
    const twice = { resource: pulse(kari, keyed('a')), ifNoneExist: 'identifier=urn:test|a' }
    const reply = await send(type, twice, { ...twice, fullUrl: URN }, { resource: pulse(kari, { ...keyed('b'), ...referring(URN) }) })
    assert.equal(reply.status, 200)
    const [first, second] = responsesOf(reply)
    assert.deepEqual([first?.status.slice(0, 3), second?.status.slice(0, 3)], ['201', '200'])
    assert.equal(second?.location, first?.location)
    assert.equal((await stored(kari)).length, 2)
    assert.equal(first?.location?.includes((await target(kari)) ?? 'none'), true)
  })

/** Searches in place of a reference, and how often each finds what the transaction test below stores (http.html#trules). */
const searches: [search: string, target: 'stored' | 'entry' | 'refused'][] = [
  ['Observation?identifier=urn:test|a', 'stored'],
  ['Observation?identifier=urn:test|a&status=final', 'stored'],
  ['Observation?identifier=urn:test|new', 'entry'],
  ['Observation?identifier=urn:test|again', 'entry'],
  ['Observation?identifier=urn:test|none', 'refused'],
  ['Observation?identifier=urn:test|of-ola', 'refused'],
  ['Observation?identifier=urn:test|gone', 'refused'],
  ['Observation?identifier=urn:test|a,urn:test|new', 'refused'],
  ['Observation?code=8867-4', 'refused'],
  ['Observation?identifier=a', 'refused'],
  ['Observation?name=a', 'refused'],
  ['Patient?identifier=urn:test|a', 'refused'],
]

test('a search in place of a reference is resolved within the person in a transaction, and refused elsewhere', async () => {
  const [kari, ola] = [await api.person(26), await api.person(27)]
  const observation = `${service}/Observation`
  const make = async (person: Person, value: string) => idOf(await api.as(bergen).post(observation, pulse(person, keyed(value))))
  const [a, again, gone] = [await make(kari, 'a'), await make(kari, 'again'), await make(kari, 'gone')]
  await make(ola, 'of-ola')
  for (const [search, wanted] of searches) {
    const referring = (value: string) => pulse(kari, { ...keyed(value), hasMember: [{ reference: search }] })
    const alone = await api.as(bergen).post(observation, referring('alone'))
    const batched = responsesOf(await send('batch', { resource: referring('alone') }))[0]?.outcome
    for (const outcome of [alone, { body: batched }]) assert.equal(problemOf(outcome), 'reference-format', search)
    const post = (resource: object) => ({ resource, request: { method: 'POST', url: 'Observation' } })
    const bundle = {
      resourceType: 'Bundle',
      type: 'transaction',
      entry: [
        post(referring(`from ${search}`)),
        post(pulse(kari, keyed('new'))),
        post(pulse(kari, { ...keyed('again'), note: [{ text: search }] })),
        { request: { method: 'DELETE', url: `Observation/${gone}`, ifMatch: 'W/"1"' } },
      ],
    }
    const checked = await checkBundle({ kernel: api.kernel, service: measurements }, bundle as Bundle)
    const reply = await api.as(bergen).post(service, bundle)
    if (wanted === 'refused') {
      assert.deepEqual(
        [reply.status, problemOf(reply), placesOf(reply)],
        [422, 'reference-not-resolved', ['Bundle.entry[0].resource.hasMember[0].reference']],
        search,
      )
      continue
    }
    assert.equal(reply.status, 200, `${search} ${JSON.stringify(reply.body)}`)
    assert.deepEqual(checked, [], search)
    const [from, made] = responsesOf(reply).map(({ location }) => location?.split('/')[1] ?? '')
    const { hasMember } = resourceOf(await api.as(bergen).get(`${observation}/${from}`), 'Observation')
    const target = wanted === 'stored' ? a : search.endsWith('new') ? made : again
    assert.deepEqual(hasMember, [{ reference: `Observation/${target}` }], search)
    await api.as(bergen).delete(`${observation}/${made}`, { 'if-match': 'W/"1"' })
  }
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

test('a record that a Bundle deletes is not found by its other entries, as by a create alone', async () => {
  const kari = await api.person(7)
  const base = `${service}/Observation`
  const target = idOf(await api.as(bergen).post(base, pulse(kari, keyed('target'))))
  const derived = { derivedFrom: [{ reference: `Observation/${target}` }] }
  const plain = idOf(await api.as(bergen).post(base, pulse(kari, keyed('plain'))))
  const deleting = { request: { method: 'DELETE', url: `Observation/${target}`, ifMatch: 'W/"1"' } }
  const put = { method: 'PUT', url: `Observation/${plain}`, ifMatch: 'W/"1"' }
  for (const referring of [
    { resource: pulse(kari, { ...keyed('new'), ...derived }), request: { method: 'POST', url: 'Observation' } },
    { resource: pulse(kari, { ...keyed('plain'), ...derived, id: plain }), request: put },
  ]) {
    const reply = await api.as(bergen).post(service, { resourceType: 'Bundle', type: 'transaction', entry: [referring, deleting] })
    assert.deepEqual(
      [reply.status, problemOf(reply), placesOf(reply)],
      [422, 'reference-not-resolved', ['Bundle.entry[0].resource.derivedFrom[0].reference']],
      referring.request.method,
    )
  }
  assert.equal((await api.as(bergen).get(`${base}/${target}`)).status, 200)
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

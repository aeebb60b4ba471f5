/**
 * What a hostile or broken sender may try: each fault is reported, nothing is stored that should not be, and each request is logged once.
 */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { bundleOf, idOf, issuesOf, placesOf, problemOf, resourceOf, resourcesIn, responsesOf } from '../../testing/answers.ts'
import { nurse, organizations, pulse, system, type TestApi, testApi } from '../../testing/api.ts'
import { measurements } from '../../testing/measurements.ts'
import { makeIdentityNumber } from '../../values/identity-number.ts'

let api: TestApi
before(async () => {
  api = await testApi()
})
after(async () => {
  await api.close()
})

const bergen = system(organizations.bergen)
const oslo = nurse(organizations.oslo)
const path = '/fhir/measurements/Observation'
const FNR = 'urn:oid:2.16.578.1.12.4.1.4.1'

const nested = (levels: number) => `${'{"a":'.repeat(levels)}1${'}'.repeat(levels)}`
const entry = (resource: unknown, more: object = {}) => ({ resource, request: { method: 'POST', url: 'Observation' }, ...more })
const bundle = (type: string, entries: unknown) => ({ resourceType: 'Bundle', type, entry: entries })

/** The rows of the access log that a piece of work added. */
async function rowsOf(
  work: () => Promise<unknown>,
): Promise<{ event: string; outcome: string; problem: string | null; patient: string }[]> {
  const before = (await api.logged()).length
  await work()
  return (await api.logged()).slice(before).map(({ event, outcome, problem, patient }) => ({ event, outcome, problem, patient }))
}

test('bodies of any shape are refused in words, logged once, and never fail on our side', async () => {
  const kari = await api.person(1)
  const and = (member: string) => {
    const name = member.slice(1, member.indexOf('"', 1))
    return `${JSON.stringify({ ...pulse(kari), [name]: undefined }).slice(0, -1)},${member}}`
  }
  const cases: [body: string, status: number][] = [
    [and(`"x":${nested(10_000)}`), 400],
    [and(`"y":1.0,"x":${nested(10_000)}`), 400],
    [and(`"x":${'['.repeat(100_000)}${']'.repeat(100_000)}`), 400],
    [and('"contained":[null]'), 422],
    [and('"contained":"x"'), 422],
    [and('"contained":{}'), 422],
    [and('"code":{"coding":"x"}'), 422],
    [and('"code":{"coding":[null]}'), 422],
    [and('"code":null'), 422],
    [and('"subject":{"identifier":{"system":1,"value":2}}'), 422],
    [and(`"subject":{"identifier":{"system":"${FNR}","value":"${kari.number}\\u0000"}}`), 422],
    [and(`"subject":{"identifier":{"system":"${FNR}","value":{}}}`), 422],
    [and('"subject":[]'), 422],
    [and('"meta":{"tag":[null],"security":[null]}'), 422],
    [and('"valueQuantity":{"value":1e999}'), 422],
  ]
  for (const [body, status] of cases) {
    const [row, ...more] = await rowsOf(async () => {
      const reply = await api.as(bergen).post(path, body)
      assert.equal(reply.status, status, `${body.slice(0, 80)} … ${body.slice(-80)}: ${problemOf(reply)}`)
    })
    assert.deepEqual([row?.outcome, more], ['refused', []])
  }
})

test('a type that is a name of JavaScript, holds NUL or is very long is unknown, and is not copied into the log', async () => {
  const kari = await api.person(2)
  for (const type of ['constructor', '__proto__', 'toString', '%00', 'x'.repeat(190)]) {
    const rows = await rowsOf(async () => assert.equal((await api.as(bergen).post(`/fhir/measurements/${type}`, pulse(kari))).status, 404))
    assert.deepEqual(rows, [{ event: 'create', outcome: 'refused', problem: 'unknown-interaction', patient: '0' }], type)
  }
  const [row] = await api.sql<{ longest: number }[]>`select max(length(type)) as longest from access_log`
  assert.ok(Number(row?.longest) <= 64)
})

test('the name of an unknown element is not repeated when it holds an identity number', async () => {
  const kari = await api.person(3)
  const reply = await api.as(bergen).post(path, pulse(kari, { [kari.number]: 1 }))
  assert.equal(reply.status, 422)
  assert.equal(JSON.stringify(reply).includes(kari.number), false)
})

test('a number that names staff is stored as a key or not at all, however it is written', async () => {
  const kari = await api.person(4)
  const staff = makeIdentityNumber({ birthDate: '1979-03-02', series: 11 })
  const performer = (value: string) => ({ performer: [{ identifier: { system: FNR, value } }] })
  for (const value of [`${kari.number.slice(0, 6)} ${kari.number.slice(6)}`, `${staff} Ola`, ` ${staff}`]) {
    const reply = await api.as(bergen).post(path, pulse(kari, performer(value)))
    assert.deepEqual([reply.status, problemOf(reply)], [422, 'identity-number-in-text'])
  }
  const self = await api.as(bergen).post(path, pulse(kari, performer(kari.number)))
  assert.equal(self.status, 201)
  assert.equal(JSON.stringify(resourceOf(self, 'Observation').performer).includes(kari.number), false)
})

test('what is refused registers nobody: a number of staff is registered with the write that names it', async () => {
  const kari = await api.person(5)
  const staff = makeIdentityNumber({ birthDate: '1981-03-02', series: 12 })
  const performer = [{ identifier: { system: FNR, value: staff } }]
  const refused = await api.as(bergen).post(path, pulse(kari, { performer, note: [{ text: kari.number }] }))
  assert.equal(refused.status, 422)
  assert.equal((await api.sql`select 1 from person_identifier where value = ${staff}`).length, 0)
  const many = await Promise.all(
    Array.from({ length: 8 }, (_, second) =>
      api.as(bergen).post(path, pulse(kari, { performer, effectiveDateTime: `2026-01-10T09:00:0${second}+01:00` })),
    ),
  )
  assert.deepEqual([...new Set(many.map(({ status }) => status))], [201])
  assert.equal((await api.sql`select 1 from person_identifier where value = ${staff}`).length, 1)
})

test('flags are ours: a sender cannot set one, and an old one does not stay', async () => {
  const kari = await api.person(6)
  const tag = [
    { system: 'http://helsevev.no/fhir/CodeSystem/flag', code: 'made-up' },
    { system: 'urn:theirs', code: 'kept' },
  ]
  const created = await api.as(bergen).post(path, pulse(kari, { meta: { tag } }))
  assert.deepEqual(resourceOf(created, 'Observation').meta?.tag, [{ system: 'urn:theirs', code: 'kept' }])
})

test('two persons may have a fact of the same key in one transaction: each gets its own id', async () => {
  const [kari, ola] = [await api.person(7), await api.person(8)]
  const identifier = [{ system: 'urn:source', value: 'shared' }]
  const first = await api.as(bergen).post(path, pulse(kari, { identifier }))
  const both = await api
    .as(bergen)
    .post('/fhir/measurements', bundle('transaction', [entry(pulse(kari, { identifier })), entry(pulse(ola, { identifier }))]))
  const answers = responsesOf(both)
  assert.deepEqual(
    answers.map(({ status }) => status),
    ['200 OK', '201 Created'],
  )
  assert.equal(answers[0]?.location, `Observation/${idOf(first)}/_history/1`)
  const read = await api.as(bergen).get(`/fhir/measurements/${answers[1]?.location?.split('/_history')[0]}`)
  assert.deepEqual(resourceOf(read, 'Observation').subject, { identifier: ola.identifier })
})

test('an entry may not refer to an entry about another person', async () => {
  const [kari, ola] = [await api.person(9), await api.person(10)]
  const entries = [
    entry(pulse(kari), { fullUrl: 'urn:uuid:1' }),
    entry(pulse(kari, { effectiveDateTime: '2026-01-11', derivedFrom: [{ reference: 'urn:uuid:1' }] })),
    entry(pulse(ola, { derivedFrom: [{ reference: 'urn:uuid:1' }] })),
  ]
  const reply = await api.as(bergen).post('/fhir/measurements', bundle('transaction', entries))
  assert.deepEqual([reply.status, problemOf(reply)], [422, 'reference-to-another-person'])
  assert.deepEqual(issuesOf(reply)[0]?.expression, ['Bundle.entry[2].resource.derivedFrom[0].reference'])
  assert.equal(bundleOf(await api.as(bergen).search('Observation', { 'patient.identifier': kari.number })).total, 0)
})

test('a repeated entry is named by its place in the Bundle, whatever else is wrong before it', async () => {
  const kari = await api.person(11)
  const identifier = [{ system: 'urn:source', value: 'twice' }]
  const reply = await api
    .as(bergen)
    .post('/fhir/measurements', bundle('transaction', [{}, entry(pulse(kari, { identifier })), entry(pulse(kari, { identifier }))]))
  assert.deepEqual(placesOf(reply), ['Bundle.entry[0].request', 'Bundle.entry[2].resource'])
})

test('entries of any shape are refused with their place', async () => {
  const kari = await api.person(12)
  for (const entries of ['x', 5, {}]) {
    const reply = await api.as(bergen).post('/fhir/measurements', bundle('batch', entries))
    assert.deepEqual([reply.status, problemOf(reply)], [400, 'invalid-bundle'])
  }
  // Invariant bdl-3; docs/api/transaction.md
  for (const request of [
    undefined,
    {},
    { method: 'POST' },
    { method: 'GET', url: 'Observation/a' },
    { method: 'HEAD', url: 'Observation/a' },
  ]) {
    const reply = await api
      .as(bergen)
      .post('/fhir/measurements', bundle('transaction', [{ resource: pulse(kari), ...(request ? { request } : {}) }]))
    assert.deepEqual([reply.status, problemOf(reply)], [400, 'bundle-entry'], JSON.stringify(request))
  }
  const odd = [null, 'x', 5, { request: null }, { request: { method: 'POST', url: 5 } }, { request: { method: {}, url: 'Observation' } }]
  const guarded = { resource: pulse(kari), request: { method: 'POST', url: 'Observation', ifNoneExist: 5 } }
  const reply = await api.as(bergen).post('/fhir/measurements', bundle('batch', [...odd, guarded]))
  assert.deepEqual([...new Set(responsesOf(reply).map(({ status }) => status))], ['400'])
})

test('transactions that store the same facts in different order all come through', async () => {
  const people = await Promise.all(Array.from({ length: 12 }, (_, index) => api.person(40 + index)))
  const identifier = [{ system: 'urn:source', value: 'crossed' }]
  const entries = people.map((person) => entry(pulse(person, { identifier })))
  const replies = await Promise.all(
    Array.from({ length: 8 }, (_, index) =>
      api.as(bergen).post('/fhir/measurements', bundle('transaction', index % 2 ? entries : entries.toReversed())),
    ),
  )
  for (const reply of replies) assert.ok([200, 409].includes(reply.status), String(problemOf(reply)))
  for (const { number } of people)
    assert.equal(bundleOf(await api.as(bergen).search('Observation', { 'patient.identifier': number })).total, 1)
})

test('searches with too much or with what no code can hold are refused before the database is asked', async () => {
  const { number } = await api.person(13)
  const search = async (form: string) =>
    await api.as(bergen).post(`${path}/_search`, `patient.identifier=${number}&${form}`, {
      'content-type': 'application/x-www-form-urlencoded',
    })
  for (const form of [
    'code=%00',
    'code=a%00|b',
    '_id=%00',
    'date=%00',
    `code=${'x,'.repeat(200)}`,
    'code=x&'.repeat(50),
    'date=2026&'.repeat(70_000),
  ]) {
    const reply = await search(form)
    assert.deepEqual([reply.status, problemOf(reply)], [400, 'invalid-parameter'], form.slice(0, 40))
  }
  assert.equal((await search(`code=x${',x'.repeat(199)}`)).status, 200)
  for (const text of ['%00', '1'.repeat(100_000), 'x']) {
    const unknown = await api
      .as(bergen)
      .post(`${path}/_search`, `patient.identifier=${text}`, { 'content-type': 'application/x-www-form-urlencoded' })
    assert.ok(['person-unknown', 'patient-required'].includes(problemOf(unknown) ?? ''), text.slice(0, 10))
  }
})

test('dates at the edges of the calendar are answered', async () => {
  const kari = await api.person(14)
  await api.as(bergen).post(path, pulse(kari))
  const total = async (date: string) =>
    bundleOf(await api.as(bergen).search('Observation', { 'patient.identifier': kari.number, date })).total
  const cases: [date: string, total: number][] = [
    ['9999', 0],
    ['le9999-12-31', 1],
    ['ge0001', 1],
    ['0001-01-01', 0],
    ['2026-01-10T06:59:60Z', 0],
    ['2026-01-10T21:00:00+14:00', 1],
  ]
  for (const [date, expected] of cases) assert.equal(await total(date), expected, date)
  assert.equal((await api.as(bergen).post(path, pulse(kari, { effectiveDateTime: '0001-01-01' }))).status, 201)
})

test('a page that shows nothing does not say that there is nothing', async () => {
  const kari = await api.person(15)
  await api.as(bergen).post(path, pulse(kari))
  const shown = async (form: Record<string, string>) =>
    resourcesIn(await api.as(bergen).search('Observation', { 'patient.identifier': kari.number, ...form }))
  assert.deepEqual(await shown({ _count: '0' }), [])
  assert.deepEqual(await shown({ _skip: '7' }), [])
  const [none] = await shown({ code: 'none-such' })
  assert.equal(problemOf({ body: none }), 'own-only')
})

test('who may not see an extra-sensitive record may not see that it was deleted', async () => {
  const kari = await api.person(16)
  await api.agreement({ controller: organizations.bergen, receiver: organizations.oslo })
  const created = await api.as(bergen).post(path, pulse(kari, { meta: { security: [{ system: 'urn:s', code: 'S' }] } }))
  const read = async () => problemOf(await api.as(oslo).get(`${path}/${idOf(created)}`, { 'purpose-of-use': 'TREAT' }))
  assert.equal(await read(), 'not-found')
  assert.equal((await api.as(bergen).delete(`${path}/${idOf(created)}`, { 'if-match': 'W/"1"' })).status, 204)
  assert.equal(await read(), 'not-found')
  assert.equal((await api.as(bergen).get(`${path}/${idOf(created)}`)).status, 410)
})

test('the log says which version a conditional create showed', async () => {
  const kari = await api.person(17)
  const identifier = [{ system: 'urn:source', value: 'versions' }]
  await api.as(bergen).post(path, pulse(kari, { identifier }))
  await api.as(bergen).post(path, pulse(kari, { identifier, status: 'amended' }))
  const request = { method: 'POST', url: 'Observation', ifNoneExist: 'identifier=urn:source|versions' }
  const reply = await api.as(bergen).post('/fhir/measurements', bundle('transaction', [{ resource: pulse(kari, { identifier }), request }]))
  assert.equal(reply.status, 200)
  const [row] = await api.sql<{ versions: number[] }[]>`
    select disclosed_versions as versions from access_log where patient = ${kari.key} order by segment desc, seq desc limit 1`
  assert.deepEqual(row?.versions, [2])
})

test('what a batch stored before it failed on our side is logged on the person', async () => {
  const { Observation } = measurements.resources
  // This runs when the second entry turns out to state the fact that the first has just stored.
  const unstamped = () => {
    throw new Error('a fault of the service')
  }
  const faulty = await testApi([
    { ...measurements, resources: { Observation: { ...Observation, unstamped } as typeof Observation & object } },
  ])
  try {
    const kari = await faulty.person(1)
    const identifier = [{ system: 'urn:source', value: 'twice' }]
    const entries = [entry(pulse(kari, { identifier })), entry(pulse(kari, { identifier }))]
    assert.equal((await faulty.as(bergen).post('/fhir/measurements', bundle('batch', entries))).status, 500)
    assert.deepEqual(
      (await faulty.logged()).map(({ event, outcome, patient }) => [event, outcome, patient === kari.key]),
      [
        ['batch', 'ok', true],
        ['failed', 'failed', false],
      ],
    )
  } finally {
    await faulty.close()
  }
})

test('when the row of the log cannot be written, whatever the reason, nothing is shown and the caller is told to come back', async () => {
  const kari = await api.person(18)
  const id = idOf(await api.as(bergen).post(path, pulse(kari)))
  const { owner } = api.database
  for (const table of ['access_log', 'log_actor']) {
    await owner.unsafe(`revoke insert on ${table} from helsevev_runtime`)
    try {
      const asker = nurse(organizations.bergen, { name: `Nurse without ${table}` })
      const replies = [
        await api.as(asker).get(`${path}/${id}`, { 'purpose-of-use': 'TREAT' }),
        await api.as(asker).search('Observation', { 'patient.identifier': kari.number }),
        await api.as(asker).search('Observation', { 'patient.identifier': 'x' }),
        await api.as(asker).post('/fhir/measurements/$count', `patient.identifier=${kari.number}`, {
          'content-type': 'application/x-www-form-urlencoded',
          'purpose-of-use': 'TREAT',
        }),
      ]
      for (const reply of replies) {
        assert.deepEqual([reply.status, problemOf(reply), reply.headers['retry-after']], [503, 'unavailable', '2'])
        assert.equal(JSON.stringify(reply.body).includes(kari.number), false)
      }
    } finally {
      await owner.unsafe(`grant insert on ${table} to helsevev_runtime`)
    }
  }
  assert.equal((await api.as(bergen).get(`${path}/${id}`)).status, 200)
})

// biome-ignore format: a table, one row to a line
const undecided: [what: string, path: string, form: Record<string, string>][] = [
  ['a parameter that is unknown',  '/fhir/measurements/Observation/_search', { colour: 'red' }],
  ['a date that no calendar has',  '/fhir/measurements/Observation/_search', { date: '2026-02-30' }],
  ['a page of no size',            '/fhir/measurements/Observation/_search', { _count: 'many' }],
  ['a type that is unknown',       '/fhir/measurements/Poem/_search',        {}],
  ['an operation that is unknown', '/fhir/measurements/$poem',               {}],
  ['an include that is unknown',   '/fhir/measurements/Observation/_search', { _include: '*' }],
]
for (const [what, path, form] of undecided)
  test(`a request that names a patient and is refused for ${what} is in the log of that patient`, async () => {
    const { identifier, key } = await api.person(400 + undecided.findIndex(([other]) => other === what))
    const sent = new URLSearchParams({ ...form, 'patient.identifier': `${identifier.system}|${identifier.value}` })
    const reply = await api.as(bergen).post(path, sent.toString(), { 'content-type': 'application/x-www-form-urlencoded' })
    assert.ok(reply.status >= 400, `${reply.status}`)
    const rows = (await api.logged()).filter(({ patient }) => patient === key)
    assert.deepEqual(
      rows.map(({ outcome, problem }) => [outcome, problem]),
      [['refused', problemOf(reply)]],
    )
  })

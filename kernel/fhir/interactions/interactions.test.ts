import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import {
  bundleOf,
  codeIn,
  idOf,
  issuesOf,
  matchesIn,
  noticesIn,
  placesOf,
  problemOf,
  resourceOf,
  responsesOf,
  sentenceOf,
  tagsOf,
  valuesOf,
} from '../../testing/answers.ts'
import { nurse, organizations, pulse, type Reply, system, type TestApi, testApi } from '../../testing/api.ts'
import type { SentBody } from '../../testing/sent.ts'
import { makeIdentityNumber } from '../../values/identity-number.ts'

let api: TestApi
before(async () => {
  api = await testApi()
})
after(async () => {
  await api.close()
})

const bergen = system(organizations.bergen)

test('a created resource has Location and ETag, and is read back with the patient in it', async () => {
  const kari = await api.person(1)
  const created = await api.as(bergen).post('/fhir/measurements/Observation', pulse(kari))
  assert.equal(created.status, 201)
  assert.equal(created.headers.etag, 'W/"1"')
  assert.match(String(created.headers.location), /^http:\/\/test\/fhir\/measurements\/Observation\/[a-p]{32}\/_history\/1$/)
  const read = await api.as(bergen).get(`/fhir/measurements/Observation/${idOf(created)}`)
  assert.equal(read.status, 200)
  assert.equal(read.headers['last-modified'], 'Thu, 15 Jan 2026 10:00:00 GMT')
  const { subject, valueQuantity } = resourceOf(read, 'Observation')
  assert.deepEqual(subject, { identifier: kari.identifier })
  assert.deepEqual(valueQuantity, { value: 72, unit: '/min', system: 'http://unitsofmeasure.org', code: '/min' })
})

test('the stored row holds no identity number, whatever way the sender put it in', async () => {
  const kari = await api.person(2)
  const created = await api.as(bergen).post(
    '/fhir/measurements/Observation',
    pulse(kari, {
      text: { status: 'generated', div: `<div xmlns="http://www.w3.org/1999/xhtml">${kari.number}</div>` },
      contained: [{ resourceType: 'Patient', id: 'p', identifier: [kari.identifier], name: [{ family: 'Nordmann' }] }],
      subject: { reference: '#p', display: 'Kari Nordmann' },
      performer: [{ identifier: { system: 'urn:oid:2.16.578.1.12.4.1.4.1', value: (await api.person(3)).number } }],
    }),
  )
  assert.equal(created.status, 201)
  const rows = await api.sql<{ row: string }[]>`select r::text as row from record r`
  const { number: staff } = await api.person(3)
  assert.equal(
    rows.some(({ row }) => row.includes(kari.number) || row.includes(staff) || row.includes('Nordmann')),
    false,
  )
  const stored = resourceOf(created, 'Observation')
  assert.deepEqual(stored.subject, { identifier: kari.identifier })
  assert.deepEqual(tagsOf(stored), ['narrative-dropped', 'staff-number-replaced'])
})

test('a resource is about one person, also in what it contains, and can be sent back as it is read', async () => {
  const [kari, other] = [await api.person(2), await api.person(3)]
  const patient = (...identifier: object[]) => ({ resourceType: 'Patient', id: 'p', ...(identifier.length > 0 ? { identifier } : {}) })
  const [own, p, staff] = [{ identifier: kari.identifier }, { reference: '#p' }, { identifier: other.identifier }]
  const rows: [string, SentBody, string | undefined][] = [
    ['the subject as performer', { contained: [patient(kari.identifier)], subject: p, performer: [p] }, undefined],
    ['the subject in focus', { contained: [patient()], subject: { ...own, ...p }, focus: [p] }, undefined],
    [
      'with a home of its own',
      {
        contained: [
          { ...patient(kari.identifier), managingOrganization: { reference: '#o' } },
          { resourceType: 'Organization', id: 'o', name: 'O' },
        ],
        subject: p,
      },
      undefined,
    ],
    ['the number beside it', { contained: [patient(kari.identifier)], subject: own, performer: [p] }, undefined],
    ['another contained Patient', { contained: [patient(other.identifier)], subject: own, performer: [p] }, 'Observation.contained[0]'],
    ['another than the number', { contained: [patient(other.identifier)], subject: { ...own, ...p } }, 'Observation.contained[0]'],
    ['two numbers', { contained: [patient(kari.identifier, other.identifier)], subject: p }, 'Observation.contained[0]'],
    ['a Patient without number', { contained: [patient()], subject: own, performer: [p] }, 'Observation.contained[0]'],
    ['another in focus', { focus: [staff] }, 'Observation.focus[0]'],
    [
      'another in what is contained',
      {
        contained: [{ resourceType: 'Device', id: 'd', patient: staff }],
        device: { reference: '#d' },
      },
      'Observation.contained[0].patient',
    ],
    [
      'a Patient within a contained resource',
      {
        contained: [
          {
            resourceType: 'Parameters',
            id: 'd',
            parameter: [{ name: 'x', resource: { resourceType: 'Patient', birthDate: '1947-01-02' } }],
          },
        ],
        focus: [{ reference: '#d' }],
      },
      'Observation.contained[0]',
    ],
    [
      'another in a contained Group',
      {
        contained: [{ resourceType: 'Group', id: 'd', type: 'person', actual: true, member: [{ entity: staff }] }],
        focus: [{ reference: '#d' }],
      },
      'Observation.contained[0].member[0].entity',
    ],
    ['another who is said to be a patient', { performer: [{ type: 'Patient', ...staff }] }, 'Observation.performer[0]'],
  ]
  for (const [name, more, place] of rows) {
    const reply = await api.as(bergen).post('/fhir/measurements/Observation', pulse(kari, more))
    if (place !== undefined) {
      assert.deepEqual([reply.status, problemOf(reply), placesOf(reply)], [422, 'reference-to-another-person', [place]], name)
      continue
    }
    assert.ok(reply.status < 300, `${name}: ${JSON.stringify(reply.body)}`)
    const read = resourceOf(await api.as(bergen).get(`/fhir/measurements/Observation/${idOf(reply)}`), 'Observation')
    assert.doesNotMatch(JSON.stringify(read), /"#/, name)
    const again = await api
      .as(bergen)
      .put(`/fhir/measurements/Observation/${idOf(reply)}`, { ...read, status: 'amended' }, { 'if-match': String(reply.headers.etag) })
    assert.equal(again.status, 200, `${name}: ${JSON.stringify(again.body)}`)
  }
})

test('the data controller stands on the resource, whatever the sender says', async () => {
  const url = 'http://helsevev.no/fhir/StructureDefinition/data-controller'
  const says = (value: string) => ({ url, valueIdentifier: { system: 'urn:oid:2.16.578.1.12.4.1.4.101', value } })
  const created = await api
    .as(bergen)
    .post('/fhir/measurements/Observation', pulse(await api.person(25), { extension: [says(organizations.oslo)] }))
  assert.deepEqual(resourceOf(created, 'Observation').extension, [says(organizations.bergen)])
})

test('an identity number in free text is refused with its place and without the number', async () => {
  const kari = await api.person(4)
  const reply = await api.as(bergen).post('/fhir/measurements/Observation', pulse(kari, { note: [{ text: `Ring ${kari.number}` }] }))
  assert.equal(reply.status, 422)
  assert.equal(placesOf(reply)[0], 'Observation.note[0].text')
  assert.equal(JSON.stringify(reply.body).includes(kari.number), false)
})

test('every fault is told at once, each with its place', async () => {
  const kari = await api.person(5)
  const reply = await api.as(bergen).post(
    '/fhir/measurements/Observation',
    pulse(kari, {
      status: 'done',
      code: { coding: [{ system: 'http://loinc.org', code: '1-8' }] },
      valueQuantity: undefined,
      effectiveDateTime: undefined,
      colour: 'red',
    }),
  )
  assert.equal(reply.status, 422)
  assert.deepEqual(placesOf(reply).sort(), [
    'Observation.code',
    'Observation.colour',
    'Observation.effective',
    'Observation.status',
    'Observation.value',
  ])
})

test("what no profile of the service fits is refused in the service's own words", async () => {
  const reply = await api
    .as(bergen)
    .post(
      '/fhir/measurements/Observation',
      pulse(await api.person(6), { code: { coding: [{ system: 'http://loinc.org', code: '29463-7' }] } }),
    )
  assert.equal(reply.status, 422)
  assert.equal(sentenceOf(reply), 'Weights are not taken here.')
})

test('a resource for a person who is not registered is refused, and the refusal is logged', async () => {
  const number = makeIdentityNumber({ birthDate: '1933-01-01', series: 3 })
  const reply = await api
    .as(bergen)
    .post('/fhir/measurements/Observation', pulse({ identifier: { system: 'urn:oid:2.16.578.1.12.4.1.4.1', value: number } }))
  assert.equal(reply.status, 422)
  assert.equal(problemOf(reply), 'person-unknown')
  assert.equal(placesOf(reply)[0], 'Observation.subject.identifier')
  const last = (await api.logged()).at(-1)
  assert.deepEqual([last?.patient, last?.outcome, last?.problem], ['0', 'refused', 'person-unknown'])
})

test('a resend is a no-op that answers 200, and a changed resend is a new version', async () => {
  const kari = await api.person(7)
  const sent = pulse(kari, { identifier: [{ system: 'http://ehr.example', value: 'a1' }] })
  const first = await api.as(bergen).post('/fhir/measurements/Observation', sent)
  const second = await api
    .as(bergen)
    .post('/fhir/measurements/Observation', JSON.stringify(Object.fromEntries(Object.entries(sent).reverse())))
  assert.deepEqual([first.status, second.status, second.headers.etag, idOf(second)], [201, 200, 'W/"1"', idOf(first)])
  const third = await api.as(bergen).post('/fhir/measurements/Observation', { ...sent, status: 'amended' })
  const { id, status } = resourceOf(third, 'Observation')
  assert.deepEqual([third.status, third.headers.etag, id, status], [200, 'W/"2"', idOf(first), 'amended'])
  const [row] = await api.sql<{ count: number }[]>`select count(*)::int as count from record where patient = ${kari.key}`
  assert.equal(row?.count, 2)
})

test('the same key from two controllers is two facts', async () => {
  const kari = await api.person(8)
  const sent = pulse(kari, { identifier: [{ system: 'http://ehr.example', value: 'b1' }] })
  const one = await api.as(bergen).post('/fhir/measurements/Observation', sent)
  const other = await api.as(system(organizations.oslo)).post('/fhir/measurements/Observation', sent)
  assert.deepEqual([one.status, other.status, idOf(one) === idOf(other)], [201, 201, false])
})

test('ten creates at once of one business key make one resource', async () => {
  const kari = await api.person(9)
  const sent = pulse(kari, { identifier: [{ system: 'http://ehr.example', value: 'c1' }] })
  const replies = await Promise.all(Array.from({ length: 10 }, () => api.as(bergen).post('/fhir/measurements/Observation', sent)))
  assert.deepEqual(replies.map(({ status }) => status).sort(), [200, 200, 200, 200, 200, 200, 200, 200, 200, 201])
  assert.equal(new Set(replies.map(idOf)).size, 1)
})

test('an update needs If-Match with the current version', async () => {
  const kari = await api.person(10)
  const stored = resourceOf(await api.as(bergen).post('/fhir/measurements/Observation', pulse(kari)), 'Observation')
  const path = `/fhir/measurements/Observation/${stored.id}`
  const change = { ...stored, status: 'amended' }
  assert.equal((await api.as(bergen).put(path, change)).status, 400)
  assert.equal((await api.as(bergen).put(path, change, { 'if-match': 'W/"7"' })).status, 412)
  const updated = await api.as(bergen).put(path, change, { 'if-match': 'W/"1"' })
  assert.deepEqual([updated.status, updated.headers.etag, resourceOf(updated, 'Observation').status], [200, 'W/"2"', 'amended'])
  const stale = await api.as(bergen).put(path, change, { 'if-match': 'W/"1"' })
  assert.equal(stale.status, 412)
  assert.match(sentenceOf(stale), /W\/"2"/)
})

test('two updates at once of the same version: one wins, one is told', async () => {
  const kari = await api.person(11)
  const stored = resourceOf(await api.as(bergen).post('/fhir/measurements/Observation', pulse(kari)), 'Observation')
  const path = `/fhir/measurements/Observation/${stored.id}`
  const replies = await Promise.all(
    ['amended', 'corrected'].map((status) => api.as(bergen).put(path, { ...stored, status }, { 'if-match': 'W/"1"' })),
  )
  assert.deepEqual(replies.map(({ status }) => status).sort(), [200, 412])
})

test('an update may not move a resource to another person, nor give it another id', async () => {
  const kari = await api.person(12)
  const ola = await api.person(13)
  const stored = resourceOf(await api.as(bergen).post('/fhir/measurements/Observation', pulse(kari)), 'Observation')
  const path = `/fhir/measurements/Observation/${stored.id}`
  assert.equal(
    (await api.as(bergen).put(path, { ...stored, subject: { identifier: ola.identifier } }, { 'if-match': 'W/"1"' })).status,
    422,
  )
  assert.equal((await api.as(bergen).put(path, { ...stored, id: 'other' }, { 'if-match': 'W/"1"' })).status, 422)
})

test('a deleted resource answers 410 with its ETag and is gone from searches; earlier versions stay', async () => {
  const kari = await api.person(14)
  const stored = resourceOf(await api.as(bergen).post('/fhir/measurements/Observation', pulse(kari)), 'Observation')
  const path = `/fhir/measurements/Observation/${stored.id}`
  assert.equal((await api.as(bergen).delete(path)).status, 400)
  assert.equal((await api.as(bergen).delete(path, { 'if-match': 'W/"1"' })).status, 204)
  const read = await api.as(bergen).get(path)
  assert.deepEqual([read.status, read.headers.etag], [410, 'W/"2"'])
  const search = await api.as(bergen).search('Observation', { 'patient.identifier': `${kari.identifier.system}|${kari.number}` })
  assert.equal(bundleOf(search).total, 0)
  assert.equal((await api.as(bergen).put(path, stored, { 'if-match': 'W/"2"' })).status, 410)
  const [row] = await api.sql<
    { count: number }[]
  >`select count(*)::int as count from record where patient = ${kari.key} and content is not null`
  assert.equal(row?.count, 1)
})

test('conditional create: none matches creates, one answers it, several are refused', async () => {
  const kari = await api.person(15)
  const condition = { 'if-none-exist': 'identifier=urn:round|1' }
  const path = '/fhir/measurements/Observation'
  const round = { system: 'urn:round', value: '1' }
  const of = (value: string) => pulse(kari, { identifier: [{ system: 'urn:source', value }, round] })
  assert.equal((await api.as(bergen).post(path, of('a'), condition)).status, 201)
  assert.equal((await api.as(bergen).post(path, of('b'), condition)).status, 200)
  assert.equal((await api.as(bergen).post(path, of('c'))).status, 201)
  assert.equal((await api.as(bergen).post(path, of('d'), condition)).status, 412)
})

test('a transaction stores all entries with references between them, or nothing and every fault', async () => {
  const kari = await api.person(16)
  const entry = (fullUrl: string, resource: Record<string, unknown>) => ({
    fullUrl,
    resource,
    request: { method: 'POST', url: 'Observation' },
  })
  const good = await api.as(bergen).post('/fhir/measurements', {
    resourceType: 'Bundle',
    type: 'transaction',
    entry: [
      entry('urn:uuid:0b9f7a5e-2f5d-4a8e-9d3c-3f6a1c2b4d5e', pulse(kari)),
      entry(
        'urn:uuid:1c0f7a5e-2f5d-4a8e-9d3c-3f6a1c2b4d5f',
        pulse(kari, { effectiveDateTime: '2026-01-11', derivedFrom: [{ reference: 'urn:uuid:0b9f7a5e-2f5d-4a8e-9d3c-3f6a1c2b4d5e' }] }),
      ),
    ],
  })
  assert.equal(good.status, 200)
  assert.deepEqual(
    responsesOf(good).map(({ status }) => status),
    ['201 Created', '201 Created'],
  )
  const [one, other] = matchesIn(await api.as(bergen).search('Observation', { 'patient.identifier': kari.number }), 'Observation')
  assert.ok(other)
  assert.equal(one?.derivedFrom?.[0]?.reference, `Observation/${other.id}`)

  const ola = await api.person(17)
  const bad = await api.as(bergen).post('/fhir/measurements', {
    resourceType: 'Bundle',
    type: 'transaction',
    entry: [
      entry('urn:uuid:a', pulse(ola)),
      entry('urn:uuid:b', pulse(ola, { status: 'bogus' })),
      entry('urn:uuid:c', pulse(ola, { valueQuantity: undefined })),
    ],
  })
  assert.equal(bad.status, 422)
  assert.deepEqual(placesOf(bad), ['Bundle.entry[1].resource.status', 'Bundle.entry[2].resource.value'])
  assert.equal(bundleOf(await api.as(bergen).search('Observation', { 'patient.identifier': ola.number })).total, 0)
})

test('a resent transaction keeps the ids it had, also in references', async () => {
  const kari = await api.person(18)
  const bundle = {
    resourceType: 'Bundle',
    type: 'transaction',
    entry: ['x', 'y'].map((value, index) => ({
      fullUrl: `urn:uuid:${value}`,
      resource: pulse(kari, {
        identifier: [{ system: 'http://ehr.example', value }],
        effectiveDateTime: `2026-01-1${index}`,
        ...(index === 1 ? { derivedFrom: [{ reference: 'urn:uuid:x' }] } : {}),
      }),
      request: { method: 'POST', url: 'Observation' },
    })),
  }
  const first = await api.as(bergen).post('/fhir/measurements', bundle)
  const second = await api.as(bergen).post('/fhir/measurements', bundle)
  assert.deepEqual(
    responsesOf(second).map(({ status }) => status),
    ['200 OK', '200 OK'],
  )
  assert.deepEqual(
    responsesOf(second).map(({ location }) => location),
    responsesOf(first).map(({ location }) => location),
  )
})

test("in a batch one entry's error harms no other, and each answer says which entry it is for", async () => {
  const kari = await api.person(19)
  const reply = await api.as(bergen).post('/fhir/measurements', {
    resourceType: 'Bundle',
    type: 'batch',
    entry: [
      { fullUrl: 'urn:uuid:one', resource: pulse(kari), request: { method: 'POST', url: 'Observation' } },
      { fullUrl: 'urn:uuid:two', resource: pulse(kari, { status: 'bogus' }), request: { method: 'POST', url: 'Observation' } },
      { fullUrl: 'urn:uuid:three', resource: pulse(kari), request: { method: 'PUT', url: 'test.url' } },
    ],
  })
  assert.equal(reply.status, 200)
  assert.deepEqual(
    responsesOf(reply).map(({ status, extension }) => [status, extension?.[0]?.valueUri]),
    [
      ['201', 'urn:uuid:one'],
      ['422', 'urn:uuid:two'],
      ['400', 'urn:uuid:three'],
    ],
  )
  assert.equal(placesOf({ body: responsesOf(reply)[1]?.outcome })[0], 'Bundle.entry[1].resource.status')
})

test('flags come in meta.tag, and as an OperationOutcome when asked for', async () => {
  const kari = await api.person(20)
  const sent = pulse(kari, { text: { status: 'generated', div: '<div xmlns="http://www.w3.org/1999/xhtml">Pulse</div>' } })
  const flagged = await api.as(bergen).post('/fhir/measurements/Observation', sent, { prefer: 'return=OperationOutcome' })
  assert.equal(problemOf(flagged), 'narrative-dropped')
  const minimal = await api.as(bergen).post('/fhir/measurements/Observation', sent, { prefer: 'return=minimal' })
  assert.deepEqual([minimal.status, minimal.body], [201, undefined])
})

test('a search filters, counts, pages and says what there is not', async () => {
  const kari = await api.person(21)
  for (const day of ['01', '02', '03', '04'])
    await api.as(bergen).post('/fhir/measurements/Observation', pulse(kari, { effectiveDateTime: `2026-01-${day}T12:00:00Z` }))
  await api
    .as(bergen)
    .post(
      '/fhir/measurements/Observation',
      pulse(kari, { code: { coding: [{ system: 'http://loinc.org', code: '9279-1' }] }, effectiveDateTime: '2026-01-05' }),
    )
  const patient = { 'patient.identifier': `urn:oid:2.16.578.1.12.4.1.4.1|${kari.number}` }
  const search = (form: Record<string, string>) => api.as(bergen).search('Observation', { ...patient, ...form })
  const times = (reply: Reply) => matchesIn(reply, 'Observation').map(({ effectiveDateTime }) => effectiveDateTime?.slice(8, 10))
  const notices = (reply: Reply) => noticesIn(reply).map(({ details }) => codeIn(details))

  assert.deepEqual(times(await search({})), ['05', '04', '03', '02', '01'])
  assert.deepEqual(times(await search({ code: 'http://loinc.org|8867-4', _count: '2' })), ['04', '03'])
  assert.deepEqual(times(await search({ code: '8867-4', _count: '2', _skip: '2' })), ['02', '01'])
  assert.deepEqual(times(await search({ date: 'ge2026-01-03' })), ['05', '04', '03'])
  assert.deepEqual(times(await search({ date: '2026-01-02' })), ['02'])
  assert.deepEqual(times(await search({ status: 'final,amended', code: 'http://loinc.org|' })), ['05', '04', '03', '02', '01'])
  assert.equal(bundleOf(await search({ _summary: 'count' })).total, 5)
  assert.equal(bundleOf(await search({ _count: '2', _total: 'accurate' })).total, 5)
  const page = await search({ _count: '2' })
  assert.deepEqual([bundleOf(page).total, notices(page)], [undefined, ['more']])
  const none = await search({ status: 'cancelled' })
  assert.deepEqual([bundleOf(none).total, notices(none)], [0, ['own-only']])
  const unknown = await api.as(bergen).search('Observation', { 'patient.identifier': (await api.person(22)).number })
  assert.deepEqual(notices(unknown), ['own-only'])
})

test('wrong search parameters are refused together, and a search in an address not at all', async () => {
  const kari = await api.person(23)
  const reply = await api
    .as(bergen)
    .search('Observation', { 'patient.identifier': kari.number, colour: 'red', date: 'yesterday', _count: 'many' })
  assert.equal(reply.status, 400)
  assert.equal(issuesOf(reply).length, 3)
  assert.equal(problemOf(await api.as(bergen).search('Observation', {})), 'patient-required')
  assert.equal((await api.as(bergen).get('/fhir/measurements/Observation?code=1')).status, 405)
  for (const address of [
    `/fhir/measurements/Observation?patient=${kari.number}`,
    `/fhir/measurements/Observation/${kari.number}`,
    `/fhir/${kari.number.slice(0, 6)}%20${kari.number.slice(6)}`,
  ]) {
    const refused = await api.as(bergen).get(address)
    assert.deepEqual([refused.status, problemOf(refused)], [400, 'identity-number-in-url'])
    assert.equal(JSON.stringify(refused.body).includes(kari.number), false)
  }
})

test('bodies that are not what they should be', async () => {
  const cases: [string, string, Record<string, string>, number][] = [
    ['/fhir/measurements/Observation', '{"resourceType":', {}, 400],
    ['/fhir/measurements/Observation', '<xml/>', { 'content-type': 'application/xml' }, 415],
    ['/fhir/measurements', '{"resourceType":"Bundle","type":"document"}', {}, 400],
    ['/fhir/measurements/Patient', '{"resourceType":"Patient"}', {}, 404],
    ['/fhir/elsewhere/Observation', '{}', {}, 404],
    ['/fhir/measurements/$nothing', '{}', {}, 404],
  ]
  for (const [path, body, headers, status] of cases) assert.equal((await api.as(bergen).post(path, body, headers)).status, status, path)
})

test('an operation sees what the decision allows and is logged as a look-up', async () => {
  const kari = await api.person(24)
  await api.as(bergen).post('/fhir/measurements/Observation', pulse(kari))
  const reply = await api
    .as(nurse(organizations.bergen))
    .post(`/fhir/measurements/$count`, new URLSearchParams({ 'patient.identifier': kari.number }).toString(), {
      'content-type': 'application/x-www-form-urlencoded',
      'purpose-of-use': 'TREAT',
    })
  assert.deepEqual([reply.status, valuesOf(reply)], [200, { count: 1 }])
  const last = (await api.logged()).at(-1)
  assert.deepEqual([last?.event, last?.patient, last?.name, last?.disclosed?.length], ['$count', kari.key, 'Nora Nurse', 1])
})

test('metadata and profiles are open to anybody', async () => {
  const metadata = await api.as(bergen).get('/fhir/measurements/metadata')
  const [rest] = resourceOf(metadata, 'CapabilityStatement').rest ?? []
  assert.equal(rest?.resource?.[0]?.type, 'Observation')
  assert.match(rest?.documentation ?? '', /2\.16\.578\.1\.12\.4\.1\.1\.9603.*StructureDefinition\/release-date/)
  assert.ok(resourceOf(await api.as(bergen).get('/fhir/metadata'), 'CapabilityStatement'))
  const definition = await api.as(bergen).get('/fhir/measurements/StructureDefinition/test-measurement')
  // http://hl7.org/fhir/R4/http.html#capabilities
  const rows: [address: string, status: number][] = [
    ['metadata?mode=full&_format=json', 200],
    ['metadata?foo=1', 400],
    ['metadata?mode=foo', 400],
    ['metadata?mode=terminology', 400],
    ['measurements/metadata?mode=foo', 400],
    ['measurements/SearchParameter?url=http://x', 200],
    ['measurements/SearchParameter?url=', 400],
    ['measurements/SearchParameter?foo=1', 400],
    ['measurements/StructureDefinition/test-measurement?foo=1', 400],
    ['OperationDefinition?name=', 400],
  ]
  for (const [address, status] of rows) assert.equal((await api.as(bergen).get(`/fhir/${address}`)).status, status, address)
  assert.equal(resourceOf(definition, 'StructureDefinition').type, 'Observation')
})

/** Links, tags, quantities, pages, versions and days: what a search can ask for, and what it never opens. */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { Observation, Resource } from '@medplum/fhirtypes'
import { tokenText } from '../../store/read-records.ts'
import { asResource, bundleOf, includedIn, matchesIn, parametersOf, resourceOf, responsesOf, sentenceOf } from '../../testing/answers.ts'
import {
  attestation,
  attestationHeader,
  nurse,
  organizations,
  pulse,
  type Reply,
  system,
  type TestApi,
  testApi,
} from '../../testing/api.ts'

const { bergen, oslo, bodo } = organizations
let api: TestApi
before(async () => {
  api = await testApi()
  await api.agreement({ controller: oslo, receiver: bergen })
})
after(async () => await api.close())

type Person = Awaited<ReturnType<TestApi['person']>>
let series = 300
async function somebody(): Promise<Person> {
  series += 1
  return await api.person(series)
}

const PATH = '/fhir/measurements/Observation'
const at = (minute: number) => `2026-01-10T08:${String(minute).padStart(2, '0')}:00Z`
const write = async (who: string, resource: unknown): Promise<Observation> => {
  const reply = await api.as(system(who)).post(PATH, resource)
  assert.equal(reply.status, 201, JSON.stringify(reply.body))
  return resourceOf(reply, 'Observation')
}
const find = async (person: Person, form: Record<string, string>, who = nurse(bergen)) =>
  await api.as(who).search('Observation', { 'patient.identifier': person.number, ...form })
const valuesIn = (found: Observation[]) => found.map(({ valueQuantity }) => valueQuantity?.value)
const values = (reply: Reply) => valuesIn(matchesIn(reply, 'Observation'))
const included = (reply: Reply) => valuesIn(includedIn(reply, 'Observation'))
const quantity = (value: number, unit = '/min') => ({ valueQuantity: { value, unit, system: 'http://unitsofmeasure.org', code: unit } })
const member = (...references: string[]) => ({ hasMember: references.map((reference) => ({ reference })) })

/** Sent as one transaction: 1 has members 2 and 3, and 3 has 4. The ids, from 1. */
async function tree(person: Person, who = bergen): Promise<['', string, string, string, string]> {
  const entry = (value: number, members: number[]) => ({
    fullUrl: `urn:uuid:00000000-0000-4000-8000-00000000000${value}`,
    resource: pulse(person, {
      ...quantity(value),
      effectiveDateTime: at(value),
      ...(members.length > 0 ? member(...members.map((one) => `urn:uuid:00000000-0000-4000-8000-00000000000${one}`)) : {}),
    }),
    request: { method: 'POST', url: 'Observation' },
  })
  const reply = await api.as(system(who)).post('/fhir/measurements', {
    resourceType: 'Bundle',
    type: 'transaction',
    entry: [entry(1, [2, 3]), entry(2, []), entry(3, [4]), entry(4, [])],
  })
  assert.equal(reply.status, 200, JSON.stringify(reply.body))
  const [one = '', two = '', three = '', four = ''] = responsesOf(reply).map(({ location }) => location?.split('/').at(-3))
  return ['', one, two, three, four]
}

test('_include brings what a match refers to, and with :iterate what that refers to in turn', async () => {
  const kari = await somebody()
  const ids = await tree(kari)
  const direct = await find(kari, { _id: ids[1], _include: 'Observation:has-member' })
  assert.deepEqual([values(direct), included(direct).sort()], [[1], [2, 3]])
  const whole = await find(kari, { _id: ids[1], '_include:iterate': 'Observation:has-member:Observation' })
  assert.deepEqual([values(whole), included(whole).sort(), bundleOf(whole).total], [[1], [2, 3, 4], 1])
})

test('_revinclude brings what refers to a match, and with :iterate what refers to that', async () => {
  const kari = await somebody()
  const ids = await tree(kari)
  assert.deepEqual(included(await find(kari, { _id: ids[4], _revinclude: 'Observation:has-member' })), [3])
  assert.deepEqual(included(await find(kari, { _id: ids[4], '_revinclude:iterate': 'Observation:has-member' })), [3, 1])
})

test('what refers to itself in a ring is brought once', async () => {
  const kari = await somebody()
  const first = await write(bergen, pulse(kari, { ...quantity(1), effectiveDateTime: at(1) }))
  const second = await write(bergen, pulse(kari, { ...quantity(2), effectiveDateTime: at(2), ...member(`Observation/${first.id}`) }))
  const { meta: _meta, ...sent } = first
  await api.as(system(bergen)).put(`${PATH}/${first.id}`, { ...sent, ...member(`Observation/${second.id}`) }, { 'if-match': 'W/"1"' })
  const found = await find(kari, {
    _id: first.id ?? '',
    '_include:iterate': 'Observation:has-member',
    '_revinclude:iterate': 'Observation:has-member',
  })
  assert.deepEqual([values(found), included(found)], [[1], [2]])
})

test('a reference is found by type and id, by id alone and by address', async () => {
  const kari = await somebody()
  const ids = await tree(kari)
  for (const text of [`Observation/${ids[2]}`, ids[2], `http://test${PATH}/${ids[2]}`])
    assert.deepEqual(values(await find(kari, { 'has-member': text })), [1])
})

test('a link leads to nothing that a search would not show: no agreement, restricted record, another person', async () => {
  const kari = await somebody()
  const ola = await somebody()
  const foreign = await write(bodo, pulse(kari, { ...quantity(90), effectiveDateTime: at(1) }))
  const shared = await write(oslo, pulse(kari, { ...quantity(91), effectiveDateTime: at(2) }))
  const others = await write(bergen, pulse(ola, { ...quantity(92), effectiveDateTime: at(3) }))
  const own = await write(bergen, pulse(kari, { ...quantity(1), effectiveDateTime: at(4) }))
  // As it was stored before a reference had to lead to what the writer can read.
  const links = [foreign, shared, others].map(({ id }) => `Observation/${id}`)
  const tokens = links.map((link) => tokenText('has-member', '', link))
  await api.database.owner`
    update record set content = left(content, -1) || ',' || ${JSON.stringify(member(...links)).slice(1)}, tokens = tokens || ${tokens}
    where patient = ${kari.key} and content like ${`%"id":"${own.id}"%`}`
  const brought = async () => included(await find(kari, { _id: own.id ?? '', _include: 'Observation:has-member' }))
  assert.deepEqual(await brought(), [91])
  await api.sql`
    insert into patient_choice (patient, id, kind, controller, valid_from, made, made_by, made_as)
    values (${kari.key}, 600, 'restriction', ${oslo}, '2025-01-01', '2025-01-01', 1, 'self')`
  assert.deepEqual(await brought(), [])
  const reverse = await find(kari, { 'has-member': `Observation/${others.id}`, _revinclude: 'Observation:has-member' })
  assert.deepEqual([values(reverse), included(reverse)], [[1], []])
})

test('a person refers to what the person can read, also of another organisation, and a system to what is its own', async () => {
  const kari = await somebody()
  const [shared, foreign] = [await write(oslo, pulse(kari, quantity(93))), await write(bodo, pulse(kari, quantity(94)))]
  const headers = { attestation: attestationHeader(attestation(nurse(bergen), kari.number)) }
  const status = async (who: Parameters<TestApi['as']>[0], { id }: Observation, minute: number) => {
    const sent = pulse(kari, { effectiveDateTime: at(minute), ...member(`Observation/${id}`) })
    return (await api.as(who).post(PATH, sent, who.kind === 'person' ? headers : {})).status
  }
  assert.deepEqual([await status(nurse(bergen), shared, 5), await status(nurse(bergen), foreign, 6)], [201, 422])
  assert.deepEqual([await status(system(bergen), shared, 7), await status(system(bodo), foreign, 8)], [422, 201])
  const others = await status(nurse(bergen, { scopes: ['helsevev:measurements/write'] }), shared, 9)
  assert.equal(others, 422, 'without the scope of a read, nothing is read')
})

test('everything brought along is in the log', async () => {
  const kari = await somebody()
  const ids = await tree(kari)
  await find(kari, { _id: ids[1], '_include:iterate': 'Observation:has-member' })
  const row = (await api.logged()).filter(({ event }) => event === 'search-type').at(-1)
  assert.equal(row?.disclosed?.length, 4)
})

test('a link that the service does not have is refused with those that there are', async () => {
  const kari = await somebody()
  for (const text of ['Observation:specimen', 'Patient:link', 'Observation', 'Observation:has-member:Patient', '*']) {
    const reply = await find(kari, { _include: text })
    assert.equal(reply.status, 400)
    assert.match(sentenceOf(reply), /Observation:has-member/)
  }
})

test('_tag finds what the sender tagged, by any spelling of the system and by equivalent codes, and our own flags', async () => {
  const kari = await somebody()
  await write(bergen, pulse(kari, { ...quantity(5), meta: { tag: [{ system: 'urn:oid:2.16.578.1.12.4.1.1.7280', code: 'NPU21692' }] } }))
  await write(bergen, pulse(kari, { ...quantity(6), effectiveDateTime: at(1) }))
  const kodeverk = 'http://ehelse.no/fhir/CodeSystem/no-kodeverk-7280'
  for (const text of [
    'NPU21692',
    'urn:oid:2.16.578.1.12.4.1.1.7280|NPU21692',
    `${kodeverk}|NPU21692`,
    `${kodeverk}|X,${kodeverk}|NPU21692`,
  ])
    assert.deepEqual(values(await find(kari, { _tag: text })), [5], text)
  assert.deepEqual(values(await find(kari, { _tag: `${kodeverk}|NPU00000` })), [])
  await write(
    bergen,
    pulse(kari, {
      ...quantity(7),
      effectiveDateTime: at(2),
      text: { status: 'generated', div: '<div xmlns="http://www.w3.org/1999/xhtml">Pulse</div>' },
    }),
  )
  assert.deepEqual(values(await find(kari, { _tag: 'http://helsevev.no/fhir/CodeSystem/flag|narrative-dropped' })), [7])
})

test('a quantity is compared across units of its dimension, on both sides of the bound', async () => {
  const kari = await somebody()
  const values_ = [
    { value: 5.4, unit: 'mmol/L' },
    { value: 0.0055, unit: 'mol/L' },
    { value: 5.4, unit: 'g' },
    { value: 5, unit: 'mmol/L', comparator: '<' },
  ]
  for (const [index, one] of values_.entries())
    await write(
      bergen,
      pulse(kari, { effectiveDateTime: at(index), valueQuantity: { ...one, system: 'http://unitsofmeasure.org', code: one.unit } }),
    )
  const rows: [text: string, found: number[]][] = [
    ['5.4||mmol/L', [5.4]],
    ['5.4|http://unitsofmeasure.org|mmol/l', [5.4]],
    ['gt5.4||mmol/L', [0.0055]],
    ['ge5.4||mmol/L', [0.0055, 5.4]],
    ['gt5.5||mmol/L', []],
    ['lt5.4||mmol/L', [5]],
    ['le5.4||mmol/L', [5, 5.4]],
    ['gt4||mmol/L', [0.0055, 5.4]],
    ['ne5.4||mmol/L', [0.0055]],
    ['ap5||mmol/L', [0.0055, 5.4]],
    ['5.4||kg', []],
    ['0.0054||kg', [5.4]],
  ]
  for (const [text, found] of rows) assert.deepEqual(values(await find(kari, { 'value-quantity': text })), found, text)
  for (const text of ['5.4', 'about5||g', '5||', 'x||g']) assert.equal((await find(kari, { 'value-quantity': text })).status, 400, text)
})

test('pages by the link next neither skip nor repeat while others write', async () => {
  const kari = await somebody()
  for (const minute of [1, 2, 3, 4, 5]) await write(bergen, pulse(kari, { ...quantity(minute), effectiveDateTime: at(minute) }))
  const first = await find(kari, { _count: '2' })
  await write(bergen, pulse(kari, { ...quantity(99), effectiveDateTime: at(30) }))
  const link = (reply: Reply) => bundleOf(reply).link?.find(({ relation }) => relation === 'next')?.url
  const follow = async (reply: Reply) =>
    await api.as(nurse(bergen)).post(String(link(reply)).replace('http://test', ''), `patient.identifier=${kari.number}&_count=2`, {
      'content-type': 'application/x-www-form-urlencoded',
    })
  const second = await follow(first)
  const third = await follow(second)
  assert.deepEqual(
    [first, second, third].map((reply) => values(reply)),
    [[5, 4], [3, 2], [1]],
  )
  assert.equal(link(third), undefined)
  assert.equal(String(link(first)).includes(kari.number), false)
  assert.equal((await find(kari, { _cursor: 'page-2' })).status, 400)
})

test('_id takes several, and _lastUpdated asks when it was stored', async () => {
  const kari = await somebody()
  const ids = await tree(kari)
  assert.deepEqual(values(await find(kari, { _id: `${ids[2]},${ids[4]},nobody` })), [4, 2])
  assert.deepEqual(values(await find(kari, { _id: 'nobody' })), [])
  assert.equal(values(await find(kari, { _lastUpdated: 'ge2026-01-15' })).length, 4)
  assert.deepEqual(values(await find(kari, { _lastUpdated: 'lt2026-01-15' })), [])
})

/** Three versions: 70, 71 and deleted. */
async function changed(person: Person): Promise<string> {
  const created = await write(bergen, pulse(person, quantity(70)))
  const { meta: _meta, ...sent } = created
  await api.as(system(bergen)).put(`${PATH}/${created.id}`, { ...sent, ...quantity(71) }, { 'if-match': 'W/"1"' })
  return created.id ?? ''
}

test('each version is read as it was, and the history tells what was done', async () => {
  const kari = await somebody()
  const id = await changed(kari)
  const ehr = api.as(system(bergen))
  const first = await ehr.get(`${PATH}/${id}/_history/1`)
  const { valueQuantity, subject } = resourceOf(first, 'Observation')
  assert.deepEqual([first.status, valueQuantity?.value, first.headers.etag, subject?.identifier?.value], [200, 70, 'W/"1"', kari.number])
  await ehr.delete(`${PATH}/${id}`, { 'if-match': 'W/"2"' })
  assert.equal((await ehr.get(`${PATH}/${id}/_history/3`)).status, 410)
  for (const version of ['4', '0', 'x']) assert.equal((await ehr.get(`${PATH}/${id}/_history/${version}`)).status, 404, version)
  const { type, total, entry = [] } = bundleOf(await ehr.get(`${PATH}/${id}/_history`))
  const value = (resource: Resource | undefined) => resource && asResource(resource, 'Observation').valueQuantity?.value
  assert.deepEqual(
    entry.map(({ request, response, resource }) => [request?.method, response?.etag, value(resource)]),
    [
      ['DELETE', 'W/"3"', undefined],
      ['PUT', 'W/"2"', 71],
      ['POST', 'W/"1"', 70],
    ],
  )
  assert.deepEqual([type, total], ['history', 3])

  // http://hl7.org/fhir/R4/http.html#history: created at or after the instant.
  await api.database.owner`
    update record set recorded = make_timestamptz(2026, 1, version, 12, 0, 0, 'UTC') where patient = ${kari.key}`
  const since: [query: string, methods: string, total: number | undefined][] = [
    ['_since=2026-01-02T12:00:00Z', 'DELETE PUT', 2],
    ['_since=2026-01-02T13:00:00%2B01:00', 'DELETE PUT', 2],
    ['_since=2026-01-02T12:00:00.001Z', 'DELETE', 1],
    ['_since=2026-01-03T12:00:01Z', '', 0],
    ['_since=2026-01-01T00:00:00Z&_count=2&_format=json', 'DELETE PUT', undefined],
  ]
  for (const [query, methods, expected] of since) {
    const found = bundleOf(await ehr.get(`${PATH}/${id}/_history?${query}`))
    assert.deepEqual([(found.entry ?? []).map(({ request }) => request?.method).join(' '), found.total], [methods, expected], query)
    assert.ok(found.entry === undefined || found.entry.length > 0, 'FHIR has no empty lists')
  }
  const refused = [
    '_since=2026-01-02',
    '_since=',
    '_since=2026-01-02T12:00:00',
    '_since=2026-13-02T12:00:00Z',
    '_at=2026',
    '_list=a',
    '_count=0',
  ]
  for (const query of [...refused, '_count=501', '_count=1&_count=1', '_sort=a'])
    assert.equal((await ehr.get(`${PATH}/${id}/_history?${query}`)).status, 400, query)
  assert.match(sentenceOf(await ehr.get(`${PATH}/${id}/_history?_at=2026`)), /lastUpdated/)
  for (const path of [`${PATH}/_history`, '/fhir/measurements/_history', '/fhir/_history']) {
    const reply = await ehr.get(path)
    assert.deepEqual([reply.status, /_lastUpdated/.test(JSON.stringify(reply.body))], [405, true], path)
  }
})

test('an earlier version opens nothing that the current one hides', async () => {
  const kari = await somebody()
  const id = await changed(kari)
  const others = api.as(nurse(oslo))
  for (const path of [`${PATH}/${id}/_history/1`, `${PATH}/${id}/_history`]) assert.equal((await others.get(path)).status, 404, path)
  await api.agreement({ controller: bergen, receiver: bodo })
  const shared = api.as(nurse(bodo))
  assert.equal((await shared.get(`${PATH}/${id}/_history/1`)).status, 200)
  const secret = { ...pulse(kari, quantity(72)), id, meta: { security: [{ system: 'http://s.test', code: 'HIV' }] } }
  assert.equal((await api.as(system(bergen)).put(`${PATH}/${id}`, secret, { 'if-match': 'W/"2"' })).status, 200)
  for (const path of [`${PATH}/${id}/_history/1`, `${PATH}/${id}/_history`]) assert.equal((await shared.get(path)).status, 404, path)
})

const days = async (person: Person, form: Record<string, string> = {}): Promise<[day: string, text: string][]> => {
  const reply = await api
    .as(nurse(bergen))
    .post('/fhir/measurements/$days', new URLSearchParams({ 'patient.identifier': person.number, ...form }).toString(), {
      'content-type': 'application/x-www-form-urlencoded',
    })
  assert.equal(reply.status, 200, JSON.stringify(reply.body))
  return parametersOf(reply).map(({ name, valueString = '' }) => [name, valueString])
}

test('numbers by day follow what is written, corrected and deleted, and what may be seen', async () => {
  const kari = await somebody()
  const on = (day: string, value: number, more = {}) => pulse(kari, { ...quantity(value), effectiveDateTime: day, ...more })
  const first = await write(bergen, on('2026-01-10T08:00:00Z', 60))
  await write(bergen, on('2026-01-10T22:30:00Z', 80))
  await write(bergen, on('2026-01-10T23:30:00Z', 100))
  await write(oslo, on('2026-01-10T08:00:00Z', 50))
  await write(bodo, on('2026-01-10T08:00:00Z', 40))
  assert.deepEqual(await days(kari), [
    ['2026-01-10', `${bergen} 2 60 80 140`],
    ['2026-01-11', `${bergen} 1 100 100 100`],
    ['2026-01-10', `${oslo} 1 50 50 50`],
  ])
  const { meta: _meta, ...sent } = first
  await api.as(system(bergen)).put(`${PATH}/${first.id}`, { ...sent, ...quantity(70) }, { 'if-match': 'W/"1"' })
  assert.deepEqual((await days(kari))[0], ['2026-01-10', `${bergen} 2 70 80 150`])
  await api.as(system(bergen)).put(`${PATH}/${first.id}`, { ...sent, status: 'entered-in-error' }, { 'if-match': 'W/"2"' })
  assert.deepEqual((await days(kari))[0], ['2026-01-10', `${bergen} 1 80 80 80`])
  assert.deepEqual(await days(kari, { from: '2026-01-11' }), [['2026-01-11', `${bergen} 1 100 100 100`]])
  await api.sql`
    insert into patient_choice (patient, id, kind, controller, valid_from, made, made_by, made_as)
    values (${kari.key}, 601, 'restriction', ${oslo}, '2025-01-01', '2025-01-01', 1, 'self')`
  assert.deepEqual(
    (await days(kari)).map(([, text]) => text.split(' ')[0]),
    [bergen, bergen],
  )
})

test('a day that is summed and has records that stand apart is one day, and shows those only to whom they are opened', async () => {
  const kari = await somebody()
  const on = (day: string, value: number, more = {}) => pulse(kari, { ...quantity(value), effectiveDateTime: day, ...more })
  const sensitive = { meta: { security: [{ system: 'http://s.test', code: 'HIV' }] } }
  await write(bergen, on('2026-01-10T08:00:00Z', 60))
  await write(bergen, on('2026-01-10T09:00:00Z', 70))
  await write(bergen, on('2026-01-10T10:00:00Z', 130, sensitive))
  await write(bergen, on('2026-01-10T11:00:00Z', 40, sensitive))
  await write(bergen, on('2026-01-12T08:00:00Z', 66, sensitive))
  await write(oslo, on('2026-01-10T08:00:00Z', 50))
  await write(oslo, on('2026-01-10T12:00:00Z', 200, sensitive))
  // Bergen sees all records of its own; of the records of Oslo, only those without a sensitive code.
  assert.deepEqual(await days(kari), [
    ['2026-01-10', `${bergen} 4 40 130 300`],
    ['2026-01-12', `${bergen} 1 66 66 66`],
    ['2026-01-10', `${oslo} 1 50 50 50`],
  ])
})

test('an operation refuses a parameter that it does not have, and says which it has', async () => {
  const kari = await somebody()
  const reply = await api.as(nurse(bergen)).post('/fhir/measurements/$days', `patient.identifier=${kari.number}&until=2026-01-01`, {
    'content-type': 'application/x-www-form-urlencoded',
  })
  assert.equal(reply.status, 400)
  assert.match(sentenceOf(reply), /patient\.identifier, from/)
})

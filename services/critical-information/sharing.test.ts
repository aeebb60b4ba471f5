/** Critical information between organisations: one call from a record system, seen by others at once, ended when its time is over. */
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { after, before, test } from 'node:test'
import { asResource, bundleOf, extensionOf, idOf, resourceOf, responsesOf, sentenceOf, valuesOf } from '@helsevev/kernel/testing/answers'
import { NOW, nurse, organizations, type Reply, system, type TestApi, testApi } from '@helsevev/kernel/testing/api'
import type { SentBody } from '@helsevev/kernel/testing/sent'
import type { AllergyIntolerance, Procedure } from '@medplum/fhirtypes'
import criticalInformation from './service.ts'
import { loader } from './view/load.ts'

const { bergen, oslo, bodo } = organizations
const scopes = ['helsevev:critical-information/read', 'helsevev:critical-information/write']
const hospital = system(oslo, { scopes })
const reader = nurse(bergen, { scopes })
const stranger = nurse(bodo, { scopes })
const folder = new URL('./fhir/examples/', import.meta.url)
const BASE = '/fhir/critical-information'
const KJ = 'http://nhn.no/kj/fhir/StructureDefinition/'
let api: TestApi
before(async () => {
  api = await testApi([criticalInformation])
  await api.agreement({ controller: oslo, receiver: bergen })
})
after(async () => await api.close())

type Person = Awaited<ReturnType<TestApi['person']>>
let series = 100
const somebody = async (): Promise<Person> => {
  series += 1
  return await api.person(series, '1951-05-17')
}
const example = (name: string, { number }: Person): SentBody =>
  JSON.parse(readFileSync(new URL(`${name}.request.json`, folder), 'utf8').replaceAll('17855042487', number))
const post = async (resource: SentBody, who = hospital): Promise<Reply> =>
  await api.as(who).post(`${BASE}/${resource.resourceType}`, resource)
const bundle = async (type: 'transaction' | 'batch', resources: SentBody[], who = hospital): Promise<Reply> =>
  await api.as(who).post(BASE, {
    resourceType: 'Bundle',
    type,
    entry: resources.map((resource) => ({
      fullUrl: `urn:uuid:${crypto.randomUUID()}`,
      resource,
      request: { method: 'POST', url: resource.resourceType },
    })),
  })
const form = { 'content-type': 'application/x-www-form-urlencoded' }
const status = async (person: Person, who = reader): Promise<Record<string, unknown>> =>
  valuesOf(await api.as(who).post(`${BASE}/$status`, `patient.identifier=${person.number}`, form))
/** What the clinician's page shows of a person on a day. */
const shown = async (person: Person, day: Date, who = reader) =>
  (
    await loader.load(
      {
        search: async (_service, type, parameters) =>
          bundleOf(await api.as(who).search(type, { 'patient.identifier': person.number, ...parameters })),
        operation: async (service, operation) =>
          resourceOf(await api.as(who).post(`/fhir/${service}/$${operation}`, `patient.identifier=${person.number}`, form), 'Parameters'),
      },
      day,
    )
  ).data ?? assert.fail()
const updaterOf = (resource: Procedure | AllergyIntolerance) => extensionOf(resource, `${KJ}KjUpdater`)?.valueReference?.display

test('a record system sends all it has in one call, as system and without any registration beside', async () => {
  const kari = await somebody()
  const all = ['1-drug-reaction', '3-intubation-problem', '6-treatment', '7-implant', '9-changed-routine', '10-infection']
  const sent = await bundle(
    'transaction',
    all.map((name) => example(name, kari)),
  )
  assert.deepEqual([sent.status, responsesOf(sent).map(({ status }) => status)], [200, all.map(() => '201 Created')])
  assert.equal((await status(kari)).entries, all.length)
})

test('of a batch the new entries are stored and the known one is told, of a transaction nothing is stored', async () => {
  const kari = await somebody()
  const known = await post(example('1-drug-reaction', kari))
  const again = { ...example('1-drug-reaction', kari), criticality: 'low' }
  const whole = await bundle('transaction', [again, example('7-implant', kari)])
  assert.equal(whole.status, 409)
  assert.ok(sentenceOf(whole).includes(`AllergyIntolerance/${idOf(known)}`))
  assert.equal((await status(kari)).entries, 1)
  const parts = await bundle('batch', [again, example('7-implant', kari)])
  const responses = responsesOf(parts)
  assert.deepEqual(
    responses.map(({ status }) => status?.slice(0, 3)),
    ['409', '201'],
  )
  assert.ok(sentenceOf({ body: responses[0]?.outcome }).includes(`AllergyIntolerance/${idOf(known)}`))
  assert.equal((await status(kari)).entries, 2)
})

test('a system that writes on its own stands as its organisation, and not as a practitioner', async () => {
  const kari = await somebody()
  const stored = resourceOf(await post(example('6-treatment', kari)), 'Procedure')
  const recorder = asResource(stored.contained?.[0], 'PractitionerRole')
  assert.deepEqual([recorder.practitioner, recorder.organization?.identifier?.value], [undefined, oslo])
  assert.equal(updaterOf(stored), 'oslo')
})

test('who registered it is kept as the record system says, and stays when another organisation corrects', async () => {
  const kari = await somebody()
  const sent = {
    ...example('2-other-allergy', kari),
    recordedDate: '2021-04-06',
    recorder: { reference: '#doctor' },
    contained: [{ resourceType: 'PractitionerRole', id: 'doctor', practitioner: { display: 'Henrik Lie' } }],
  }
  const { meta: _meta, ...rest } = resourceOf(await post(sent), 'AllergyIntolerance')
  assert.deepEqual([rest.contained, rest.recordedDate], [sent.contained, '2021-04-06'])
  const headers = { 'if-match': 'W/"1"' }
  const updated = await api.as(reader).put(`${BASE}/AllergyIntolerance/${rest.id}`, { ...rest, criticality: 'low' }, headers)
  const second = resourceOf(updated, 'AllergyIntolerance')
  assert.deepEqual([updated.status, second.contained, second.recordedDate], [200, sent.contained, '2021-04-06'])
  assert.match(updaterOf(second) ?? '', /Nora Nurse/)
  const earlier = await api.as(reader).get(`${BASE}/AllergyIntolerance/${rest.id}/_history/1`)
  assert.equal(resourceOf(earlier, 'AllergyIntolerance').criticality, 'high')
})

test('another organisation sees an entry within a second of its being written', async (t) => {
  const kari = await somebody()
  // The first call of each kind is slower: it makes plans and connections.
  await post(example('6-treatment', kari))
  await shown(kari, NOW)
  const start = performance.now()
  await post(example('1-drug-reaction', kari))
  const data = await shown(kari, NOW)
  const took = performance.now() - start
  assert.ok(data.entries.some(({ label }) => label === 'Amoksicillin'))
  t.diagnostic(`${took.toFixed(0)} ms from the write was sent until the other organisation’s page had it`)
  assert.ok(took < 1000, `${took} ms`)
})

test('an entry is shown as ended when its validity is over, in Norwegian time, and not before', async () => {
  const rows: [name: string, until: SentBody, lastMoment: string, over: string][] = [
    ['10-infection', { valueDateTime: '2026-06-30' }, '2026-06-30T21:59:59Z', '2026-06-30T22:00:00Z'],
    ['6-treatment', { valueDate: '2026-12-31' }, '2026-12-31T22:59:59Z', '2026-12-31T23:00:00Z'],
    ['7-implant', { valueDateTime: '2026-06-30T12:00:00+02:00' }, '2026-06-30T09:59:59Z', '2026-06-30T10:00:00Z'],
    ['1-drug-reaction', { valueDateTime: '2026-06' }, '2026-06-30T21:59:59Z', '2026-06-30T22:00:00Z'],
  ]
  for (const [name, until, lastMoment, over] of rows) {
    const kari = await somebody()
    const created = await post({ ...example(name, kari), extension: [{ url: `${KJ}KjValidUntil`, ...until }] })
    assert.equal(created.status, 201, JSON.stringify(created.body))
    const standings = [lastMoment, over].map(async (moment) => (await shown(kari, new Date(moment))).entries[0]?.standing)
    assert.deepEqual([name, ...(await Promise.all(standings))], [name, 'active', 'ended'])
  }
  const kari = await somebody()
  await post({ ...example('9-changed-routine', kari), period: { start: '2026-01-01', end: '2026-01-31' } })
  const days = ['2026-01-31T22:00:00Z', '2026-01-31T23:00:00Z'].map(async (moment) => (await shown(kari, new Date(moment))).entries[0])
  assert.deepEqual(
    (await Promise.all(days)).map((entry) => entry?.standing),
    ['active', 'ended'],
  )
})

test('what is refuted is shown as such, and what was entered in error is not shown', async () => {
  const kari = await somebody()
  const system = 'http://terminology.hl7.org/CodeSystem/allergyintolerance-verification'
  const verified = (code: string) => ({ verificationStatus: { coding: [{ system, code }] } })
  await post({ ...example('2-other-allergy', kari), ...verified('refuted') })
  const wrong = await post(example('1-drug-reaction', kari))
  await api.as(hospital).delete(`${BASE}/AllergyIntolerance/${idOf(wrong)}`, { 'if-match': 'W/"1"' })
  const data = await shown(kari, NOW)
  assert.deepEqual(
    data.entries.map(({ label, standing }) => [label, standing]),
    [['Peanøtt', 'refuted']],
  )
})

test('the status tells some, none, unknown and withheld apart, and each answer is a row in the access log', async () => {
  const [known, ended, nobody, elsewhere] = [await somebody(), await somebody(), await somebody(), await somebody()]
  await post(example('6-treatment', elsewhere), system(bodo, { scopes }))
  await post(example('7-implant', known))
  const wrong = await post(example('6-treatment', ended))
  await api.as(hospital).delete(`${BASE}/Procedure/${idOf(wrong)}`, { 'if-match': 'W/"1"' })
  const rows: [person: Person, who: typeof reader, status: string, noAgreement: boolean][] = [
    [known, reader, 'some', false],
    [ended, reader, 'none', false],
    [nobody, reader, 'unknown', false],
    [elsewhere, reader, 'withheld', true],
    [known, stranger, 'own-only', false],
    [nobody, stranger, 'own-only', false],
  ]
  for (const [person, who, expected, noAgreement] of rows) {
    const before = (await api.logged()).length
    const answer = await status(person, who)
    assert.deepEqual([answer.status, answer.noAgreement, answer.partial], [expected, noAgreement, false])
    const added = (await api.logged()).slice(before)
    assert.deepEqual(
      added.map(({ event, patient, disclosed, withheld }) => ({ event, patient, disclosed, withheld })),
      [{ event: '$status', patient: person.key, disclosed: null, withheld: noAgreement }],
    )
  }
})

test('the status says that some is withheld besides what there is', async () => {
  const kari = await somebody()
  await post(example('7-implant', kari))
  await post(example('6-treatment', kari), system(bodo, { scopes }))
  const answer = await status(kari)
  assert.deepEqual([answer.status, answer.entries, answer.partial, answer.noAgreement], ['some', 1, true, true])
})

test('an entry that the patient has restricted stays restricted when its source deletes it and registers it again', async () => {
  const kari = await somebody()
  await post(example('7-implant', kari))
  const first = await post(example('6-treatment', kari))
  const [row] = await api.sql<{ id: string }[]>`
    select id from record where patient = ${kari.key} and type = 'Procedure' and superseded is null order by id desc limit 1`
  await api.sql`
    insert into patient_choice (patient, id, kind, record, valid_from, made, made_by, made_as)
    values (${kari.key}, 1, 'restriction', ${row?.id ?? ''}, '2025-01-01', '2025-01-01', 1, 'self')`
  const found = async (type: string) => bundleOf(await api.as(reader).search(type, { 'patient.identifier': kari.number })).total
  assert.equal((await status(kari)).entries, 1)
  await api.as(hospital).delete(`${BASE}/Procedure/${idOf(first)}`, { 'if-match': 'W/"1"' })
  const again = await post(example('6-treatment', kari))
  assert.notEqual(idOf(again), idOf(first))
  assert.deepEqual([(await status(kari)).entries, await found('Procedure')], [1, 0])
  for (const reply of [first, again]) assert.equal((await api.as(reader).get(`${BASE}/Procedure/${idOf(reply)}`)).status, 404)
})

/**
 * The same fact from two organisations that cannot read each other: each reader sees what it may see, and who sees both sees one fact with
 * two sources, on the clinician's page and in the summary. Searches still give both entries.
 */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { asResource, bundleOf, entriesOf, idOf, matchesIn, resourceOf, valuesOf } from '@helsevev/kernel/testing/answers'
import { NOW, nurse, organizations, system, type TestApi, testApi } from '@helsevev/kernel/testing/api'
import type { SentBody } from '@helsevev/kernel/testing/sent'
import criticalInformation from './service.ts'
import { loader } from './view/load.ts'

const { bergen, oslo, bodo } = organizations
const scopes = ['helsevev:critical-information/read', 'helsevev:critical-information/write', 'helsevev:persons/read']
const BASE = '/fhir/critical-information'
const form = { 'content-type': 'application/x-www-form-urlencoded' }
const readsBoth = nurse(bodo, { scopes })
const readsOwn = nurse(oslo, { scopes })
let api: TestApi
before(async () => {
  api = await testApi([criticalInformation])
  for (const controller of [oslo, bergen]) await api.agreement({ controller, receiver: bodo })
})
after(async () => await api.close())

type Person = Awaited<ReturnType<TestApi['person']>>
type Who = typeof readsBoth | ReturnType<typeof system>
const hl7 = (list: string, code: string) => ({ coding: [{ system: `http://terminology.hl7.org/CodeSystem/${list}`, code }] })
const peanut: SentBody = {
  resourceType: 'AllergyIntolerance',
  clinicalStatus: hl7('allergyintolerance-clinical', 'active'),
  verificationStatus: hl7('allergyintolerance-verification', 'confirmed'),
  category: ['food'],
  criticality: 'high',
  code: { coding: [{ system: 'urn:oid:2.16.578.1.12.4.1.1.7514', code: '10', display: 'Peanøtt' }] },
  reaction: [{ manifestation: [{ coding: [{ system: 'urn:oid:2.16.578.1.12.4.1.1.7497', code: '1' }] }] }],
}
/** The line of the summary. */
const grave = 'Peanøtt; criticality: high; reaction: Anafylaktisk reaksjon'
async function registered(person: Person, organization: string, more: SentBody = {}): Promise<string> {
  const sent = { ...peanut, ...more, patient: { identifier: person.identifier } }
  const reply = await api.as(system(organization, { scopes })).post(`${BASE}/AllergyIntolerance`, sent)
  assert.equal(reply.status, 201, JSON.stringify(reply.body))
  return idOf(reply)
}
const found = async (person: Person, who: Who) =>
  matchesIn(await api.as(who).search('AllergyIntolerance', { 'patient.identifier': person.number }), 'AllergyIntolerance')
/** What the page shows: each fact with the controllers that registered it. */
async function shown(person: Person, who: Who): Promise<string[][]> {
  const { data } = await loader.load(
    {
      search: async (_service, type, parameters) =>
        bundleOf(await api.as(who).search(type, { 'patient.identifier': person.number, ...parameters })),
      operation: async (service, operation) =>
        resourceOf(await api.as(who).post(`/fhir/${service}/$${operation}`, `patient.identifier=${person.number}`, form), 'Parameters'),
    },
    NOW,
  )
  return (data?.entries ?? []).map(({ sources }) => sources.map(({ controller }) => controller.organization).sort())
}
/** The lines of the summary's section of allergies, and how many entries it points to. */
async function summarized(person: Person, who: Who): Promise<{ lines: string[]; entries: number }> {
  const reply = await api.as(who).post('/fhir/Patient/$summary', `patient.identifier=${person.number}`, form)
  const { section = [] } = asResource(entriesOf(reply)[0]?.resource, 'Composition')
  const allergies = section.find(({ code }) => code?.coding?.[0]?.code === '48765-2')
  return {
    lines: [...(allergies?.text?.div ?? '').matchAll(/<li>(.*?)<\/li>/g)].map(([, line = '']) => line),
    entries: allergies?.entry?.length ?? 0,
  }
}
const counted = async (person: Person, who: Who) =>
  valuesOf(await api.as(who).post(`${BASE}/$status`, `patient.identifier=${person.number}`, form)).entries

test('who may see both is shown one fact with two sources, and finds both entries', async () => {
  const kari = await api.person(100)
  const ids = [await registered(kari, oslo), await registered(kari, bergen)]
  assert.deepEqual(await shown(kari, readsBoth), [[oslo, bergen].sort()])
  assert.deepEqual(await summarized(kari, readsBoth), { lines: [`${grave} (2 sources)`], entries: 2 })
  assert.deepEqual((await found(kari, readsBoth)).map(({ id }) => id).sort(), ids.sort())
  assert.equal(await counted(kari, readsBoth), 2)
})

test('who may see one of them is shown what there is where nobody else has registered it', async () => {
  const [both, alone] = [await api.person(101), await api.person(102)]
  for (const person of [both, alone]) await registered(person, oslo)
  await registered(both, bergen)
  for (const person of [both, alone]) {
    assert.deepEqual(await shown(person, readsOwn), [[oslo]])
    assert.deepEqual(await summarized(person, readsOwn), { lines: [grave], entries: 1 })
    assert.equal(await counted(person, readsOwn), 1)
  }
})

test('what differs is not hidden: each statement stands by itself', async () => {
  const kari = await api.person(103)
  await registered(kari, oslo)
  await registered(kari, bergen, { criticality: 'low' })
  assert.deepEqual(await shown(kari, readsBoth), [[oslo], [bergen]])
  assert.deepEqual(await summarized(kari, readsBoth), { lines: [grave.replace('high', 'low'), grave], entries: 2 })
})

test('a restriction of one of them leaves the other with its own source', async () => {
  const kari = await api.person(104)
  await registered(kari, oslo)
  await registered(kari, bergen)
  await api.sql`
    insert into patient_choice (patient, id, kind, controller, valid_from, made, made_by, made_as)
    values (${kari.key}, 1, 'restriction', ${bergen}, '2025-01-01', '2025-01-01', 1, 'self')`
  assert.deepEqual(await shown(kari, readsBoth), [[oslo]])
  assert.deepEqual((await summarized(kari, readsBoth)).lines, [grave])
})

test('the person it is about is shown one fact with two sources', async () => {
  const kari = await api.person(105, '1951-05-17')
  await registered(kari, oslo)
  await registered(kari, bergen)
  const ofCitizens = ['helsevev:critical-information/citizen', 'helsevev:persons/citizen']
  const self = system(bergen, { kind: 'citizen', pid: kari.number, name: 'Kari', scopes: ofCitizens })
  assert.deepEqual(await shown(kari, self), [[oslo, bergen].sort()])
  assert.deepEqual((await summarized(kari, self)).lines, [`${grave} (2 sources)`])
})

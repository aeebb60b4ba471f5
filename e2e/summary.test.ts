/** A summary of every service is a document of the International Patient Summary: each rule of its profiles, and what people read in it. */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { createValidator } from '@helsevev/kernel/fhir/validation/validator'
import { bundleOf, codeIn } from '@helsevev/kernel/testing/answers'
import { nurse, organizations, type Reply, system, type TestApi, testApi } from '@helsevev/kernel/testing/api'
import { brokenIpsRules } from '@helsevev/kernel/testing/ips-rules'
import { services } from '@helsevev/server/services'
import { m251 } from '@helsevev/service-medication-list/made-up/messages'
import { kithMessage } from '@helsevev/service-test-results/made-up/kith-message'
import type { Bundle, Composition, Observation } from '@medplum/fhirtypes'
import { examplesOf } from './wrong-shapes/examples.ts'

const now = new Date('2026-06-15T12:00:00Z')
const scopes = [...services.flatMap(({ id }) => [`helsevev:${id}/read`, `helsevev:${id}/write`]), 'helsevev:persons/read']
const writer = system(organizations.bergen, { scopes })
const reader = nurse(organizations.bergen, { scopes })
let api: TestApi
let who: Awaited<ReturnType<TestApi['person']>>
let document: Bundle
before(async () => {
  api = await testApi(services, () => now)
  who = await api.person(1)
  for (const service of services)
    for (const { resource } of examplesOf(service, createValidator(api.kernel.codes), who.identifier))
      await api.as(writer).post(`/fhir/${service.id}/${resource.resourceType}`, resource)
  const message = kithMessage({
    patient: who.number,
    reportId: 'R-1',
    generated: '2026-06-12T09:00:00',
    collected: '2026-06-11T08:30:00',
    laboratory: { name: 'Laboratoriet', organization: '999888777' },
    requester: { name: 'Fastlege, Frida', practice: 'Fjellveien legesenter', hpr: '9990001' },
    status: 'P',
    results: [
      { id: 'hb', codes: [[7280, 'NOR05172', 'B-Hemoglobin']], number: '11.0', unit: 'g/dL', status: '2' },
      {
        id: 'group',
        codes: [[7280, 'NPU03230', 'P-Kalium']],
        results: [
          { id: 'one', name: 'Ledd', text: 'påvist' },
          { id: 'no', name: 'Tom' },
        ],
      },
    ],
  })
  const taken = await api.as(writer).post('/fhir/test-results/$kith-report', message, { 'content-type': 'application/xml' })
  assert.equal(taken.status, 201, JSON.stringify(taken.body))
  document = bundleOf(await summaryOf(who.number))
})
after(async () => await api.close())

async function summaryOf(number: string): Promise<Reply> {
  const form = { 'content-type': 'application/x-www-form-urlencoded' }
  const reply = await api.as(reader).post('/fhir/Patient/$summary', new URLSearchParams({ 'patient.identifier': number }).toString(), form)
  assert.equal(reply.status, 200, JSON.stringify(reply.body))
  return reply
}

const sectionIn = (bundle: Bundle, code: string) =>
  (bundle.entry?.[0]?.resource as Composition | undefined)?.section?.find((one) => codeIn(one.code) === code)
const resources = () => (document.entry ?? []).flatMap(({ resource }) => resource ?? [])

/** One line in use without a start, and one that is discontinued. */
async function withMedicines(): ReturnType<TestApi['person']> {
  const person = await api.person(3)
  const line = {
    name: 'Paracet tab 500 mg',
    atc: 'N02BE01',
    dose: '1 ved behov',
    use: '3',
    why: 'mot smerter',
    changed: '2026-06-01T09:00:00Z',
  }
  const stopped = { at: '2026-06-02T09:00:00Z', reason: 'A' }
  const lines = [
    { ...line, id: 'a' },
    { ...line, id: 'b', stopped },
  ]
  const message = m251({ patient: person.number, id: 'list', time: '2026-06-10T09:00:00Z', lines })
  const taken = await api.as(writer).post('/fhir/medication-list/$medication-list', message, { 'content-type': 'application/xml' })
  assert.equal(taken.status, 201, JSON.stringify(taken.body))
  return person
}

test('every rule of the profiles holds, for a person with everything, with nothing, and without a name', async () => {
  const empty = await api.person(2)
  await api.sql`update person set given_name = null, family_name = null, birth_date = null where patient = ${empty.key}`
  const treated = bundleOf(await summaryOf((await withMedicines()).number))
  assert.match(sectionIn(treated, '10160-0')?.text?.div ?? '', /<li>Paracet tab 500 mg: 1 ved behov, mot smerter<\/li><\/ul>/)
  for (const bundle of [document, bundleOf(await summaryOf(empty.number)), treated]) {
    assert.deepEqual(brokenIpsRules(bundle), [])
    const errors = createValidator(api.kernel.codes)
      .validate(bundle)
      .filter(({ severity }) => severity === 'error')
    assert.deepEqual(errors, [])
  }
})

test('the rules find what breaks them', () => {
  const broken: [rule: string, (bundle: Bundle) => void][] = [
    ['references resolve', (bundle) => bundle.entry?.pop()],
    ['bdl-ips-1', (bundle) => bundle.entry?.push({ fullUrl: 'urn:uuid:x', resource: bundle.entry[0]?.resource as Composition })],
    ['ips-comp-1', (bundle) => delete sectionIn(bundle, '10160-0')?.emptyReason],
    ['a result has a performer', (bundle) => delete resultIn(bundle).performer],
    ['ips-2', (bundle) => delete resultIn(bundle).valueQuantity],
    ['category laboratory', (bundle) => delete resultIn(bundle).category],
  ]
  for (const [rule, change] of broken) {
    const copy = structuredClone(document)
    change(copy)
    assert.ok(
      brokenIpsRules(copy).some((fault) => fault.includes(rule)),
      rule,
    )
  }
})

const resultIn = (bundle: Bundle) =>
  (bundle.entry ?? [])
    .map(({ resource }) => resource as Observation)
    .find(({ valueQuantity }) => valueQuantity?.unit === 'g/dL') as Observation

test('people read how grave an allergy is and how it shows itself, that a result is preliminary, and who made it', () => {
  const text = (code: string) => sectionIn(document, code)?.text?.div ?? ''
  assert.match(text('48765-2'), /<li>[^<]+; criticality: (high|low)(; reaction: [^<]+)?/)
  assert.match(text('48765-2'), /; reaction: /)
  assert.match(text('30954-2'), /<li>B-Hemoglobin: 11\.0 g\/dL, 2026-06-11; status: preliminary<\/li>/)
  const [performer] = resultIn(document).performer ?? []
  assert.match(performer?.display ?? '', /Laboratoriet/)
  assert.ok(resources().some(({ resourceType }) => resourceType === 'Specimen'))
})

test('services of the municipality stand in a section of their own, and a plan of care holds no service', () => {
  assert.ok((sectionIn(document, 'municipal-services')?.entry?.length ?? 0) > 0)
  assert.equal(sectionIn(document, '18776-5'), undefined)
})

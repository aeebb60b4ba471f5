/** Deliveries of LMDI through the API: what is stored and found, which statement holds, and what is refused. */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { matchesIn, parametersOf, placesOf, problemOf, problemsOf, resourceOf, responsesOf, tagsOf } from '@helsevev/kernel/testing/answers'
import { nurse, organizations, type Reply, system, type TestApi, testApi } from '@helsevev/kernel/testing/api'
import type { SentBody } from '@helsevev/kernel/testing/sent'
import type { MedicationAdministration, MedicationRequest, OperationOutcome } from '@medplum/fhirtypes'
import hospitalMedicines from './service.ts'
import { BASE, delivery, dose, entryOf, given, paracet, patientOf, type Sent, scopes, stay, ward } from './testing/delivery.ts'

const { bergen, oslo } = organizations
const hospital = system(oslo, { scopes })
const reader = nurse(bergen, { scopes })
let api: TestApi
before(async () => {
  api = await testApi([hospitalMedicines])
  await api.agreement({ controller: oslo, receiver: bergen })
})
after(async () => await api.close())

type Person = Awaited<ReturnType<TestApi['person']>>
let series = 100
const somebody = async (): Promise<Person> => await api.person((series += 1))
const deliver = async (resources: readonly Sent[], more: SentBody = {}): Promise<Reply> =>
  await api.as(hospital).post(`${BASE}/$lmdi`, delivery(resources, more))
const search = async (person: Person, form: Record<string, string> = {}, type = 'MedicationAdministration') =>
  matchesIn(await api.as(reader).search(type, { 'patient.identifier': person.number, ...form }), type as 'MedicationAdministration')
const at = (timestamp: string) => ({ timestamp, identifier: { value: timestamp } })

test('a dose is stored with medicine, stay and ward inside it, and without the patient', async () => {
  const kari = await somebody()
  const reply = await deliver(dose(kari.identifier))
  assert.deepEqual([reply.status, responsesOf(reply).map(({ status }) => status)], [200, ['201 Created']])
  const [one] = (await search(kari)) as MedicationAdministration[]
  assert.deepEqual(
    [one?.status, one?.medicationReference?.reference, one?.context?.reference, one?.subject?.identifier?.value],
    ['completed', '#medication', '#encounter', kari.number],
  )
  assert.deepEqual(
    one?.contained?.map(({ resourceType, id }) => `${resourceType} ${id}`),
    ['Medication medication', 'Encounter encounter', 'Organization organization'],
  )
  assert.deepEqual(tagsOf(one), [])
})

test('two patients of one delivery have their own', async () => {
  const [kari, ola] = [await somebody(), await somebody()]
  const other = { ...patientOf(ola.identifier), id: 'q' }
  const theirs = given({ id: 'b', identifier: [{ value: '2' }], subject: { reference: 'Patient/q' } })
  assert.equal((await deliver([...dose(kari.identifier), other, theirs])).status, 200)
  assert.deepEqual([(await search(kari)).length, (await search(ola)).length], [1, 1])
})

test('an order is a record of its own, which the dose names', async () => {
  const kari = await somebody()
  const order: Sent = {
    resourceType: 'MedicationRequest',
    id: 'r',
    status: 'active',
    intent: 'order',
    extension: [
      { url: 'http://hl7.no/fhir/ig/lmdi/StructureDefinition/lmdi-del-av-behandlingsregime', valueString: 'FOLFOX6' },
      { url: 'http://hl7.no/fhir/ig/lmdi/StructureDefinition/lmdi-klinisk-studie', valueBoolean: true },
    ],
    medicationReference: { reference: 'Medication/m' },
    subject: { reference: 'Patient/p' },
    authoredOn: '2026-01-10',
    requester: { reference: 'Practitioner/h' },
  }
  const doctor: Sent = {
    resourceType: 'Practitioner',
    id: 'h',
    identifier: [{ system: 'urn:oid:2.16.578.1.12.4.1.4.4', value: '990000001' }],
  }
  assert.equal((await deliver([...dose(kari.identifier, { request: { reference: 'MedicationRequest/r' } }), order, doctor])).status, 200)
  const [made] = (await search(kari, {}, 'MedicationRequest')) as unknown as MedicationRequest[]
  const [one] = (await search(kari)) as MedicationAdministration[]
  assert.deepEqual([one?.request?.reference, made?.requester?.reference], [`MedicationRequest/${made?.id}`, '#practitioner'])
  assert.equal(made?.extension?.find(({ valueString }) => valueString)?.valueString, 'FOLFOX6')
  assert.deepEqual((await search(kari, { request: `MedicationRequest/${made?.id}` })).length, 1)
})

test('a mixture is found by what is in it', async () => {
  const kari = await somebody()
  const mixture: Sent = {
    resourceType: 'Medication',
    id: 'm',
    ingredient: [{ itemReference: { reference: 'Medication/base' } }, { itemReference: { reference: 'Substance/s' } }],
  }
  const base = { ...paracet, id: 'base' }
  const substance: Sent = {
    resourceType: 'Substance',
    id: 's',
    code: { coding: [{ system: 'http://snomed.info/sct', code: '55452001', display: 'Oxycodone' }] },
  }
  const reply = await deliver([given(), patientOf(kari.identifier), stay, ward, mixture, base, substance])
  assert.equal(reply.status, 200, JSON.stringify(reply.body))
  for (const code of ['http://www.whocc.no/atc|N02BE01', 'urn:oid:2.16.578.1.12.4.1.1.7180|N02BE01', 'http://snomed.info/sct|55452001'])
    assert.equal((await search(kari, { code })).length, 1, code)
  assert.deepEqual(tagsOf((await search(kari))[0]), ['medicine-without-code'])
})

// biome-ignore format: a table, one row to a line
const searches: [form: Record<string, string>, found: number][] = [
  [{ status: 'completed' }, 1], [{ status: 'entered-in-error' }, 1], [{ present: 'true' }, 1],
  [{ 'effective-time': '2026-01-14' }, 1], [{ 'effective-time': 'lt2026-01-14' }, 1], [{ 'effective-time': 'ge2026-01-12' }, 2],
  [{ 'effective-time': '2026-01-12T09:30:00+01:00' }, 0], [{ 'effective-time': '2026-01-12' }, 1],
  [{ code: 'N02BE01' }, 2], [{ code: 'N02BE02' }, 0], [{ 'code:text': 'parac' }, 2], [{ category: 'community' }, 1],
  [{ identifier: 'https://journal.example/fhir/NamingSystem/given|1' }, 1],
]
test('doses are found by status, time, code, words and way; one given by the patient is marked', async () => {
  const kari = await somebody()
  const infusion = given({
    id: 'b',
    identifier: [{ value: '2' }],
    status: 'entered-in-error',
    category: { coding: [{ system: 'http://terminology.hl7.org/CodeSystem/medication-admin-category', code: 'community' }] },
    effectiveDateTime: undefined as never,
    effectivePeriod: { start: '2026-01-12T09:00:00+01:00', end: '2026-01-12T10:00:00+01:00' },
  })
  assert.equal((await deliver([...dose(kari.identifier), JSON.parse(JSON.stringify(infusion))])).status, 200)
  for (const [form, found] of searches) assert.equal((await search(kari, form)).length, found, JSON.stringify(form))
})

test('the latest statement holds in each order of arrival, and sent again it changes nothing', async () => {
  const first = { deliver: at('2026-01-14T20:00:00+01:00'), more: {} }
  const corrected = { deliver: at('2026-01-14T21:00:00+01:00'), more: { effectiveDateTime: '2026-01-14T09:00:00+01:00' } }
  const withdrawn = { deliver: at('2026-01-14T22:00:00+01:00'), more: { status: 'entered-in-error' } }
  for (const order of [
    [first, corrected, withdrawn],
    [withdrawn, first, corrected],
    [corrected, withdrawn, first, withdrawn],
  ]) {
    const kari = await somebody()
    for (const { deliver: when, more } of order) assert.equal((await deliver(dose(kari.identifier, more), when)).status, 200)
    const [one, ...others] = await search(kari)
    assert.deepEqual([one?.status, one?.effectiveDateTime, others.length], ['entered-in-error', '2026-01-14T08:00:00+01:00', 0])
  }
})

test('of two statements of one time, the withdrawal holds', async () => {
  for (const statuses of [
    ['completed', 'entered-in-error'],
    ['entered-in-error', 'completed'],
  ]) {
    const kari = await somebody()
    for (const status of statuses) await deliver(dose(kari.identifier, { status }))
    assert.deepEqual(
      (await search(kari)).map(({ status }) => status),
      ['entered-in-error'],
    )
  }
})

test('a dose is created and corrected by itself, with the medicine inside it', async () => {
  const kari = await somebody()
  const { context: _context, ...rest } = given({ subject: { identifier: kari.identifier }, contained: [paracet] }) as Sent & {
    context?: unknown
  }
  const alone = { ...rest, medicationReference: { reference: '#m' } }
  const created = await api.as(hospital).post(`${BASE}/MedicationAdministration`, alone)
  assert.equal(created.status, 201, JSON.stringify(created.body))
  const withdrawn = await api.as(hospital).post(`${BASE}/MedicationAdministration`, { ...alone, status: 'entered-in-error' })
  assert.deepEqual([withdrawn.status, resourceOf(withdrawn, 'MedicationAdministration').meta?.versionId], [200, '2'])
})

test('$status counts what was given, and not what was entered in error', async () => {
  const kari = await somebody()
  await deliver([...dose(kari.identifier), given({ id: 'b', identifier: [{ value: '2' }], status: 'entered-in-error' })])
  const reply = await api.as(reader).post(`${BASE}/$status`, new URLSearchParams({ 'patient.identifier': kari.number }).toString(), {
    'content-type': 'application/x-www-form-urlencoded',
  })
  const values = parametersOf(reply).map(({ name, valueCode, valueInteger }) => [name, valueCode ?? valueInteger])
  assert.deepEqual(values.slice(0, 3), [
    ['status', 'some'],
    ['given', 1],
    ['orders', 0],
  ])
})

const none = undefined as never
const whole = (person: Person, more: SentBody = {}) => JSON.parse(JSON.stringify(dose(person.identifier, more))) as Sent[]
// biome-ignore format: a table, one row to a line
const refusals: [what: string, body: (person: Person) => unknown, code: string, place: string][] = [
  ['no Bundle', (one) => given({ subject: { identifier: one.identifier } }), 'bundle-not-transaction', 'Bundle'],
  ['a batch', (one) => delivery(whole(one), { type: 'batch' }), 'bundle-not-transaction', 'Bundle'],
  ['null', () => null, 'bundle-not-transaction', 'Bundle'],
  ['a list', () => [], 'bundle-not-transaction', 'Bundle'],
  ['a Bundle without identifier', (one) => delivery(whole(one), { identifier: none }), 'bundle-without-identifier', 'Bundle.identifier'],
  ['a Bundle without time', (one) => delivery(whole(one), { timestamp: none }), 'bundle-without-timestamp', 'Bundle.timestamp'],
  ['an empty Bundle', () => delivery([], { entry: none }), 'nothing-reported', 'Bundle.entry'],
  ['an entry that is null', (one) => delivery([], { entry: [null, ...whole(one).map((each) => entryOf(each))] }), 'type-not-taken', 'Bundle.entry[0].resource'],
  ['an Observation', (one) => delivery([...whole(one), { resourceType: 'Observation', id: 'x' }]), 'type-not-taken', 'Bundle.entry[5].resource'],
  ['a PUT', (one) => delivery([], { entry: whole(one).map((each) => ({ ...entryOf(each), request: { method: 'PUT', url: `${each.resourceType}/1` } })) }), 'entry-not-post', 'Bundle.entry[0].request'],
  ['two entries of one address', (one) => delivery([...whole(one), { ...paracet }]), 'entry-twice', 'Bundle.entry[5]'],
  ['what nothing names', (one) => delivery([...whole(one), { ...ward, id: 'other' }]), 'entry-not-reached', 'Bundle.entry[5]'],
  ['a patient without number', () => delivery(dose({ system: 'https://journal.example/patient', value: '7' })), 'patient-without-number', 'Bundle.entry[1].resource.identifier'],
  ['a subject that is not there', (one) => delivery(whole(one, { subject: { reference: 'Patient/other' } })), 'subject-not-resolved', 'Bundle.entry[0].resource.subject'],
  ['a subject that is a medicine', (one) => delivery(whole(one, { subject: { reference: 'Medication/m' } })), 'subject-not-resolved', 'Bundle.entry[0].resource.subject'],
  ['a medicine that is not there', (one) => delivery([given({ medicationReference: { reference: 'Medication/other' } }), patientOf(one.identifier), stay, ward]), 'medication-missing', 'Bundle.entry[0].resource.medication'],
  ['a medicine of nothing', (one) => delivery([given(), patientOf(one.identifier), stay, ward, { resourceType: 'Medication', id: 'm' }]), 'medication-empty', 'Bundle.entry[0].resource.medication'],
  ['a dose that is planned', (one) => delivery(whole(one, { status: 'in-progress' })), 'status-not-used', 'Bundle.entry[0].resource.status'],
  ['a day without time', (one) => delivery(whole(one, { effectiveDateTime: '2026-01-14' })), 'time-of-day-missing', 'Bundle.entry[0].resource.effective'],
  ['a period without end', (one) => delivery(whole(one, { effectiveDateTime: none, effectivePeriod: { start: '2026-01-14T08:00:00+01:00' } })), 'time-of-day-missing', 'Bundle.entry[0].resource.effective'],
  ['tomorrow', (one) => delivery(whole(one, { effectiveDateTime: '2026-01-16T08:00:00+01:00' })), 'effective-in-future', 'Bundle.entry[0].resource.effective'],
  ['no dose', (one) => delivery(whole(one, { dosage: { route: { text: 'p.o.' } } })), 'profile-min', 'Bundle.entry[0].resource.dosage.dose'],
]
for (const [what, body, code, place] of refusals) {
  test(`${what} is refused with ${code}, and nothing is stored`, async () => {
    const kari = await somebody()
    const reply = await api.as(hospital).post(`${BASE}/$lmdi`, body(kari) as SentBody)
    assert.equal(reply.status, 422, JSON.stringify(reply.body))
    assert.ok(problemsOf(reply).includes(code), JSON.stringify(reply.body))
    assert.ok(placesOf(reply).includes(place), JSON.stringify(placesOf(reply)))
    assert.equal((await search(kari)).length, 0)
  })
}

test('a diagnosis of another patient is refused, and neither number stands in the answer', async () => {
  const [kari, ola] = [await somebody(), await somebody()]
  const other = { ...patientOf(ola.identifier), id: 'q' }
  const diagnosis: Sent = {
    resourceType: 'Condition',
    id: 'd',
    code: { coding: [{ system: 'urn:oid:2.16.578.1.12.4.1.1.7110', code: 'I20' }] },
    subject: { reference: 'Patient/q' },
  }
  const reply = await deliver([...dose(kari.identifier, { reasonReference: [{ reference: 'Condition/d' }] }), diagnosis, other])
  assert.deepEqual([reply.status, problemOf(reply)], [422, 'reference-to-another-person'])
  for (const { number } of [kari, ola]) assert.ok(!JSON.stringify(reply.body).includes(number))
  const own = await deliver([
    ...dose(kari.identifier, { reasonReference: [{ reference: 'Condition/d' }] }),
    { ...diagnosis, subject: { reference: 'Patient/p' } },
  ])
  assert.equal(own.status, 200, JSON.stringify(own.body))
  assert.deepEqual(tagsOf((await search(kari))[0]), [])
})

test('medicines that contain each other, and a stay that is its own part, end', async () => {
  const kari = await somebody()
  const circle = (id: string, other: string): Sent => ({
    resourceType: 'Medication',
    id,
    code: { text: id },
    ingredient: [{ itemReference: { reference: `Medication/${other}` } }],
  })
  const within = { ...ward, partOf: { reference: 'Organization/o' } }
  const reply = await deliver([given(), patientOf(kari.identifier), circle('m', 'n'), circle('n', 'm'), stay, within])
  assert.equal(reply.status, 200, JSON.stringify(reply.body))
  assert.equal((await search(kari)).length, 1)
})

test('a hospital reports for itself alone: another that sends the same number has its own', async () => {
  const kari = await somebody()
  await deliver(dose(kari.identifier))
  const reply = await api
    .as(system(bergen, { scopes }))
    .post(`${BASE}/$lmdi`, delivery(dose(kari.identifier, { status: 'entered-in-error' })))
  assert.equal(reply.status, 200)
  assert.deepEqual((await search(kari)).map(({ status }) => status).sort(), ['completed', 'entered-in-error'])
})

test('who has no agreement sees nothing of what was given', async () => {
  const kari = await somebody()
  await deliver(dose(kari.identifier))
  const found = await api
    .as(nurse(organizations.bodo, { scopes }))
    .search('MedicationAdministration', { 'patient.identifier': kari.number })
  assert.equal(matchesIn(found, 'MedicationAdministration').length, 0)
})

test('one person who is not known refuses the whole delivery, naming the entry and the remedy, and nothing is stored', async () => {
  const kari = await somebody()
  const stranger = { ...patientOf({ ...kari.identifier, value: '13116900216' }), id: 'q' }
  const theirs = given({ id: 'b', identifier: [{ value: '2' }], subject: { reference: 'Patient/q' } })
  const reply = await deliver([...dose(kari.identifier), stranger, theirs])
  const issues = (reply.body as OperationOutcome).issue.map(({ details, expression }) => [details?.coding?.[0]?.code, expression?.[0]])
  assert.deepEqual([reply.status, issues], [422, [['person-unknown', 'Bundle.entry[6].resource.subject.identifier']]])
  assert.match((reply.body as OperationOutcome).issue[0]?.details?.text ?? '', /Nothing of the transaction is stored: leave out/)
  assert.deepEqual(await search(kari), [])
})

/** Staff who look up themselves or somebody close to them: by every door, and where a controller has opened it. */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { bundleOf, idOf, parametersOf, problemOf, sentenceOf } from '../testing/answers.ts'
import {
  attestation,
  attestationHeader,
  NOW,
  nurse,
  organizations,
  pulse,
  type Reply,
  system,
  type TestApi,
  testApi,
} from '../testing/api.ts'
import type { SentBody } from '../testing/sent.ts'
import { CLOSE_RELATIONS } from './close-relation-facts.ts'

const { bergen, oslo } = organizations
let api: TestApi
type Person = Awaited<ReturnType<TestApi['person']>>
let nora: Person
let reader: ReturnType<typeof nurse>
before(async () => {
  api = await testApi()
  await api.agreement({ controller: oslo, receiver: bergen, purposes: ['TREAT', 'ETREAT', 'BTG'] })
  nora = await api.person(7, '1980-03-04')
  reader = nurse(bergen, { pid: nora.number })
})
after(async () => await api.close())

let series = 300
/** Somebody with a pulse at Bergen and at Oslo. */
async function somebody(birthDate = '1950-05-17', more: SentBody = {}): Promise<Person> {
  series += 1
  const person = await api.person(series, birthDate)
  await report(person, more)
  return person
}
async function report(person: Person, more: SentBody = {}): Promise<string> {
  await api.as(system(oslo)).post('/fhir/measurements/Observation', pulse(person, more))
  return idOf(await api.as(system(bergen)).post('/fhir/measurements/Observation', pulse(person, more)))
}
async function acts(representative: Person, patient: Person, kind: string, until: string | null = null): Promise<void> {
  await api.sql`
    insert into representation (patient, representative, kind, areas, valid_from, valid_until, source, registered, registered_by)
    values (${patient.key}, ${representative.key}, ${kind}, '{3,PersonalInterests}', '2018-01-01', ${until}, 'test', '2018-01-01', 'test')`
}
async function setting(organization: string, open: boolean): Promise<void> {
  await api.sql`delete from controller_setting where organization = ${organization} and key = ${CLOSE_RELATIONS}`
  if (open)
    await api.sql`
      insert into controller_setting (organization, service, key, language, value)
      values (${organization}, 'measurements', ${CLOSE_RELATIONS}, 'nb', 'open')`
}
const search = async (person: Person, headers: Record<string, string> = {}): Promise<Reply> =>
  await api.as(reader).search('Observation', { 'patient.identifier': person.number }, headers)
const found = async (person: Person) => {
  const reply = await search(person)
  return reply.status === 200 ? bundleOf(reply).total : problemOf(reply)
}

test('she is refused by every door when she looks up herself, told where to go instead, and it is logged', async () => {
  const id = await report(nora)
  const emergency = attestationHeader(attestation(reader, nora.number, 'BTG', 'Fell ill at work, nobody else here'))
  const doors: Reply[] = [
    await search(nora),
    await search(nora, { attestation: emergency }),
    await search(nora, { 'nhn-access-basis': 'FORHOYET_SAMTYKKE' }),
    await api.as(reader).get(`/fhir/measurements/Observation/${id}`),
    await api.as(reader).get(`/fhir/measurements/Observation/${id}/_history`),
    await api.as(reader).post('/fhir/measurements/$count', `patient.identifier=${nora.number}`, {
      'content-type': 'application/x-www-form-urlencoded',
    }),
  ]
  for (const reply of doors) {
    assert.deepEqual([reply.status, problemOf(reply)], [403, 'close-relation'])
    assert.match(sentenceOf(reply) ?? '', /as a citizen/)
  }
  const rows = await api.sql`select problem from access_log where patient = ${nora.key} and problem is not null`
  assert.ok(rows.length >= doors.length)
  assert.deepEqual(await api.sql`select 1 from patient_notice where patient = ${nora.key}`.then((notices) => notices.length), 0)
})

test('in a list of patients she is refused for herself alone', async () => {
  const other = await somebody()
  await api.sql`
    insert into worklist (unit, organization, drawn_up, received, left_out) values (${bergen}, ${bergen}, ${NOW}, ${NOW}, 0)`
  for (const { key } of [nora, other]) await api.sql`insert into worklist_patient (patient, unit, position) values (${key}, ${bergen}, 1)`
  const { patients: _none, ...listed } = attestation(reader, '')
  const list = {
    resourceType: 'Parameters',
    parameter: [
      { name: 'patient', valueIdentifier: nora.identifier },
      { name: 'patient', valueIdentifier: other.identifier },
      { name: 'service', valueCode: 'measurements' },
    ],
  }
  const reply = await api.as(reader).post('/fhir/$has-data', list, { attestation: attestationHeader(listed) })
  const answers = parametersOf(reply).map(({ part }) => JSON.stringify(part?.slice(1)))
  assert.match(answers[0] ?? '', /close-relation/)
  assert.match(answers[1] ?? '', /"some"/)
})

test('her own earlier number is hers too', async () => {
  const before = await api.person(8, '1980-03-04')
  await report(before)
  assert.equal(await found(before), 2)
  await api.sql`
    insert into person_link (patient, same_as) values (${nora.key}, ${before.key}), (${before.key}, ${nora.key})`
  assert.equal(await found(before), 'close-relation')
})

const relations: [what: string, register: (other: Person) => Promise<void>, close: boolean][] = [
  ['nobody to her', async () => undefined, false],
  ['her child', async (other) => await acts(nora, other, 'parental-responsibility'), true],
  [
    'her child, though the responsibility has ended',
    async (other) => await acts(nora, other, 'parental-responsibility', '2020-01-01'),
    true,
  ],
  ['her parent', async (other) => await acts(other, nora, 'parental-responsibility', '1998-03-04'), true],
  ['her foster child', async (other) => await acts(nora, other, 'foster-parent', '2027-01-01'), true],
  ['a foster child that has moved', async (other) => await acts(nora, other, 'foster-parent', '2025-01-01'), false],
  ['somebody she has power of attorney for', async (other) => await acts(nora, other, 'power-of-attorney'), true],
  ['somebody who has power of attorney for her', async (other) => await acts(other, nora, 'power-of-attorney'), true],
  ['her ward', async (other) => await acts(nora, other, 'guardian'), true],
  ['a former ward', async (other) => await acts(nora, other, 'guardian', '2026-01-15T10:00:00Z'), false],
  ['a ward until a second from now', async (other) => await acts(nora, other, 'guardian', '2026-01-15T10:00:01Z'), true],
]
for (const [what, register, close] of relations) {
  test(`of ${what}, staff ${close ? 'are refused' : 'see what staff see'}`, async () => {
    const other = await somebody()
    await register(other)
    assert.equal(await found(other), close ? 'close-relation' : 2)
  })
}

test('where a controller has opened it, she sees that controller’s records as a parent would, and no more', async () => {
  const child = await somebody('2018-05-17')
  await report(child, { meta: { security: [{ code: 'NORN_FORANS' }] }, identifier: [{ system: 'a', value: 'hidden' }] })
  await acts(nora, child, 'parental-responsibility')
  await api.sql`update person set residence = 'home' where patient in (${nora.key}, ${child.key})`
  assert.equal(await found(child), 'close-relation')
  await setting(bergen, true)
  assert.equal(await found(child), 1)
  await setting(oslo, true)
  assert.equal(await found(child), 2)
  await api.sql`update person set residence = 'elsewhere' where patient = ${nora.key}`
  assert.equal(await found(child), 'close-relation')
  await api.sql`update person set residence = 'home' where patient = ${nora.key}`
  await setting(bergen, false)
  assert.equal(await found(child), 1)
  await setting(oslo, false)
  assert.equal(await found(child), 'close-relation')
})

test('what her own organisation keeps as extra-sensitive is open to her too, and another organisation’s is not', async () => {
  const sensitive = { meta: { security: [{ system: 'urn:sensitive', code: 'psychiatry' }] } }
  const self = await api.person(392, '1980-03-04')
  await report(self, sensitive)
  for (const controller of [bergen, oslo]) await setting(controller, true)
  const reply = await api.as(nurse(bergen, { pid: self.number })).search('Observation', { 'patient.identifier': self.number })
  for (const controller of [bergen, oslo]) await setting(controller, false)
  assert.equal(bundleOf(reply).total, 1)
})

test('whether she is refused does not depend on which of those that have opened it have reported', async () => {
  await setting(oslo, true)
  const [reported, unreported] = [await api.person(390, '2018-05-17'), await api.person(391, '2018-05-17')]
  await report(reported)
  await api.as(system(bergen)).post('/fhir/measurements/Observation', pulse(unreported))
  for (const child of [reported, unreported]) await acts(nora, child, 'parental-responsibility')
  await api.sql`update person set residence = 'home' where patient in (${nora.key}, ${reported.key}, ${unreported.key})`
  assert.deepEqual([await found(reported), await found(unreported)], [1, 0])
  await setting(oslo, false)
  assert.deepEqual([await found(reported), await found(unreported)], ['close-relation', 'close-relation'])
})

/** Contacts through the API: reported by a municipality, read by others, and corrected by the organisation that reported them. */
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { after, before, test } from 'node:test'
import { bundleOf, idOf, matchesIn, problemsOf, resourceOf, valuesOf } from '@helsevev/kernel/testing/answers'
import { nurse, organizations, type Reply, system, type TestApi, testApi } from '@helsevev/kernel/testing/api'
import type { SentBody } from '@helsevev/kernel/testing/sent'
import type { RelatedPerson } from '@medplum/fhirtypes'
import { flags, refusals } from './model/rules.ts'
import contacts from './service.ts'
import { loader } from './view/load.ts'

const { bergen, oslo, bodo } = organizations
const scopes = ['helsevev:contacts/read', 'helsevev:contacts/write']
const municipality = system(bergen, { scopes })
const reader = nurse(oslo, { scopes })
const BASE = '/fhir/contacts'
const ROLE = 'http://terminology.hl7.org/CodeSystem/v3-RoleCode'
const form = { 'content-type': 'application/x-www-form-urlencoded' }
let api: TestApi
before(async () => {
  api = await testApi([contacts])
  await api.agreement({ controller: bergen, receiver: oslo })
  await api.agreement({ controller: oslo, receiver: bergen })
})
after(async () => await api.close())

type Person = Awaited<ReturnType<TestApi['person']>>
let series = 100
const somebody = async (): Promise<Person> => {
  series += 1
  return await api.person(series)
}
const contact = ({ identifier }: Person, more: SentBody = {}): SentBody => ({
  resourceType: 'RelatedPerson',
  patient: { identifier },
  relationship: [{ coding: [{ system: ROLE, code: 'DAUC' }] }],
  name: [{ text: 'Maria Sund' }],
  telecom: [{ system: 'phone', value: '99990001' }],
  period: { start: '2025-03-01' },
  ...more,
})
const team = ({ identifier }: Person, more: SentBody = {}): SentBody => ({
  resourceType: 'CareTeam',
  status: 'active',
  subject: { identifier },
  period: { start: '2025-03-01' },
  telecom: [{ system: 'phone', value: '55000010' }],
  participant: [
    {
      role: [{ coding: [{ system: 'http://helsevev.no/fhir/CodeSystem/responsible-role', code: 'primary-contact' }] }],
      member: { display: 'Nora Nurse' },
      onBehalfOf: { display: 'Hjemmesykepleien' },
    },
    {
      role: [{ coding: [{ system: 'urn:oid:2.16.578.1.12.4.1.1.8663', code: 'KA01' }] }],
      member: { identifier: { system: 'urn:oid:2.16.578.1.12.4.1.4.4', value: '990000005' }, display: 'Frida Fastlege' },
    },
  ],
  ...more,
})
const post = async (resource: SentBody, who = municipality): Promise<Reply> =>
  await api.as(who).post(`${BASE}/${resource.resourceType}`, resource)
const find = async (person: Person, more: Record<string, string> = {}): Promise<RelatedPerson[]> =>
  matchesIn(await api.as(reader).search('RelatedPerson', { 'patient.identifier': person.number, ...more }), 'RelatedPerson')
const status = async (person: Person, who = reader): Promise<Record<string, unknown>> =>
  valuesOf(await api.as(who).post(`${BASE}/$status`, `patient.identifier=${person.number}`, form))
/** What a portal shows of a person on a day. */
const shown = async (person: Person, day: Date, who = reader) =>
  await loader.load(
    {
      search: async (_service, type, parameters) =>
        bundleOf(await api.as(who).search(type, { 'patient.identifier': person.number, ...parameters })),
      operation: async (service, operation) =>
        resourceOf(await api.as(who).post(`/fhir/${service}/$${operation}`, `patient.identifier=${person.number}`, form), 'Parameters'),
    },
    day,
  )

test('what a municipality reports, a nurse elsewhere finds: who is called, and who is responsible', async () => {
  const kari = await somebody()
  assert.deepEqual([(await post(contact(kari))).status, (await post(team(kari))).status], [201, 201])
  assert.deepEqual(
    (await find(kari)).map(({ name }) => name?.[0]?.text),
    ['Maria Sund'],
  )
  const { status: said, data } = await shown(kari, new Date('2026-01-15T10:00:00Z'))
  assert.equal(said, 'some')
  assert.deepEqual(
    data?.contacts.map(({ name, relations, phones, isCurrent }) => ({ name, relations, phones, isCurrent })),
    [{ name: 'Maria Sund', relations: ['daughter'], phones: ['99990001'], isCurrent: true }],
  )
  assert.deepEqual(
    data?.responsible.map(({ role, name, organization, hprNumber, phone }) => [role, name, organization, hprNumber, phone]),
    [
      ['primary-contact', 'Nora Nurse', 'Hjemmesykepleien', undefined, '55000010'],
      ['gp', 'Frida Fastlege', undefined, '990000005', undefined],
    ],
  )
  assert.deepEqual(data?.contacts[0]?.controller, data?.responsible[0]?.controller)
})

test('the same contact again changes nothing, and a new telephone number is a new version of it', async () => {
  const kari = await somebody()
  const versionOf = (reply: Reply) => {
    const { id, meta } = resourceOf(reply, 'RelatedPerson')
    return [reply.status, id, meta?.versionId]
  }
  const first = idOf(await post(contact(kari)))
  const same = await post(contact(kari))
  assert.deepEqual(versionOf(same), [200, first, '1'])
  const changed = await post(contact(kari, { name: [{ text: ' maria  SUND' }], telecom: [{ system: 'phone', value: '99990009' }] }))
  assert.deepEqual(versionOf(changed), [200, first, '2'])
  const other = await post(contact(kari, { name: [{ text: 'Ola Sund' }] }))
  assert.equal(other.status, 201)
  assert.notEqual(idOf(other), first)
})

test("a contact is known by the sender's own number before its name, and by its relation where it has no name", async () => {
  const kari = await somebody()
  const numbered = (name: string) =>
    contact(kari, { identifier: [{ system: 'https://ehr.example/contact', value: '1' }], name: [{ text: name }] })
  const first = await post(numbered('Maria Sund'))
  assert.equal(idOf(await post(numbered('Maria Sund Vik'))), idOf(first))
  const nameless = await post(contact(kari, { name: undefined, telecom: undefined }))
  assert.equal(nameless.status, 201)
  assert.equal(idOf(await post(contact(kari, { name: undefined }))), idOf(nameless))
})

test('a controller has one team for a person, and another controller has its own', async () => {
  const kari = await somebody()
  const first = await post(team(kari))
  assert.equal(idOf(await post(team(kari, { status: 'inactive' }))), idOf(first))
  const other = await post(team(kari), system(oslo, { scopes }))
  assert.deepEqual([other.status, idOf(other) === idOf(first)], [201, false])
})

test('the identity number of a contact is refused, by whichever element it comes, and stands in no answer', async () => {
  const [kari, maria] = [await somebody(), await somebody()]
  const { number } = maria
  const spaced = `${number.slice(0, 6)} ${number.slice(6)}`
  const anywhere = 'https://ehr.example/contact'
  for (const more of [
    { identifier: [maria.identifier] },
    { identifier: [{ value: number }] },
    { identifier: [{ system: anywhere, value: number }] },
    { identifier: [{ system: anywhere, value: spaced }] },
    { identifier: [{ system: 'URN:OID:2.16.578.1.12.4.1.4.1', value: number }] },
    { identifier: [{ system: '2.16.578.1.12.4.1.4.1', value: number }] },
    { identifier: [{ system: anywhere, value: '1', assigner: { identifier: maria.identifier } }] },
    { telecom: [{ system: 'email', value: `${number}@post.example` }] },
    { extension: [{ url: 'https://ehr.example/x', valueIdentifier: maria.identifier }] },
    { name: [{ text: `Maria ${number}` }] },
    { relationship: [{ text: `datter ${number}` }] },
  ]) {
    const { status: code, body } = await post(contact(kari, more))
    assert.equal(code, 422, JSON.stringify(more))
    assert.ok(!JSON.stringify(body).includes(number))
  }
  const ofTeam = await post(team(kari, { identifier: [{ system: anywhere, value: number }] }))
  assert.equal(ofTeam.status, 422)
  assert.deepEqual(await find(kari), [])
})

// biome-ignore format: a table, one row to a line
const notNeeded: [what: string, change: SentBody, code: string][] = [
  ['a relative',                 { resourceType: 'RelatedPerson', id: 'one', patient: { display: 'Kari' } },              'contained-type'],
  ['one that nobody refers to',  { resourceType: 'Practitioner', id: 'other', name: [{ text: 'Kim' }] },                  'dom-3'],
  ['an address',                 { resourceType: 'Practitioner', id: 'one', address: [{ text: 'Storgata 1' }] },          'element-not-needed'],
  ['a birth date',               { resourceType: 'Practitioner', id: 'one', birthDate: '1980-01-01' },                    'element-not-needed'],
]
for (const [what, resource, expected] of notNeeded)
  test(`a team does not contain ${what}`, async () => {
    const kari = await somebody()
    const role = [{ coding: [{ system: 'urn:oid:2.16.578.1.12.4.1.1.8663', code: 'KA01' }] }]
    const answer = await post(team(kari, { contained: [resource], participant: [{ role, member: { reference: '#one', display: 'Kim' } }] }))
    assert.equal(answer.status, 422)
    assert.ok(problemsOf(answer).includes(expected), JSON.stringify(answer.body))
  })

for (const element of ['category', 'note', 'reasonCode'])
  test(`a team has no ${element}, which can show what the patient needs help for`, async () => {
    const kari = await somebody()
    assert.equal((await post(team(kari, { [element]: [{ text: 'rus' }] }))).status, 422)
  })

test('an extension that a contact has once is refused twice, with the wrong code of the second', async () => {
  const kari = await somebody()
  const url = 'http://helsevev.no/fhir/StructureDefinition/guardian-scope'
  const extension = [
    { url, valueCode: 'personligeInteresser' },
    { url, valueCode: 'alt' },
  ]
  const answer = await post(contact(kari, { relationship: [{ coding: [{ system: ROLE, code: 'GUARD' }] }], extension }))
  assert.equal(answer.status, 422)
  assert.deepEqual(problemsOf(answer).sort(), ['extension-repeated', 'guardian-scope-unknown'])
})

test('a contact is found by relation and by whether it is active, and is gone when it is deleted', async () => {
  const kari = await somebody()
  const id = idOf(await post(contact(kari)))
  await post(contact(kari, { name: [{ text: 'Ola Sund' }], active: false }))
  assert.equal((await find(kari, { relationship: `${ROLE}|DAUC` })).length, 2)
  assert.deepEqual((await find(kari, { relationship: `${ROLE}|SONC` })).length, 0)
  assert.deepEqual(
    (await find(kari, { active: 'true' })).map((one) => one.id),
    [id],
  )
  const special = 'http://terminology.hl7.org/CodeSystem/special-values'
  assert.equal((await find(kari, { active: `${special}|true` })).length, 1)
  assert.equal((await find(kari, { active: 'true,false' })).length, 2)
  for (const active of ['TRUE', '1', 'yes', 'foo', `${special}|`, 'http://x|true']) {
    const refused = await api.as(reader).search('RelatedPerson', { 'patient.identifier': kari.number, active })
    assert.equal(refused.status, 400, active)
  }
  const removed = await api.as(municipality).delete(`${BASE}/RelatedPerson/${id}`, { 'if-match': 'W/"1"' })
  assert.equal(removed.status, 204)
  assert.deepEqual(await find(kari, { active: 'true' }), [])
})

test('the status tells some, none, unknown and own records alone apart', async () => {
  const [some, unknown] = [await somebody(), await somebody()]
  await post(contact(some))
  await post(team(some))
  const answer = await status(some)
  assert.deepEqual([answer.status, answer.contacts, answer.teams, answer.partial], ['some', 1, 1, false])
  assert.equal((await status(unknown)).status, 'unknown')
  assert.equal((await shown(unknown, new Date())).status, 'unknown')
  for (const person of [some, unknown]) assert.equal((await status(person, nurse(bodo, { scopes }))).status, 'own-only')
  const gone = await somebody()
  const id = idOf(await post(contact(gone)))
  await api.as(municipality).delete(`${BASE}/RelatedPerson/${id}`, { 'if-match': 'W/"1"' })
  assert.equal((await status(gone)).status, 'none')
})

test('who did not report a contact cannot change it', async () => {
  const kari = await somebody()
  const { meta: _meta, ...rest } = resourceOf(await post(contact(kari)), 'RelatedPerson')
  const reply = await api
    .as(system(oslo, { scopes }))
    .put(`${BASE}/RelatedPerson/${rest.id}`, { ...rest, name: [{ text: 'Noen andre' }] }, { 'if-match': 'W/"1"' })
  assert.ok(reply.status >= 400 && reply.status < 500, String(reply.status))
  assert.equal((await find(kari))[0]?.name?.[0]?.text, 'Maria Sund')
})

test('the page of the service has every rule, and no other', () => {
  const page = readFileSync(new URL('../../docs/services/contacts.md', import.meta.url), 'utf8')
  const codesIn = (heading: string) => {
    const [, section = ''] = page.split(`\n## ${heading}\n`)
    return [...(section.split('\n## ')[0] ?? '').matchAll(/^\| `([a-z-]+)`/gm)].map(([, code]) => code).sort()
  }
  assert.deepEqual([codesIn('Flags'), codesIn('Errors')], [Object.keys(flags).sort(), Object.keys(refusals).sort()])
})

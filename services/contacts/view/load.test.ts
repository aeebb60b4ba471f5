/** What the panels get: the order of the people to call, what is valid, and what is left out for a protected address. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { wordsFrom } from '@helsevev/ui/testing/words.ts'
import type { Bundle, CareTeam, RelatedPerson, Resource } from '@medplum/fhirtypes'
import { snapshot, timeline } from './lines.ts'
import { dataOf, loader } from './load.ts'
import { contactsTexts } from './texts.ts'

const now = new Date('2026-01-15T10:00:00Z')
const ROLE = 'http://terminology.hl7.org/CodeSystem/v3-RoleCode'
const controllers = [{ organization: '1', name: 'Bergen kommune', phone: '55000000' }]
const reported = {
  extension: [{ url: 'http://helsevev.no/fhir/StructureDefinition/data-controller', valueIdentifier: { value: '1' } }],
}
const bundle = (...resources: Resource[]): Bundle => ({
  resourceType: 'Bundle',
  type: 'searchset',
  entry: resources.map((resource) => ({ resource })),
})
const person = (id: string, name: string, code: string, order?: number, more: Partial<RelatedPerson> = {}): RelatedPerson => ({
  resourceType: 'RelatedPerson',
  id,
  patient: {},
  name: [{ text: name }],
  relationship: [{ coding: [{ system: ROLE, code }] }],
  telecom: [{ system: 'phone', value: '99990001' }],
  period: { start: '2025-03-01' },
  ...more,
  extension: [
    ...reported.extension,
    ...(order ? [{ url: 'http://helsevev.no/fhir/StructureDefinition/contact-order', valuePositiveInt: order }] : []),
    ...(more.extension ?? []),
  ],
})
const team: CareTeam = {
  resourceType: 'CareTeam',
  id: 'team',
  ...reported,
  status: 'active',
  period: { start: '2025-03-01' },
  contained: [
    {
      resourceType: 'PractitionerRole',
      id: 'gp',
      practitioner: { identifier: { system: 'urn:oid:2.16.578.1.12.4.1.4.4', value: '990000005' }, display: 'Frida Fastlege' },
      organization: { display: 'Sundet legesenter' },
      telecom: [{ system: 'phone', value: '55000020' }],
    },
  ],
  participant: [
    { role: [{ text: 'Kreftkoordinator' }], member: { display: 'Kim' }, period: { end: '2025-06-01' } },
    { role: [{ coding: [{ system: 'urn:oid:2.16.578.1.12.4.1.1.8663', code: 'KA01' }] }], member: { reference: '#gp' } },
  ],
}
const people = bundle(
  person('ended', 'Arne', 'SONC', 1, { period: { start: '2020-01-01', end: '2024-12-31' } }),
  person('kin', 'Åse', 'NOK'),
  person('second', 'Berit', 'SIS', 2, {
    telecom: [
      { system: 'phone', value: '55000001', rank: 2 },
      { system: 'email', value: 'berit@example.org' },
      { system: 'phone', value: '55000003', use: 'old' },
      { system: 'phone', value: '99990002', rank: 1 },
    ],
  }),
  person('guardian', 'Geir', 'GUARD', undefined, {
    extension: [{ url: 'http://helsevev.no/fhir/StructureDefinition/guardian-scope', valueCode: 'oekonomiskeInteresser' }],
  }),
  person('first', 'Dina', 'DAUC', 1),
)
const data = dataOf(people, bundle(team), controllers, now)

test('those to call stand in the stated order, then next of kin, then by name; who has ended comes last', () => {
  assert.deepEqual(
    data.contacts.map(({ id, isCurrent }) => [id, isCurrent]),
    [
      ['first', true],
      ['second', true],
      ['kin', true],
      ['guardian', true],
      ['ended', false],
    ],
  )
})

test('the preferred telephone comes first, and no old one nor an e-mail address is shown', () => {
  assert.deepEqual(data.contacts[1]?.phones, ['99990002', '55000001'])
})

test('a guardian is told with what the guardian decides about', () => {
  assert.deepEqual(data.contacts[3]?.guardian, { scope: 'oekonomiskeInteresser' })
})

test('each participant of a team has a line of its own, and a period of its own', () => {
  assert.deepEqual(
    data.responsible.map(({ id, role, roleText, name, organization, phone, isCurrent }) => [
      id,
      role,
      roleText,
      name,
      organization,
      phone,
      isCurrent,
    ]),
    [
      ['team-1', 'gp', undefined, 'Frida Fastlege', 'Sundet legesenter', '55000020', true],
      ['team-0', 'other', 'Kreftkoordinator', 'Kim', undefined, undefined, false],
    ],
  )
  assert.deepEqual(dataOf(bundle(), bundle({ ...team, status: 'entered-in-error' }), controllers, now).responsible, [])
  const inactive = dataOf(bundle(), bundle({ ...team, status: 'inactive' }), controllers, now).responsible
  assert.ok(inactive.every(({ isCurrent }) => !isCurrent))
})

test('for a protected address no telephone, place, name of personnel or words of a sender leave the server; names of contacts do', () => {
  const inWords = { ...person('words', 'Eva', 'x'), relationship: [{ text: 'bor i Toftes gate 3, Oslo' }] }
  const { contacts } = dataOf(bundle(inWords), bundle(), controllers, now)
  const left = loader.withoutPlaces?.({ ...data, contacts: [...data.contacts, ...contacts] }) ?? assert.fail()
  assert.ok(JSON.stringify(contacts).includes('Toftes') && !JSON.stringify(left).includes('Toftes'))
  const text = JSON.stringify(left)
  for (const hidden of ['99990001', '99990002', '55000020', '55000000', 'Frida', 'Sundet', 'Bergen', '990000005', 'Kreftkoordinator']) {
    assert.ok(JSON.stringify(data).includes(hidden) && !text.includes(hidden), hidden)
  }
  assert.deepEqual([left.contacts[0]?.name, left.contacts[0]?.relations, left.responsible[0]?.role], ['Dina', ['daughter'], 'gp'])
  assert.equal(left.withoutPlaces, true)
})

test('a contact that begins later is not in force, and is not over', () => {
  const later = person('later', 'Siri', 'SIS', undefined, { period: { start: '2026-03-01' } })
  const [shown] = dataOf(bundle(later), bundle(), controllers, now).contacts
  assert.deepEqual([shown?.isCurrent, shown?.isAhead], [false, true])
})

const words = await wordsFrom('contacts', contactsTexts, 'nn')

test('the timeline and a snapshot hold those in force, from the day they were registered, and nobody who has ended', () => {
  const lines = timeline(data, words)
  assert.deepEqual(lines, snapshot(data, now, words).lines)
  assert.deepEqual(lines[0], {
    key: 'first',
    time: '2025-03-01',
    kind: 'Kontakt registrert',
    what: 'Dina: Dotter',
    value: 'Ring først, 99990001',
    controller: 'Bergen kommune',
  })
  assert.deepEqual(
    snapshot(data, now, words).lines.map(({ key, what }) => [key, what]),
    [
      ['first', 'Dina: Dotter'],
      ['second', 'Berit: Syster'],
      ['kin', 'Åse: Næraste pårørande'],
      ['guardian', 'Geir: Verje: økonomi'],
      ['team-1', 'Fastlege: Frida Fastlege'],
    ],
  )
})

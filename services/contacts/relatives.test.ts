/**
 * What relatives of the same patient read of each other: never what leads to a place. Pairs of patients who differ in that alone, and every
 * way in which a person who acts for the patient can ask: the answers are the same.
 * docs/decisions/0052-what-relatives-read-of-each-other.md
 */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { Caller } from '@helsevev/kernel/identity/caller'
import { idOf, matchesIn } from '@helsevev/kernel/testing/answers'
import { nurse, organizations, type Reply, system, type TestApi, testApi } from '@helsevev/kernel/testing/api'
import type { SentBody } from '@helsevev/kernel/testing/sent'
import contacts from './service.ts'

const { bergen, oslo } = organizations
const areas = ['contacts', 'persons', 'access-log', 'privacy', 'representation']
const scopesFor = (direction: string) => areas.map((id) => `helsevev:${id}/${direction}`)
const municipality = system(bergen, { scopes: [...scopesFor('read'), ...scopesFor('write')] })
const ROLE = 'http://terminology.hl7.org/CodeSystem/v3-RoleCode'
const MIDDLE = 'http://hl7.no/fhir/StructureDefinition/no-basis-middlename'
const GUARDIAN_SCOPE = 'http://helsevev.no/fhir/StructureDefinition/guardian-scope'

let api: TestApi
before(async () => {
  api = await testApi([contacts])
  await api.agreement({ controller: bergen, receiver: oslo })
})
after(async () => await api.close())

type Person = Awaited<ReturnType<TestApi['person']>>
let series = 1
const somebody = async (born = '1980-02-03'): Promise<Person> => {
  series += 1
  return await api.person(series, born)
}
const asCitizen = ({ number }: Person): Caller =>
  system(bergen, { kind: 'citizen', pid: number, name: 'Kari', client: 'citizen-portal', scopes: scopesFor('citizen') })
const related = async (citizen: Person, patient: Person, kind: string, areasOf: string[] = []): Promise<void> => {
  await api.sql`
    insert into representation (patient, representative, kind, areas, valid_from, valid_until, source, registered, registered_by)
    values (${patient.key}, ${citizen.key}, ${kind}, ${areasOf}, '2020-01-01', ${kind === 'foster-parent' ? '2026-12-31' : null},
      'test', '2020-01-01', 'test')`
}

const mother = ({ identifier }: Person, more: SentBody = {}): SentBody => ({
  resourceType: 'RelatedPerson',
  identifier: [{ system: 'http://example.com/contacts', value: '17' }],
  patient: { identifier },
  relationship: [{ coding: [{ system: ROLE, code: 'MTH' }] }],
  name: [{ family: 'Sund', given: ['Maria'] }],
  period: { start: '2025-03-01' },
  ...more,
})

/** What a contact may have and another not: each leads to a place, or shows that something was left out. */
const leading: Record<string, SentBody> = {
  'a telephone number': { telecom: [{ system: 'phone', value: '99990001' }] },
  'a telephone number at work': { telecom: [{ system: 'phone', value: '55000010', use: 'work' }] },
  'an employer in the name': { name: [{ family: 'Sund', given: ['Maria'], text: 'Maria Sund, Havets Hjerte AS' }] },
  'an employer in the words of a relation': {
    relationship: [{ coding: [{ system: ROLE, code: 'MTH', display: 'Mor, Havets Hjerte' }], text: 'Mor' }],
  },
  'an employer who gave the number': {
    identifier: [{ system: 'http://example.com/contacts', value: '17', assigner: { display: 'Havets Hjerte AS' } }],
  },
  "another number of the sender's own": { identifier: [{ system: 'http://example.com/havets-hjerte', value: '4711' }] },
}

const readers: Record<string, { born?: string; of: (patient: Person) => Promise<Caller> }> = {
  'the father of a child': {
    born: '2018-05-17',
    of: async (patient) => {
      const father = await somebody()
      await api.sql`update person set residence = 'home' where patient in (${patient.key}, ${father.key})`
      await related(father, patient, 'parental-responsibility')
      return asCitizen(father)
    },
  },
  'who has a power of attorney': {
    of: async (patient) => {
      const helper = await somebody()
      await related(helper, patient, 'power-of-attorney', ['3'])
      return asCitizen(helper)
    },
  },
  'a guardian': {
    of: async (patient) => {
      const guardian = await somebody()
      await related(guardian, patient, 'guardian', ['PersonalInterests'])
      return asCitizen(guardian)
    },
  },
  'a youth with the consent of a parent': {
    born: '2012-01-15',
    of: async (patient) => {
      const parent = await somebody()
      await related(parent, patient, 'parental-responsibility')
      await related(parent, patient, 'parental-consent')
      return asCitizen(patient)
    },
  },
}

const form = { 'content-type': 'application/x-www-form-urlencoded' }
const search = async (who: Caller, { number }: Person, more: Record<string, string> = {}) =>
  await api.as(who).search('RelatedPerson', { 'patient.identifier': number, ...more })

/** Every way to ask for the contact, and searches for what is not served. */
async function asked(who: Caller, patient: Person, id: string): Promise<Reply[]> {
  const by = new URLSearchParams({ 'patient.identifier': patient.number }).toString()
  return [
    await search(who, patient),
    await search(who, patient, { identifier: 'http://example.com/havets-hjerte|4711' }),
    await search(who, patient, { identifier: '17' }),
    await search(who, patient, { _tag: 'phone-missing' }),
    await search(who, patient, { relationship: 'MTH' }),
    ...(await Promise.all(
      [{ 'relationship:text': 'mor' }, { 'name:contains': 'a' }, { 'name:missing': 'true' }, { 'identifier:text': 'number' }].map(
        async (more) => await search(who, patient, more),
      ),
    )),
    await search(who, patient, { _summary: 'count', _tag: 'phone-missing' }),
    await api.as(who).get(`/fhir/contacts/RelatedPerson/${id}`),
    await api.as(who).post('/fhir/contacts/$status', by, form),
    await api.as(who).post('/fhir/Patient/$everything', by, form),
    await api.as(who).post('/fhir/Patient/$summary', by, form),
  ]
}

const plain = (replies: Reply[], { number }: Person): string[] =>
  replies.map(({ status, body }) =>
    JSON.stringify([status, body ?? null])
      .replaceAll(number, '{number}')
      .replaceAll(/[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g, '{uuid}')
      .replaceAll(/\b[a-p]{32}\b/g, '{id}'),
  )

for (const [reader, { born = '1950-05-17', of }] of Object.entries(readers))
  for (const [what, more] of Object.entries(leading))
    test(`${reader} cannot tell whether a contact has ${what}`, async () => {
      const answers: string[][] = []
      for (const resource of [{}, more]) {
        const patient = await somebody(born)
        const who = await of(patient)
        const stored = await api.as(municipality).post('/fhir/contacts/RelatedPerson', mother(patient, resource))
        assert.equal(stored.status, 201, JSON.stringify(stored.body))
        answers.push(plain(await asked(who, patient, idOf(stored)), patient))
      }
      assert.deepEqual(answers[1], answers[0])
    })

test('who acts for a patient sees who the contacts are and how they are related', async () => {
  const patient = await somebody('1950-05-17')
  const who = (await readers['a guardian']?.of(patient)) ?? assert.fail()
  const sent = mother(patient, {
    extension: [{ url: GUARDIAN_SCOPE, valueCode: 'personligeInteresser' }],
    relationship: [{ coding: [{ system: ROLE, code: 'GUARD' }], text: 'Verge' }],
    name: [{ family: 'Sund', given: ['Maria'], extension: [{ url: MIDDLE, valueString: 'Lie' }] }],
    telecom: [{ system: 'phone', value: '99990001' }],
  })
  await api.as(municipality).post('/fhir/contacts/RelatedPerson', sent)
  const [found] = matchesIn(await search(who, patient), 'RelatedPerson')
  assert.deepEqual(
    [found?.name, found?.relationship, found?.period, found?.telecom, found?.identifier],
    [
      [{ extension: [{ url: MIDDLE, valueString: 'Lie' }], family: 'Sund', given: ['Maria'] }],
      [{ coding: [{ system: ROLE, code: 'GUARD' }] }],
      { start: '2025-03-01' },
      undefined,
      undefined,
    ],
  )
  assert.equal(found?.extension?.find(({ url }) => url === GUARDIAN_SCOPE)?.valueCode, 'personligeInteresser')
})

test('the patient, and staff, read the contact as it was reported', async () => {
  const patient = await somebody('1950-05-17')
  const sent = mother(patient, { telecom: [{ system: 'phone', value: '99990001' }], name: [{ text: 'Maria Sund' }] })
  await api.as(municipality).post('/fhir/contacts/RelatedPerson', sent)
  for (const who of [asCitizen(patient), nurse(oslo, { scopes: scopesFor('read') })]) {
    const [found] = matchesIn(await search(who, patient), 'RelatedPerson')
    assert.deepEqual([found?.telecom?.[0]?.value, found?.name?.[0]?.text], ['99990001', 'Maria Sund'])
    assert.equal(matchesIn(await search(who, patient, { identifier: '17' }), 'RelatedPerson').length, 1)
  }
})

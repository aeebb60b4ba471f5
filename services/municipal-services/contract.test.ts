/**
 * A private provider under contract with a municipality: it reads the municipal services that its contract names, of patients it delivers
 * to, nothing shows what else they get, and it hears who took over when the contract ended. National strategy, requirement R5.
 */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { idOf, matchesIn, parametersOf, sentenceOf } from '@helsevev/kernel/testing/answers'
import {
  attestation,
  attestationHeader,
  nurse,
  organizations,
  type Reply,
  system,
  type TestApi,
  testApi,
} from '@helsevev/kernel/testing/api'
import { IPLOS_SYSTEM } from './model/iplos.ts'
import municipalServices from './service.ts'

const { bergen, oslo } = organizations
const provider = '900000031'
const scopes = ['municipal-services', 'has-data', 'persons'].flatMap((id) => [`helsevev:${id}/read`, `helsevev:${id}/write`])
const municipality = system(bergen, { scopes })
const reader = nurse(provider, { scopes })
const BASE = '/fhir/municipal-services/EpisodeOfCare'
const HOME_NURSING = '15'
const OTHER = '2'

let api: TestApi
before(async () => {
  api = await testApi([municipalServices])
  await api.sql`
    insert into organization (number, name, type, helsenet_from, terms_accepted, phone) values
      (${provider}, 'Home care AS', 'private-provider', '2020-01-01', '2020-01-01', null),
      ('900000032', 'Next care AS', 'private-provider', '2020-01-01', '2020-01-01', '55 00 00 32')`
  await api.sql`
    insert into service_participation (organization, service, produces, consumes) values (${provider}, 'municipal-services', false, true)`
})
after(async () => await api.close())

type Person = Awaited<ReturnType<TestApi['person']>>
let series = 1
async function delivered(controller: string = bergen): Promise<Person> {
  series += 1
  const person = await api.person(series)
  await api.sql`
    insert into service_delivery (patient, controller, provider, unit, valid_from, registered_by)
    values (${person.key}, ${controller}, ${provider}, '', '2025-01-01', 'Kari')`
  await api.sql`
    insert into worklist (unit, organization, drawn_up, received, left_out)
    values (${provider}, ${provider}, '2026-01-15', '2026-01-15', 0) on conflict do nothing`
  await api.sql`insert into worklist_patient (patient, unit, position) values (${person.key}, ${provider}, ${series})`
  return person
}

async function contract(serviceCodes: string[], more: { receiver?: string; ended?: string; takenOverBy?: string; type?: string } = {}) {
  const { ended = null, takenOverBy = null, receiver = provider, type = 'private-provider' } = more
  await api.database.owner`delete from sharing_agreement where receiver = ${receiver}`
  await api.sql`
    insert into sharing_agreement (id, controller, service, receiver, receiver_type, service_codes, valid_from, purposes, sensitive_codes,
      legal_basis, proposed, proposed_by, controller_signed, signed_by_controller, receiver_signed, signed_by_receiver, ended, ended_by,
      ended_reason, taken_over_by)
    values (gen_random_uuid()::text, ${bergen}, 'municipal-services', ${receiver}, ${type}, ${serviceCodes}, '2025-01-01', '{TREAT,BTG}',
      '{}',
      'pasientjournalloven § 19', '2020-01-01', 'Kari', '2020-01-01', 'Kari', '2020-01-01', 'Ola', ${ended},
      ${ended && 'Kari'}, ${ended && 'The period is over'}, ${takenOverBy})`
}

const gives = async ({ identifier }: Person, code: string, who = municipality): Promise<string> => {
  const made = await api.as(who).post(BASE, {
    resourceType: 'EpisodeOfCare',
    status: 'active',
    type: [{ coding: [{ system: IPLOS_SYSTEM, code }] }],
    patient: { identifier },
    contained: [{ resourceType: 'Organization', id: 'unit', name: 'Hjemmesykepleien', telecom: [{ system: 'phone', value: '55000010' }] }],
    managingOrganization: { reference: '#unit' },
    period: { start: '2025-03-01' },
  })
  assert.equal(made.status, 201, JSON.stringify(made.body))
  return idOf(made)
}
const search = async ({ number }: Person, more: Record<string, string> = {}): Promise<Reply> =>
  await api.as(reader).search('EpisodeOfCare', { 'patient.identifier': number, ...more })
const codesFound = async (person: Person): Promise<(string | undefined)[]> =>
  matchesIn(await search(person), 'EpisodeOfCare')
    .map(({ type }) => type?.[0]?.coding?.[0]?.code)
    .sort()

test('the provider reads the services of its contract, and not everything that its patient gets', async () => {
  const kari = await delivered()
  const [named, other] = [await gives(kari, HOME_NURSING), await gives(kari, OTHER)]
  await contract([HOME_NURSING])
  assert.deepEqual(await codesFound(kari), [HOME_NURSING])
  const byId = async (id: string) => (await api.as(reader).get(`${BASE}/${id}`)).status
  assert.deepEqual([await byId(named), await byId(other)], [200, 404])
  await contract([HOME_NURSING, OTHER])
  assert.deepEqual(await codesFound(kari), [HOME_NURSING, OTHER].sort())
  await contract([])
  assert.deepEqual(await codesFound(kari), [], 'a contract that names nothing opens nothing')
})

test('an ordinary agreement of the municipality opens the whole service', async () => {
  const kari = await delivered()
  await gives(kari, OTHER)
  await contract([], { type: 'organization' })
  assert.deepEqual(await codesFound(kari), [OTHER])
})

const attested = ({ number }: Person) => ({ attestation: attestationHeader(attestation(reader, number)) })

/** Every way to ask, and what is answered without the ids and the number. */
async function heard(person: Person): Promise<string[]> {
  const form = { 'content-type': 'application/x-www-form-urlencoded' }
  const by = new URLSearchParams({ 'patient.identifier': person.number }).toString()
  const list = { resourceType: 'Parameters', parameter: [{ name: 'patient', valueIdentifier: { value: person.number } }] }
  const replies = [
    await search(person),
    await search(person, { _summary: 'count' }),
    await search(person, { type: `${IPLOS_SYSTEM}|${OTHER}` }),
    await search(person, { status: 'active' }),
    await api.as(reader).post('/fhir/municipal-services/$status', by, form),
    await api.as(reader).post('/fhir/Patient/$summary', by, form),
    await api.as(reader).post('/fhir/$has-data', list, attested(person)),
  ]
  return replies.map(({ status, body }) =>
    JSON.stringify([status, body])
      .replaceAll(person.number, '{number}')
      .replaceAll(/[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g, '{uuid}')
      .replaceAll(/\b[a-p]{32}\b/g, '{id}'),
  )
}

for (const own of [true, false])
  test(`the provider cannot tell whether its patient gets another service${own ? ', where it delivers one' : ''}`, async () => {
    await contract([HOME_NURSING])
    const people = [await delivered(), await delivered()] as const
    if (own) for (const person of people) await gives(person, HOME_NURSING)
    await gives(people[1], OTHER)
    assert.deepEqual(await heard(people[1]), await heard(people[0]))
  })

test('in a list the provider is told of the services of its contract', async () => {
  const kari = await delivered()
  await contract([HOME_NURSING])
  await gives(kari, HOME_NURSING)
  const parameter = [{ name: 'patient', valueIdentifier: { value: kari.number } }]
  const reply = await api.as(reader).post('/fhir/$has-data', { resourceType: 'Parameters', parameter }, attested(kari))
  assert.equal(
    parametersOf(reply)[0]?.part?.[1]?.part?.find(({ name }) => name === 'status')?.valueCode,
    'some',
    JSON.stringify(reply.body),
  )
})

test('after the contract has ended the provider is told who took over, whoever the patient is', async () => {
  const [kari, ola] = [await delivered(), await delivered(oslo)]
  await gives(kari, HOME_NURSING)
  const told = async (person: Person) => sentenceOf(await search(person))
  await contract([HOME_NURSING], { ended: '2026-01-01', takenOverBy: '900000032' })
  assert.match(await told(kari), /has been ended: ask .*\. Next care AS, telephone 55 00 00 32 has taken over\.$/)
  assert.equal(await told(ola), await told(kari))
  await contract([HOME_NURSING], { ended: '2026-01-01' })
  assert.match(await told(kari), /The data controller has taken over\.$/)
})

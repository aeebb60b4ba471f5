/**
 * What $getMedication reads of other services, by what the caller may know there: each is decided and logged as a look-up of its own, and
 * what was not read is never shown as nothing.
 */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { nurse, organizations, system, type TestApi, testApi } from '@helsevev/kernel/testing/api'
import { services } from '@helsevev/server/services'
import { m1, m10 } from '@helsevev/service-e-prescriptions/testing/messages'
import { m251 } from '@helsevev/service-medication-list/made-up/messages'
import type { Parameters } from '@medplum/fhirtypes'

const now = new Date('2026-06-15T12:00:00Z')
const { bergen, bodo } = organizations
const ids = ['medication-list', 'e-prescriptions', 'critical-information']
const scopesOf = (...of: string[]) => of.flatMap((id) => [`helsevev:${id}/read`, `helsevev:${id}/write`])
const [own, other] = [bergen, bodo].map((one) => system(one, { scopes: scopesOf(...ids) })) as [
  ReturnType<typeof system>,
  ReturnType<typeof system>,
]
const xml = { 'content-type': 'application/xml' }

let api: TestApi
before(async () => {
  api = await testApi(services, () => now)
})
after(async () => await api.close())

type Person = Awaited<ReturnType<TestApi['person']>>

async function sent(who: ReturnType<typeof system>, path: string, body: unknown, headers = {}): Promise<void> {
  const { status, body: answer } = await api.as(who).post(path, body, headers)
  assert.equal(status, 201, JSON.stringify(answer))
}

/** A list of one line from here; a prescription that was dispensed, and an allergy, from `who`. */
async function somebody(series: number, who: ReturnType<typeof system>): Promise<Person> {
  const person = await api.person(series)
  const line = { id: `line-${series}`, name: 'Metformin tab 500 mg', atc: 'A10BA02', dose: '1 tablett', changed: '2026-06-01T09:00:00Z' }
  const list = m251({ patient: person.number, id: `list-${series}`, time: '2026-06-10T09:00:00Z', lines: [line] })
  await sent(own, '/fhir/medication-list/$medication-list', list, xml)
  const chain = { patient: person.number, id: `00000000-0000-4000-8000-${String(series).padStart(12, '0')}` }
  await sent(who, '/fhir/e-prescriptions/$e-prescription', m1(chain, '2026-06-11T09:00:00+02:00'), xml)
  await sent(who, '/fhir/e-prescriptions/$e-prescription', m10(chain, `${series}`, '2026-06-12T09:00:00+02:00'), xml)
  await sent(who, '/fhir/critical-information/AllergyIntolerance', allergyOf(person))
  return person
}

const coding = (list: number, code: string, display: string) => ({
  coding: [{ system: `urn:oid:2.16.578.1.12.4.1.1.${list}`, code, display }],
})
const hl7 = (name: string, code: string) => ({
  coding: [{ system: `http://terminology.hl7.org/CodeSystem/allergyintolerance-${name}`, code }],
})
const allergyOf = ({ identifier }: Person) => ({
  resourceType: 'AllergyIntolerance',
  clinicalStatus: hl7('clinical', 'active'),
  verificationStatus: hl7('verification', 'confirmed'),
  category: ['food'],
  criticality: 'high',
  code: coding(7514, '10', 'Peanøtt'),
  patient: { identifier },
  reaction: [{ manifestation: [coding(7497, '1', 'Anafylaktisk reaksjon')] }],
})

/** Each section by its number of entries or why it is empty, whether prescriptions were read, and the services of the rows of the log. */
async function asked({ number }: Person, scopes: readonly string[]): Promise<string> {
  const [last] = await api.sql<{ seq: string }[]>`select coalesce(max(seq), -1) as seq from access_log`
  const form = new URLSearchParams({ 'patient.identifier': number }).toString()
  const headers = { 'content-type': 'application/x-www-form-urlencoded' }
  const { body } = await api.as(nurse(bergen, { scopes: [...scopes] })).post('/fhir/medication-list/$getMedication', form, headers)
  const { parameter = [] } = body as Parameters
  const document = parameter.find(({ name }) => name === 'medication')?.resource
  const composition = document?.resourceType === 'Bundle' ? document.entry?.[0]?.resource : undefined
  const section = composition?.resourceType === 'Composition' ? (composition.section ?? []) : []
  const isRead = parameter.find(({ name }) => name === 'prescriptionsRead')?.valueBoolean
  const rows = await api.sql<{ service: string; count: number }[]>`
    select service, count(*)::integer as count from access_log where seq > ${last?.seq ?? '-1'} and outcome = 'ok' group by 1 order by 1`
  return [
    section.map((one) => one.entry?.length ?? one.emptyReason?.coding?.[0]?.code).join(' '),
    isRead ? 'read' : 'not read',
    rows.map(({ service, count }) => `${service} ${count}`).join(', '),
  ].join('; ')
}

/** The four sections of other services, and the row of this one alone. */
const nothingRead = 'unavailable unavailable unavailable unavailable; not read; medication-list 1'

test('what the caller may read stands in the document, and each service has its own rows in the log', async () => {
  const kari = await somebody(1, own)
  assert.equal(
    await asked(kari, scopesOf(...ids)),
    '1 1 1 1 1 unavailable; read; critical-information 1, e-prescriptions 3, medication-list 1',
  )
})

test('what the caller may not read is unavailable, and no row says that it was opened', async () => {
  const kari = await somebody(2, own)
  assert.equal(await asked(kari, scopesOf('medication-list')), `1 1 ${nothingRead}`)
})

test('what no agreement opens is withheld: none of it stands in the document', async () => {
  const kari = await somebody(3, other)
  assert.match(await asked(kari, scopesOf(...ids)), /^1 1 unavailable unavailable unavailable unavailable; read; /)
})

test('what the patient hides is withheld: its section and its service say so, as a search there does', async () => {
  const kari = await somebody(5, own)
  await api.sql`
    insert into patient_choice (patient, id, kind, service, controller, practitioner, valid_from, made, made_by, made_as)
    values (${kari.key}, 1, 'restriction', 'e-prescriptions', null, null, '2025-01-01', '2025-01-01', 1, 'self')`
  assert.match(await asked(kari, scopesOf(...ids)), /^1 1 1 withheld withheld unavailable; read; /)
  const form = new URLSearchParams({ 'patient.identifier': kari.number }).toString()
  const headers = { 'content-type': 'application/x-www-form-urlencoded' }
  const who = nurse(bergen, { scopes: [...scopesOf(...ids)] })
  const { body } = await api.as(who).post('/fhir/medication-list/$getMedication', form, headers)
  const told = ((body as Parameters).parameter ?? []).filter(({ name }) => name === 'withheldByPatient')
  assert.deepEqual(
    told.map(({ part = [] }) => part.map(({ valueCode, valueInteger }) => valueCode ?? valueInteger)),
    [['GeneralBlock', 2, 'e-prescriptions']],
  )
})

test('a service that is not offered here is unavailable', async () => {
  const alone = await testApi(
    services.filter(({ id }) => id === 'medication-list'),
    () => now,
  )
  const before = api
  api = alone
  try {
    const person = await api.person(4)
    const list = m251({ patient: person.number, id: 'list-4', time: '2026-06-10T09:00:00Z', lines: [] })
    await sent(own, '/fhir/medication-list/$medication-list', list, xml)
    assert.equal(await asked(person, scopesOf(...ids)), `nilknown 1 ${nothingRead}`)
  } finally {
    await alone.close()
    api = before
  }
})

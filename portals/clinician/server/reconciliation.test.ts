/** Reconciliation by the portal's server: what the page gets, what it can do with it, and what the API is sent. */
import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { tmpdir } from 'node:os'
import { afterEach, beforeEach, test } from 'node:test'
import { problem } from '@helsevev/kernel/problem/problem'
import { type Browser, browser, origin } from '@helsevev/portal/testing/browser'
import { type FakeIssuer, fakeIssuer } from '@helsevev/portal/testing/fake-issuer'
import { memoryRows } from '@helsevev/portal/testing/session-rows'
import type { Written } from '@helsevev/service-medication-list/reconciliation/act'
import fastify, { type FastifyInstance } from 'fastify'
import { accessHeader, contract, openingHeader } from '../contract.ts'
import { clinicianPortal, type Employer } from './index.ts'

// Made up: month +65, check digits that agree.
const [known, another] = ['01705012314', '17866412308'] as const
const bergen: Employer = { number: '998877665', name: 'Bergen kommune', role: 'Lege', type: 'municipality', units: [] }
const helse: Employer = { number: '887766554', name: 'Helse Bergen', role: 'Lege', type: 'health-trust', units: [] }
const PLL = '0b1a3c4d-0000-4000-8000-000000000011'
const GET = 'POST /fhir/medication-list/$getMedication'
const SEND = 'POST /fhir/medication-list/$sendMedication'
const PRESCRIPTIONS = 'POST /fhir/e-prescriptions/MedicationRequest/_search'

const subject = { identifier: { system: 'urn:oid:2.16.578.1.12.4.1.4.1', value: known } }
const line = {
  resourceType: 'MedicationStatement',
  identifier: [{ system: 'http://helsevev.no/fhir/NamingSystem/pll-id', value: PLL }],
  status: 'active',
  subject,
  medicationCodeableConcept: { text: 'Metformin tab 500 mg' },
  dosage: [{ text: '1 tablett morgen' }],
}
const list = {
  resourceType: 'List',
  status: 'current',
  mode: 'working',
  subject,
  date: '2026-01-10T09:00:00Z',
  code: { coding: [{ system: 'http://helsevev.no/fhir/CodeSystem/e-prescription-message', code: 'M25.1' }] },
  contained: [{ resourceType: 'PractitionerRole', id: 'sender', organization: { display: 'Fjellveien legesenter' } }],
}
const medicines = {
  resourceType: 'Parameters',
  parameter: [
    { name: 'medication', resource: { resourceType: 'Bundle', type: 'document', entry: [list, line].map((resource) => ({ resource })) } },
    { name: 'listVersion', valueIdentifier: { system: 'http://helsevev.no/fhir/NamingSystem/e-prescription-message', value: 'l-1' } },
    { name: 'readAt', valueInstant: '2026-01-15T09:00:00Z' },
    { name: 'prescriptionsRead', valueBoolean: true },
  ],
}
const written: Written = {
  act: { kind: 'Other', with: 'Pasienten' },
  decisions: { [`line:${PLL}`]: { kind: 'confirm' } },
  stated: [],
  marked: [],
  unmarked: [],
}

let issuer: FakeIssuer
let app: FastifyInstance
let authorizations: string[]

beforeEach(async () => {
  issuer = await fakeIssuer()
  issuer.answers[GET] = { body: medicines }
  issuer.answers[SEND] = { status: 201, body: { resourceType: 'Parameters', parameter: [] } }
  authorizations = ['LE']
  app = fastify()
  await app.register(
    clinicianPortal({
      publicUrl: origin,
      issuer: () => issuer.url,
      clientId: 'portal',
      clientKey: issuer.clientKey,
      apiBaseUrl: () => issuer.url,
      apiAudience: 'helsevev',
      apiScopes: ['helsevev:persons/read', 'helsevev:medication-list/write'],
      sessionRows: memoryRows(),
      sessionKey: randomBytes(32),
      organizationsOf: async () => [bergen, helse],
      authorizationsOf: async () => authorizations,
      decided: () => undefined,
      guard: async () => problem('no-token'),
      handover: () => undefined,
      clientFolder: tmpdir(),
      panels: [],
      services: [],
    }),
  )
  await app.ready()
})
afterEach(async () => {
  await app.close()
  await issuer.close()
})

async function signedIn(place = bergen): Promise<Browser> {
  const page = browser(app, 'clinician')
  await page.signIn(issuer)
  await page.answer(contract.chooseOrganization, { body: { number: place.number, place: place.number } })
  return page
}

/** Opens the patient; the headers are those that the page sends then. */
async function opened(page: Browser, identityNumber: string = known) {
  const { patient } = await page.answer(contract.openPatient, { body: { identityNumber, purpose: 'TREAT' } })
  return { [openingHeader]: patient.opening, [accessHeader]: patient.access.id }
}

async function begun() {
  const page = await signedIn()
  const headers = await opened(page)
  return { page, headers, ...(await page.answer(contract.reconciliation, { headers })) }
}

const sent = () => issuer.seen.apiRequests.filter(({ url }) => url.endsWith('$sendMedication'))

test('the page gets rows, and the list as it was read is sealed: no identity number is in the answer', async () => {
  const { data, sealed, maySend } = await begun()
  assert.deepEqual(
    data.rows.map(({ key, drug, dose }) => [key, drug, dose]),
    [[`line:${PLL}`, 'Metformin tab 500 mg', '1 tablett morgen']],
  )
  assert.deepEqual([data.version, data.by, maySend], ['l-1', 'Fjellveien legesenter', true])
  for (const text of [JSON.stringify(data), sealed, Buffer.from(sealed, 'base64url').toString('latin1')])
    assert.equal(text.includes(known), false)
})

test('what was decided is sent about the open patient, based on the version and the time that was read', async () => {
  const { page, headers, sealed } = await begun()
  assert.deepEqual(await page.answer(contract.reconcile, { headers, body: { sealed, written } }), {
    result: { outcome: 'sent', recalls: [] },
  })
  const [request] = sent()
  const { parameter } = JSON.parse(request?.body ?? '{}')
  const value = (name: string) => parameter.find((one: { name: string }) => one.name === name)
  assert.equal(value('listVersion').valueIdentifier.value, 'l-1')
  assert.equal(value('readAt').valueInstant, '2026-01-15T09:00:00Z')
  const [composition, statement] = value('medication').resource.entry.map(({ resource }: { resource: object }) => resource)
  assert.equal(composition.subject.identifier.value, known)
  assert.deepEqual(statement, line)
  assert.equal(request?.attestation.patients?.[0]?.identifier.id, known)
})

const attacks: [what: string, attack: (page: Browser, sealed: string) => Promise<Parameters<Browser['ask']>[1]>, status: number][] = [
  ['the list of another patient', async (page, sealed) => ({ headers: await opened(page, another), body: { sealed, written } }), 400],
  [
    'the list that was read for another organisation',
    async (page, sealed) => {
      await page.answer(contract.chooseOrganization, { body: { number: helse.number, place: helse.number } })
      return { headers: await opened(page), body: { sealed, written } }
    },
    400,
  ],
  [
    'a list that was changed on the way',
    async (page, sealed) => {
      const octets = Buffer.from(sealed, 'base64url')
      octets[octets.length - 1] = (octets.at(-1) ?? 0) ^ 1
      return { headers: await opened(page), body: { sealed: octets.toString('base64url'), written } }
    },
    400,
  ],
  ['no list', async (page) => ({ headers: await opened(page), body: { sealed: '', written } }), 400],
  [
    'a row without a decision',
    async (page, sealed) => ({ headers: await opened(page), body: { sealed, written: { ...written, decisions: {} } } }),
    400,
  ],
  [
    'a member that the portal does not know',
    async (page, sealed) => ({ headers: await opened(page), body: { sealed, written: { ...written, other: 1 } } as never }),
    400,
  ],
  [
    'an opening that is over',
    async (page, sealed) => {
      const headers = await opened(page)
      await opened(page, another)
      return { headers, body: { sealed, written } }
    },
    409,
  ],
]

for (const [what, attack, status] of attacks)
  test(`${what} is not sent`, async () => {
    const { page, sealed } = await begun()
    const given = (await attack(page, sealed)) as { headers: never; body: never }
    assert.equal((await page.ask(contract.reconcile, given)).statusCode, status)
    assert.deepEqual(sent(), [])
  })

const outcome = (code: string, extension: object[] = []) => ({
  resourceType: 'OperationOutcome',
  issue: [{ severity: 'error', code: 'conflict', details: { coding: [{ code }], text: 'In words.' }, extension }],
})
const changed = {
  url: 'http://helsevev.no/fhir/StructureDefinition/medication-list-sent-line',
  extension: [
    { url: 'line', valueIdentifier: { system: 'http://helsevev.no/fhir/NamingSystem/pll-id', value: PLL } },
    { url: 'by', valueString: 'Stian Sykehuslege' },
    { url: 'at', valueDateTime: '2026-01-15T09:30:00Z' },
  ],
}
// biome-ignore format: a table, one row to a case
const answers: [what: string, answer: { status: number; body: object }, status: number, expected: object][] = [
  ['a refusal', { status: 403, body: outcome('role-not-open') }, 200, { result: { outcome: 'refused', reason: 'role-not-open' } }],
  ['another version', { status: 412, body: outcome('version-conflict', [changed]) }, 200,
    { result: { outcome: 'conflict', changes: [{ line: PLL, by: 'Stian Sykehuslege', time: '2026-01-15T09:30:00Z' }] } }],
  ['a fault of a line', { status: 422, body: outcome('rule-8-same-drug') }, 200, { result: { outcome: 'invalid', faults: [{ text: 'In words.', code: 'rule-8-same-drug' }] } }],
  ['an API that is away', { status: 503, body: outcome('unavailable') }, 503, { code: 'unavailable' }],
  ['a fault of the API', { status: 500, body: outcome('fault') }, 502, { code: 'failed' }],
]

for (const [what, answer, status, expected] of answers)
  test(`${what} is what the page gets`, async () => {
    const { page, headers, sealed } = await begun()
    issuer.answers[SEND] = answer
    const reply = await page.ask(contract.reconcile, { headers, body: { sealed, written } })
    assert.deepEqual([reply.statusCode, reply.json()], [status, expected])
  })

test('prescriptions that do not answer are missing by name, and the rest is shown', async () => {
  issuer.answers[PRESCRIPTIONS] = { status: 503, body: outcome('unavailable') }
  const { data } = await begun()
  assert.deepEqual(data.gaps, [{ source: 'prescriptions', why: 'unavailable' }])
  assert.equal(data.rows.length, 1)
})

test('a profession that no setting lets send learns it before it has decided anything', async () => {
  authorizations = ['SP']
  assert.equal((await begun()).maySend, false)
})

test('of a person whose address may be protected, nothing says where the list was made', async () => {
  issuer.person = { ...issuer.person, status: 503, code: 'unavailable' }
  const { data } = await begun()
  assert.equal(JSON.stringify(data).includes('Fjellveien'), false)
})

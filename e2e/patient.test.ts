/** The patient steers, with real tokens: restricts a controller's records, blocks the nurse, sees who looked, and takes it back. */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { matchesIn, noticesIn, problemOf, resourceOf } from '@helsevev/kernel/testing/answers'
import { identityNumberSystems } from '@helsevev/kernel/values/identity-number'
import { type Api, type Attested, createApi, createHelseId, HelseIdError, signIn } from '@helsevev/sdk'
import { world } from '@helsevev/server/seed/index'
import { helseVest } from '@helsevev/server/seed/organizations'
import { score } from './scores.ts'
import { startTestSystem, type TestSystem } from './test-system.ts'

const BERGEN = '964338531'
const read = 'helsevev:news2/read'
const write = 'helsevev:news2/write'
const citizenScopes = ['helsevev:news2/citizen', 'helsevev:privacy/citizen', 'helsevev:access-log/citizen']

let it: TestSystem
let number = ''
let patient: Api
before(async () => {
  it = await startTestSystem()
  number = world().people.find(({ id }) => id === 'citizen-liv')?.pid ?? ''
  assert.match(number, /^\d{11}$/)
  patient = await citizen('citizen-liv')
  const identifier = { system: identityNumberSystems.FNR, value: number }
  // A hospital trust has a client of its own, and states no organisation.
  const trust = createHelseId({ issuer: it.system.issuer, clientId: 'helse-vest-ehr', privateJwk: await keyOf('helse-vest-ehr') })
  const writers = [
    it.vendor('fjordjournal-ehr', BERGEN, write),
    createApi({ baseUrl: it.base, token: () => trust.clientCredentials({ scope: write }), sourceSystem: 'test of the system' }),
  ]
  for (const writer of writers) {
    const posted = await writer.post('news2/Observation', score(identifier))
    assert.equal(posted.status, 201, JSON.stringify(posted.body))
  }
})
after(async () => await it.close())

async function keyOf(clientId: string) {
  const key = await it.system.testIssuer?.privateKey(clientId)
  assert.ok(key)
  return key
}

async function citizen(personId: string, scope: string[] = citizenScopes): Promise<Api> {
  const token = await signIn({
    issuer: it.system.issuer,
    clientId: 'helsevev-citizen',
    privateJwk: await keyOf('helsevev-citizen'),
    redirectUri: `${it.system.baseUrl}/citizen/callback`,
    scope,
    personId,
  })
  return createApi({ baseUrl: it.base, token: async () => token, sourceSystem: 'test of the system' })
}

async function nurseSees(attested?: Partial<Attested>): Promise<{ controllers: number; causes: string[] }> {
  const nurse = await it.person('nurse-bergen', BERGEN, read, attested)
  const found = await nurse.search('news2', 'Observation', { 'patient.identifier': number, code: '1104051000000101' })
  assert.equal(found.status, 200, JSON.stringify(found.body))
  const codings = noticesIn(found).flatMap(({ details }) => details?.coding ?? [])
  return {
    controllers: matchesIn(found, 'Observation').length,
    causes: codings.flatMap(({ system, code = '' }) => (system?.endsWith('/withheld') ? [code] : [])),
  }
}

function choice(kind: 'restriction' | 'block', role: 'IRCP' | 'CST', identifier: { system: string; value: string }) {
  const coded = (system: string, code: string) => ({ coding: [{ system, code }] })
  return {
    resourceType: 'Consent',
    status: 'active',
    scope: coded('http://terminology.hl7.org/CodeSystem/consentscope', 'patient-privacy'),
    category: [coded('http://loinc.org', '59284-0'), coded('http://helsevev.no/fhir/CodeSystem/patient-choice', kind)],
    policyRule: coded('http://hl7.no/fhir/CodeSystem/no-basis-legal-formality-or-basis', 'PBRL5-3'),
    provision: {
      type: 'deny',
      actor: [{ role: coded('http://terminology.hl7.org/CodeSystem/v3-ParticipationType', role), reference: { identifier } }],
    },
  }
}

const emergency: Partial<Attested> = {
  purpose: 'BTG',
  decision: { id: 'found-at-home', chosenByUser: true, reason: 'Funnet bevisstløs hjemme' },
}

test('the patient restricts one controller: the nurse is told, an emergency opens it, and the patient takes it back', async () => {
  assert.deepEqual(await nurseSees(), { controllers: 2, causes: [] })
  const organization = { system: 'urn:oid:2.16.578.1.12.4.1.4.101', value: helseVest.number }
  const made = await patient.post('Consent', choice('restriction', 'CST', organization))
  assert.equal(made.status, 201, JSON.stringify(made.body))
  assert.deepEqual(await nurseSees(), { controllers: 1, causes: ['GeneralBlock'] })
  assert.deepEqual(await nurseSees(emergency), { controllers: 2, causes: [] })
  const consent = resourceOf(made, 'Consent')
  const ended = await patient.put(`Consent/${consent.id}`, { ...consent, status: 'inactive' })
  assert.equal(ended.status, 200, JSON.stringify(ended.body))
  assert.deepEqual(await nurseSees(), { controllers: 2, causes: [] })
})

test('the patient blocks the nurse: no purpose opens it, and the patient sees each look-up, with a name and without numbers', async () => {
  const hpr = world().staff.find(({ id }) => id === 'nurse-bergen')?.hprNumber ?? ''
  const made = await patient.post('Consent', choice('block', 'IRCP', { system: 'urn:oid:2.16.578.1.12.4.1.4.4', value: hpr }))
  assert.equal(made.status, 201, JSON.stringify(made.body))
  assert.deepEqual(await nurseSees(), { controllers: 0, causes: ['SpecificBlock'] })
  const nurse = await it.person('nurse-bergen', BERGEN, read, emergency)
  const refused = await nurse.search('news2', 'Observation', { 'patient.identifier': number })
  assert.deepEqual([refused.status, problemOf(refused)], [403, 'blocked-by-patient'])

  const log = await patient.get('AuditEvent')
  assert.equal(log.status, 200, JSON.stringify(log.body))
  const text = JSON.stringify(log.body)
  for (const shown of ['Ingrid Solheim', 'Bergen kommune', 'BTG', 'TREAT']) assert.ok(text.includes(shown), shown)
  const nurseNumber = world().staff.find(({ id }) => id === 'nurse-bergen')?.pid ?? ''
  assert.ok(!text.includes(nurseNumber), 'staff identity numbers are never shown to citizens')
  const queued = await it.database.sql`select distinct controller from emergency_follow_up where closed is null order by controller`
  assert.deepEqual(
    queued.map(({ controller }) => controller),
    [BERGEN, helseVest.number].sort(),
  )

  const system = it.vendor('fjordjournal-ehr', BERGEN, 'helsevev:access-log/read')
  const day = 24 * 60 * 60 * 1000
  const date = (offset: number) => new Date(Date.now() + offset).toISOString().slice(0, 10)
  const exported = await system.get<string>(`AuditEvent/$export?date=ge${date(-day)}&date=lt${date(2 * day)}`)
  assert.equal(exported.status, 200)
  assert.ok(String(exported.body).includes('Ingrid Solheim'))
})

test('a citizen sees what is registered about herself, of every controller, and nobody else', async () => {
  const own = await patient.search('news2', 'Observation', { code: '1104051000000101' })
  assert.equal(matchesIn(own, 'Observation').length, 2)
  const stranger = await it.patient(77)
  const refused = await patient.search('news2', 'Observation', { 'patient.identifier': stranger.number })
  assert.deepEqual([refused.status, problemOf(refused)], [403, 'representation-missing'])
})

test('a client for citizens gets no scope of health personnel', async () => {
  await assert.rejects(citizen('citizen-liv', ['helsevev:news2/citizen', read]), HelseIdError)
})

test('a misspelt member of the attestation is told on every answer', async () => {
  const nurse = await it.person('nurse-oslo', '958935420', read, null)
  const content = Buffer.from(JSON.stringify({ practitioner: { auhtorization: { code: 'SP' } } })).toString('base64url')
  const { status, headers } = await nurse.search('news2', 'Observation', { 'patient.identifier': number }, { attestation: content })
  assert.deepEqual([status, headers.get('attestation-unknown-members')], [400, 'attestation.practitioner.auhtorization'])
})

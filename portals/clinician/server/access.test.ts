import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { tmpdir } from 'node:os'
import { afterEach, beforeEach, test } from 'node:test'
import { problem } from '@helsevev/kernel/problem/problem'
import type { PanelLoader } from '@helsevev/panel/loader.ts'
import { answerOf, origin, refusalOf } from '@helsevev/portal/testing/browser'
import { type FakeIssuer, fakeIssuer } from '@helsevev/portal/testing/fake-issuer'
import { memoryRows } from '@helsevev/portal/testing/session-rows'
import fastify, { type FastifyInstance } from 'fastify'
import { contract, type Elevation, elevations, type OpenPatientView, openingHeader, type Purpose, session } from '../contract.ts'
import { clinicianPortal, type Decided, type Employer } from './index.ts'
import { browser } from './testing/browser.ts'

// Made up: month +65, check digits that agree.
const [known, other] = ['01705012314', '17866412308']
const legevakt = { number: '973000005', name: 'Legevakten', type: 'municipality', healthcareService: 'KA02' }
const homeCare = { number: '973000013', name: 'Hjemmetjenesten', type: 'municipality' }
const bergen: Employer = {
  number: '998877665',
  name: 'Bergen kommune',
  role: 'Sykepleier',
  type: 'municipality',
  units: [legevakt, homeCare],
}
const reason = 'Bevisstløs på legevakten, ingen andre kilder'

const news2: PanelLoader<unknown> = {
  service: 'news2',
  load: async (api) => ({
    status: 'some',
    data: await api.search('news2', 'Observation'),
    withheld: [{ cause: 'GeneralBlock', count: 2 }],
  }),
}

let issuer: FakeIssuer
let app: FastifyInstance
let now: number
let authorizations: string[]
let decided: Decided[]
let refusedHere: string[]
let logged: string

beforeEach(async () => {
  issuer = await fakeIssuer()
  now = Date.now()
  authorizations = ['SP', 'HF']
  decided = []
  refusedHere = []
  logged = ''
  app = fastify({ logger: { level: 'trace', stream: { write: (line: string) => void (logged += line) } } })
  await app.register(
    clinicianPortal({
      publicUrl: origin,
      issuer: () => issuer.url,
      clientId: 'portal',
      clientKey: issuer.clientKey,
      apiBaseUrl: () => issuer.url,
      apiAudience: 'helsevev',
      services: [],
      apiScopes: ['helsevev:persons/read', 'helsevev:news2/read'],
      sessionRows: memoryRows(),
      sessionKey: randomBytes(32),
      organizationsOf: async () => [bergen],
      authorizationsOf: async () => authorizations,
      decided: (decision) => void decided.push(decision),
      refused: (reason, organization) => void refusedHere.push(`${reason} ${organization}`),
      guard: async () => problem('no-token'),
      handover: () => undefined,
      clientFolder: tmpdir(),
      now: () => new Date(now),
      panels: [news2],
    }),
  )
  await app.ready()
})

afterEach(async () => {
  await app.close()
  await issuer.close()
})

async function atWork(place = legevakt.number) {
  const page = browser(app)
  await page.signIn(issuer)
  await page.answer(contract.chooseOrganization, { body: { number: bergen.number, place } })
  return page
}

type Page = Awaited<ReturnType<typeof atWork>>

async function open(page: Page, identityNumber = known, purpose: Purpose = 'TREAT'): Promise<OpenPatientView> {
  return (await page.answer(contract.openPatient, { body: { identityNumber, purpose } })).patient
}

/** The access that it led to, when it is given. */
const elevatedBy = async (page: Page, { opening }: OpenPatientView, kind: Elevation, why: string) =>
  (await page.answer(contract.elevate, { headers: { [openingHeader]: opening }, body: { kind, reason: why } })).patient

const elevate = (page: Page, { opening }: OpenPatientView, body: object) =>
  page.change('POST', '/api/patient/access', body, { [openingHeader]: opening })

const lastAttestation = () => issuer.seen.apiRequests.at(-1)?.attestation ?? assert.fail()

test('each look-up says who looks, as what, where, why and at whom, and is bound to the proof', async () => {
  const page = await atWork()
  await page.panel('news2', await open(page, known, 'COC'))
  const organization = (each: { number: string; name: string }) => ({
    id: each.number,
    system: 'urn:oid:2.16.578.1.12.4.1.4.101',
    name: each.name,
  })
  const attestation = lastAttestation()
  assert.deepEqual(attestation, {
    toa: Math.floor(now / 1000),
    practitioner: {
      identifier: { id: '17866412308', system: 'urn:oid:2.16.578.1.12.4.1.4.1' },
      hpr_nr: { id: '7654321', system: 'urn:oid:2.16.578.1.12.4.1.4.4' },
      authorization: { code: 'SP', system: 'urn:oid:2.16.578.1.12.4.1.1.9060' },
      legal_entity: organization(bergen),
      point_of_care: organization(legevakt),
    },
    care_relationship: {
      healthcare_service: { code: 'KA02', system: 'urn:oid:2.16.578.1.12.4.1.1.8663' },
      purpose_of_use: { code: 'COC', system: 'urn:oid:2.16.840.1.113883.1.11.20448' },
      decision_ref: { id: decided[0]?.decision, user_selected: true },
    },
    patients: [{ identifier: { id: known, system: 'urn:oid:2.16.578.1.12.4.1.4.1' } }],
  })
  assert.match(attestation.care_relationship.decision_ref.id, /^[A-Za-z0-9_-]{1,64}$/)
  assert.deepEqual(issuer.seen.identifications[0]?.attestation, attestation)
})

test('a unit without a registered service is told of by what people of that authorisation do', async () => {
  const page = await atWork(homeCare.number)
  await page.panel('news2', await open(page))
  assert.equal(lastAttestation().care_relationship.healthcare_service.code, 'KP02')
})

test('each opening has a decision of its own, for that patient alone, that can be found again without the patient', async () => {
  const page = await atWork()
  const first = await open(page)
  await page.panel('news2', first)
  const second = await open(page, other)
  await page.panel('news2', second)
  const again = await open(page)
  await page.panel('news2', again)
  assert.deepEqual(
    issuer.seen.apiRequests.map(({ attestation }) => [
      attestation.care_relationship.decision_ref.id,
      attestation.patients[0]?.identifier.id,
    ]),
    [known, other, known].map((number, at) => [decided[at]?.decision, number]),
  )
  assert.equal(new Set(decided.map(({ decision }) => decision)).size, 3)
  const { decision: _, ...told } = decided[1] ?? assert.fail()
  assert.deepEqual(told, {
    opening: second.opening,
    hprNumber: '7654321',
    organization: bergen.number,
    pointOfCare: legevakt.number,
    purpose: 'TREAT',
    kind: 'ordinary',
  })
})

test('an attestation is made anew after 50 minutes, with the page none the wiser, and panels side by side share it', async () => {
  const page = await atWork()
  const patient = await open(page)
  // Requests in between keep the session from ending.
  for (const minutes of [25, 24]) {
    now += minutes * 60_000
    assert.equal((await page.panel('news2', patient)).statusCode, 200)
  }
  assert.equal(decided.length, 1)
  now += 60_000
  const answers = await Promise.all([page.panel('news2', patient), page.panel('news2', patient)])
  assert.deepEqual(
    answers.map(({ statusCode }) => statusCode),
    [200, 200],
  )
  const used = issuer.seen.apiRequests.slice(-2).map(({ attestation }) => attestation)
  assert.deepEqual(used[0], used[1])
  assert.equal(used[0]?.toa, Math.floor(now / 1000))
})

test('emergency access needs a reason, looks with BTG, and says who decided it and why', async () => {
  const page = await atWork()
  const patient = await open(page)
  for (const short of [undefined, '', '         .', 'akutt nå', '01705012314 01705012314']) {
    const refused = await elevate(page, patient, { kind: 'emergency', reason: short })
    assert.deepEqual([refused.statusCode, refused.json()], [422, { code: 'reason-says-nothing' }], short ?? 'none')
  }
  const opened = await elevatedBy(page, patient, 'emergency', ` ${reason},\n se ${known} `)
  assert.deepEqual(opened.access, {
    id: opened.access.id,
    kind: 'emergency',
    ends: new Date(now + 15 * 60_000).toISOString(),
    secondsLeft: 900,
    reason: `${reason}, se [identity number]`,
  })
  assert.equal(opened.opening, patient.opening)
  await page.panel('news2', opened)
  const { care_relationship: why } = lastAttestation()
  assert.deepEqual(
    [why.purpose_of_use.code, why.decision_ref.user_selected, why.decision_ref.description],
    ['BTG', true, opened.access.reason],
  )
  assert.equal(issuer.seen.apiRequests.at(-1)?.basis, 'FORHOYET_AKUTT')
  assert.deepEqual([decided.at(-1)?.kind, decided.at(-1)?.purpose], ['emergency', 'BTG'])
  assert.equal(logged.includes('Bevisstløs'), false)
})

test('consent is declared for the purpose the patient was opened for', async () => {
  const page = await atWork()
  const patient = await open(page)
  await page.panel('news2', patient)
  assert.equal(issuer.seen.apiRequests.at(-1)?.basis, undefined)
  const opened = await elevatedBy(page, patient, 'consent', 'not kept')
  assert.deepEqual(Object.keys(opened.access), ['id', 'kind', 'ends', 'secondsLeft'])
  await page.panel('news2', opened)
  assert.equal(issuer.seen.apiRequests.at(-1)?.basis, 'FORHOYET_SAMTYKKE')
  assert.equal(lastAttestation().care_relationship.purpose_of_use.code, 'TREAT')
  assert.notEqual(decided[0]?.decision, decided[1]?.decision)
})

test('nothing fetched under one access is answered under another', async () => {
  const page = await atWork()
  const before = await open(page)
  const elevated = await elevatedBy(page, before, 'emergency', reason)
  assert.deepEqual((await page.panel('news2', before)).json(), { code: 'access-changed' })
  const answer = answerOf(contract.panel, await page.panel('news2', elevated))
  assert.deepEqual([answer.access, answer.withheld], [elevated.access.id, [{ cause: 'GeneralBlock', count: 2 }]])
  const ended = (await page.answer(contract.endElevation, { headers: { [openingHeader]: before.opening } })).patient
  assert.equal(ended.access.kind, 'ordinary')
  assert.deepEqual((await page.panel('news2', elevated)).json(), { code: 'access-changed' })
  assert.equal((await page.panel('news2', ended)).statusCode, 200)
})

for (const kind of elevations) {
  test(`elevated access by ${kind} ends by itself after 15 minutes`, async () => {
    const page = await atWork()
    const patient = await open(page)
    const elevated = await elevatedBy(page, patient, kind, reason)
    now += 15 * 60_000 - 1
    assert.equal((await page.panel('news2', elevated)).statusCode, 200)
    now += 1
    assert.deepEqual((await page.panel('news2', elevated)).json(), { code: 'access-changed' })
    const { patient: later } = await page.signedInAs(session.me)
    assert.ok(later)
    assert.deepEqual([later.opening, later.access.kind], [patient.opening, 'ordinary'])
    await page.panel('news2', later)
    assert.equal(lastAttestation().care_relationship.purpose_of_use.code, 'TREAT')
  })
}

test('elevated access is for the patient it was asked for, and ends with the opening', async () => {
  const page = await atWork()
  const first = await open(page)
  await elevate(page, first, { kind: 'emergency', reason })
  const second = await open(page, other)
  assert.equal(second.access.kind, 'ordinary')
  assert.deepEqual((await elevate(page, first, { kind: 'emergency', reason })).json(), { code: 'patient-changed' })
  await page.answer(contract.closePatient)
  assert.deepEqual((await elevate(page, second, { kind: 'consent' })).json(), { code: 'no-patient' })
  assert.equal((await elevate(page, second, { kind: 'ordinary' })).statusCode, 400)
})

test('without an authorisation nobody is opened, and one that ends stops the next decision', async () => {
  const page = await atWork()
  const patient = await open(page)
  authorizations = []
  const refused = await page.ask(contract.openPatient, { body: { identityNumber: other, purpose: 'TREAT' } })
  assert.deepEqual([refused.statusCode, refused.json()], [403, { code: 'refused', reason: 'authorization-not-held' }])
  assert.equal(refusalOf(await elevate(page, patient, { kind: 'emergency', reason })).reason, 'authorization-not-held')
  assert.deepEqual(new Set(refusedHere), new Set([`authorization-not-held ${bergen.number}`]))
})

test('where one works is chosen before anybody is opened, among the units of the organisation', async () => {
  const page = browser(app)
  await page.signIn(issuer)
  const me = await page.signedInAs(session.me)
  assert.deepEqual([me.organization, me.organizations[0]?.units.map(({ name }) => name)], [undefined, ['Legevakten', 'Hjemmetjenesten']])
  assert.deepEqual((await page.ask(contract.openPatient, { body: { identityNumber: known, purpose: 'TREAT' } })).json(), {
    code: 'no-organization',
  })
  for (const place of ['111111111', undefined])
    assert.equal((await page.change('POST', '/api/organization', { number: bergen.number, place })).statusCode, 400)
  for (const place of [legevakt, bergen]) {
    await page.answer(contract.chooseOrganization, { body: { number: bergen.number, place: place.number } })
    assert.deepEqual((await page.signedInAs(session.me)).place, { number: place.number, name: place.name })
  }
})

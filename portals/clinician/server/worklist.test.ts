/** The list of a unit through the portal's server: what the browser gets, what the API is asked, and what an attacker gets. */
import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, beforeEach, test } from 'node:test'
import { problem } from '@helsevev/kernel/problem/problem'
import type { PanelLoader } from '@helsevev/panel/loader.ts'
import { answerOf, origin, refusalOf } from '@helsevev/portal/testing/browser'
import { type FakeIssuer, fakeIssuer } from '@helsevev/portal/testing/fake-issuer'
import { memoryRows } from '@helsevev/portal/testing/session-rows'
import fastify, { type FastifyInstance } from 'fastify'
import { contract, openingHeader, session } from '../contract.ts'
import { clinicianPortal, type Decided, type Employer } from './index.ts'
import { browser } from './testing/browser.ts'

const FNR = 'urn:oid:2.16.578.1.12.4.1.4.1'
// Made up: month +65, check digits that agree.
const astrid = '01705012314'
const olav = '11678509886'
const legevakt = { number: '900000021', name: 'Bergen legevakt', type: 'municipality' }
const bergen: Employer = { number: '998877665', name: 'Bergen kommune', role: 'Sykepleier', type: 'municipality', units: [legevakt] }
const list = `GET /fhir/List/${legevakt.number}`
const hasData = 'POST /fhir/$has-data'
const news2: PanelLoader<unknown> = {
  service: 'news2',
  load: async (api) => ({ status: 'some', data: await api.search('news2', 'Observation') }),
}

let issuer: FakeIssuer
let app: FastifyInstance
let logged: string
let decided: Decided[]
const folder = mkdtempSync(join(tmpdir(), 'helsevev-portal-'))

before(() => {
  mkdirSync(join(folder, 'assets'))
  writeFileSync(join(folder, 'index.html'), '<!doctype html><div id="root"></div>')
})

beforeEach(async () => {
  await app?.close()
  await issuer?.close()
  issuer = await fakeIssuer()
  logged = ''
  decided = []
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
      apiScopes: ['helsevev:worklist/read', 'helsevev:news2/read'],
      sessionRows: memoryRows(),
      sessionKey: randomBytes(32),
      organizationsOf: async () => [bergen],
      authorizationsOf: async () => ['SP'],
      decided: (decision) => void decided.push(decision),
      guard: async () => problem('no-token'),
      handover: () => undefined,
      clientFolder: folder,
      panels: [news2],
    }),
  )
  await app.ready()
  issuer.answers[list] = { body: listOf([astrid, olav]) }
  issuer.answers[hasData] = { body: { resourceType: 'Parameters', parameter: [told(astrid, 'some', 'band-7'), told(olav, 'withheld')] } }
})

after(async () => {
  await app.close()
  await issuer.close()
  rmSync(folder, { recursive: true })
})

function listOf(numbers: string[], more = {}) {
  return {
    resourceType: 'List',
    status: 'current',
    title: legevakt.name,
    date: '2026-11-25T12:00:00.000Z',
    contained: numbers.map((value, index) => ({
      resourceType: 'Patient',
      id: `p${index}`,
      identifier: [{ system: FNR, value }],
      name: [{ family: `Family${index}`, given: ['Given'] }],
      birthDate: '1950-05-01',
    })),
    entry: [
      ...numbers.map((_, index) => ({
        ...(index === 0
          ? {
              extension: [{ url: 'http://helsevev.no/fhir/StructureDefinition/worklist-place', valueString: 'Rom 4' }],
              date: '2026-11-25T11:00:00.000Z',
            }
          : {}),
        item: { reference: `#p${index}` },
      })),
      { flag: { coding: [{ code: 'not-registered' }] }, item: { display: 'Not in the person register here' } },
    ],
    ...more,
  }
}

function told(value: string, status: string, signal?: string) {
  return {
    name: 'patient',
    part: [
      { name: 'identifier', valueIdentifier: { system: FNR, value } },
      {
        name: 'service',
        part: [
          { name: 'id', valueCode: 'news2' },
          { name: 'status', valueCode: status },
          ...(signal
            ? [
                { name: 'signal', valueCoding: { system: 'levels', code: signal } },
                { name: 'signalTime', valueDateTime: '2026-11-25T11:30:00.000Z' },
              ]
            : []),
        ],
      },
    ],
  }
}

async function atWork(place = legevakt.number) {
  const page = browser(app)
  await page.signIn(issuer)
  await page.answer(contract.chooseOrganization, { body: { number: bergen.number, place } })
  return page
}
type Page = Awaited<ReturnType<typeof atWork>>
const treat = { body: { purpose: 'TREAT' as const } }
const ask = async (page: Page, purpose = 'TREAT') => await page.change('POST', '/api/worklist', { purpose })

test('the list is told with what there is about each, attested for nobody at the unit, and the browser gets no number', async () => {
  const page = await atWork()
  const answer = await ask(page, 'ETREAT')
  assert.equal(answer.statusCode, 200, answer.body)
  const { rows, fetched, ...head } = answerOf(contract.worklist, answer)
  assert.deepEqual(head, {
    unit: legevakt.name,
    place: legevakt.number,
    drawnUp: '2026-11-25T12:00:00.000Z',
    outOfDate: false,
    notRegistered: 1,
    purpose: 'ETREAT',
  })
  assert.ok(fetched)
  assert.deepEqual(
    rows.map(({ id: _, ...row }) => row),
    [
      {
        name: 'Given Family0',
        birthDate: '1950-05-01',
        place: 'Rom 4',
        since: '2026-11-25T11:00:00.000Z',
        services: [{ service: 'news2', status: 'some', signal: { system: 'levels', code: 'band-7', time: '2026-11-25T11:30:00.000Z' } }],
      },
      { name: 'Given Family1', birthDate: '1950-05-01', services: [{ service: 'news2', status: 'withheld' }] },
    ],
  )
  const [listed, asked] = issuer.seen.apiRequests
  for (const { attestation, isAutomatic } of [listed, asked].flatMap((request) => request ?? [])) {
    assert.ok(isAutomatic)
    assert.equal(attestation.patients, undefined)
    assert.equal(attestation.practitioner.point_of_care.id, legevakt.number)
    assert.equal(attestation.care_relationship.purpose_of_use.code, 'ETREAT')
  }
  assert.deepEqual(JSON.parse(asked?.body ?? '').parameter, [
    { name: 'patient', valueIdentifier: { system: FNR, value: astrid } },
    { name: 'patient', valueIdentifier: { system: FNR, value: olav } },
    { name: 'service', valueCode: 'news2' },
    { name: 'signals', valueBoolean: true },
  ])
  assert.deepEqual(
    decided.map(({ kind, purpose, pointOfCare, opening }) => [kind, purpose, pointOfCare, opening]),
    [['list', 'ETREAT', legevakt.number, undefined]],
  )
  assert.equal((await page.signedInAs(session.me)).purpose, 'ETREAT')
  for (const number of [astrid, olav]) assert.ok(!`${page.received.join()}${logged}`.includes(number))
})

test('a row is opened by its name, with an attestation of its own that says the patient is at the unit', async () => {
  const page = await atWork()
  const { rows } = await page.answer(contract.worklist, treat)
  const opened = await page.ask(contract.openPatient, { body: { row: rows[1]?.id ?? assert.fail(), purpose: 'TREAT' } })
  assert.equal(opened.statusCode, 200, opened.body)
  const { patient } = answerOf(contract.openPatient, opened)
  assert.equal(patient.numberEnding, olav.slice(-2))
  const [identified] = issuer.seen.identifications
  assert.deepEqual(identified?.attestation.patients, [
    {
      identifier: { id: olav, system: FNR },
      point_of_care: { id: legevakt.number, system: 'urn:oid:2.16.578.1.12.4.1.4.101', name: legevakt.name },
    },
  ])
  assert.equal(identified?.attestation.care_relationship.decision_ref.user_selected, true)
  // Emergency access to the same patient states it too.
  const elevated = await page.answer(contract.elevate, {
    headers: { [openingHeader]: patient.opening },
    body: { kind: 'emergency', reason: 'Funnet bevisstløs på gulvet' },
  })
  await page.panel('news2', elevated.patient)
  assert.equal(
    (issuer.seen.apiRequests.at(-1)?.attestation.patients[0] as { point_of_care?: { id: string } })?.point_of_care?.id,
    legevakt.number,
  )
  // Opened by number, nothing is stated about where the patient is.
  await page.ask(contract.openPatient, { body: { identityNumber: olav, purpose: 'TREAT' } })
  assert.deepEqual(issuer.seen.identifications.at(-1)?.attestation.patients, [{ identifier: { id: olav, system: FNR } }])
  assert.ok(!page.received.join().includes(olav))
})

test('a row keeps its name while the patient stands on the list, and opens nobody afterwards', async () => {
  const page = await atWork()
  const first = (await page.answer(contract.worklist, treat)).rows
  issuer.answers[list] = { body: listOf([olav]) }
  const [second] = (await page.answer(contract.worklist, treat)).rows
  assert.equal(second?.id, first[1]?.id)
  const gone = await page.ask(contract.openPatient, { body: { row: first[0]?.id ?? assert.fail(), purpose: 'TREAT' } })
  assert.deepEqual([gone.statusCode, gone.json()], [409, { code: 'list-changed' }])
})

test('rows are of one session and one place of work', async () => {
  const page = await atWork()
  const [row] = (await page.answer(contract.worklist, treat)).rows
  const open = async (who: Page) =>
    (await who.ask(contract.openPatient, { body: { row: row?.id ?? assert.fail(), purpose: 'TREAT' } })).json()
  assert.deepEqual(await open(await atWork()), { code: 'list-changed' })
  await page.answer(contract.chooseOrganization, { body: { number: bergen.number, place: bergen.number } })
  assert.deepEqual(await open(page), { code: 'list-changed' })
  assert.equal(issuer.seen.identifications.length, 0)
})

const bodies: [what: string, body: unknown][] = [
  ['a number in the place of a row', { row: astrid, purpose: 'TREAT' }],
  ['a row of the prototype', { row: '__proto__', purpose: 'TREAT' }],
  ['both a row and a number', { row: '00000000-0000-4000-8000-000000000000', identityNumber: astrid, purpose: 'TREAT' }],
  ['emergency as purpose', { row: '00000000-0000-4000-8000-000000000000', purpose: 'BTG' }],
]
for (const [what, body] of bodies)
  test(`${what} opens nobody`, async () => {
    const page = await atWork()
    await ask(page)
    const { statusCode, json } = await page.change('POST', '/api/patient', body)
    assert.deepEqual([statusCode, json()], [400, { code: 'invalid-request' }])
  })

test('another site, or a page without the csrf value, does not draw up a list', async () => {
  const page = await atWork()
  const forged = await page.askWith({ origin: 'https://evil.example' }, contract.worklist, treat)
  assert.deepEqual([forged.statusCode, refusalOf(forged).code], [403, 'not-from-our-page'])
  const bare = await page.askWith({ 'helsevev-csrf': 'x' }, contract.worklist, treat)
  assert.equal(bare.statusCode, 403)
  assert.equal((await ask(page, 'BTG')).statusCode, 400)
  assert.equal(issuer.seen.apiRequests.length, 0)
})

test('who has not said where she works has no list', async () => {
  const page = browser(app)
  await page.signIn(issuer)
  assert.deepEqual((await ask(page)).json(), { code: 'no-organization' })
})

const answers: [what: string, answer: FakeIssuer['answers'][string], status: number, problem: object][] = [
  ['a unit without a list', { status: 404, code: 'not-found' }, 404, { code: 'no-worklist' }],
  ['a refusal', { status: 403, code: 'not-your-unit' }, 403, { code: 'refused', reason: 'not-your-unit' }],
  ['an API that is away', { status: 503, code: 'unavailable' }, 503, { code: 'unavailable' }],
  ['an answer that is no list', { body: { resourceType: 'Bundle' } }, 502, { code: 'failed' }],
]
for (const [what, answer, status, problem] of answers)
  test(`${what} is told as such`, async () => {
    issuer.answers[list] = answer
    const reply = await ask(await atWork())
    assert.deepEqual([reply.statusCode, reply.json()], [status, problem])
  })

for (const [answer, missing] of [
  [{ status: 503, code: 'unavailable' }, { code: 'unavailable' }],
  [
    { status: 403, code: 'role-not-open' },
    { code: 'refused', reason: 'role-not-open' },
  ],
  [{ body: { parameter: [{ part: [{ name: 'service', part: [{ name: 'status', valueCode: 'later' }] }] }] } }, { code: 'failed' }],
] as const)
  test(`without what there is about them (${missing.code}), who stands on the list is told all the same`, async () => {
    issuer.answers[hasData] = answer
    const body = await (await atWork()).answer(contract.worklist, treat)
    assert.deepEqual(
      [body.rows.map(({ name, services }) => [name, services]), body.missing],
      [
        [
          ['Given Family0', []],
          ['Given Family1', []],
        ],
        missing,
      ],
    )
  })

test('a list with nobody asks nothing more, and one that is out of date says so', async () => {
  issuer.answers[list] = { body: listOf([], { entry: [], status: 'retired' }) }
  const { rows, outOfDate, notRegistered } = await (await atWork()).answer(contract.worklist, treat)
  assert.deepEqual([rows, outOfDate, notRegistered], [[], true, 0])
  assert.deepEqual(
    issuer.seen.apiRequests.map(({ url }) => url),
    [`/fhir/List/${legevakt.number}`],
  )
})

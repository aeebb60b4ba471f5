/** A record system hands its user over to the portal: what each side may do, and what an attacker tries in between. */
import assert from 'node:assert/strict'
import { createHash, randomBytes } from 'node:crypto'
import { tmpdir } from 'node:os'
import { afterEach, beforeEach, test } from 'node:test'
import type { Caller } from '@helsevev/kernel/identity/caller'
import { problem } from '@helsevev/kernel/problem/problem'
import { problemOf } from '@helsevev/kernel/testing/answers'
import type { PanelLoader } from '@helsevev/panel/loader.ts'
import { origin, refusalOf } from '@helsevev/portal/testing/browser'
import { type FakeIssuer, fakeIssuer } from '@helsevev/portal/testing/fake-issuer'
import { memoryRows } from '@helsevev/portal/testing/session-rows'
import fastify, { type FastifyInstance } from 'fastify'
import * as z from 'zod/mini'
import { session } from '../contract.ts'
import { clinicianPortal, type Employer, type HandoverEvent, launchScope } from './index.ts'
import { browser } from './testing/browser.ts'

// Made up: months +65 and +80, check digits that agree.
const known = '01705012314'
const other = '13878510067'
const unit = { number: '998877001', name: 'Bergen legevakt', type: 'out-of-hours' }
const bergen: Employer = { number: '998877665', name: 'Bergen kommune', role: 'Sykepleier', type: 'municipality', units: [unit] }
const oslo: Employer = { number: '887766554', name: 'Oslo kommune', role: 'Sykepleier', type: 'municipality', units: [] }
const system = 'urn:oid:2.16.578.1.12.4.1.4.1'

const nurse: Caller = {
  kind: 'person',
  pid: '17866412308',
  name: 'Ida Testesen',
  hprNumber: '7654321',
  organization: bergen.number,
  organizationChild: undefined,
  supplier: '999000002',
  multiTenant: true,
  client: 'record-system',
  scopes: [launchScope],
  attestation: undefined,
  issuedAt: Math.floor(Date.now() / 1000),
}

const news2: PanelLoader<unknown> = {
  service: 'news2',
  load: async (api) => ({ status: 'some', data: await api.search('news2', 'Observation', { code: 'x' }) }),
}

let issuer: FakeIssuer
let app: FastifyInstance
let now: number
let events: HandoverEvent[]
let logged: string
let rows: ReturnType<typeof memoryRows>
/** Callers by the text of their token, as the guard of the API would find them. */
let callers: Map<string, Caller>

beforeEach(async () => {
  issuer = await fakeIssuer()
  now = Date.now()
  events = []
  logged = ''
  rows = memoryRows()
  callers = new Map()
  app = fastify({ logger: { level: 'warn', stream: { write: (line: string) => void (logged += line) } } })
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
      sessionRows: rows,
      sessionKey: randomBytes(32),
      organizationsOf: async () => [bergen, oslo],
      authorizationsOf: async () => ['LE', 'SP'],
      decided: () => undefined,
      guard: async ({ authorization, url }) => {
        assert.match(url, /^https:\/\/portal\.example\/clinician\/api\/session\//)
        return callers.get(authorization?.replace('DPoP ', '') ?? '') ?? problem('invalid-token')
      },
      handover: (event) => void events.push(event),
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

/** A token of that caller. */
function tokenOf(caller: Partial<Caller> = {}): string {
  const whole = { ...nurse, ...caller }
  const token = `ehr-${callers.size}-${whole.organization ?? 'none'}`
  callers.set(token, whole)
  return token
}

async function ehr(event: string, body: unknown, token = tokenOf(), headers: Record<string, string> = {}) {
  return await app.inject({
    method: 'POST',
    url: `/clinician/api/session/${event}`,
    headers: { authorization: `DPoP ${token}`, 'x-source-system': 'Testjournal 1.0', ...headers },
    payload: body as object,
  })
}

const verifier = 'v'.repeat(43)
const challengeOf = (text: string) => createHash('sha256').update(text).digest('base64url')
const claims = {
  patient_identifier: { id: known, system, authority: 'https://www.skatteetaten.no' },
  practitioner_authorization: { code: 'SP', system: 'urn:oid:2.16.578.1.12.4.1.1.9060', assigner: 'https://www.helsedirektoratet.no' },
  access_basis: { code: 'AKUTT', system: 'x', assigner: 'x' },
}
const creation = (more: object = {}, of = verifier) => ({ ehr_code_challenge: challengeOf(of), claims: { ...claims, ...more } })

const handedOver = z.object({ code: z.string(), sessionId: z.string(), unknown_members: z.optional(z.array(z.string())) })

async function created(caller?: Partial<Caller>, more?: object, of = verifier): Promise<{ code: string; sessionId: string }> {
  const answer = await ehr('create', creation(more, of), tokenOf(caller))
  assert.equal(answer.statusCode, 200, answer.body)
  return z.parse(handedOver, answer.json())
}

const launchAddress = (code: string, of = verifier) => `/launch?${new URLSearchParams({ code, ehr_code_verifier: of })}`
const failed = (reason: string) => `/clinician/launch-failed?reason=${reason}`
const navigation = { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'navigate', 'sec-fetch-dest': 'document' }

async function launched(code: string, page = browser(app)) {
  const answer = await page.get(launchAddress(code), navigation)
  assert.equal(answer.headers.location, '/clinician/patient#launched')
  return { page, me: await page.signedInAs(session.me) }
}

test('the browser takes over with the patient open, as that person, for that organisation, with the purpose told', async () => {
  const { code, sessionId } = await created()
  const { page, me } = await launched(code)
  assert.equal(me.name, 'Ida Testesen')
  assert.deepEqual([me.organization?.number, me.place?.number], [bergen.number, bergen.number])
  assert.deepEqual([me.patient?.purpose, me.patient?.numberEnding, me.patient?.person?.name], ['ETREAT', '14', 'Ola Testesen'])
  assert.equal((await page.panel('news2', me.patient ?? assert.fail())).statusCode, 200)
  const [asked] = issuer.seen.apiRequests
  assert.equal(asked?.attestation.practitioner.authorization.code, 'SP')
  assert.equal(asked?.attestation.care_relationship.purpose_of_use.code, 'ETREAT')
  assert.equal(asked?.organization, bergen.number)
  assert.deepEqual(issuer.seen.pushed, [], 'nobody signed in anew')
  for (const secret of [known, '17866412308', sessionId]) {
    assert.ok(!page.received.some((text) => text.includes(secret)), 'the browser is not told')
    assert.ok(!logged.includes(secret) && !JSON.stringify(events).includes(secret))
  }
  assert.deepEqual(events[0], {
    event: 'create',
    status: 200,
    client: 'record-system',
    organization: bergen.number,
    hprNumber: '7654321',
    sourceSystem: 'Testjournal 1.0',
  })
})

test('a form brings code and verifier without an address', async () => {
  const { code } = await created()
  const page = browser(app)
  const answer = await page.send({
    method: 'POST',
    url: '/clinician/launch',
    headers: { ...navigation, origin: 'https://ehr.example', 'content-type': 'application/x-www-form-urlencoded' },
    payload: new URLSearchParams({ code, ehr_code_verifier: verifier }).toString(),
  })
  assert.equal(answer.headers.location, '/clinician/patient#launched')
  assert.equal((await page.answer(session.me)).signedIn, true)
})

test('a form is taken at the launch and nowhere else', async () => {
  const { page } = await launched((await created()).code)
  const answer = await page.send({
    method: 'POST',
    url: '/clinician/api/patient',
    headers: { origin, 'content-type': 'application/x-www-form-urlencoded' },
    payload: 'identityNumber=1',
  })
  assert.equal(answer.statusCode, 400)
})

const places: [what: string, caller: Partial<Caller>, expected: string][] = [
  ['the unit of the token', { organizationChild: unit.number }, unit.number],
  ['the organisation, when no unit is told', {}, bergen.number],
  [
    'the unit that HelseID vouches for in the attestation',
    {
      attestation: {
        practitioner: { point_of_care: { id: unit.number, system: 'urn:oid:2.16.578.1.12.4.1.4.101' } },
        care_relationship: { decision_ref: { id: '6f1d', user_selected: true } },
      },
    },
    unit.number,
  ],
]
for (const [what, caller, expected] of places) {
  test(`the point of care is ${what}`, async () => {
    const { me } = await launched((await created(caller)).code)
    assert.equal(me.place?.number, expected)
  })
}

const bases: [code: string, purpose: string][] = [
  ['SAMTYKKE', 'TREAT'],
  ['UNNTAK', 'COC'],
  ['AKUTT', 'ETREAT'],
  ['FORHOYET_SAMTYKKE', 'TREAT'],
  ['FORHOYET_AKUTT', 'ETREAT'],
]
for (const [code, purpose] of bases) {
  test(`the basis ${code} is the purpose ${purpose}, and opens nothing that is restricted`, async () => {
    const { me } = await launched((await created({}, { access_basis: { code } })).code)
    assert.deepEqual([me.patient?.purpose, me.patient?.access.kind], [purpose, 'ordinary'])
  })
}

const attested = (more: object) => ({ attestation: { care_relationship: {}, ...more } })
const refusals: [what: string, caller: Partial<Caller>, claims: object, status: number, code: string][] = [
  ['a system', { kind: 'system', pid: undefined }, {}, 403, 'person-login-required'],
  ['a citizen', { kind: 'citizen' }, {}, 403, 'person-login-required'],
  ['somebody who is no health personnel', { hprNumber: undefined }, {}, 403, 'health-personnel-required'],
  ['a token for no organisation', { organization: undefined }, {}, 403, 'organisation-missing'],
  ['a token for an organisation where the person does not work', { organization: '999999999' }, {}, 403, 'access-denied'],
  ['a unit of nobody’s', { organizationChild: '111111111' }, {}, 403, 'point-of-care-unknown'],
  ['a token without the scope of a launch', { scopes: ['helsevev:news2/read'] }, {}, 403, 'insufficient-scope'],
  ['an authorisation that is not held', {}, { practitioner_authorization: { code: 'PS' } }, 403, 'authorization-not-held'],
  [
    'one not held, as a client in use misspells it',
    {},
    { practitioner_authorization: undefined, practitioner_auhtorization: { code: 'PS' } },
    403,
    'authorization-not-held',
  ],
  ['a number whose check digits disagree', {}, { patient_identifier: { id: '01705012315' } }, 422, 'identity-number-invalid'],
  [
    'a number of another system',
    {},
    { patient_identifier: { id: known, system: '2.16.578.1.12.4.1.4.2' } },
    422,
    'identity-number-invalid',
  ],
  ['no patient', {}, { patient_identifier: undefined }, 400, 'body-invalid'],
  ['no basis and no attested purpose', {}, { access_basis: undefined }, 400, 'access-basis-mismatch'],
  ['a basis that nobody knows', {}, { access_basis: { code: 'NYSGJERRIG' } }, 400, 'access-basis-mismatch'],
  [
    'an attestation of another person',
    attested({ practitioner: { identifier: { id: other } } }),
    {},
    403,
    'attestation-practitioner-mismatch',
  ],
  [
    'an attestation of another organisation',
    attested({ practitioner: { legal_entity: { id: oslo.number } } }),
    {},
    403,
    'attestation-legal-entity-mismatch',
  ],
  [
    'an attestation for another patient',
    attested({ patients: [{ identifier: { id: other, system } }] }),
    {},
    403,
    'attestation-for-another-patient',
  ],
]
for (const [what, caller, more, status, code] of refusals) {
  test(`create is refused for ${what}`, async () => {
    const answer = await ehr('create', creation(more), tokenOf(caller))
    assert.deepEqual([answer.statusCode, problemOf({ body: answer.json() })], [status, code], answer.body)
    assert.ok(!answer.body.includes(known))
    assert.deepEqual(issuer.seen.exchanged, [])
  })
}

test('the misspelt authorisation is read, and members of no meaning are told', async () => {
  const answer = await ehr(
    'create',
    creation({ practitioner_authorization: undefined, practitioner_auhtorization: { code: 'LE' }, patent: 1 }),
  )
  const { unknown_members, code } = z.parse(handedOver, answer.json())
  assert.deepEqual(unknown_members, ['patent'])
  const { page, me } = await launched(code)
  await page.panel('news2', me.patient ?? assert.fail())
  assert.equal(issuer.seen.apiRequests[0]?.attestation.practitioner.authorization.code, 'LE')
})

test('create is refused without a source system, without a valid challenge, and without a token', async () => {
  assert.equal((await ehr('create', creation(), tokenOf(), { 'x-source-system': 'x' })).statusCode, 400)
  assert.equal((await ehr('create', { ...creation(), ehr_code_challenge: 'short' })).statusCode, 400)
  assert.equal((await ehr('create', creation(), 'stolen')).statusCode, 401)
  assert.equal((await ehr('create/', creation(), tokenOf(), { 'nhn-source-system': 'Testjournal' })).statusCode, 200)
})

test('a body that is not JSON is told so, and one without what it needs names each member with a remedy', async () => {
  const broken = await ehr('create', '{"ehr_code_challenge":', tokenOf(), { 'content-type': 'application/json' })
  assert.deepEqual([broken.statusCode, problemOf({ body: broken.json() })], [400, 'not-json'], broken.body)
  const empty = await ehr('create', {})
  assert.match(empty.body, /ehr_code_challenge: This is missing and is required\. Add it as a text \(docs\/api\/session-handover\.md\)/)
})

test('an organisation that has not let the portal act for it is told so', async () => {
  issuer.refuseTokens = 'access_denied'
  const answer = await ehr('create', creation())
  assert.equal(answer.statusCode, 403)
  assert.match(answer.body, /let Helsevev act for it/)
})

test('a code works once', async () => {
  const { code } = await created()
  await launched(code)
  const thief = browser(app)
  assert.equal((await thief.get(launchAddress(code), navigation)).headers.location, failed('expired'))
  assert.equal((await thief.answer(session.me)).signedIn, false)
})

test('of browsers that race with one code, one gets in', async () => {
  const { code } = await created()
  const answers = await Promise.all(Array.from({ length: 5 }, () => browser(app).get(launchAddress(code), navigation)))
  assert.equal(answers.filter(({ headers }) => headers.location === '/clinician/patient#launched').length, 1)
})

test('a wrong verifier gets nothing, and ends what was handed over', async () => {
  const { code, sessionId } = await created()
  const thief = browser(app)
  assert.equal((await thief.get(launchAddress(code, 'w'.repeat(43)), navigation)).headers.location, failed('expired'))
  assert.equal((await thief.answer(session.me)).signedIn, false)
  assert.equal((await browser(app).get(launchAddress(code), navigation)).headers.location, failed('expired'))
  assert.equal((await ehr('refresh', { sessionId })).statusCode, 404)
})

test('the challenge itself is no verifier, and the code of another session does not fit', async () => {
  const first = await created()
  assert.equal((await browser(app).get(launchAddress(first.code, challengeOf(verifier)), navigation)).headers.location, failed('expired'))
  const mine = await created({}, {}, 'm'.repeat(43))
  const theirs = await created({}, { patient_identifier: { id: other } }, 't'.repeat(43))
  assert.equal((await browser(app).get(launchAddress(theirs.code, 'm'.repeat(43)), navigation)).headers.location, failed('expired'))
  await app.inject({ url: `/clinician${launchAddress(mine.code, 't'.repeat(43))}` })
})

for (const [seconds, location] of [
  [59, '/clinician/patient#launched'],
  [60, failed('expired')],
] as const) {
  test(`a code ${seconds} seconds old: ${location}`, async () => {
    issuer.accessTokenSeconds = 600
    const { code } = await created()
    now += seconds * 1000
    assert.equal((await browser(app).get(launchAddress(code), navigation)).headers.location, location)
  })
}

test('neither the session’s id nor the code opens anything as a cookie', async () => {
  const { code, sessionId } = await created()
  for (const planted of [code, sessionId]) {
    const page = browser(app)
    page.cookies.set('__Host-helsevev-clinician', planted)
    assert.equal((await page.answer(session.me)).signedIn, false)
  }
})

test('a session planted in the browser before the launch is worth nothing after it', async () => {
  const attacker = await launched((await created({ pid: other, name: 'Angriper' })).code)
  const planted = attacker.page.cookies.get('__Host-helsevev-clinician') ?? ''
  const victim = browser(app)
  victim.cookies.set('__Host-helsevev-clinician', planted)
  const { me } = await launched((await created()).code, victim)
  assert.equal(me.name, 'Ida Testesen')
  assert.notEqual(victim.cookies.get('__Host-helsevev-clinician'), planted)
  assert.equal((await attacker.page.answer(session.me)).signedIn, false)
})

test('a launch while another patient is open: a window that shows the one before is told, and shows nothing of the next', async () => {
  const { page, me } = await launched((await created()).code)
  const { me: after } = await launched((await created({}, { patient_identifier: { id: other, system } })).code, page)
  assert.notEqual(after.patient?.opening, me.patient?.opening)
  assert.deepEqual([after.patient?.numberEnding, me.patient?.numberEnding], [other.slice(-2), known.slice(-2)])
  const old = await page.panel('news2', me.patient ?? assert.fail())
  assert.deepEqual([old.statusCode, refusalOf(old).code], [409, 'patient-changed'])
})

test('the patient is the one told over the record system’s own channel, whatever the address says', async () => {
  const { code } = await created()
  const page = browser(app)
  const address = `${launchAddress(code)}&patient=2&patient_identifier=x&claims=${encodeURIComponent('{"a":1}')}`
  assert.equal((await page.get(address, navigation)).statusCode, 303)
  assert.equal((await page.signedInAs(session.me)).patient?.numberEnding, known.slice(-2))
})

test('a launch leads to our own pages alone, and only as a page that is shown', async () => {
  for (const more of ['&redirect_uri=https://evil.example', '&next=//evil.example', '&returnTo=https://evil.example']) {
    const { code } = await created()
    assert.equal((await browser(app).get(launchAddress(code) + more, navigation)).headers.location, '/clinician/patient#launched')
  }
  const { code } = await created()
  const page = browser(app)
  const image = { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'no-cors', 'sec-fetch-dest': 'image' }
  assert.equal((await page.get(launchAddress(code), image)).headers.location, failed('failed'))
  const frame = { ...navigation, 'sec-fetch-dest': 'iframe' }
  assert.equal((await page.get(launchAddress(code), frame)).headers.location, failed('failed'))
  assert.equal((await page.answer(session.me)).signedIn, false)
})

test('a person whom nobody has reported on is not opened', async () => {
  const { code } = await created()
  issuer.person = { status: 422, code: 'person-unknown' }
  const page = browser(app)
  assert.equal((await page.get(launchAddress(code), navigation)).headers.location, failed('person-unknown'))
  const me = await page.answer(session.me)
  assert.equal(me.signedIn ? me.patient : undefined, undefined)
})

test('when the token ends the page is told that the record system must renew; its next token carries on', async () => {
  issuer.accessTokenSeconds = 60
  const { code, sessionId } = await created()
  const { page, me } = await launched(code)
  // Half a minute from the end on both sides: the issuer has a clock of its own, which goes on while the test runs.
  now += 30_000
  assert.equal((await page.panel('news2', me.patient ?? assert.fail())).statusCode, 200)
  now += 60_000
  const ended = await page.panel('news2', me.patient ?? assert.fail())
  assert.deepEqual([ended.statusCode, refusalOf(ended).code], [409, 'ehr-must-renew'])
  assert.equal((await page.answer(session.me)).signedIn, true)
  assert.equal((await ehr('refresh', { sessionId })).statusCode, 204)
  assert.equal((await page.panel('news2', me.patient ?? assert.fail())).statusCode, 200)
  assert.equal(issuer.seen.exchanged.length, 2)
})

const strangers: [what: string, caller: Partial<Caller>][] = [
  ['of another person', { pid: other }],
  ['for another organisation', { organization: oslo.number }],
  ['of another client', { client: 'other-system' }],
]
for (const [what, caller] of strangers) {
  test(`a token ${what} neither renews nor ends the session`, async () => {
    const { code, sessionId } = await created()
    const { page } = await launched(code)
    for (const event of ['refresh', 'end']) {
      const answer = await ehr(event, { sessionId }, tokenOf(caller))
      assert.deepEqual([answer.statusCode, problemOf({ body: answer.json() })], [404, 'not-found'])
    }
    assert.equal((await page.answer(session.me)).signedIn, true)
    assert.equal(issuer.seen.exchanged.length, 1)
  })
}

test('when the record system ends the session, so does the browser’s; a second end is of no session', async () => {
  const { code, sessionId } = await created()
  const { page, me } = await launched(code)
  assert.equal((await ehr('end', { sessionId })).statusCode, 204)
  assert.equal((await page.panel('news2', me.patient ?? assert.fail())).statusCode, 401)
  assert.equal((await page.answer(session.me)).signedIn, false)
  assert.equal((await ehr('end', { sessionId })).statusCode, 404)
})

test('an ended session is not opened with the code that was not used', async () => {
  const { code, sessionId } = await created()
  await ehr('end', { sessionId })
  assert.equal((await browser(app).get(launchAddress(code), navigation)).headers.location, failed('expired'))
})

test('signing out in the browser ends it for the record system too, and sends nobody to the issuer', async () => {
  const { code, sessionId } = await created()
  const { page, me } = await launched(code)
  const answer = await page.send({
    method: 'POST',
    url: '/clinician/api/sign-out',
    headers: { origin, 'helsevev-csrf': me.csrf, 'content-type': 'application/json' },
    payload: '{}',
  })
  assert.deepEqual(answer.json(), { next: '/clinician/' })
  assert.equal((await ehr('refresh', { sessionId })).statusCode, 404)
})

test('what was handed over is for one organisation: the person does not change to another in it', async () => {
  const { page, me } = await launched((await created()).code)
  assert.deepEqual(
    me.organizations.map(({ number }) => number),
    [bergen.number],
  )
  const answer = await page.send({
    method: 'POST',
    url: '/clinician/api/organization',
    headers: { origin, 'helsevev-csrf': me.csrf, 'content-type': 'application/json' },
    payload: JSON.stringify({ number: oslo.number, place: oslo.number }),
  })
  assert.equal(answer.statusCode, 400)
})

test('neither tokens nor numbers stand in the table of sessions in the clear', async () => {
  const { code, sessionId } = await created()
  const stored = JSON.stringify([...rows.rows.values()].map(({ sealed }) => sealed.toString('latin1'))) + [...rows.rows.keys()].join()
  for (const secret of [code, sessionId, known, 'access-token-']) assert.ok(!stored.includes(secret))
})

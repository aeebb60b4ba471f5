/** The portal as a SMART app: the way to a record system, to HelseID and to the patient, and what an attacker tries on it. */
import assert from 'node:assert/strict'
import { createHash, randomBytes } from 'node:crypto'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { afterEach, beforeEach, test } from 'node:test'
import { problem } from '@helsevev/kernel/problem/problem'
import { origin } from '@helsevev/portal/testing/browser'
import { type FakeIssuer, fakeIssuer } from '@helsevev/portal/testing/fake-issuer'
import { memoryRows } from '@helsevev/portal/testing/session-rows'
import fastify, { type FastifyInstance } from 'fastify'
import { session } from '../contract.ts'
import { clinicianPortal, type Employer } from './index.ts'
import { browser } from './testing/browser.ts'

// Made up: month +65, check digits that agree.
const known = '01705012314'
const bergen: Employer = { number: '998877665', name: 'Bergen kommune', role: 'Sykepleier', type: 'municipality', units: [] }
const oslo: Employer = { number: '887766554', name: 'Oslo kommune', role: 'Sykepleier', type: 'municipality', units: [] }

/** A record system with one user and one patient; its answers can be changed. */
interface Ehr {
  iss: string
  requests: string[]
  said: { patient: string; fhirUser: string; hprNumber: string; identifiers: object[]; tokenIss?: string; nonce?: string; metadata: object }
  /** The page of the record system: the address that the browser is sent back to. */
  authorize(location: string): string
  server: Server
}

const jwt = (payload: object) =>
  ['{"alg":"RS256"}', JSON.stringify(payload), 'signature'].map((part) => Buffer.from(part).toString('base64url')).join('.')

async function record(): Promise<Ehr> {
  const codes = new Map<string, URLSearchParams>()
  const ehr: Ehr = {
    iss: '',
    requests: [],
    said: {
      patient: 'p1',
      fhirUser: 'Practitioner/u1',
      hprNumber: '7654321',
      identifiers: [{ system: 'urn:oid:2.16.578.1.12.4.1.4.1', value: known }],
      metadata: {},
    },
    authorize(location) {
      const asked = new URL(location).searchParams
      const code = randomBytes(8).toString('hex')
      codes.set(code, asked)
      const back = new URL(asked.get('redirect_uri') ?? '')
      return `${back.pathname}?${new URLSearchParams({ code, state: asked.get('state') ?? '', iss: ehr.iss })}`
    },
    server: createServer((request, response) => {
      const parts: Buffer[] = []
      request.on('data', (part) => parts.push(part as Buffer))
      request.on('end', () => {
        void answer(
          `${request.method} ${request.url}`,
          new URLSearchParams(Buffer.concat(parts).toString()),
          request.headers.authorization,
        ).then((body) => {
          response.writeHead(body ? 200 : 400, { 'content-type': 'application/json' })
          response.end(JSON.stringify(body ?? {}))
        })
      })
    }),
  }
  async function answer(what: string, form: URLSearchParams, authorization: string | undefined): Promise<object | undefined> {
    ehr.requests.push(what)
    const { said, iss } = ehr
    if (what === 'GET /.well-known/smart-configuration')
      return {
        issuer: iss,
        authorization_endpoint: `${iss}/authorize`,
        token_endpoint: `${iss}/token`,
        code_challenge_methods_supported: ['S256'],
        authorization_response_iss_parameter_supported: true,
        ...said.metadata,
      }
    if (what === 'POST /token') {
      const asked = codes.get(form.get('code') ?? '')
      codes.delete(form.get('code') ?? '')
      const challenge = createHash('sha256')
        .update(form.get('code_verifier') ?? '')
        .digest('base64url')
      if (!asked || asked.get('code_challenge') !== challenge || asked.get('redirect_uri') !== form.get('redirect_uri')) return undefined
      // The signature is not checked: the token comes from the token endpoint itself.
      const idToken = jwt({
        iss: said.tokenIss ?? iss,
        aud: 'helsevev-smart',
        exp: Math.floor(Date.now() / 1000) + 60,
        nonce: said.nonce ?? asked.get('nonce'),
        fhirUser: said.fhirUser,
      })
      return { access_token: 'of-the-record-system', token_type: 'Bearer', patient: said.patient, id_token: idToken }
    }
    if (authorization !== 'Bearer of-the-record-system') return undefined
    if (what === 'GET /Patient/p1') return { resourceType: 'Patient', identifier: said.identifiers }
    if (what === 'GET /Practitioner/u1')
      return { resourceType: 'Practitioner', identifier: [{ system: 'urn:oid:2.16.578.1.12.4.1.4.4', value: said.hprNumber }] }
    return undefined
  }
  await new Promise<void>((resolve) => ehr.server.listen(0, 'localhost', resolve))
  ehr.iss = `http://localhost:${(ehr.server.address() as AddressInfo).port}`
  return ehr
}

let issuer: FakeIssuer
let app: FastifyInstance
let ehr: Ehr
let other: Ehr
let employers: Employer[]
let logged: string

beforeEach(async () => {
  ;[issuer, ehr, other] = await Promise.all([fakeIssuer(), record(), record()])
  employers = [bergen, oslo]
  logged = ''
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
      apiScopes: ['helsevev:persons/read'],
      sessionRows: memoryRows(),
      sessionKey: randomBytes(32),
      organizationsOf: async () => employers,
      authorizationsOf: async () => ['SP'],
      decided: () => undefined,
      guard: async () => problem('no-token'),
      handover: () => undefined,
      smartEhrs: () =>
        [ehr, other].map(({ iss }, index) => ({
          iss,
          clientId: 'helsevev-smart',
          organization: bergen.number,
          name: `Journal ${index + 1}`,
        })),
      clientFolder: tmpdir(),
      panels: [],
    }),
  )
  await app.ready()
})

afterEach(async () => {
  await app.close()
  for (const { server } of [ehr, other]) {
    server.closeAllConnections()
    server.close()
  }
  await issuer.close()
})

const navigation = { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'navigate', 'sec-fetch-dest': 'document' }
const failed = (reason: string) => `/clinician/launch-failed?reason=${reason}`
const launchOf = (iss: string) => `/smart/launch?${new URLSearchParams({ iss, launch: 'opaque' })}`

type Page = ReturnType<typeof browser>
const go = async (page: Page, url: string) => await page.send({ method: 'GET', url, headers: navigation })

/** From the record system to the identity provider. */
async function toIssuer(page: Page, start = launchOf(ehr.iss)): Promise<string> {
  const out = await page.get(start, navigation)
  const back = await go(page, ehr.authorize(String(out.headers.location)))
  return String(back.headers.location)
}

test('opened from a record system: HelseID is asked to ask nobody, and the patient is open', async () => {
  const page = browser(app)
  const out = await page.get(launchOf(ehr.iss), navigation)
  const asked = new URL(String(out.headers.location)).searchParams
  assert.deepEqual(
    [asked.get('aud'), asked.get('launch'), asked.get('scope'), asked.get('code_challenge_method')],
    [ehr.iss, 'opaque', 'launch openid fhirUser', 'S256'],
  )
  const back = await go(page, ehr.authorize(String(out.headers.location)))
  assert.equal(issuer.seen.pushed[0]?.get('prompt'), 'none')
  const end = await go(page, issuer.signIn(String(back.headers.location)))
  assert.equal(end.headers.location, '/clinician/patient#launched')
  const me = await page.signedInAs(session.me)
  assert.deepEqual([me.patient?.numberEnding, me.patient?.purpose, me.organization?.number], ['14', 'TREAT', bergen.number])
  assert.deepEqual(me.organizations.length, 1)
  for (const secret of [known, 'of-the-record-system']) {
    assert.ok(!page.received.some((text) => text.includes(secret)), 'the browser is not told')
    assert.ok(!logged.includes(secret))
    assert.ok(![...ehr.requests].some((text) => text.includes(secret)))
  }
})

test('chosen in the record system, from the portal', async () => {
  const page = browser(app)
  const out = await page.get('/smart/standalone?ehr=0', { ...navigation, 'sec-fetch-site': 'same-origin' })
  const asked = new URL(String(out.headers.location)).searchParams
  assert.deepEqual([asked.get('launch'), asked.get('scope')], [null, 'launch/patient openid fhirUser'])
  const back = await go(page, ehr.authorize(String(out.headers.location)))
  const end = await go(page, issuer.signIn(String(back.headers.location)))
  assert.equal(end.headers.location, '/clinician/patient#launched')
  assert.deepEqual((await page.signedInAs(session.me)).recordSystems, ['Journal 1', 'Journal 2'])
  assert.equal((await page.get('/smart/standalone?ehr=7', navigation)).headers.location, failed('unknown-system'))
})

test('without a session at HelseID the person is asked after all, and the patient is open then', async () => {
  const page = browser(app)
  const silent = await toIssuer(page)
  const state = issuer.seen.pushed[0]?.get('state') ?? ''
  assert.ok(silent)
  const again = await go(page, `/clinician/callback?${new URLSearchParams({ error: 'login_required', state, iss: issuer.url })}`)
  assert.equal(issuer.seen.pushed[1]?.get('prompt') ?? null, null)
  const end = await go(page, issuer.signIn(String(again.headers.location)))
  assert.equal(end.headers.location, '/clinician/patient#launched')
})

test('an address that is not configured is never asked', async () => {
  const page = browser(app)
  for (const iss of [
    'https://evil.example',
    `${ehr.iss}.evil.example`,
    `${ehr.iss}/../x`,
    `${ehr.iss}@evil.example`,
    'http://169.254.169.254',
    '',
  ]) {
    assert.equal((await page.get(launchOf(iss), navigation)).headers.location, failed('unknown-system'))
  }
  assert.deepEqual([ehr.requests, other.requests], [[], []])
})

test('whoever signs in at HelseID is the user of the record system, or nothing is opened', async () => {
  ehr.said.hprNumber = '1111111'
  const page = browser(app)
  const end = await go(page, issuer.signIn(await toIssuer(page)))
  assert.equal(end.headers.location, '/clinician/?sign-in=another-user')
  assert.equal((await page.answer(session.me)).signedIn, false)
})

test('whoever does not work at the organisation that uses the record system is not let in from it', async () => {
  employers = [oslo]
  const page = browser(app)
  const end = await go(page, issuer.signIn(await toIssuer(page)))
  assert.equal(end.headers.location, '/clinician/?sign-in=another-user')
})

test('an answer to a way that this browser did not begin, or has ended, is refused (login CSRF, replay)', async () => {
  const attacker = browser(app)
  const out = await attacker.get(launchOf(ehr.iss), navigation)
  const answer = ehr.authorize(String(out.headers.location))
  const victim = browser(app)
  assert.equal((await go(victim, answer)).headers.location, failed('expired'))
  await victim.get(launchOf(ehr.iss), navigation)
  assert.equal((await go(victim, answer)).headers.location, failed('expired'), 'the state is another')
  assert.ok(!ehr.requests.includes('POST /token'))
  const mine = await attacker.get(launchOf(ehr.iss), navigation)
  const once = ehr.authorize(String(mine.headers.location))
  await go(attacker, once)
  assert.equal((await go(attacker, once)).headers.location, failed('expired'))
})

test('an answer of another record system than the one asked is refused (mix-up, RFC 9207)', async () => {
  for (const iss of [other.iss, undefined]) {
    const page = browser(app)
    const out = await page.get(launchOf(ehr.iss), navigation)
    const answer = new URL(ehr.authorize(String(out.headers.location)), origin)
    if (iss) answer.searchParams.set('iss', iss)
    else answer.searchParams.delete('iss')
    assert.equal((await go(page, `${answer.pathname}${answer.search}`)).headers.location, failed('failed'))
  }
  assert.ok(!ehr.requests.includes('POST /token'))
})

const lies: [what: string, lie: (ehr: Ehr) => void][] = [
  ['an ID token of another issuer', (it) => void (it.said.tokenIss = 'https://evil.example')],
  ['an ID token of another sign-in', (it) => void (it.said.nonce = 'another')],
  ['a user elsewhere', (it) => void (it.said.fhirUser = 'https://evil.example/Practitioner/u1')],
  ['a user who is a patient', (it) => void (it.said.fhirUser = 'Patient/p1')],
  ['a patient that leads elsewhere', (it) => void (it.said.patient = '../Practitioner/u1')],
  ['a patient without a number', (it) => void (it.said.identifiers = [])],
  ['a patient with two numbers', (it) => void it.said.identifiers.push({ system: 'urn:oid:2.16.578.1.12.4.1.4.2', value: known })],
]
for (const [what, lie] of lies) {
  test(`refused: ${what}`, async () => {
    lie(ehr)
    const page = browser(app)
    assert.equal(await toIssuer(page), failed('refused'))
    assert.deepEqual(issuer.seen.pushed, [])
  })
}

test('a record system without S256, and one that does not answer, are told apart', async () => {
  ehr.said.metadata = { code_challenge_methods_supported: ['plain'] }
  assert.equal((await browser(app).get(launchOf(ehr.iss), navigation)).headers.location, failed('refused'))
  ehr.server.closeAllConnections()
  await new Promise((resolve) => ehr.server.close(resolve))
  assert.equal((await browser(app).get(launchOf(ehr.iss), navigation)).headers.location, failed('unavailable'))
})

test('a launch is of a page that is shown, and leads nowhere but to the record system and to our own pages', async () => {
  const hidden = { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'no-cors', 'sec-fetch-dest': 'image' }
  assert.equal((await browser(app).get(launchOf(ehr.iss), hidden)).headers.location, failed('failed'))
  const out = await browser(app).get(`${launchOf(ehr.iss)}&redirect_uri=https://evil.example`, navigation)
  const to = new URL(String(out.headers.location))
  assert.deepEqual([to.origin, to.searchParams.get('redirect_uri')], [new URL(ehr.iss).origin, `${origin}/clinician/smart/callback`])
})

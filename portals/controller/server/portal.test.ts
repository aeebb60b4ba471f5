import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { tmpdir } from 'node:os'
import { afterEach, beforeEach, test } from 'node:test'
import type { Person } from '@helsevev/portal/server'
import { browser, origin } from '@helsevev/portal/testing/browser'
import { type FakeIssuer, fakeIssuer } from '@helsevev/portal/testing/fake-issuer'
import { memoryRows } from '@helsevev/portal/testing/session-rows'
import fastify, { type FastifyInstance } from 'fastify'
import { type Organization, session } from '../contract.ts'
import { controllerPortal } from './index.ts'

const bergen = { number: '998877665', name: 'Bergen kommune' }
const helse = { number: '887766554', name: 'Helse Bergen' }

let issuer: FakeIssuer
let app: FastifyInstance
let organizations: Organization[]
let asked: Person[]

beforeEach(async () => {
  issuer = await fakeIssuer()
  organizations = [bergen]
  asked = []
  app = fastify()
  await app.register(
    controllerPortal({
      publicUrl: origin,
      issuer: () => issuer.url,
      clientId: 'portal',
      clientKey: issuer.clientKey,
      apiBaseUrl: () => issuer.url,
      apiAudience: 'helsevev',
      services: [],
      apiScopes: ['helsevev:control/read', 'helsevev:control/write'],
      sessionRows: memoryRows(),
      sessionKey: randomBytes(32),
      organizationsOf: async (person) => {
        asked.push(person)
        return organizations
      },
      clientFolder: tmpdir(),
    }),
  )
  await app.ready()
})

afterEach(async () => {
  await app.close()
  await issuer.close()
})

test('who may act for one data controller signs in, sees for whom, and signs out', async () => {
  const page = browser(app, 'controller')
  await page.signIn(issuer)
  const me = await page.signedInAs(session.me)
  assert.deepEqual(
    asked.map(({ name, identityNumber }) => [name, identityNumber]),
    [['Ida Testesen', '17866412308']],
  )
  assert.doesNotMatch(String(issuer.seen.pushed[0]?.get('scope')), /hpr/)
  assert.deepEqual([me.name, me.organization], ['Ida Testesen', bergen])
  await page.change('POST', '/api/sign-out')
  assert.deepEqual(await page.answer(session.me), { signedIn: false })
})

test('who may act for none is not let in, and is told why', async () => {
  organizations = []
  const { back, me } = await browser(app, 'controller').signIn(issuer)
  assert.equal(back.headers.location, '/controller/?sign-in=no-organization')
  assert.deepEqual(me, { signedIn: false })
})

test('who may act for several chooses one of them, and no other', async () => {
  organizations = [bergen, helse]
  const page = browser(app, 'controller')
  await page.signIn(issuer)
  const me = await page.signedInAs(session.me)
  assert.deepEqual([me.organization, me.organizations], [undefined, organizations])
  for (const number of ['111111111', 'x', undefined])
    assert.equal((await page.change('POST', '/api/organization', { number })).statusCode, 400)
  for (const chosen of organizations) {
    await page.change('POST', '/api/organization', { number: chosen.number })
    assert.deepEqual((await page.signedInAs(session.me)).organization, chosen)
  }
})

async function signedIn() {
  const page = browser(app, 'controller')
  await page.signIn(issuer)
  return page
}

const id = '0b8f0e0e-6f0a-4b0c-9a52-0c4a3c1f0e11'
const reason = 'Besluttet i ledermøtet i går'
/** A number with a valid date and check digits that belongs to nobody. */
const number = '17866412308'

test('what waits is counted in one answer; what cannot be asked is told apart from none', async () => {
  const page = await signedIn()
  const cell = (versions: object[]) => ({ agreements: versions })
  const unsigned = { standing: 'pending', signedByController: null, signedByReceiver: null }
  issuer.answers['GET /control/follow-ups?count=200'] = { body: { items: [{}], count: 1, skip: 0, more: false } }
  issuer.answers['GET /control/misuse-cases?count=200'] = { body: { items: [], count: 200, skip: 0, more: true } }
  issuer.answers['GET /control/questions?count=200'] = { status: 503, code: 'unavailable' }
  issuer.answers['GET /control/messages?count=200'] = { body: { items: [], count: 0, skip: 0, more: false } }
  issuer.answers['GET /control/agreements'] = {
    body: {
      weOpen: [cell([unsigned, { ...unsigned, signedByController: 'Kari' }]), cell([{ ...unsigned, standing: 'ended' }])],
      openToUs: [cell([{ ...unsigned, signedByController: 'Ola' }])],
    },
  }
  issuer.api.searchset = { rows: [{ requests: 3 }, { requests: 4 }] }
  assert.deepEqual((await page.get('/api/overview')).json(), {
    followUps: { count: 1, more: false },
    misuseCases: { count: 200, more: true },
    questions: null,
    messages: { count: 0, more: false },
    signatures: { count: 2, more: false },
    refusals: { count: 7, more: false },
  })
  assert.deepEqual(issuer.seen.organizations, [bergen.number])
})

test('what pages read comes from the same address of the control API, with what they ask', async () => {
  const page = await signedIn()
  issuer.api.searchset = { some: 'answer' }
  for (const [asked, called] of [
    ['/role', '/me'],
    ['/agreements', '/agreements'],
    [`/misuse-cases/${id}`, `/misuse-cases/${id}`],
    ['/agreements/998877665%3Anews2%3A887766554%3A1', '/agreements/998877665:news2:887766554:1'],
    ['/follow-ups?status=closed&count=50&skip=50', '/follow-ups?status=closed&count=50&skip=50'],
    ['/use?from=2026-01-01&until=2026-01-29&by=week&service=news2', '/use?from=2026-01-01&until=2026-01-29&by=week&service=news2'],
    ['/counterparts?name=Helse%20Vest', '/counterparts?name=Helse+Vest'],
  ] as const) {
    const answer = await page.get(`/api${asked}`)
    assert.deepEqual([answer.statusCode, answer.json()], [200, { some: 'answer' }], asked)
    assert.equal(issuer.seen.apiRequests.at(-1)?.url, `/control${called}`)
  }
})

for (const asked of [
  '/roles?other=1',
  '/use?from=today',
  '/follow-ups?status=all',
  '/follow-ups?status=open&status=closed',
  '/agreements/..',
  '/agreements/%2e%2e',
  '/agreements/a%2Fb',
  '/misuse-cases/a%3Fb',
]) {
  test(`${asked} is not asked of the API`, async () => {
    const page = await signedIn()
    const { statusCode } = await page.get(`/api${asked}`)
    assert.ok(statusCode === 400 || statusCode === 404, String(statusCode))
    assert.deepEqual(issuer.seen.apiRequests, [])
  })
}

test('a change goes on with its body, and an identity number stands in the body alone', async () => {
  const page = await signedIn()
  issuer.api.searchset = { id, standing: 'reader' }
  const answer = await page.change('POST', '/api/roles', {
    identityNumber: `${number.slice(0, 6)} ${number.slice(6)}`,
    role: 'reader',
    reason,
  })
  assert.deepEqual([answer.statusCode, answer.json()], [200, { id, standing: 'reader' }])
  const [sent] = issuer.seen.apiRequests
  assert.deepEqual([sent?.method, sent?.url, sent?.type], ['POST', '/control/roles', 'application/json'])
  assert.deepEqual(JSON.parse(sent?.body ?? ''), { identityNumber: number, role: 'reader', reason })
  assert.ok(!page.received.join().includes(number))
})

const wrong: [what: string, path: string, body: object][] = [
  ['with a member that the route does not know', '/api/closures', { service: 'news2', receiver: bergen.number, reason, organization: '1' }],
  ['without a reason', '/api/closures', { service: 'news2', receiver: bergen.number }],
  ['with a finding that there is none of', `/api/follow-ups/${id}/close`, { finding: 'fine', reason }],
  ['of an id that is an address', '/api/agreements/a%2F..%2Fb/sign', { reason }],
]
for (const [what, path, body] of wrong) {
  test(`a change ${what} is not sent on`, async () => {
    const page = await signedIn()
    assert.equal((await page.change('POST', path, body)).statusCode, 400)
    assert.deepEqual(issuer.seen.apiRequests, [])
  })
}

test('a change without the value of the session, or from another site, is not sent on', async () => {
  const page = await signedIn()
  for (const headers of [{ 'helsevev-csrf': 'other' }, { origin: 'https://elsewhere.example' }] as Record<string, string>[]) {
    const { statusCode } = await page.change('POST', `/api/agreements/abc/sign`, { reason }, headers)
    assert.equal(statusCode, 403)
  }
  assert.deepEqual(issuer.seen.apiRequests, [])
})

for (const [status, code] of [
  [403, 'controller-role-insufficient'],
  [409, 'last-owner'],
  [409, 'same-person'],
  [404, 'agreement-unknown'],
  [400, 'reason-required'],
] as const) {
  test(`when the API says ${status} ${code}, the page is told which`, async () => {
    const page = await signedIn()
    issuer.api = { ...issuer.api, status, code }
    const answer = await page.change('POST', '/api/agreements/abc/sign', { reason })
    assert.deepEqual([answer.statusCode, answer.json()], [403, { code: 'refused', reason: code }])
  })
}

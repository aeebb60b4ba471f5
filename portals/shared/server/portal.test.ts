/**
 * What every portal does for its routes, with a portal made for the test. Sign-in, headers and files are tested with the clinician portal.
 */
import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { tmpdir } from 'node:os'
import { afterEach, beforeEach, test } from 'node:test'
import { get, nothing, post, put, remove } from '@helsevev/kernel/wire/contract'
import fastify, { type FastifyInstance } from 'fastify'
import * as z from 'zod/mini'
import { csrfHeader, sessionRows } from '../contract.ts'
import { ApiError, type Portal, portal } from './index.ts'
import { browser, origin } from './testing/browser.ts'
import { type FakeIssuer, fakeIssuer } from './testing/fake-issuer.ts'
import { memoryRows } from './testing/session-rows.ts'

interface Content {
  colour: string
}

const anything = z.unknown()
const contract = {
  things: get('/things', { about: 'All things.', answer: anything }),
  thing: get('/things/:id', { about: 'A thing.', answer: z.object({ id: z.string() }) }),
  careful: get('/careful', { about: 'Things, or what went wrong.', answer: anything }),
  search: post('/search', { about: 'Some things.', body: z.object({}), answer: anything }),
  changeThing: put('/things', { about: 'Another name.', body: z.object({ name: z.string() }), answer: nothing }),
  paint: post('/colour', {
    about: 'Another colour.',
    body: z.object({ colour: z.enum(['green', 'blue']) }),
    answer: z.object({ colour: z.string() }),
  }),
  bleach: remove('/colour', { about: 'No colour.', answer: nothing }),
} as const

const session = sessionRows({ colour: z.string() })

const definition = (name: string): Portal<Content> => ({
  name,
  pages: ['/', '/things/:id'],
  refusals: ['no-agreement'],
  problems: { 'too-blue': 422 },
  signedIn: async () => ({ colour: 'red' }),
  me: ({ session }) => ({ colour: session.colour }),
  routes(_app, desk) {
    desk.serve(contract, {
      things: async ({ api }) => await api.get('/fhir/Thing?_count=1'),
      thing: (_asked, { id }) => ({ id }),
      async careful({ api }) {
        try {
          return await api.get('/control/v1/things')
        } catch (error) {
          if (error instanceof ApiError) return { status: error.status, reason: error.reason, kind: error.kind }
          throw error
        }
      },
      search: async ({ api }) => await api.post('/fhir/_search', new URLSearchParams({ a: '1' })),
      async changeThing({ api }, { body }) {
        await api.put('/fhir/Thing/1', { resourceType: 'Thing', ...body })
        await api.post('/control/v1/things', body)
        await api.delete('/fhir/Thing/2')
        return undefined
      },
      async paint({ id }, { body: { colour } }) {
        if (colour === 'blue') return { code: 'too-blue' }
        await desk.sessions.change(id, (session) => ({ ...session, colour }))
        return { colour }
      },
      async bleach({ id }) {
        await desk.sessions.change(id, (session) => ({ ...session, colour: 'none' }))
        return undefined
      },
    })
  },
})

let issuer: FakeIssuer
let app: FastifyInstance

beforeEach(async () => {
  issuer = await fakeIssuer()
  app = fastify()
  const common = { sessionRows: memoryRows(), sessionKey: randomBytes(32) }
  // The second is configured with a test identity provider.
  for (const name of ['one', 'two'])
    await app.register(
      portal(definition(name), {
        ...common,
        publicUrl: origin,
        issuer: () => issuer.url,
        clientId: 'portal',
        clientKey: issuer.clientKey,
        apiBaseUrl: () => issuer.url,
        apiAudience: 'helsevev',
        services: [],
        apiScopes: ['helsevev:things/citizen'],
        takesLoginHint: name === 'two',
        clientFolder: tmpdir(),
      }),
    )
  await app.ready()
})

afterEach(async () => {
  await app.close()
  await issuer.close()
})

async function signedIn() {
  const page = browser(app, 'one')
  await page.signIn(issuer)
  return page
}

test('routes call the API with the person’s token by GET, POST, PUT and DELETE, with forms and JSON, for no organisation', async () => {
  const page = await signedIn()
  assert.deepEqual((await page.get('/api/things')).json(), issuer.api.searchset)
  assert.equal((await page.change('POST', '/api/search')).statusCode, 200)
  assert.equal((await page.change('PUT', '/api/things', { name: 'loom' })).statusCode, 204)
  assert.deepEqual(
    issuer.seen.apiRequests.map(({ method, url, type, body, organization }) => [method, url, type, body, organization]),
    [
      ['GET', '/fhir/Thing?_count=1', undefined, '', 'none'],
      ['POST', '/fhir/_search', 'application/x-www-form-urlencoded;charset=UTF-8', 'a=1', 'none'],
      ['PUT', '/fhir/Thing/1', 'application/fhir+json', '{"resourceType":"Thing","name":"loom"}', 'none'],
      ['POST', '/control/v1/things', 'application/json', '{"name":"loom"}', 'none'],
      ['DELETE', '/fhir/Thing/2', undefined, '', 'none'],
    ],
  )
})

test('what the API refuses is told with its reason when the portal has words for it, and a route may look closer', async () => {
  const page = await signedIn()
  const rows: [number, string, number, object][] = [
    [403, 'no-agreement', 403, { code: 'refused', reason: 'no-agreement' }],
    [400, 'no-agreement', 403, { code: 'refused', reason: 'no-agreement' }],
    [409, 'conflict', 502, { code: 'failed' }],
    [503, 'unavailable', 503, { code: 'unavailable' }],
  ]
  for (const [status, code, told, problem] of rows) {
    issuer.api = { ...issuer.api, status, code }
    const answer = await page.get('/api/things')
    assert.deepEqual([answer.statusCode, answer.json()], [told, problem], code)
  }
  issuer.api = { ...issuer.api, status: 409, code: 'conflict' }
  assert.deepEqual((await page.get('/api/careful')).json(), { status: 409, reason: 'conflict', kind: 'failed' })
})

test('a body of another form, or not in JSON, is refused before the route runs; a problem of the portal has its own status', async () => {
  const page = await signedIn()
  for (const body of [{}, { colour: 'red' }, [], 'green']) {
    const refused = await page.change('POST', '/api/colour', body)
    assert.deepEqual([refused.statusCode, refused.json()], [400, { code: 'invalid-request' }], JSON.stringify(body))
  }
  const broken = await page.send({
    method: 'POST',
    url: '/one/api/colour',
    headers: { origin, 'content-type': 'application/json' },
    payload: '{"colour":',
  })
  assert.equal(broken.statusCode, 400)
  const blue = await page.change('POST', '/api/colour', { colour: 'blue' })
  assert.deepEqual([blue.statusCode, blue.json()], [422, { code: 'too-blue' }])
  assert.equal((await page.signedInAs(session.me)).colour, 'red')
  await page.change('POST', '/api/colour', { colour: 'green' })
  assert.equal((await page.signedInAs(session.me)).colour, 'green')
})

test('no method changes anything without our Origin and the csrf value, and nothing is read for another site', async () => {
  const page = await signedIn()
  const attacks: [string, Record<string, string>][] = [
    ['another origin', { origin: 'https://evil.example' }],
    ['another csrf value', { [csrfHeader]: 'guessed' }],
    ['from another site', { 'sec-fetch-site': 'cross-site' }],
  ]
  for (const [name, headers] of attacks) {
    for (const [method, path, body] of [
      ['POST', '/api/colour', { colour: 'green' }],
      ['PUT', '/api/things', { name: 'loom' }],
      ['DELETE', '/api/colour', undefined],
      ['POST', '/api/sign-out', {}],
    ] as const) {
      const refused = await page.change(method, path, body, headers)
      assert.deepEqual([refused.statusCode, refused.json()], [403, { code: 'not-from-our-page' }], `${method} ${path}, ${name}`)
    }
  }
  assert.equal((await page.get('/api/things/7', { 'sec-fetch-site': 'cross-site' })).statusCode, 401)
  assert.equal((await page.signedInAs(session.me)).colour, 'red')
  assert.deepEqual(issuer.seen.apiRequests, [])
})

test('sessions of two portals live side by side in one browser, and the cookie of one opens nothing in the other', async () => {
  const one = await signedIn()
  const two = browser(app, 'two')
  for (const [name, value] of one.cookies) two.cookies.set(name, value)
  assert.deepEqual(await two.answer(session.me), { signedIn: false })
  two.cookies.set('__Host-helsevev-two', one.cookies.get('__Host-helsevev-one') ?? '')
  assert.deepEqual(await two.answer(session.me), { signedIn: false })
  await two.signIn(issuer)
  assert.deepEqual([...two.cookies.keys()], ['__Host-helsevev-one', '__Host-helsevev-two'])
  await two.change('POST', '/api/sign-out')
  assert.equal((await one.answer(session.me)).signedIn, true)
})

test('signing out everywhere ends the sessions of the same person in every portal and browser, and of nobody else', async () => {
  const [one, elsewhere] = [await signedIn(), await signedIn()]
  const two = browser(app, 'two')
  await two.signIn(issuer)
  issuer.claims = { ...issuer.claims, 'helseid://claims/identity/pid': '01705012314' }
  const other = await signedIn()
  assert.equal((await one.change('POST', '/api/sign-out', { everywhere: true })).statusCode, 200)
  for (const page of [one, elsewhere, two]) assert.deepEqual(await page.answer(session.me), { signedIn: false })
  assert.equal((await other.answer(session.me)).signedIn, true)
})

test('a link says whom to sign in as at the test identity provider alone, from our own pages alone, and by a name alone', async () => {
  const hints = async (path: string, headers: Record<string, string> = {}) => {
    issuer.seen.pushed.length = 0
    await browser(app, 'two').send({ method: 'GET', url: path, headers })
    return issuer.seen.pushed.map((form) => form.get('login_hint'))
  }
  assert.deepEqual(await hints('/two/login?as=nurse-bergen'), ['nurse-bergen'])
  assert.deepEqual(await hints('/two/login'), [null])
  assert.deepEqual(await hints('/one/login?as=nurse-bergen'), [null], 'a portal at another issuer')
  const elsewhere = { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'navigate' }
  assert.deepEqual(await hints('/two/login?as=nurse-bergen', elsewhere), [null], 'a link on another site')
  for (const odd of ['a%0d%0ab', '%3Cscript%3E', 'x'.repeat(65), 'as=1&as=2'])
    assert.deepEqual(await hints(`/two/login?as=${odd}`), [null], odd)
})

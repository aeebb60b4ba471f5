import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { tmpdir } from 'node:os'
import { afterEach, beforeEach, test } from 'node:test'
import { browser, origin } from '@helsevev/portal/testing/browser'
import { type FakeIssuer, fakeIssuer } from '@helsevev/portal/testing/fake-issuer'
import { memoryRows } from '@helsevev/portal/testing/session-rows'
import fastify, { type FastifyInstance } from 'fastify'
import { session } from '../contract.ts'
import { citizenPortal } from './index.ts'

let issuer: FakeIssuer
let app: FastifyInstance

beforeEach(async () => {
  issuer = await fakeIssuer()
  app = fastify()
  await app.register(
    citizenPortal({
      panels: [],
      publicUrl: origin,
      issuer: () => issuer.url,
      clientId: 'portal',
      clientKey: issuer.clientKey,
      apiBaseUrl: () => issuer.url,
      apiAudience: 'helsevev',
      services: [],
      apiScopes: ['helsevev:news2/citizen', 'helsevev:access-log/citizen'],
      sessionRows: memoryRows(),
      sessionKey: randomBytes(32),
      clientFolder: tmpdir(),
      organizations: async () => [],
      practitioners: async () => [],
      checkLines: async () => ({}),
    }),
  )
  await app.ready()
})

afterEach(async () => {
  await app.close()
  await issuer.close()
})

test('anybody at security level 4 signs in, sees who they are, and signs out', async () => {
  delete issuer.claims['helseid://claims/hpr/hpr_number']
  const page = browser(app, 'citizen')
  const { back } = await page.signIn(issuer)
  assert.equal(back.headers.location, '/citizen/')
  const { csrf: _, draftKey, idleSeconds, endsInSeconds, ...told } = await page.signedInAs(session.me)
  assert.deepEqual(told, { signedIn: true, name: 'Ida Testesen', services: [], about: 'me' })
  assert.equal(Buffer.from(draftKey, 'base64url').length, 32)
  assert.deepEqual([Math.ceil(idleSeconds / 60), Math.ceil(endsInSeconds / 60)], [30, 480])
  assert.deepEqual([...page.cookies.keys()], ['__Host-helsevev-citizen'])
  const out = await page.answer(session.signOut, { body: {} })
  assert.equal(new URL(out.next).searchParams.get('post_logout_redirect_uri'), `${origin}/citizen/`)
  assert.deepEqual(await page.answer(session.me), { signedIn: false })
})

test('a citizen is asked for no more than who they are: no register of health personnel, and scopes of citizens only', async () => {
  await browser(app, 'citizen').signIn(issuer)
  assert.deepEqual(issuer.seen.pushed[0]?.get('scope')?.split(' ').sort(), [
    'helseid://scopes/identity/pid',
    'helseid://scopes/identity/security_level',
    'helsevev:access-log/citizen',
    'helsevev:news2/citizen',
    'offline_access',
    'openid',
    'profile',
  ])
})

test('no identity number reaches the browser', async () => {
  const page = browser(app, 'citizen')
  await page.signIn(issuer)
  await page.get('/api/me')
  assert.equal(
    page.received.some((text) => text.includes('17866412308')),
    false,
  )
})

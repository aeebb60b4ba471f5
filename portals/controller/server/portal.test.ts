import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { tmpdir } from 'node:os'
import { afterEach, beforeEach, test } from 'node:test'
import type { Person } from '@helsevev/portal/server'
import { browser, origin } from '@helsevev/portal/testing/browser'
import { type FakeIssuer, fakeIssuer } from '@helsevev/portal/testing/fake-issuer'
import { memoryRows } from '@helsevev/portal/testing/session-rows'
import fastify, { type FastifyInstance } from 'fastify'
import type { Organization } from '../contract.ts'
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
  const { me } = await page.signIn(issuer)
  assert.deepEqual(asked, [{ name: 'Ida Testesen', identityNumber: '17866412308', hprNumber: '7654321' }])
  assert.deepEqual([me.name, me.organization], ['Ida Testesen', bergen])
  await page.change('POST', '/api/sign-out')
  assert.deepEqual((await page.get('/api/me')).json(), { signedIn: false })
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
  const { me } = await page.signIn(issuer)
  assert.deepEqual([me.organization, me.organizations], [undefined, organizations])
  for (const number of ['111111111', 'x', undefined])
    assert.equal((await page.change('POST', '/api/organization', { number })).statusCode, 400)
  for (const chosen of organizations) {
    await page.change('POST', '/api/organization', { number: chosen.number })
    assert.deepEqual((await page.get('/api/me')).json().organization, chosen)
  }
})

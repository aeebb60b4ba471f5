/** The control API with real tokens: sign-in through the portal's client, proofs, the made-up owners, and a system that is refused. */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { Loose } from '@helsevev/kernel/testing/api'
import { createApi } from '@helsevev/sdk'
import { startTestSystem, type TestSystem } from './test-system.ts'

const [BERGEN, HELSE_VEST] = ['964338531', '983658725']
const SCOPE = 'helsevev:control/read helsevev:control/write'
const REASON = 'Besluttet i ledermøtet i går'

let it: TestSystem
before(async () => {
  it = await startTestSystem()
})
after(async () => {
  await it.close()
})

async function controller(personId: string, organization: string) {
  const token = await it.personToken(personId, organization, SCOPE, 'controller')
  const api = createApi({ baseUrl: `${it.system.baseUrl}/control`, token: async () => token, sourceSystem: 'test of the system' })
  const post = async (path: string, body: object) => await api.post<Loose>(path, body, { 'content-type': 'application/json' })
  return { get: async (path: string) => await api.get<Loose>(path), post }
}

test('two owners, each signed in for their own organisation, make an agreement; somebody without a role is told whom to ask', async () => {
  const marit = await controller('owner-bergen', BERGEN)
  const me = await marit.get('me')
  assert.deepEqual([me.status, me.body.name, me.body.role], [200, 'Marit Fjeldstad', 'owner'], JSON.stringify(me.body))
  const made = await marit.post('agreements', {
    controller: BERGEN,
    receiver: HELSE_VEST,
    service: 'home-monitoring',
    purposes: ['TREAT'],
    legalBasis: 'pasientjournalloven § 19',
    reason: REASON,
  })
  assert.equal(made.status, 200, JSON.stringify(made.body))
  const gunnar = await controller('owner-helse-vest', HELSE_VEST)
  for (const api of [marit, gunnar]) {
    const signed = await api.post(`agreements/${made.body.id}/sign`, { reason: REASON })
    assert.equal(signed.status, 200, JSON.stringify(signed.body))
  }
  const { body: matrix } = await gunnar.get('agreements')
  const cell = matrix.openToUs.find(({ service, counterpart }: Loose) => service === 'home-monitoring' && counterpart.id === BERGEN)
  assert.equal(cell.status, 'open')

  const ingrid = await (await controller('nurse-bergen', BERGEN)).get('me')
  assert.equal(ingrid.status, 403)
  assert.match(ingrid.body.issue[0].details.text, /Kåre Tveit or Marit Fjeldstad/)
})

test('the vendor of the portal stands in the list, and cannot be switched off by the portal itself', async () => {
  const marit = await controller('owner-bergen', BERGEN)
  const { body } = await marit.get('vendors')
  const own = body.find(({ carriesThisRequest }: Loose) => carriesThisRequest)
  assert.equal(own.name, 'Helsevev')
  const refused = await marit.post(`vendors/${own.number}/withdraw`, { reason: REASON })
  assert.deepEqual([refused.status, refused.body.issue[0].details.coding[0].code], [409, 'carries-this-request'])
})

test('a request without token, and one with a token of a system, are refused', async () => {
  const bare = await fetch(`${it.system.baseUrl}/control/me`)
  assert.deepEqual([bare.status, bare.headers.get('www-authenticate')?.startsWith('DPoP')], [401, true])
  const token = await it.vendorToken('fjordjournal-ehr', BERGEN, 'helsevev:news2/read')
  const api = createApi({ baseUrl: `${it.system.baseUrl}/control`, token: async () => token, sourceSystem: 'test of the system' })
  const refused = await api.get<Loose>('me')
  assert.deepEqual([refused.status, refused.body.issue[0].details.coding[0].code], [403, 'person-login-required'])
})

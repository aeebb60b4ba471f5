/** The control API with real tokens: sign-in through the portal's client, proofs, the made-up owners, and a system that is refused. */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { contract } from '@helsevev/kernel/control/contract'
import { type AnswerOf, addressOf, type Input, type Row } from '@helsevev/kernel/wire/contract'
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
  const ask = async <Answer, R extends Row>(row: R, ...[given]: Input<R>) => {
    const path = addressOf(row, given).slice(1)
    if (row.method === 'GET') return await api.get<Answer>(path)
    const body = given && 'body' in given ? given.body : {}
    return await api.post<Answer>(path, body, { 'content-type': 'application/json' })
  }
  return {
    async answer<R extends Row>(row: R, ...given: Input<R>): Promise<AnswerOf<R>> {
      const { status, body } = await ask<AnswerOf<R>, R>(row, ...given)
      assert.equal(status, 200, JSON.stringify(body))
      return body
    },
    async refusal<R extends Row>(row: R, ...given: Input<R>) {
      const { status, body } = await ask<Outcome, R>(row, ...given)
      return { status, ...firstOf(body) }
    },
  }
}

interface Outcome {
  issue: { details?: { text?: string; coding?: { code?: string }[] } }[]
}

function firstOf({ issue: [first] }: Outcome) {
  return { code: first?.details?.coding?.[0]?.code, text: first?.details?.text ?? '' }
}

test('two owners, each signed in for their own organisation, make an agreement; somebody without a role is told whom to ask', async () => {
  const marit = await controller('owner-bergen', BERGEN)
  const me = await marit.answer(contract.me)
  assert.deepEqual([me.name, me.role], ['Marit Fjeldstad', 'owner'])
  const { id } = await marit.answer(contract.proposeAgreement, {
    body: {
      controller: BERGEN,
      receiver: HELSE_VEST,
      service: 'home-monitoring',
      purposes: ['TREAT'],
      legalBasis: 'pasientjournalloven § 19',
      reason: REASON,
    },
  })
  const gunnar = await controller('owner-helse-vest', HELSE_VEST)
  for (const api of [marit, gunnar]) await api.answer(contract.signAgreement, { id, body: { reason: REASON } })
  const { openToUs } = await gunnar.answer(contract.agreements)
  const cell = openToUs.find(({ service, counterpart }) => service === 'home-monitoring' && counterpart.id === BERGEN)
  assert.equal(cell?.status, 'open')

  const ingrid = await (await controller('nurse-bergen', BERGEN)).refusal(contract.me)
  assert.equal(ingrid.status, 403)
  assert.match(ingrid.text, /Kåre Tveit or Marit Fjeldstad/)
})

test('the vendor of the portal stands in the list, and cannot be switched off by the portal itself', async () => {
  const marit = await controller('owner-bergen', BERGEN)
  const own = (await marit.answer(contract.vendors)).find(({ carriesThisRequest }) => carriesThisRequest)
  assert.equal(own?.name, 'Helsevev')
  const refused = await marit.refusal(contract.withdrawDelegation, { number: own?.number ?? '', body: { reason: REASON } })
  assert.deepEqual([refused.status, refused.code], [409, 'carries-this-request'])
})

test('a request without token, and one with a token of a system, are refused', async () => {
  const bare = await fetch(`${it.system.baseUrl}/control/me`)
  assert.deepEqual([bare.status, bare.headers.get('www-authenticate')?.startsWith('DPoP')], [401, true])
  const token = await it.vendorToken('fjordjournal-ehr', BERGEN, 'helsevev:news2/read')
  const api = createApi({ baseUrl: `${it.system.baseUrl}/control`, token: async () => token, sourceSystem: 'test of the system' })
  const refused = await api.get<Outcome>('me')
  assert.deepEqual([refused.status, firstOf(refused.body).code], [403, 'person-login-required'])
})

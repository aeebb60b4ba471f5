import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { decodeJwt } from 'jose'
import { authorizationDetails, BERGEN, OSLO, OTHER_VENDOR, PERSON_SCOPES, READ, type Started, start, VENDOR, WRITE } from './testing.ts'

const GRANT = 'urn:ietf:params:oauth:grant-type:token-exchange'
const TYPE = 'urn:ietf:params:oauth:token-type:access_token'
const PARENT = 'helseid://claims/client/claims/orgnr_parent'
const SUPPLIER = 'helseid://claims/client/claims/orgnr_supplier'

let started: Started
let subject: string
before(async () => {
  started = await start()
  const answer = await started.signIn('record-system', 'nurse', { scope: `${PERSON_SCOPES} ${WRITE}` })
  assert.equal(answer.status, 200, JSON.stringify(answer.body))
  const { body } = await started.token(
    'record-system',
    { grant_type: 'refresh_token', refresh_token: String(answer.body.refresh_token), scope: WRITE },
    { claims: { assertion_details: authorizationDetails(`NO:ORGNR:${OSLO}:`) } },
  )
  subject = String(body.access_token)
})
after(() => started.close())

const form = (more: Record<string, string> = {}) => ({
  grant_type: GRANT,
  subject_token: subject,
  subject_token_type: TYPE,
  scope: READ,
  ...more,
})

test('a token handed in is exchanged for one of the client itself, for the same person and organisation', async () => {
  const { status, body } = await started.token('portal', form())
  assert.equal(status, 200, JSON.stringify(body))
  assert.equal(body.issued_token_type, TYPE)
  assert.equal(body.token_type, 'DPoP')
  assert.equal(body.refresh_token, undefined)
  const before = decodeJwt(subject)
  const token = decodeJwt(String(body.access_token))
  assert.deepEqual([before.client_id, before[SUPPLIER]], ['record-system', OTHER_VENDOR])
  assert.deepEqual([token.client_id, token[SUPPLIER], token[PARENT], token.scope], ['portal', VENDOR, OSLO, [READ]])
  assert.deepEqual(token.act, { iss: started.helseId.issuer, client_id: 'portal', orgnr_parent: VENDOR })
  for (const claim of ['sub', 'helseid://claims/identity/pid', 'helseid://claims/hpr/hpr_number', 'name', 'amr', 'auth_time']) {
    assert.deepEqual(token[claim], before[claim], claim)
  }
  assert.ok(Number(token.exp) <= Number(before.exp), 'it lives no longer than the one handed in')
  assert.ok(Number(body.expires_in) <= Number(before.exp) - Math.floor(Date.now() / 1000) + 1)
})

const altered = () => `${subject.slice(0, -6)}AAAAAA`
const refusals: { what: string; client?: string; form: () => Record<string, string>; claims?: object; error: string; says: RegExp }[] = [
  {
    what: 'a client that is not registered for it',
    client: 'record-system',
    form: () => form({ scope: WRITE }),
    error: 'unauthorized_client',
    says: /not registered for/,
  },
  { what: 'no subject token', form: () => ({ grant_type: GRANT, scope: READ }), error: 'invalid_request', says: /subject_token/ },
  {
    what: 'an ID token',
    form: () => form({ subject_token_type: 'urn:ietf:params:oauth:token-type:id_token' }),
    error: 'invalid_request',
    says: /subject_token_type/,
  },
  {
    what: 'a token with another signature',
    form: () => form({ subject_token: altered() }),
    error: 'invalid_request',
    says: /subject_token: /,
  },
  { what: 'an actor token', form: () => form({ actor_token: subject }), error: 'invalid_request', says: /actor_token/ },
  {
    what: 'a refresh token asked for',
    form: () => form({ requested_token_type: 'urn:ietf:params:oauth:token-type:refresh_token' }),
    error: 'invalid_request',
    says: /requested_token_type/,
  },
  { what: 'a scope the client has not', form: () => form({ scope: WRITE }), error: 'invalid_scope', says: /not registered/ },
  { what: 'identity scopes alone', form: () => form({ scope: PERSON_SCOPES }), error: 'invalid_target', says: /name one API/ },
  {
    what: 'an organisation stated',
    form: () => form(),
    claims: { assertion_details: authorizationDetails(`NO:ORGNR:${BERGEN}:`) },
    error: 'access_denied',
    says: /^HID-1005/,
  },
]
for (const { what, client = 'portal', form: build, claims, error, says } of refusals) {
  test(`refused: ${what}`, async () => {
    const { body } = await started.token(client, build(), claims ? { claims: claims as Record<string, unknown> } : {})
    assert.equal(body.error, error, JSON.stringify(body))
    assert.match(String(body.error_description), says)
  })
}

test('a token of a system is for no person and is not exchanged', async () => {
  const { body } = await started.token(
    'vendor',
    { grant_type: 'client_credentials', scope: READ },
    { claims: { assertion_details: authorizationDetails(`NO:ORGNR:${OSLO}:`) } },
  )
  const answer = await started.token('portal', form({ subject_token: String(body.access_token) }))
  assert.match(String(answer.body.error_description), /it is for no person/)
})

test('the customer must have delegated to the client that asks, too', async () => {
  const { world } = started.helseId
  const { delegations } = world
  world.delegations = delegations.filter(({ customer, supplier }) => !(customer === OSLO && supplier === VENDOR))
  const { body } = await started.token('portal', form())
  world.delegations = delegations
  assert.match(String(body.error_description), /^HID-1001/)
})

test('an expired token is not exchanged', async () => {
  let now = Date.now() - 3_600_000
  const slow = await start({ now: () => new Date(now) })
  try {
    const { body } = await slow.signIn('record-system', 'nurse', { scope: `${PERSON_SCOPES} ${WRITE}` })
    const refreshed = await slow.token(
      'record-system',
      { grant_type: 'refresh_token', refresh_token: String(body.refresh_token), scope: WRITE },
      { claims: { assertion_details: authorizationDetails(`NO:ORGNR:${OSLO}:`) } },
    )
    const old = form({ subject_token: String(refreshed.body.access_token) })
    assert.equal((await slow.token('portal', old)).status, 200)
    now = Date.now()
    assert.match(String((await slow.token('portal', old)).body.error_description), /"exp" claim timestamp check failed/)
  } finally {
    await slow.close()
  }
})

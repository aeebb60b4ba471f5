import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { createRemoteJWKSet, decodeJwt, importJWK, jwtVerify, SignJWT } from 'jose'
import {
  authorizationDetails,
  BERGEN,
  CALLBACK,
  createBrowser,
  OSLO,
  PERSON_SCOPES,
  pushedRequest,
  READ,
  type Started,
  start,
  VENDOR,
} from './testing.ts'

let started: Started
before(async () => {
  started = await start()
})
after(() => started.close())

const PARENT = 'helseid://claims/client/claims/orgnr_parent'
const SUPPLIER = 'helseid://claims/client/claims/orgnr_supplier'
const statedAs = (parent: string) => ({ claims: { assertion_details: authorizationDetails(`NO:ORGNR:${parent}:`) } })

function refresh(answer: { body: Record<string, unknown> }, parent?: string, form: Record<string, string> = { scope: READ }) {
  const body = { grant_type: 'refresh_token', refresh_token: String(answer.body.refresh_token), ...form }
  return started.token('portal', body, parent ? statedAs(parent) : {})
}

test('a person signs in without an organisation: the portal learns who it is and gets a refresh token, but no API token', async () => {
  const { helseId, signIn } = started
  const answer = await signIn('portal', 'nurse')
  assert.equal(answer.status, 200)
  assert.equal(answer.body.token_type, 'DPoP')
  assert.equal(answer.body.rt_expires_in, 43200)
  assert.equal(answer.body.scope, PERSON_SCOPES)
  assert.ok(!String(answer.body.access_token).includes('.'), 'the access token is for userinfo only')

  const keys = createRemoteJWKSet(new URL(`${helseId.issuer}/.well-known/openid-configuration/jwks`))
  const { payload } = await jwtVerify(String(answer.body.id_token), keys, {
    issuer: helseId.issuer,
    audience: 'portal',
    algorithms: ['RS256'],
  })
  const { iat, exp, auth_time, sub, ...claims } = payload
  assert.deepEqual([typeof iat, typeof exp, typeof auth_time], ['number', 'number', 'number'])
  assert.match(String(sub), /^[A-Za-z0-9+/]{43}=$/)
  assert.deepEqual(claims, {
    iss: helseId.issuer,
    aud: 'portal',
    nonce: 'n',
    idp: 'helseid-test',
    amr: ['test-person'],
    name: 'Nora Sykepleier',
    given_name: 'Nora',
    family_name: 'Sykepleier',
    'helseid://claims/identity/pid': helseId.world.people[0]!.pid,
    'helseid://claims/identity/security_level': '4',
    'helseid://claims/hpr/hpr_number': '9999901',
  })
})

test('each refresh states the organisation, and another one needs no new sign-in', async () => {
  const signedIn = await started.signIn('portal', 'nurse')
  const oslo = await refresh(signedIn, OSLO, { scope: READ, resource: 'helsevev' })
  assert.equal(oslo.status, 200, JSON.stringify(oslo.body))
  const claims = decodeJwt(String(oslo.body.access_token))
  assert.deepEqual(
    [claims.aud, claims.scope, claims[PARENT], claims[SUPPLIER], claims.name, claims['helseid://claims/hpr/hpr_number']],
    ['helsevev', [READ], OSLO, VENDOR, 'Nora Sykepleier', '9999901'],
  )
  assert.equal(claims['helseid://claims/identity/pid'], started.helseId.world.people[0]!.pid)
  assert.equal(claims['helseid://claims/identity/assurance_level'], 'high')
  assert.equal(claims.sub, decodeJwt(String(signedIn.body.id_token)).sub)

  const bergen = await refresh(signedIn, BERGEN)
  assert.equal(decodeJwt(String(bergen.body.access_token))[PARENT], BERGEN)
  assert.equal(bergen.body.refresh_token, signedIn.body.refresh_token)
})

test('a refresh that names neither scope nor resource gives a token for the API too', async () => {
  const answer = await refresh(await started.signIn('portal', 'nurse'), OSLO, {})
  assert.equal(decodeJwt(String(answer.body.access_token)).aud, 'helsevev')
})

test('a refresh for the API without an organisation is refused with what to send', async () => {
  const answer = await refresh(await started.signIn('portal', 'nurse'))
  assert.equal(answer.body.error, 'invalid_authorization_details')
  assert.match(String(answer.body.error_description), /assertion_details/)
})

test('a delegation withdrawn stops the next refresh, whoever is signed in', async () => {
  const { world } = started.helseId
  const signedIn = await started.signIn('portal', 'nurse')
  assert.equal((await refresh(signedIn, BERGEN)).status, 200)
  const { delegations } = world
  world.delegations = []
  const refused = await refresh(signedIn, BERGEN)
  world.delegations = delegations
  assert.match(String(refused.body.error_description), /^HID-1001: /)
})

for (const [what, details] of [
  ['an array', JSON.stringify([authorizationDetails(`NO:ORGNR:${OSLO}`)])],
  ['a bare object', JSON.stringify(authorizationDetails(`NO:ORGNR:${OSLO}`))],
] as const) {
  test(`an organisation in the pushed request, as ${what}, holds for every token of that sign-in`, async () => {
    const { world } = started.helseId
    const signedIn = await started.signIn('portal', 'nurse', { authorization_details: details })
    assert.equal(decodeJwt(String(signedIn.body.access_token))[PARENT], OSLO)
    assert.equal(decodeJwt(String((await refresh(signedIn)).body.access_token))[PARENT], OSLO)
    const { delegations } = world
    world.delegations = []
    const refused = await refresh(signedIn)
    world.delegations = delegations
    assert.match(String(refused.body.error_description), /^HID-1001: /)
  })
}

test('an organisation in a signed request object is read, and nothing outside the object counts', async () => {
  const { code, token } = started
  const verifier = 'w'.repeat(43)
  const request = await requestObject({ ...pushedRequest(verifier), authorization_details: authorizationDetails(`NO:ORGNR:${BERGEN}`) })
  const { code: value } = await code('portal', 'nurse', { request, code_challenge: 'other' })
  const answer = await token('portal', { grant_type: 'authorization_code', redirect_uri: CALLBACK, code: value, code_verifier: verifier })
  assert.equal(decodeJwt(String(answer.body.access_token))[PARENT], BERGEN)
})

test('a client that acts for no organisation gets a token for the API at once', async () => {
  const answer = await started.signIn('citizen-portal', 'citizen')
  const claims = decodeJwt(String(answer.body.access_token))
  assert.deepEqual(
    [claims.aud, claims['helseid://claims/client/client_tenancy'], claims[PARENT], claims['helseid://claims/identity/security_level']],
    ['helsevev', 'none', undefined, '3'],
  )
})

test('without offline_access there is no refresh token', async () => {
  const answer = await started.signIn('portal', 'nurse', { scope: 'openid profile' })
  assert.equal(answer.status, 200)
  assert.equal(answer.body.refresh_token, undefined)
})

test('the userinfo endpoint answers the identity token', async () => {
  const { helseId, proof, signIn } = started
  const accessToken = String((await signIn('portal', 'nurse')).body.access_token)
  const url = `${helseId.issuer}/connect/userinfo`
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(accessToken))
  const ath = Buffer.from(digest).toString('base64url')
  const response = await fetch(url, {
    headers: { authorization: `DPoP ${accessToken}`, dpop: await proof('GET', url, { ath, nonce: undefined }) },
  })
  assert.equal(response.status, 200)
  assert.equal(((await response.json()) as { name: string }).name, 'Nora Sykepleier')
})

const refusedPushes: { what: string; form: Record<string, string>; claims?: Record<string, unknown>; error: string; says: RegExp }[] = [
  { what: 'without PKCE', form: { code_challenge: '', code_challenge_method: '' }, error: 'invalid_request', says: /PKCE/ },
  { what: 'with plain PKCE', form: { code_challenge_method: 'plain' }, error: 'invalid_request', says: /code_challenge_method/ },
  { what: 'for the implicit flow', form: { response_type: 'id_token' }, error: 'unsupported_response_type', says: /./ },
  {
    what: 'to an unregistered address',
    form: { redirect_uri: 'http://localhost:9/other' },
    error: 'invalid_request',
    says: /redirect_uri/,
  },
  { what: 'for an unknown scope', form: { scope: 'openid nhn:phr/api' }, error: 'invalid_scope', says: /no scope/ },
  {
    what: 'for a scope the client is not registered for',
    form: { scope: 'openid helsevev:news2/write' },
    error: 'invalid_scope',
    says: /not registered/,
  },
  { what: 'for another API', form: { resource: 'nhn:phr' }, error: 'invalid_target', says: /helsevev/ },
  { what: 'with the organisation in the assertion', form: {}, ...statedAs(OSLO), error: 'access_denied', says: /^HID-1009: / },
  {
    what: 'with the organisation in both',
    form: { authorization_details: '[]' },
    ...statedAs(OSLO),
    error: 'access_denied',
    says: /^HID-DOUBLE-STRUCTURE: /,
  },
  {
    what: 'with details that are not JSON',
    form: { authorization_details: '{' },
    error: 'invalid_authorization_details',
    says: /^HID-1007: .*not JSON/,
  },
  {
    what: 'for an organisation that has not delegated',
    form: { authorization_details: JSON.stringify(authorizationDetails('NO:ORGNR:999000019')) },
    error: 'access_denied',
    says: /^HID-1001: /,
  },
  {
    what: 'with a request object that is not signed by the client',
    form: { request: 'eyJhbGciOiJub25lIn0.e30.' },
    error: 'invalid_request_object',
    says: /./,
  },
]

for (const { what, form, claims, error, says } of refusedPushes) {
  test(`a pushed request ${what} is refused`, async () => {
    const answer = await started.push('portal', { ...pushedRequest(), ...form }, claims ? { claims } : {})
    assert.equal(answer.body.error, error, JSON.stringify(answer.body))
    assert.match(String(answer.body.error_description), says)
  })
}

test('a request that was not pushed is refused', async () => {
  const url = `${started.helseId.issuer}/connect/authorize?${new URLSearchParams({ ...pushedRequest(), client_id: 'portal' })}`
  const answer = await createBrowser().get(url)
  assert.match(answer.url, /error=invalid_request&error_description=Pushed/)
})

test('an organisation cannot be smuggled in as a parameter of its own', async () => {
  const smuggled = JSON.stringify({ organization: { form: 'multi-tenant', parent: '999000019' } })
  const answer = await started.signIn('portal', 'nurse', { helseid_test_details: smuggled })
  assert.ok(!String(answer.body.access_token).includes('.'))
})

test('an organisation at the code exchange is refused with HID-1009, and the code may be used again rightly', async () => {
  const { code, code_verifier } = await started.code('portal', 'nurse')
  const form = { grant_type: 'authorization_code', redirect_uri: CALLBACK, code, code_verifier }
  const refused = await started.token('portal', form, statedAs(OSLO))
  assert.match(String(refused.body.error_description), /^HID-1009: /)
  assert.equal((await started.token('portal', form)).status, 200)
})

test('a code counts once, with its own verifier and client', async () => {
  const { code, code_verifier } = await started.code('portal', 'nurse')
  const form = { grant_type: 'authorization_code', redirect_uri: CALLBACK, code, code_verifier }
  assert.equal((await started.token('portal', { ...form, code_verifier: 'x'.repeat(43) })).body.error, 'invalid_grant')
  assert.equal((await started.token('citizen-portal', form)).body.error, 'invalid_grant')
  const first = await started.token('portal', form)
  assert.equal(first.status, 200)
  assert.equal((await started.token('portal', form)).body.error, 'invalid_grant')
  // RFC 9700 section 4.5: a code used twice takes back what it gave.
  assert.equal((await refresh(first, OSLO)).body.error, 'invalid_grant')
})

test('a person removed from the world cannot refresh', async () => {
  const { world } = started.helseId
  const signedIn = await started.signIn('portal', 'nurse')
  const { people } = world
  world.people = people.filter(({ id }) => id !== 'nurse')
  const refused = await refresh(signedIn, OSLO)
  world.people = people
  assert.equal(refused.body.error, 'invalid_grant')
})

async function requestObject(claims: Record<string, unknown>): Promise<string> {
  const { issuer, privateKey } = started.helseId
  const now = Math.floor(Date.now() / 1000)
  return new SignJWT({ iss: 'portal', aud: issuer, client_id: 'portal', iat: now, nbf: now, exp: now + 60, jti: 'request', ...claims })
    .setProtectedHeader({ alg: 'ES256', typ: 'oauth-authz-req+jwt' })
    .sign(await importJWK(await privateKey('portal'), 'ES256'))
}

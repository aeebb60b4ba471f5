import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { createRemoteJWKSet, decodeJwt, importJWK, jwtVerify, SignJWT } from 'jose'
import { publicPart } from './keys.ts'
import { authorizationDetails, BERGEN, OSLO, READ, type Started, start, VENDOR, WRITE } from './testing.ts'

let started: Started
before(async () => {
  started = await start()
})
after(() => started.close())

const FORM = { grant_type: 'client_credentials', scope: READ }
const forOslo = { assertion_details: authorizationDetails(`NO:ORGNR:${OSLO}`) }

test('a vendor gets a token for a customer, signed, typed at+jwt, bound to its DPoP key, with scope as a list', async () => {
  const { helseId, token } = started
  const answer = await token('vendor', { ...FORM, scope: `${READ} ${WRITE}` }, { claims: forOslo })
  assert.deepEqual(
    { status: answer.status, type: answer.body.token_type, expires: answer.body.expires_in, scope: answer.body.scope },
    { status: 200, type: 'DPoP', expires: 600, scope: `${READ} ${WRITE}` },
  )
  const keys = createRemoteJWKSet(new URL(`${helseId.issuer}/.well-known/openid-configuration/jwks`))
  const { payload, protectedHeader } = await jwtVerify(String(answer.body.access_token), keys, {
    issuer: helseId.issuer,
    audience: 'helsevev',
    typ: 'at+jwt',
    algorithms: ['ES256'],
  })
  assert.equal(typeof protectedHeader.kid, 'string')
  const { iat = 0, nbf, exp, jti, cnf, ...claims } = payload
  assert.deepEqual(
    { nbf, exp, jti: typeof jti, cnf: Object.keys(cnf as object) },
    { nbf: iat, exp: iat + 600, jti: 'string', cnf: ['jkt'] },
  )
  assert.deepEqual(claims, {
    iss: helseId.issuer,
    aud: 'helsevev',
    sub: 'vendor',
    client_id: 'vendor',
    client_amr: 'private_key_jwt',
    scope: [READ, WRITE],
    'helseid://claims/client/client_name': 'EPJ',
    'helseid://claims/client/client_tenancy': 'multi-tenant',
    'helseid://claims/client/claims/orgnr_parent': OSLO,
    'helseid://claims/client/claims/orgnr_supplier': VENDOR,
  })
})

test('the same client gets a token for another customer by stating another organisation', async () => {
  const answer = await started.token('vendor', FORM, {
    claims: { authorization_details: [authorizationDetails(`NO:ORGNR:${BERGEN}:999000121`)] },
  })
  const claims = decodeJwt(String(answer.body.access_token))
  assert.equal(claims['helseid://claims/client/claims/orgnr_parent'], BERGEN)
  assert.equal(claims['helseid://claims/client/claims/orgnr_child'], '999000121')
})

test('a single-tenant client gets its own organisation without stating it, and a sub-unit of its list when it does', async () => {
  const own = decodeJwt(String((await started.token('municipality', FORM)).body.access_token))
  assert.equal(own['helseid://claims/client/claims/orgnr_parent'], OSLO)
  assert.equal(own['helseid://claims/client/claims/orgnr_supplier'], undefined)
  assert.equal(own['helseid://claims/client/client_tenancy'], 'single-tenant')
  const unit = await started.token('municipality', FORM, {
    claims: { assertion_details: authorizationDetails('999000111', 'urn:oid:2.16.578.1.12.4.1.4.101') },
  })
  assert.equal(decodeJwt(String(unit.body.access_token))['helseid://claims/client/claims/orgnr_child'], '999000111')
})

test('a delegation withdrawn or given takes effect at the next token call', async () => {
  const { helseId, token } = started
  const bergen = { claims: { assertion_details: authorizationDetails(`NO:ORGNR:${BERGEN}`) } }
  const delegations = [...helseId.world.delegations]
  assert.equal((await token('vendor', FORM, bergen)).status, 200)
  helseId.world.delegations = delegations.filter(({ customer }) => customer !== BERGEN)
  const refused = await token('vendor', FORM, bergen)
  assert.equal(refused.status, 400)
  assert.equal(refused.body.error, 'access_denied')
  assert.match(String(refused.body.error_description), /^HID-1001: 999000012 has not delegated to 999000001/)
  helseId.world.delegations = delegations
  assert.equal((await token('vendor', FORM, bergen)).status, 200)
})

test('a client added to the live world works without a restart', async () => {
  const { helseId, token } = started
  helseId.world.clients.push({
    clientId: 'late',
    name: 'Ny',
    tenancy: 'single-tenant',
    organization: BERGEN,
    grants: ['client_credentials'],
    scopes: [READ],
  })
  assert.equal((await token('late', FORM)).status, 200)
})

const refusals: {
  what: string
  client?: string
  form?: Record<string, string>
  claims?: Record<string, unknown>
  header?: Record<string, unknown>
  proof?: Record<string, unknown> | false
  expect: { status?: number; error: string; says: RegExp }
}[] = [
  { what: 'an unknown scope', form: { scope: 'nhn:phr/api' }, expect: { error: 'invalid_scope', says: /no scope “nhn:phr\/api”/ } },
  {
    what: 'a scope the client is not registered for',
    client: 'municipality',
    form: { scope: WRITE },
    expect: { error: 'invalid_scope', says: /not registered for/ },
  },
  { what: 'an identity scope', form: { scope: `openid ${READ}` }, expect: { error: 'invalid_scope', says: /for people/ } },
  { what: 'no scope', form: { scope: '' }, expect: { error: 'invalid_scope', says: /name at least one/ } },
  { what: 'another API', form: { resource: 'nhn:phr' }, expect: { error: 'invalid_target', says: /the API here is “helsevev”/ } },
  {
    what: 'a grant the client is not registered for',
    client: 'portal',
    expect: { error: 'unauthorized_client', says: /client_credentials/ },
  },
  { what: 'an unknown grant', form: { grant_type: 'password' }, expect: { error: 'unsupported_grant_type', says: /./ } },
  { what: 'no DPoP proof', proof: false, expect: { error: 'invalid_grant', says: /DPoP proof JWT not provided/ } },
  { what: 'a proof without nonce', proof: { nonce: undefined }, expect: { error: 'use_dpop_nonce', says: /nonce is required/ } },
  { what: 'a proof with a made-up nonce', proof: { nonce: 'x' }, expect: { error: 'use_dpop_nonce', says: /./ } },
  { what: 'a proof for another address', proof: { htu: 'http://localhost/other' }, expect: { error: 'invalid_dpop_proof', says: /htu/ } },
  {
    what: 'an assertion of 61 seconds',
    claims: lifetime(61),
    expect: { status: 401, error: 'invalid_client', says: /at most 60 seconds/ },
  },
  {
    what: 'an assertion without iat that ends in two minutes',
    claims: { ...lifetime(120), iat: undefined },
    expect: { status: 401, error: 'invalid_client', says: /60 seconds/ },
  },
  { what: 'an assertion without jti', claims: { jti: undefined }, expect: { status: 401, error: 'invalid_client', says: /jti/ } },
  { what: 'an expired assertion', claims: lifetime(-10), expect: { status: 401, error: 'invalid_client', says: /expired/ } },
  {
    what: 'an assertion for another issuer',
    claims: { aud: 'https://helseid-sts.test.nhn.no' },
    expect: { status: 401, error: 'invalid_client', says: /audience/ },
  },
  {
    what: 'an assertion typed as a DPoP proof',
    header: { typ: 'dpop+jwt' },
    expect: { status: 401, error: 'invalid_client', says: /client-authentication\+jwt/ },
  },
  { what: 'an unregistered kid', header: { kid: 'other' }, expect: { status: 401, error: 'invalid_client', says: /./ } },
  {
    what: 'a multi-tenant client without an organisation',
    claims: { assertion_details: undefined },
    expect: { error: 'invalid_authorization_details', says: /^organisation missing: / },
  },
  {
    what: 'an organisation of eight digits',
    claims: { assertion_details: authorizationDetails('NO:ORGNR:99900001') },
    expect: { error: 'invalid_authorization_details', says: /^HID-1004: / },
  },
  {
    what: 'a sub-unit outside the list',
    client: 'municipality',
    claims: { assertion_details: authorizationDetails('999000112', 'urn:oid:2.16.578.1.12.4.1.4.101') },
    expect: { error: 'access_denied', says: /^HID-1002: / },
  },
  {
    what: 'an organisation that a single-tenant client states',
    client: 'municipality',
    claims: forOslo,
    expect: { error: 'access_denied', says: /^HID-1005: / },
  },
  {
    what: 'a malformed organisation',
    claims: { assertion_details: { type: 'helseid_authorization' } },
    expect: { error: 'invalid_authorization_details', says: /^HID-1007: assertion_details\.practitioner_role/ },
  },
  {
    what: 'the organisation as a form parameter',
    claims: { assertion_details: undefined },
    form: { authorization_details: '[]' },
    expect: { error: 'invalid_authorization_details', says: /^HID-1007: / },
  },
  {
    what: 'the organisation under both names',
    claims: { ...forOslo, authorization_details: [] },
    expect: { error: 'access_denied', says: /^HID-DOUBLE-STRUCTURE: / },
  },
  {
    what: 'the organisation in the assertion and the form',
    claims: forOslo,
    form: { authorization_details: '[]' },
    expect: { error: 'access_denied', says: /^HID-DOUBLE-STRUCTURE: / },
  },
]

for (const { what, client = 'vendor', form, claims, header, proof, expect } of refusals) {
  test(`refused: ${what}`, async () => {
    const answer = await started.token(
      client,
      { ...FORM, ...form },
      {
        claims: { ...(client === 'vendor' ? forOslo : {}), ...claims },
        ...(header ? { header } : {}),
        ...(proof === undefined ? {} : { proof }),
      },
    )
    assert.equal(answer.body.error, expect.error)
    assert.match(String(answer.body.error_description), expect.says)
    assert.equal(answer.status, expect.status ?? 400)
  })
}

const tolerated: { what: string; claims?: Record<string, unknown>; header?: Record<string, unknown> }[] = [
  { what: 'without kid', header: { kid: undefined } },
  { what: 'typed JWT', header: { typ: 'JWT' } },
  { what: 'without typ', header: { typ: undefined } },
  { what: 'of exactly 60 seconds', claims: lifetime(60) },
  { what: 'of 5 seconds', claims: lifetime(5) },
  { what: 'without iat and nbf', claims: { iat: undefined, nbf: undefined } },
]

for (const { what, claims, header } of tolerated) {
  test(`an assertion ${what} is accepted`, async () => {
    const answer = await started.token('vendor', FORM, { claims: { ...forOslo, ...claims }, ...(header ? { header } : {}) })
    assert.equal(answer.status, 200, JSON.stringify(answer.body))
  })
}

test('an assertion for the token endpoint is accepted, as older clients send it', async () => {
  const answer = await started.token('vendor', FORM, { claims: { ...forOslo, aud: `${started.helseId.issuer}/connect/token` } })
  assert.equal(answer.status, 200)
})

test('an assertion counts once, also when the first use only learnt the nonce', async () => {
  const assertion = await started.assertion('vendor', { claims: forOslo })
  const first = await started.token('vendor', FORM, { assertion, proof: { nonce: undefined } })
  assert.equal(first.body.error, 'use_dpop_nonce')
  assert.ok(first.headers.get('dpop-nonce'))
  const second = await started.token('vendor', FORM, { assertion })
  assert.equal(second.status, 401)
  assert.match(String(second.body.error_description), /only be used once/)
})

test('a DPoP proof counts once', async () => {
  const proof = { jti: 'once' }
  assert.equal((await started.token('vendor', FORM, { claims: forOslo, proof })).status, 200)
  assert.equal((await started.token('vendor', FORM, { claims: forOslo, proof })).body.error, 'invalid_grant')
})

test('a shared secret is no way in', async () => {
  const response = await fetch(`${started.helseId.issuer}/connect/token`, {
    method: 'POST',
    body: new URLSearchParams({ ...FORM, client_id: 'vendor', client_secret: 'secret' }),
  })
  assert.equal(response.status, 401)
  assert.equal(((await response.json()) as { error: string }).error, 'invalid_client')
})

test('an assertion signed with another key is refused', async () => {
  const other = await importJWK(await started.helseId.privateKey('municipality'), 'ES256')
  const now = Math.floor(Date.now() / 1000)
  const assertion = await new SignJWT({ iss: 'vendor', sub: 'vendor', aud: started.helseId.issuer, iat: now, exp: now + 30, jti: 'forged' })
    .setProtectedHeader({ alg: 'ES256' })
    .sign(other)
  assert.equal((await started.token('vendor', FORM, { assertion })).body.error, 'invalid_client')
})

test('the published keys hold no private member', async () => {
  const { keys } = (await (await fetch(`${started.helseId.issuer}/.well-known/openid-configuration/jwks`)).json()) as { keys: object[] }
  assert.deepEqual(
    keys.map((key) => Object.keys(key).filter((member) => !(member in publicPart(key as { kty: string })))),
    [[], []],
  )
})

function lifetime(seconds: number): { iat: number; nbf: number; exp: number } {
  const now = Math.floor(Date.now() / 1000)
  return { iat: now, nbf: now, exp: now + seconds }
}

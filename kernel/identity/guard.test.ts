import assert from 'node:assert/strict'
import { createHash, createHmac, randomUUID } from 'node:crypto'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { after, before, test } from 'node:test'
import { calculateJwkThumbprint, exportJWK, exportSPKI, generateKeyPair, type JWK, SignJWT } from 'jose'
import { isProblem } from '../problem/problem.ts'
import { type TestDatabase, testDatabase } from '../testing/database.ts'
import { makeIdentityNumber } from '../values/identity-number.ts'
import { createTokenVerifier } from './access-token.ts'
import type { Caller } from './caller.ts'
import { createProofVerifier } from './dpop.ts'
import { createGuard, type Guard, type GuardedRequest } from './guard.ts'
import { createReplayCache, type ReplayCache } from './replay-cache.ts'

const ADDRESS = 'https://helsevev.example/fhir/news2/Observation/_search'
const ATTESTATION = Buffer.from('{"toa":1}').toString('base64url')
const PID = 'helseid://claims/identity/pid'
const LEVEL = 'helseid://claims/identity/security_level'
const PARAMETERS = 'nhn:tillitsrammeverk:parameters'
const number = makeIdentityNumber({ birthDate: '1980-03-04', series: 7 })

interface Keys {
  privateKey: CryptoKey
  publicKey: CryptoKey
  jwk: JWK
}

let issuer: Keys
let mine: Keys
let theirs: Keys
let server: Server
let address: string
let database: TestDatabase
let replay: ReplayCache
let guard: Guard

async function keys(): Promise<Keys> {
  const pair = await generateKeyPair('ES256', { extractable: true })
  return { ...pair, jwk: await exportJWK(pair.publicKey) }
}

before(async () => {
  ;[issuer, mine, theirs] = await Promise.all([keys(), keys(), keys()])
  server = createServer((request, response) =>
    response.end(
      JSON.stringify(
        request.url === '/jwks'
          ? { keys: [{ ...issuer.jwk, kid: 'one', alg: 'ES256' }] }
          : { issuer: address, jwks_uri: `${address}/jwks` },
      ),
    ),
  )
  await new Promise<void>((resolve) => server.listen(0, 'localhost', resolve))
  address = `http://localhost:${(server.address() as AddressInfo).port}`
  database = await testDatabase()
  const clock = () => new Date()
  replay = createReplayCache(database.sql, clock)
  guard = createGuard(createTokenVerifier({ issuer: address, audience: 'helsevev', clock }), createProofVerifier({ replay, clock }))
})
after(async () => {
  replay.close()
  server.closeAllConnections()
  await new Promise((resolve) => server.close(resolve))
  await database.close()
})

const now = () => Math.floor(Date.now() / 1000)

async function claims(more: Record<string, unknown> = {}): Promise<Record<string, unknown>> {
  return {
    iss: address,
    aud: 'helsevev',
    client_id: 'ehr',
    iat: now(),
    exp: now() + 60,
    scope: ['helsevev:news2/read'],
    cnf: { jkt: await calculateJwkThumbprint(mine.jwk) },
    ...more,
  }
}

async function token(more: Record<string, unknown> = {}): Promise<string> {
  const payload = JSON.parse(JSON.stringify(await claims(more)))
  return await new SignJWT(payload).setProtectedHeader({ alg: 'ES256', typ: 'at+jwt', kid: 'one' }).sign(issuer.privateKey)
}

const hashOf = (text: string) => createHash('sha256').update(text).digest('base64url')

async function proof(of: string, more: Record<string, unknown> = {}, by: Keys = mine): Promise<string> {
  const payload = { jti: randomUUID(), htm: 'POST', htu: ADDRESS, iat: now(), ath: hashOf(of), ...more }
  return await new SignJWT(payload).setProtectedHeader({ typ: 'dpop+jwt', alg: 'ES256', jwk: by.jwk }).sign(by.privateKey)
}

async function call(sent: string, more: Partial<GuardedRequest> = {}): Promise<Caller | string> {
  const dpop = 'dpop' in more ? more.dpop : await proof(sent)
  const answer = await guard({ method: 'POST', url: ADDRESS, authorization: `DPoP ${sent}`, attestation: undefined, ...more, dpop })
  return isProblem(answer) ? answer.problem : answer
}

async function callWith(more: Record<string, unknown>): Promise<Caller | string> {
  return await call(await token(more))
}

const person = { [PID]: number, [LEVEL]: '4', sid: 's', idp: 'i' }
const kinds: [what: string, more: Record<string, unknown>, expected: string][] = [
  ['no person', {}, 'system'],
  ['a person at level 4', person, 'person'],
  ['a person at level 3', { ...person, [LEVEL]: '3' }, 'person-login-required'],
  ['a person of no level', { [PID]: number }, 'person-login-required'],
  ['a citizen at level 4', { ...person, scope: ['openid', 'helsevev:news2/citizen'] }, 'citizen'],
  ['a citizen, scopes as one text', { ...person, scope: 'helsevev:news2/citizen helsevev:access-log/citizen' }, 'citizen'],
  ['a citizen at level 3', { ...person, [LEVEL]: '3', scope: ['helsevev:news2/citizen'] }, 'person-login-required'],
  ['a citizen of no level', { [PID]: number, scope: ['helsevev:news2/citizen'] }, 'person-login-required'],
  ['a citizen without a number', { ...person, [PID]: undefined, scope: ['helsevev:news2/citizen'] }, 'person-login-required'],
  ['a system with the scope of a citizen', { scope: ['helsevev:news2/citizen'] }, 'person-login-required'],
  ['a citizen who may read', { ...person, scope: ['helsevev:news2/citizen', 'helsevev:news2/read'] }, 'invalid-token-scopes'],
  ['a citizen who may write elsewhere', { ...person, scope: ['helsevev:gp/write', 'helsevev:news2/citizen'] }, 'invalid-token-scopes'],
  ['a system that may both', { scope: ['helsevev:news2/citizen', 'helsevev:news2/write'] }, 'invalid-token-scopes'],
  ['a scope that only looks like a citizen’s', { ...person, scope: ['helsevev:news2/citizens', 'helsevev:news2/read'] }, 'person'],
]
for (const [what, more, expected] of kinds) {
  test(`a token of ${what}: ${expected}`, async () => {
    const caller = await callWith(more)
    assert.equal(typeof caller === 'string' ? caller : caller.kind, expected)
  })
}

const attested = { type: PARAMETERS, practitioner: {} }
const places: [what: string, more: Record<string, unknown>, expected: unknown][] = [
  ['a claim of its own', { [PARAMETERS]: { practitioner: {} } }, { practitioner: {} }],
  ['assertion_details, alone', { assertion_details: attested }, attested],
  ['authorization_details, alone', { authorization_details: attested }, attested],
  ['assertion_details, in a list', { assertion_details: [{ type: 'helseid_authorization' }, attested] }, attested],
  ['authorization_details, in a list', { authorization_details: [null, 'x', { type: 'helseid_authorization' }, attested] }, attested],
  ['none of them', { authorization_details: [{ type: 'helseid_authorization' }] }, undefined],
]
for (const [what, more, expected] of places) {
  test(`the attestation of a token is found in ${what}`, async () => {
    const caller = await callWith({ ...person, ...more })
    assert.ok(typeof caller !== 'string')
    assert.deepEqual(caller.attestation, expected)
    assert.ok(Math.abs(caller.issuedAt - now()) <= 2)
  })
}

const times: [what: string, more: Record<string, number>, accepted: boolean][] = [
  ['that expired 4 seconds ago', { exp: -4 }, true],
  ['that expired 6 seconds ago', { exp: -6 }, false],
  ['that holds in 4 seconds', { nbf: 4 }, true],
  ['that holds in 7 seconds', { nbf: 7 }, false],
]
for (const [what, offsets, accepted] of times) {
  test(`a token ${what} is ${accepted ? 'accepted' : 'refused'}`, async () => {
    const more = Object.fromEntries(Object.entries(offsets).map(([name, seconds]) => [name, now() + seconds]))
    const caller = await callWith(more)
    assert.equal(typeof caller === 'string' ? caller : 'accepted', accepted ? 'accepted' : 'invalid-token')
  })
}

test('a token got by exchange is of the client that acts, for the person and the organisation of the token handed in', async () => {
  const caller = await callWith({
    ...person,
    act: { iss: address, client_id: 'ehr', act: { client_id: 'before' } },
    'helseid://claims/client/claims/orgnr_parent': '999000011',
  })
  assert.ok(typeof caller !== 'string')
  assert.deepEqual([caller.kind, caller.pid, caller.client, caller.organization], ['person', number, 'ehr', '999000011'])
})

test('a token without iat is refused', async () => {
  assert.equal(await callWith({ iat: undefined }), 'invalid-token')
})

const encode = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url')
const forgeries: [what: string, forge: () => Promise<string>][] = [
  ['algorithm none', async () => `${encode({ alg: 'none', typ: 'at+jwt', kid: 'one' })}.${encode(await claims())}.`],
  [
    'HS256 with the issuer’s public key as the secret',
    async () => {
      const signed = `${encode({ alg: 'HS256', typ: 'at+jwt', kid: 'one' })}.${encode(await claims())}`
      return `${signed}.${createHmac('sha256', await exportSPKI(issuer.publicKey))
        .update(signed)
        .digest('base64url')}`
    },
  ],
  [
    'a key that the token brings itself',
    async () =>
      await new SignJWT(await claims())
        .setProtectedHeader({ alg: 'ES256', typ: 'at+jwt', kid: 'one', jwk: theirs.jwk })
        .sign(theirs.privateKey),
  ],
  [
    'a key under an unknown kid',
    async () => await new SignJWT(await claims()).setProtectedHeader({ alg: 'ES256', typ: 'at+jwt', kid: 'two' }).sign(theirs.privateKey),
  ],
  [
    'the typ of a proof',
    async () => await new SignJWT(await claims()).setProtectedHeader({ alg: 'ES256', typ: 'dpop+jwt', kid: 'one' }).sign(issuer.privateKey),
  ],
  ['another issuer', async () => await token({ iss: 'https://elsewhere.example' })],
  ['another API', async () => await token({ aud: 'nhn:phr' })],
  ['no key that it is bound to', async () => await token({ cnf: undefined })],
  ['an actor that is not the client it was issued to', async () => await token({ act: { client_id: 'other' } })],
  ['an actor without a name', async () => await token({ act: { iss: address } })],
  ['an actor of another issuer', async () => await token({ act: { iss: 'https://elsewhere.example', client_id: 'ehr' } })],
]
for (const [what, forge] of forgeries) {
  test(`a token with ${what} is refused`, async () => {
    assert.equal(await call(await forge()), 'invalid-token')
  })
}

test('a token is good for proofs with its own key, each once', async () => {
  const bound = await token()
  assert.equal(await call(bound, { dpop: await proof(bound, {}, theirs) }), 'invalid-dpop-proof')
  const used = await proof(bound)
  assert.equal(typeof (await call(bound, { dpop: used })), 'object')
  assert.equal(await call(bound, { dpop: used }), 'invalid-dpop-proof')
  assert.equal(await call(bound, { dpop: [await proof(bound), await proof(bound)] }), 'invalid-dpop-proof')
  assert.equal(await call(bound, { dpop: undefined }), 'invalid-dpop-proof')
})

const wrongProofs: [what: string, forge: (bound: string) => Promise<string>][] = [
  ['made for another token', async (bound) => await proof(`${bound}x`)],
  [
    'with algorithm none',
    async (bound) => `${encode({ typ: 'dpop+jwt', alg: 'none', jwk: mine.jwk })}.${(await proof(bound)).split('.')[1]}.`,
  ],
  [
    'signed HS256 with the public key as the secret',
    async (bound) => {
      const signed = `${encode({ typ: 'dpop+jwt', alg: 'HS256', jwk: mine.jwk })}.${(await proof(bound)).split('.')[1]}`
      return `${signed}.${createHmac('sha256', await exportSPKI(mine.publicKey))
        .update(signed)
        .digest('base64url')}`
    },
  ],
  ['whose header names my key and whose signature is another’s', async (bound) => await proof(bound, {}, { ...theirs, jwk: mine.jwk })],
  ['older than a proof may be', async (bound) => await proof(bound, { iat: now() - 17 })],
  ['of the future', async (bound) => await proof(bound, { iat: now() + 8 })],
]
for (const [what, forge] of wrongProofs) {
  test(`a proof ${what} is refused`, async () => {
    const bound = await token()
    assert.equal(await call(bound, { dpop: await forge(bound) }), 'invalid-dpop-proof')
  })
}

test('another’s attestation does not fit my proof, and mine does', async () => {
  const bound = await token()
  const signing = async (text: string) => await proof(bound, { attestation_hash: hashOf(text) })
  const other = Buffer.from('{"toa":2}').toString('base64url')
  assert.equal(await call(bound, { attestation: other, dpop: await signing(ATTESTATION) }), 'attestation-not-signed')
  assert.equal(await call(bound, { attestation: ATTESTATION }), 'attestation-not-signed')
  assert.equal(await call(bound, { dpop: await signing(ATTESTATION) }), 'attestation-not-signed')
  const caller = await call(bound, { attestation: ATTESTATION, dpop: await signing(ATTESTATION) })
  assert.ok(typeof caller !== 'string')
  assert.equal(caller.attestation, undefined)
})

test('a refusal for want of a signature tells a DPoP client so', async () => {
  const bound = await token()
  const refused = await guard({ method: 'POST', url: ADDRESS, authorization: `DPoP ${bound}`, dpop: await proof(bound), attestation: 'x' })
  assert.ok(isProblem(refused))
  assert.match(refused.headers?.['WWW-Authenticate'] ?? '', /^DPoP error="invalid_dpop_proof", error_description="attestation_hash /)
})

const sentBy = { 'helseid://claims/client/claims/orgnr_parent': '900000001', 'helseid://claims/client/claims/orgnr_supplier': '900000004' }
const known = { client: 'ehr', organization: '900000001', supplier: '900000004' }

// biome-ignore format: a table, one row to a line
const senders: [what: string, sent: () => Promise<Partial<GuardedRequest> & { token: string }>, sender: typeof known | undefined][] = [
  ['an expired token',                  async () => ({ token: await token({ ...sentBy, exp: now() - 60 }) }),                                      known],
  ['a token for another API',           async () => ({ token: await token({ ...sentBy, aud: 'elsewhere' }) }),                                     known],
  ['a token that is not bound',         async () => ({ token: await token({ ...sentBy, cnf: undefined }) }),                                       known],
  ['a proof by another key',            async () => { const sent = await token(sentBy); return { token: sent, dpop: await proof(sent, {}, theirs) } }, known],
  ['no proof',                          async () => ({ token: await token(sentBy), dpop: undefined }),                                             known],
  ['a forged token that claims them',   async () => ({ token: await new SignJWT(await claims({ ...sentBy, exp: now() - 60 })).setProtectedHeader({ alg: 'ES256', typ: 'at+jwt', kid: 'one' }).sign(theirs.privateKey) }), undefined],
  ['a token of another issuer',         async () => ({ token: await token({ ...sentBy, iss: 'https://elsewhere.example' }) }),                     known],
  ['a text that is no token',           async () => ({ token: 'a.b.c' }),                                                                          undefined],
  ['no token',                          async () => ({ token: '', authorization: undefined }),                                                     undefined],
]
for (const [what, sent, sender] of senders)
  test(`${what}: ${sender ? 'counted for the client that the issuer names' : 'counted for nobody'}`, async () => {
    const { token: text, ...more } = await sent()
    const dpop = 'dpop' in more ? more.dpop : await proof(text)
    const answer = await guard({ method: 'POST', url: ADDRESS, authorization: `DPoP ${text}`, attestation: undefined, ...more, dpop })
    assert.ok(isProblem(answer))
    assert.deepEqual(answer.sender, sender)
  })

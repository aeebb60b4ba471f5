/**
 * A token or a proof in the wrong hands, or at the wrong time. These are genuine and misused; forged ones are in
 * kernel/identity/guard.test.ts.
 */
import assert from 'node:assert/strict'
import { createHash, randomUUID } from 'node:crypto'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { after, before, beforeEach, test } from 'node:test'
import { calculateJwkThumbprint, exportJWK, generateKeyPair, type JWK, SignJWT } from 'jose'
import { createTokenVerifier } from '../identity/access-token.ts'
import { createProofVerifier } from '../identity/dpop.ts'
import { createGuard, type GuardedRequest } from '../identity/guard.ts'
import { createReplayCache, type ReplayCache } from '../identity/replay-cache.ts'
import { isProblem } from '../problem/problem.ts'
import { type TestDatabase, testDatabase } from '../testing/database.ts'

const ADDRESS = 'https://helsevev.example/fhir/measurements/Observation/_search'

interface Keys {
  privateKey: CryptoKey
  jwk: JWK
}

let issuer: Keys
let mine: Keys
let thief: Keys
let server: Server
let issuerAddress: string
let database: TestDatabase
let replay: ReplayCache
/** Begins at the real time, since the database compares proofs with its own start. */
let now: Date
const seconds = (offset = 0) => Math.floor(now.getTime() / 1000) + offset

async function keys(): Promise<Keys> {
  const pair = await generateKeyPair('ES256')
  return { privateKey: pair.privateKey, jwk: await exportJWK(pair.publicKey) }
}

before(async () => {
  ;[issuer, mine, thief] = await Promise.all([keys(), keys(), keys()])
  server = createServer((request, response) =>
    response.end(
      JSON.stringify(
        request.url === '/jwks'
          ? { keys: [{ ...issuer.jwk, kid: 'one', alg: 'ES256' }] }
          : { issuer: issuerAddress, jwks_uri: `${issuerAddress}/jwks` },
      ),
    ),
  )
  await new Promise<void>((resolve) => server.listen(0, 'localhost', resolve))
  issuerAddress = `http://localhost:${(server.address() as AddressInfo).port}`
  database = await testDatabase()
  replay = createReplayCache(database.sql, () => now)
})
beforeEach(() => {
  now = new Date()
})
after(async () => {
  replay.close()
  server.closeAllConnections()
  await new Promise((resolve) => server.close(resolve))
  await database.close()
})

/** A guard as one server process has it, with its own memory of tokens and signers. */
function serverProcess() {
  const clock = () => now
  return createGuard(createTokenVerifier({ issuer: issuerAddress, audience: 'helsevev', clock }), createProofVerifier({ replay, clock }))
}

async function token(boundTo: Keys = mine, more: object = {}): Promise<string> {
  const claims = {
    iss: issuerAddress,
    aud: 'helsevev',
    client_id: 'ehr',
    iat: seconds(),
    exp: seconds(60),
    scope: ['helsevev:measurements/read'],
    cnf: { jkt: await calculateJwkThumbprint(boundTo.jwk) },
  }
  return await new SignJWT({ ...claims, ...more }).setProtectedHeader({ alg: 'ES256', typ: 'at+jwt', kid: 'one' }).sign(issuer.privateKey)
}

async function proof(of: string, by: Keys = mine, more: object = {}): Promise<string> {
  const ath = createHash('sha256').update(of).digest('base64url')
  return await new SignJWT({ jti: randomUUID(), htm: 'POST', htu: ADDRESS, iat: seconds(), ath, ...more })
    .setProtectedHeader({ typ: 'dpop+jwt', alg: 'ES256', jwk: by.jwk })
    .sign(by.privateKey)
}

type Guard = ReturnType<typeof serverProcess>
async function call(guard: Guard, held: string, dpop: string | string[] | undefined, more: Partial<GuardedRequest> = {}): Promise<string> {
  const request = { method: 'POST', url: ADDRESS, authorization: `DPoP ${held}`, dpop, attestation: undefined, ...more }
  const answer = await guard(request)
  return isProblem(answer) ? answer.problem : 'let in'
}

test('a token that was stolen, and has been used rightly a moment ago, is of no use without its key', async () => {
  const guard = serverProcess()
  const stolen = await token()
  const seen = await proof(stolen)
  assert.equal(await call(guard, stolen, seen), 'let in')
  const ownToken = await token(thief)
  // biome-ignore format: a table, one row to a line
  const attempts: [what: string, held: string, dpop: string | string[] | undefined, expected: string, more?: Partial<GuardedRequest>][] = [
    ['without a proof',                           stolen,   undefined,                                         'invalid-dpop-proof'],
    ['as Bearer',                                 stolen,   undefined,                                         'invalid-token', { authorization: `Bearer ${stolen}` }],
    ['with the proof that was seen',              stolen,   seen,                                              'invalid-dpop-proof'],
    ['with that proof twice',                     stolen,   [seen, seen],                                      'invalid-dpop-proof'],
    ['with that proof, padded',                   stolen,   `${seen}=`,                                        'invalid-dpop-proof'],
    ['with a proof by the thief',                 stolen,   await proof(stolen, thief),                        'invalid-dpop-proof'],
    ['with a proof by the thief in my name',      stolen,   await proof(stolen, { ...thief, jwk: mine.jwk }),  'invalid-dpop-proof'],
    ['behind a token of the thief’s own',         ownToken, await proof(stolen, thief),                        'invalid-dpop-proof'],
    ['with my proof of another token',            stolen,   await proof(ownToken),                             'invalid-dpop-proof'],
    ['with two tokens in one header',             stolen,   await proof(stolen, thief),                        'invalid-token', { authorization: `DPoP ${ownToken} ${stolen}` }],
  ]
  for (const [what, held, dpop, expected, more] of attempts) assert.equal(await call(guard, held, dpop, more), expected, what)
  assert.equal(await call(guard, stolen, await proof(stolen)), 'let in', 'its owner is not shut out')
})

test('a proof that was caught does not open another address, method or attestation, and does not come late', async () => {
  const guard = serverProcess()
  const held = await token()
  const elsewhere = [
    { url: ADDRESS.replace('_search', 'a-b') },
    { url: ADDRESS.replace('measurements', 'news2') },
    { url: ADDRESS.replace('https', 'http') },
    { method: 'PUT' },
  ]
  for (const more of elsewhere) assert.equal(await call(guard, held, await proof(held), more), 'invalid-dpop-proof', JSON.stringify(more))
  assert.equal(await call(guard, held, await proof(held), { attestation: 'e30' }), 'attestation-not-signed')
  const caught = await proof(held)
  now = new Date(now.getTime() + 16_000)
  assert.equal(await call(guard, held, caught), 'invalid-dpop-proof')
})

test('one proof sent thirty times at once, to three server processes, is let in once', async () => {
  const guards = [serverProcess(), serverProcess(), serverProcess()]
  const held = await token()
  const one = await proof(held)
  const answers = await Promise.all(Array.from({ length: 30 }, (_, index) => call(guards[index % 3] ?? assert.fail(), held, one)))
  assert.deepEqual([answers.filter((answer) => answer === 'let in').length, new Set(answers).size], [1, 2])
})

test('a token that is remembered is let in until it expires, with five seconds of leeway, and not a second more', async () => {
  const guard = serverProcess()
  const held = await token()
  assert.equal(await call(guard, held, await proof(held)), 'let in')
  now = new Date((seconds(60) + 4) * 1000)
  assert.equal(await call(guard, held, await proof(held)), 'let in')
  now = new Date(now.getTime() + 1000)
  assert.equal(await call(guard, held, await proof(held)), 'invalid-token')
})

test('the same jti by two clients is two proofs, and by one client one', async () => {
  const guard = serverProcess()
  const [held, ownToken] = [await token(), await token(thief)]
  const jti = randomUUID()
  assert.equal(await call(guard, held, await proof(held, mine, { jti })), 'let in')
  assert.equal(await call(guard, ownToken, await proof(ownToken, thief, { jti })), 'let in', 'nobody spoils another’s proofs')
  assert.equal(await call(guard, held, await proof(held, mine, { jti })), 'invalid-dpop-proof')
})

import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { test } from 'node:test'
import { calculateJwkThumbprint, exportJWK, generateKeyPair, SignJWT } from 'jose'
import { testDatabase } from '../testing/database.ts'
import { createProofVerifier } from './dpop.ts'
import { createReplayCache } from './replay-cache.ts'

const NOW = new Date('2026-01-15T10:00:00Z')
const SECONDS = NOW.getTime() / 1000
const URL = 'https://helsevev.example/fhir/news2/Observation/_search'
const tokenHash = createHash('sha256').update('token').digest('base64url')
const { privateKey, publicKey } = await generateKeyPair('ES256')
const jwk = await exportJWK(publicKey)
const thumbprint = await calculateJwkThumbprint(jwk)

async function verify(claims: Record<string, unknown>, attestation?: string): Promise<string | undefined> {
  const payload = JSON.parse(JSON.stringify({ jti: 'one', htm: 'POST', htu: URL, iat: SECONDS, ath: tokenHash, ...claims }))
  const proof = await new SignJWT(payload).setProtectedHeader({ typ: 'dpop+jwt', alg: 'ES256', jwk }).sign(privateKey)
  const verifier = createProofVerifier({ replay: { first: async () => true, close: () => undefined }, clock: () => NOW })
  return (await verifier({ proof, method: 'POST', url: URL, thumbprint, tokenHash, attestation }))?.problem
}

/** Both sides of both limits: ten seconds of age, and five seconds of difference between clocks. */
const rows: [name: string, claims: Record<string, unknown>, accepted: boolean][] = [
  ['made now', {}, true],
  ['15 seconds old', { iat: SECONDS - 15 }, true],
  ['16 seconds old', { iat: SECONDS - 16 }, false],
  ['5 seconds ahead', { iat: SECONDS + 5 }, true],
  ['6 seconds ahead', { iat: SECONDS + 6 }, false],
  ['with a query in htu', { htu: `${URL}?x=1` }, true],
  ['for another path', { htu: `${URL}x` }, false],
  ['for another host', { htu: URL.replace('.example', '.test') }, false],
  ['for another method', { htm: 'GET' }, false],
  ['of another token', { ath: 'x' }, false],
  ['with claims it need not have', { nbf: SECONDS - 1, exp: SECONDS + 20, extra: true }, true],
  ['that has expired by its own words', { exp: SECONDS - 6 }, false],
  ['without jti', { jti: undefined }, false],
  ['without iat', { iat: undefined }, false],
  ['without ath', { ath: undefined }, false],
]
for (const [name, claims, accepted] of rows) {
  test(`a proof ${name} is ${accepted ? 'accepted' : 'refused'}`, async () => {
    assert.equal(await verify(claims), accepted ? undefined : 'invalid-dpop-proof')
  })
}

const attestation = Buffer.from('{"toa":1}').toString('base64url')
const hashOf = (text: string) => createHash('sha256').update(text).digest('base64url')

const signatures: [what: string, sent: string | undefined, claim: unknown, problem: string | undefined][] = [
  ['no attestation, and no hash', undefined, undefined, undefined],
  ['an attestation and its hash', attestation, hashOf(attestation), undefined],
  ['an attestation that the proof does not sign', attestation, undefined, 'attestation-not-signed'],
  ['the hash of another attestation', attestation, hashOf(`${attestation}A`), 'attestation-not-signed'],
  ['an attestation changed after signing', `${attestation}A`, hashOf(attestation), 'attestation-not-signed'],
  ['the hash of its JSON and not of the text sent', attestation, hashOf('{"toa":1}'), 'attestation-not-signed'],
  ['the hash in hexadecimal', attestation, createHash('sha256').update(attestation).digest('hex'), 'attestation-not-signed'],
  ['the header sent twice', `${attestation}, ${attestation}`, hashOf(attestation), 'attestation-not-signed'],
  ['a hash, and the attestation taken away', undefined, hashOf(attestation), 'attestation-not-signed'],
  ['an empty attestation without a hash', '', undefined, 'attestation-not-signed'],
  ['an empty hash', attestation, '', 'attestation-not-signed'],
  ['a hash that is a list', attestation, [hashOf(attestation)], 'invalid-dpop-proof'],
  ['a hash that is null', undefined, null, 'invalid-dpop-proof'],
]
for (const [what, sent, claim, expected] of signatures) {
  test(`${what}: ${expected ?? 'accepted'}`, async () => {
    assert.equal(await verify({ attestation_hash: claim }, sent), expected)
  })
}

test('a call whose attestation is not signed does not use up the proof', async () => {
  let asked = 0
  const first = async () => {
    asked += 1
    return true
  }
  const verifier = createProofVerifier({ replay: { first, close: () => undefined }, clock: () => NOW })
  const payload = { jti: 'one', htm: 'POST', htu: URL, iat: SECONDS, ath: tokenHash, attestation_hash: hashOf(attestation) }
  const proof = await new SignJWT(payload).setProtectedHeader({ typ: 'dpop+jwt', alg: 'ES256', jwk }).sign(privateKey)
  const call = { proof, method: 'POST', url: URL, thumbprint, tokenHash }
  assert.equal((await verifier({ ...call, attestation: 'x' }))?.problem, 'attestation-not-signed')
  assert.equal(asked, 0)
  assert.equal(await verifier({ ...call, attestation }), undefined)
  assert.equal(asked, 1)
})

test('a proof is new once, for all processes that share the database, and never when it is older than the database', async () => {
  const database = await testDatabase()
  const caches = [createReplayCache(database.sql, () => new Date()), createReplayCache(database.sql, () => new Date())] as const
  try {
    const proof = { jti: 'a', thumbprint, iat: Math.floor(Date.now() / 1000) }
    assert.deepEqual(await Promise.all([caches[0].first(proof), caches[0].first(proof), caches[0].first({ ...proof, jti: 'b' })]), [
      true,
      false,
      true,
    ])
    assert.deepEqual([await caches[1].first(proof), await caches[1].first({ ...proof, thumbprint: 'other' })], [false, true])
    const [row] = await database.sql<{ since: number }[]>`select extract(epoch from pg_postmaster_start_time())::float8 as since`
    const before = Math.floor(row?.since ?? 0) - 1
    assert.equal(await caches[0].first({ jti: 'c', thumbprint, iat: before }), false)
  } finally {
    for (const cache of caches) cache.close()
    await database.close()
  }
})

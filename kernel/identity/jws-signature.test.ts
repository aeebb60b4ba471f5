import assert from 'node:assert/strict'
import { test } from 'node:test'
import { exportJWK, generateKeyPair, type JWK, SignJWT } from 'jose'
import { ALGORITHMS } from './access-token.ts'
import { signatureKey, signedPayload } from './jws-signature.ts'

async function signed(algorithm: string): Promise<{ jws: string; jwk: JWK }> {
  const { privateKey, publicKey } = await generateKeyPair(algorithm)
  const jws = await new SignJWT({ said: 'æøå' }).setProtectedHeader({ alg: algorithm }).sign(privateKey)
  return { jws, jwk: await exportJWK(publicKey) }
}

for (const algorithm of ALGORITHMS) {
  test(`${algorithm}: what jose signed is right, and wrong when a letter of it, or the key, is another`, async () => {
    const { jws, jwk } = await signed(algorithm)
    const key = signatureKey(jwk, algorithm)
    assert.ok(key)
    assert.equal(await signedPayload(jws, key), '{"said":"æøå"}')
    const [header = '', payload = '', signature = ''] = jws.split('.')
    const other = (text: string) => `${text.startsWith('A') ? 'B' : 'A'}${text.slice(1)}`
    for (const changed of [
      `${other(header)}.${payload}.${signature}`,
      `${header}.${other(payload)}.${signature}`,
      `${header}.${payload}.${other(signature)}`,
      `${header}.${payload}.`,
      `${header}.${payload}`,
      `${jws}.x`,
    ]) {
      assert.equal(await signedPayload(changed, key), undefined)
    }
    const another = signatureKey((await signed(algorithm)).jwk, algorithm)
    assert.ok(another)
    assert.equal(await signedPayload(jws, another), undefined)
  })
}

test('a key is for its own algorithms only', async () => {
  const elliptic = (await signed('ES256')).jwk
  for (const algorithm of ['ES384', 'ES512', 'RS256', 'PS256', 'HS256', 'none']) assert.equal(signatureKey(elliptic, algorithm), undefined)
  const rsa = (await signed('RS256')).jwk
  for (const algorithm of ['ES256', 'HS256', 'none']) assert.equal(signatureKey(rsa, algorithm), undefined)
})

test('no key is read from a short RSA modulus, a symmetric key or nonsense', () => {
  const short = { kty: 'RSA', e: 'AQAB', n: Buffer.alloc(128, 0xc3).toString('base64url') }
  for (const jwk of [short, { kty: 'oct', k: 'AAAA' }, { kty: 'EC', crv: 'P-256', x: 'AA', y: 'AA' }, {}]) {
    assert.equal(signatureKey(jwk, jwk === short ? 'RS256' : 'ES256'), undefined)
  }
})

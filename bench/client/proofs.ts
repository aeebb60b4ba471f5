/** A DPoP key whose proofs are cheap to sign in great number: the part that does not change is written once. */
import { createHash, generateKeyPairSync, randomUUID, sign } from 'node:crypto'
import type { DpopKey } from '@helsevev/sdk'
import type { JWK } from 'jose'

export function fastDpopKey(): DpopKey {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const publicJwk = publicKey.export({ format: 'jwk' }) as JWK
  const head = encoded({ typ: 'dpop+jwt', alg: 'ES256', jwk: publicJwk })
  const hashes = new Map<string, string>()
  const hashOf = (token: string) => {
    const hash = hashes.get(token) ?? createHash('sha256').update(token).digest('base64url')
    hashes.set(token, hash)
    return hash
  }
  return {
    publicJwk,
    async proof(htm, url, { accessToken, nonce, attestation } = {}) {
      const ath = accessToken ? { ath: hashOf(accessToken) } : {}
      const signed = attestation ? { attestation_hash: createHash('sha256').update(attestation).digest('base64url') } : {}
      const iat = Math.floor(Date.now() / 1000)
      const text = `${head}.${encoded({ jti: randomUUID(), htm, htu: url, iat, ...(nonce ? { nonce } : {}), ...ath, ...signed })}`
      return `${text}.${sign('sha256', Buffer.from(text), { key: privateKey, dsaEncoding: 'ieee-p1363' }).toString('base64url')}`
    },
  }
}

function encoded(value: object): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url')
}

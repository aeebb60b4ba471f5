/** DPoP, RFC 9449: shows with each request that the caller holds the key the token is bound to. */
import { createHash, randomUUID } from 'node:crypto'
import { exportJWK, generateKeyPair, type JWK, SignJWT } from 'jose'

export interface DpopKey {
  publicJwk: JWK
  /**
   * A proof for one request. `accessToken` toward an API; `nonce` when the server gave one; `attestation` is the text of the header
   * Attestation, which the proof signs. The query is left out of the address.
   */
  proof(
    method: string,
    url: string,
    more?: { accessToken?: string; nonce?: string | undefined; attestation?: string | undefined },
  ): Promise<string>
}

/** A new P-256 key that lives as long as the process: it cannot be exported. */
export async function createDpopKey(): Promise<DpopKey> {
  const { privateKey, publicKey } = await generateKeyPair('ES256', { extractable: false })
  const publicJwk = await exportJWK(publicKey)
  return {
    publicJwk,
    proof(method, url, { accessToken, nonce, attestation } = {}) {
      const { origin, pathname } = new URL(url)
      return new SignJWT({
        jti: randomUUID(),
        htm: method,
        htu: origin + pathname,
        ...(nonce ? { nonce } : {}),
        ...(accessToken ? { ath: hashOf(accessToken) } : {}),
        ...(attestation === undefined ? {} : { attestation_hash: hashOf(attestation) }),
      })
        .setProtectedHeader({ typ: 'dpop+jwt', alg: 'ES256', jwk: publicJwk })
        .setIssuedAt()
        .sign(privateKey)
    },
  }
}

function hashOf(text: string): string {
  return createHash('sha256').update(text, 'ascii').digest('base64url')
}

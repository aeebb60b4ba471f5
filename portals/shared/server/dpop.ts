/** Keys that access tokens are bound to, and proofs that a portal has them (RFC 9449). */
import { createHash } from 'node:crypto'
import { importJWK, type JWK } from 'jose'
import { LRUCache } from 'lru-cache'
import * as openid from 'openid-client'

/** A key that the tokens of one session are bound to. */
export async function newDpopKey(): Promise<JWK> {
  const { privateKey } = await crypto.subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-256' }, true, ['sign', 'verify'])
  const { kty, crv, x, y, d } = await crypto.subtle.exportKey('jwk', privateKey)
  return { kty, crv, x, y, d } as JWK
}

/**
 * Proofs of one key are made by one handle, which remembers the last nonce of the issuer. An attestation has a handle of its own: each
 * proof carries the hash of the attestation sent with it.
 */
export type DpopProofs = (configuration: openid.Configuration, jwk: JWK, attestation?: string) => Promise<openid.DPoPHandle>

export function dpopProofs(): DpopProofs {
  const handles = new LRUCache<string, openid.DPoPHandle>({ max: 1000 })
  return async (configuration, jwk, attestation) => {
    const hash = attestation === undefined ? undefined : createHash('sha256').update(attestation, 'latin1').digest('base64url')
    const name = `${jwk.x}.${jwk.y}.${hash ?? ''}`
    const remembered = handles.get(name)
    if (remembered) return remembered
    const { d: _, ...publicJwk } = jwk
    const keyPair = {
      privateKey: (await importJWK(jwk, 'ES256')) as CryptoKey,
      publicKey: (await importJWK(publicJwk, 'ES256', { extractable: true })) as CryptoKey,
    }
    const handle = openid.getDPoPHandle(configuration, keyPair, {
      [openid.modifyAssertion](_header, payload) {
        if (hash !== undefined) payload['attestation_hash'] = hash
      },
    })
    handles.set(name, handle)
    return handle
  }
}

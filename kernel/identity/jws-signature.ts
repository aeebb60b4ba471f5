/**
 * Checks the signature of a compact JWS with a key that is already known, on a separate thread. It is for proofs, since every request
 * brings a new one; tokens, which are used many times, are left to jose. docs/decisions/0011-proof-signatures-by-node-crypto.md
 */
import { constants, createPublicKey, type JsonWebKeyInput, type KeyObject, verify } from 'node:crypto'
import { promisify } from 'node:util'

export interface SignatureKey {
  key: KeyObject
  hash: string
  options: { dsaEncoding?: 'ieee-p1363'; padding?: number; saltLength?: number }
}

/** RFC 7518 sections 3.3 to 3.5. An elliptic key fits one algorithm only; an RSA key has 2048 bits or more. */
const curves: Record<string, string> = { ES256: 'prime256v1', ES384: 'secp384r1', ES512: 'secp521r1' }
const SMALLEST_RSA = 2048

/** Reads a key; undefined when it cannot be read or does not fit the algorithm. */
export function signatureKey(jwk: JsonWebKeyInput['key'], algorithm: string): SignatureKey | undefined {
  const key = readKey(jwk)
  const hash = `sha${algorithm.slice(2)}`
  const { namedCurve, modulusLength = 0 } = key?.asymmetricKeyDetails ?? {}
  if (!key) return undefined
  if (algorithm.startsWith('ES'))
    return namedCurve === curves[algorithm] ? { key, hash, options: { dsaEncoding: 'ieee-p1363' } } : undefined
  if (key.asymmetricKeyType !== 'rsa' || modulusLength < SMALLEST_RSA) return undefined
  if (algorithm.startsWith('RS')) return { key, hash, options: { padding: constants.RSA_PKCS1_PADDING } }
  if (!algorithm.startsWith('PS')) return undefined
  return { key, hash, options: { padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: constants.RSA_PSS_SALTLEN_DIGEST } }
}

const verifyAside = promisify(verify)

/** The text of the payload when the signature was made with the key; undefined otherwise. */
export async function signedPayload(jws: string, { key, hash, options }: SignatureKey): Promise<string | undefined> {
  const [header, payload, signature, ...more] = jws.split('.')
  if (header === undefined || payload === undefined || signature === undefined || more.length > 0) return undefined
  const signed = Buffer.from(`${header}.${payload}`)
  const right = await verifyAside(hash, signed, { key, ...options }, Buffer.from(signature, 'base64url'))
  return right ? Buffer.from(payload, 'base64url').toString() : undefined
}

function readKey(jwk: JsonWebKeyInput['key']): KeyObject | undefined {
  try {
    return createPublicKey({ key: jwk, format: 'jwk' })
  } catch {
    return undefined
  }
}

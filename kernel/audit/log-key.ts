/** The Ed25519 key that signs checkpoints of the access log. */
import { createHash, createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject, sign, verify } from 'node:crypto'

export interface LogKey {
  /** First 16 hex digits of the SHA-256 of the public key. */
  id: string
  sign(text: Buffer): Buffer
  verify(text: Buffer, signature: Buffer): boolean
}

/** Reads a key from a PKCS#8 PEM or its base64 DER. Throws when the text is neither, or not Ed25519. */
export function logKey(text: string): LogKey {
  const key = text.includes('BEGIN')
    ? createPrivateKey(text)
    : createPrivateKey({ key: Buffer.from(text, 'base64'), format: 'der', type: 'pkcs8' })
  if (key.asymmetricKeyType !== 'ed25519') throw new TypeError('not an Ed25519 key')
  return fromKeyObject(key)
}

/** A new key as base64 DER, to keep in a file or the environment. */
export function newLogKeyText(): string {
  return generateKeyPairSync('ed25519').privateKey.export({ format: 'der', type: 'pkcs8' }).toString('base64')
}

function fromKeyObject(privateKey: KeyObject): LogKey {
  const publicKey = createPublicKey(privateKey)
  const id = createHash('sha256')
    .update(publicKey.export({ format: 'der', type: 'spki' }))
    .digest('hex')
    .slice(0, 16)
  return { id, sign: (text) => sign(null, text, privateKey), verify: (text, signature) => verify(null, text, publicKey, signature) }
}

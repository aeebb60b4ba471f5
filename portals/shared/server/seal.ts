/**
 * Seals the content of sessions: AES-256-GCM with a fresh 96-bit nonce each time, bound to its row, so that a sealed value copied to
 * another row does not open. Layout: nonce (12 bytes), tag (16 bytes), ciphertext.
 */
import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto'

const nonceLength = 12
const tagLength = 16

/** @throws when the key is not 32 bytes. */
export function seal(key: Uint8Array, boundTo: Uint8Array, content: unknown): Buffer {
  const nonce = randomBytes(nonceLength)
  const cipher = createCipheriv('aes-256-gcm', key, nonce, { authTagLength: tagLength })
  cipher.setAAD(boundTo)
  const sealed = Buffer.concat([cipher.update(JSON.stringify(content), 'utf8'), cipher.final()])
  return Buffer.concat([nonce, cipher.getAuthTag(), sealed])
}

/** The content, or undefined when it was sealed with another key or for another row, or was changed since. */
export function open(key: Uint8Array, boundTo: Uint8Array, sealed: Uint8Array): unknown {
  if (sealed.length <= nonceLength + tagLength) return undefined
  const decipher = createDecipheriv('aes-256-gcm', key, sealed.subarray(0, nonceLength), { authTagLength: tagLength })
  decipher.setAAD(boundTo)
  decipher.setAuthTag(sealed.subarray(nonceLength, nonceLength + tagLength))
  const text = decipher.update(sealed.subarray(nonceLength + tagLength))
  try {
    return JSON.parse(Buffer.concat([text, decipher.final()]).toString('utf8'))
  } catch {
    return undefined // the tag does not hold: not ours to read
  }
}

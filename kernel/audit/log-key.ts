/** The Ed25519 keys of the access log: the one that signs checkpoints, and the public ones that check them. */
import { createHash, createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject, sign, verify } from 'node:crypto'

export interface PublicLogKey {
  /** First 16 hex digits of the SHA-256 of the public key. */
  id: string
  /** The 32 bytes of the public key. */
  raw: Buffer
  verify(text: Buffer, signature: Buffer): boolean
}

export interface LogKey extends PublicLogKey {
  sign(text: Buffer): Buffer
}

/** Reads a key from a PKCS#8 PEM or its base64 DER. Throws when the text is neither, or not Ed25519. */
export function logKey(text: string): LogKey {
  const key = text.includes('BEGIN')
    ? createPrivateKey(text)
    : createPrivateKey({ key: Buffer.from(text, 'base64'), format: 'der', type: 'pkcs8' })
  if (key.asymmetricKeyType !== 'ed25519') throw new TypeError('not an Ed25519 key')
  return { ...publicKeyOf(createPublicKey(key)), sign: (signed) => sign(null, signed, key) }
}

/** A new key as base64 DER, to keep in a file or the environment. */
export function newLogKeyText(): string {
  return generateKeyPairSync('ed25519').privateKey.export({ format: 'der', type: 'pkcs8' }).toString('base64')
}

/** What comes before the key in the DER of an Ed25519 public key (RFC 8410). */
const SPKI = Buffer.from('302a300506032b6570032100', 'hex')

/** Throws when the bytes are no Ed25519 public key. */
function publicLogKey(raw: Buffer): PublicLogKey {
  if (raw.length !== 32) throw new TypeError('not an Ed25519 key')
  return publicKeyOf(createPublicKey({ key: Buffer.concat([SPKI, raw]), format: 'der', type: 'spki' }))
}

/** A verifier key of https://c2sp.org/signed-note: name, four bytes of a hash, and the kind of key with the key. */
const VERIFIER = /^[^+]+\+[0-9a-f]{8}\+/

const BEGIN = '-----BEGIN PUBLIC KEY-----'
const END = '-----END PUBLIC KEY-----'

/**
 * Reads public keys: PEM blocks, and lines that are a verifier key of https://c2sp.org/signed-note, or the key or its DER in base64. Empty
 * lines and lines that begin with # are skipped. Throws, and names the line, when there is anything else.
 */
export function readPublicKeys(text: string): PublicLogKey[] {
  const [before = '', ...parts] = text.split(BEGIN)
  const read = parts.map((part) => {
    const [base64 = '', ...after] = part.split(END)
    // A block without its end is a line like any other, which the reader of lines names.
    return after.length > 0 ? { block: `${BEGIN}${base64}${END}`, rest: after.join(END) } : { block: undefined, rest: `${BEGIN}${part}` }
  })
  const blocks = read.flatMap(({ block }) => block ?? [])
  const lines = [before, ...read.map(({ rest }) => rest)].join('\n').split(/\r?\n/)
  const written = lines.map((line) => line.trim()).filter((line) => line !== '' && !line.startsWith('#'))
  return [...blocks.map((block) => publicKeyOf(createPublicKey(block))), ...written.map(readLine)]
}

function readLine(line: string): PublicLogKey {
  const bytes = Buffer.from(line.replace(VERIFIER, ''), 'base64')
  const raw = bytes.length === 44 ? bytes.subarray(12) : bytes.length === 33 ? bytes.subarray(1) : bytes
  if (raw.length !== 32) throw new TypeError(`"${line.slice(0, 80)}" is no Ed25519 public key`)
  return publicLogKey(raw)
}

function publicKeyOf(key: KeyObject): PublicLogKey {
  if (key.asymmetricKeyType !== 'ed25519') throw new TypeError('not an Ed25519 key')
  const der = key.export({ format: 'der', type: 'spki' })
  return {
    id: createHash('sha256').update(der).digest('hex').slice(0, 16),
    raw: der.subarray(SPKI.length),
    verify: (text, signature) => verify(null, text, key, signature),
  }
}

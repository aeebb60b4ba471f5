/** Key pairs that are made once and kept, readable by the owner of the files only. */
import { randomUUID } from 'node:crypto'
import { link, mkdir, readFile, unlink, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { calculateJwkThumbprint, exportJWK, generateKeyPair, type JWK } from 'jose'

/** What a client id must look like to be the name of a file. */
const FILE_NAME = /^[A-Za-z0-9][A-Za-z0-9._-]{0,127}$/

/** Everything an asymmetric JWK may hold that is not for others (RFC 7518 section 6). */
const PRIVATE_MEMBERS = new Set(['d', 'p', 'q', 'dp', 'dq', 'qi', 'oth', 'k', 'priv'])

/** A new signing key as a private JWK, `kid` its thumbprint (RFC 7638). */
async function makeSigningKey(alg: 'ES256' | 'RS256'): Promise<JWK> {
  const { privateKey } = await generateKeyPair(alg, { extractable: true })
  const jwk = await exportJWK(privateKey)
  return { ...jwk, alg, use: 'sig', kid: await calculateJwkThumbprint(jwk) }
}

/** The JWK without its private members. */
export function publicPart(jwk: JWK): JWK {
  return Object.fromEntries(Object.entries(jwk).filter(([member]) => !PRIVATE_MEMBERS.has(member))) as JWK
}

/** The issuer's signing keys: ES256 for access tokens, RS256 for ID tokens (the default of OpenID Connect Core). */
export function issuerKeys(dataDirectory: string): Promise<{ keys: JWK[] }> {
  return keep(join(dataDirectory, 'issuer-keys.json'), async () => ({
    keys: [await makeSigningKey('ES256'), await makeSigningKey('RS256')],
  }))
}

/** The private key of a client; made the first time it is asked for. Throws when the client id cannot name a file. */
export async function clientKey(dataDirectory: string, clientId: string): Promise<JWK> {
  if (!FILE_NAME.test(clientId)) {
    throw new Error(
      `clientId "${clientId}" cannot name a key file: use letters, digits, dot, hyphen and underscore, or give the client its own jwks`,
    )
  }
  return keep(join(dataDirectory, 'vendor-keys', `${clientId}.json`), () => makeSigningKey('ES256'))
}

/** Reads the file, or makes its content and writes it. Two processes that start at once end with the same content. */
async function keep<T>(file: string, make: () => Promise<T>): Promise<T> {
  const kept = await read<T>(file)
  if (kept !== undefined) return kept
  await mkdir(dirname(file), { recursive: true, mode: 0o700 })
  const draft = `${file}.${randomUUID()}`
  await writeFile(draft, `${JSON.stringify(await make(), null, 2)}\n`, { mode: 0o600, flag: 'wx' })
  try {
    // link() refuses an existing name, which makes the first writer win and leaves no half-written file.
    await link(draft, file)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
  } finally {
    await unlink(draft)
  }
  return (await read<T>(file)) as T
}

async function read<T>(file: string): Promise<T | undefined> {
  let text: string
  try {
    text = await readFile(file, 'utf8')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    throw error
  }
  try {
    return JSON.parse(text) as T
  } catch {
    throw new Error(`${file} is not JSON: delete it to get a new key, or put the kept copy back`)
  }
}

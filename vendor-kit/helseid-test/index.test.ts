import assert from 'node:assert/strict'
import { mkdtemp, readdir, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { decodeJwt, exportJWK, generateKeyPair, importJWK, SignJWT } from 'jose'
import { startHelseIdTest } from './index.ts'
import { authorizationDetails, makeWorld, OSLO, READ, start } from './testing.ts'

const folders: string[] = []
after(() => Promise.all(folders.map((folder) => rm(folder, { recursive: true }))))

async function folder(): Promise<string> {
  const path = await mkdtemp(join(tmpdir(), 'helseid-test-'))
  folders.push(path)
  return path
}

const FORM = { grant_type: 'client_credentials', scope: READ }
const forOslo = { claims: { assertion_details: authorizationDetails(`NO:ORGNR:${OSLO}`) } }

test('the first start makes the keys, for the owner only; a later start uses them', async () => {
  const dataDirectory = await folder()
  const first = await start({ dataDirectory })
  const made = await first.helseId.privateKey('vendor')
  const published = await keysOf(first.helseId.issuer)
  await first.close()

  assert.deepEqual((await readdir(dataDirectory)).sort(), ['issuer-keys.json', 'vendor-keys'])
  const files = (await readdir(join(dataDirectory, 'vendor-keys'))).sort()
  assert.deepEqual(files, ['citizen-portal.json', 'municipality.json', 'portal.json', 'record-system.json', 'vendor.json'])
  for (const file of [join(dataDirectory, 'issuer-keys.json'), ...files.map((name) => join(dataDirectory, 'vendor-keys', name))]) {
    assert.equal((await stat(file)).mode & 0o777, 0o600, file)
  }

  const second = await start({ dataDirectory })
  assert.deepEqual(await second.helseId.privateKey('vendor'), made)
  assert.deepEqual(await keysOf(second.helseId.issuer), published)
  assert.equal((await second.token('vendor', FORM, forOslo)).status, 200)
  await second.close()
})

test('two that start at once on the same folder end with the same keys', async () => {
  const dataDirectory = await folder()
  const [one, other] = await Promise.all([start({ dataDirectory }), start({ dataDirectory })])
  assert.deepEqual(await keysOf(one.helseId.issuer), await keysOf(other.helseId.issuer))
  await Promise.all([one.close(), other.close()])
})

test('a client that brings its own public key needs no key file', async () => {
  const { privateKey, publicKey } = await generateKeyPair('RS256', { extractable: true })
  const world = makeWorld()
  world.clients[3]!.jwks = { keys: [await exportJWK(publicKey)] }
  const dataDirectory = await folder()
  const started = await start({ dataDirectory, world })
  const now = Math.floor(Date.now() / 1000)
  const assertion = await new SignJWT({
    iss: 'municipality',
    sub: 'municipality',
    aud: started.helseId.issuer,
    iat: now,
    exp: now + 10,
    jti: '1',
  })
    .setProtectedHeader({ alg: 'PS256' })
    .sign(await importJWK(await exportJWK(privateKey), 'PS256'))
  assert.equal((await started.token('municipality', FORM, { assertion })).status, 200)
  assert.ok(!(await readdir(join(dataDirectory, 'vendor-keys'))).includes('municipality.json'))
  await started.close()
})

test('the lifetime and the date of access tokens are options', async () => {
  const started = await start({ accessTokenSeconds: 60, now: () => new Date('2026-01-02T03:04:05Z') })
  const answer = await started.token('vendor', FORM, forOslo)
  const { iat, exp } = decodeJwt(String(answer.body.access_token))
  assert.deepEqual(
    [answer.body.expires_in, iat, exp],
    [60, Date.parse('2026-01-02T03:04:05Z') / 1000, Date.parse('2026-01-02T03:05:05Z') / 1000],
  )
  await started.close()
})

test('every address in the metadata is that of the issuer, however the request came', async () => {
  const dataDirectory = await folder()
  const first = await startHelseIdTest({ world: makeWorld(), dataDirectory, port: 0, host: '127.0.0.1' })
  const port = Number(new URL(first.issuer).port)
  assert.equal((await metadataAt(port)).token_endpoint, `http://127.0.0.1:${port}/connect/token`)
  await first.close()

  const issuer = 'https://helseid-test.example.no'
  const behindProxy = await startHelseIdTest({ world: makeWorld(), dataDirectory, port, host: '127.0.0.1', issuer })
  const metadata = await metadataAt(port)
  assert.deepEqual([metadata.issuer, metadata.token_endpoint], [issuer, `${issuer}/connect/token`])
  await behindProxy.close()
})

test('an issuer with a path, a taken port and a client id that cannot name a file are refused in words', async () => {
  const dataDirectory = await folder()
  await assert.rejects(
    startHelseIdTest({ world: makeWorld(), dataDirectory, port: 0, issuer: 'https://example.no/idp' }),
    /must be an origin/,
  )

  const running = await startHelseIdTest({ world: makeWorld(), dataDirectory, port: 0 })
  const port = Number(new URL(running.issuer).port)
  await assert.rejects(startHelseIdTest({ world: makeWorld(), dataDirectory, port }), { code: 'EADDRINUSE' })
  await running.close()

  const world = makeWorld()
  world.clients[0]!.clientId = '../portal'
  await assert.rejects(startHelseIdTest({ world, dataDirectory, port: 0 }), /clientId "\.\.\/portal" cannot name a key file/)
})

async function metadataAt(port: number): Promise<Record<string, string>> {
  return (await fetch(`http://localhost:${port}/.well-known/openid-configuration`)).json() as Promise<Record<string, string>>
}

async function keysOf(issuer: string): Promise<unknown> {
  return (await fetch(`${issuer}/.well-known/openid-configuration/jwks`)).json()
}

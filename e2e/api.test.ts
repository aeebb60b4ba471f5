/** The API from outside, with real tokens: the story of the pilots, and the attacks that must fail. */
import assert from 'node:assert/strict'
import { createHash, randomUUID } from 'node:crypto'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { lookUps } from '@helsevev/kernel/areas/access-log/look-ups'
import { publishedKeys } from '@helsevev/kernel/audit/publish'
import { verifyLog } from '@helsevev/kernel/audit/verify'
import type { PatientKey } from '@helsevev/kernel/store/ids'
import { type Answer, bundleOf, codeIn, matchesIn, noticesIn, problemOf, resourceOf } from '@helsevev/kernel/testing/answers'
import { measurements } from '@helsevev/kernel/testing/measurements'
import { type Api, HelseIdError, type Token } from '@helsevev/sdk'
import { services } from '@helsevev/server/system'
import { exportJWK, generateKeyPair, SignJWT } from 'jose'
import { code, quantity, score } from './scores.ts'
import { startTestSystem, type TestSystem } from './test-system.ts'

const OSLO = '958935420'
const BERGEN = '964338531'
const read = 'helsevev:news2/read'
const write = 'helsevev:news2/write'

let it: TestSystem
before(async () => {
  // Another service is one folder: this one is the kernel's own test service, and nothing in the kernel knows it.
  it = await startTestSystem({ services: [...services, measurements] })
})
after(async () => {
  await it.close()
})

test('a vendor posts, the nurse of another municipality sees it, and the patient finds both in the log', async () => {
  const { number, identifier } = await it.patient(1)
  const posted = await it.vendor('tindejournal-ehr', OSLO, write).post('news2/Observation', score(identifier))
  assert.equal(posted.status, 201, JSON.stringify(posted.body))
  const nurse = await it.person('nurse-bergen', BERGEN, read)
  const found = await nurse.search('news2', 'Observation', { 'patient.identifier': `${identifier.system}|${number}` })
  assert.equal(found.status, 200, JSON.stringify(found.body))
  assert.equal(matchesIn(found, 'Observation').length, 0, 'Oslo has not opened NEWS2 to Bergen')
  assert.equal(codeIn(noticesIn(found)[0]?.details), 'withheld')

  await it.database.owner`
    insert into sharing_agreement (id, controller, service, receiver, valid_from, purposes, legal_basis,
      proposed, proposed_by, controller_signed, signed_by_controller, receiver_signed, signed_by_receiver)
    values ('oslo-bergen-news2', ${OSLO}, 'news2', ${BERGEN}, '2026-01-01', '{TREAT}', 'pasientjournalloven § 19',
      '2026-01-01', 'Kari', '2026-01-01', 'Kari', '2026-01-01', 'Ola')`
  const open = await nurse.search('news2', 'Observation', { 'patient.identifier': number })
  assert.deepEqual(matchesIn(open, 'Observation')[0]?.subject, { identifier })

  const { database } = it.system
  const [person] = await database.sql<{ patient: PatientKey }[]>`select patient from person_identifier where value = ${number}`
  assert.ok(person)
  const seen = (await lookUps(database.sql, person.patient)).map(({ event, name, organizationName, purpose, resources, withheld }) => [
    event,
    name,
    organizationName,
    purpose,
    resources,
    withheld,
  ])
  assert.deepEqual(seen, [
    ['search-type', 'Ingrid Solheim', 'Bergen kommune', 'TREAT', 1, false],
    ['search-type', 'Ingrid Solheim', 'Bergen kommune', 'TREAT', 0, true],
    ['create', 'Tindejournal', 'Oslo kommune', null, 1, false],
  ])
  const verification = await verifyLog(database.sql, { keys: await publishedKeys(database.sql), now: new Date() })
  assert.equal(verification.broken, undefined)
})

test("the vendor's next customer is data: a delegation, membership and participation, and no code", async () => {
  const { identifier } = await it.patient(2)
  const customer = '100200017'
  const post = () => it.vendor('tindejournal-ehr', customer, write).post('news2/Observation', score(identifier))
  await assert.rejects(post, HelseIdError)
  const issuer = it.system.testIssuer
  const vendor = issuer?.world.clients.find(({ clientId }) => clientId === 'tindejournal-ehr')?.organization ?? ''
  issuer?.world.delegations.push({ customer, supplier: vendor })
  assert.equal((await post()).status, 403)
  const { owner } = it.database
  await owner`
    insert into organization (number, name, type, helsenet_from, terms_accepted)
    values (${customer}, 'Prøveby kommune', 'municipality', '2026-01-01', '2026-01-01')
    on conflict (number) do update set helsenet_from = excluded.helsenet_from, terms_accepted = excluded.terms_accepted`
  const refused = await post()
  assert.deepEqual([refused.status, problemOf(refused)], [403, 'not-producing'])
  await owner`insert into service_participation (organization, service, produces, consumes) values (${customer}, 'news2', true, false)`
  assert.equal((await post()).status, 201)
})

test('another service is one folder: its scopes, metadata, writes and reads work and the kernel knows nothing of it', async () => {
  const { identifier, number } = await it.patient(3)
  const world = it.system.testIssuer?.world
  const scopes = ['helsevev:measurements/read', 'helsevev:measurements/write']
  world?.apiScopes.push(...scopes)
  world?.clients.find(({ clientId }) => clientId === 'tindejournal-ehr')?.scopes.push(...scopes)
  await it.database
    .owner`insert into service_participation (organization, service, produces, consumes) values (${OSLO}, 'measurements', true, true)`
  const vendor = it.vendor('tindejournal-ehr', OSLO, scopes)
  const sent = {
    resourceType: 'Observation',
    status: 'final',
    code: code('http://loinc.org', '8867-4'),
    subject: { identifier },
    effectiveDateTime: '2026-10-01',
    valueQuantity: quantity(72, '/min'),
  }
  assert.equal((await vendor.post('measurements/Observation', sent)).status, 201)
  assert.equal(bundleOf(await vendor.search('measurements', 'Observation', { 'patient.identifier': number })).total, 1)
  assert.equal(resourceOf(await vendor.get('measurements/metadata'), 'CapabilityStatement').title, 'measurements')
})

/** A request with a token and proof of the test's own making. */
async function call(
  token: string,
  proof: string | undefined,
  more: { scheme?: string; method?: string; path?: string } = {},
): Promise<{ status: number; code: string; challenge: string }> {
  const response = await fetch(`${it.base}/${more.path ?? 'news2/Observation/a-b'}`, {
    method: more.method ?? 'GET',
    headers: {
      ...(token ? { authorization: `${more.scheme ?? 'DPoP'} ${token}` } : {}),
      ...(proof ? { dpop: proof } : {}),
    },
  })
  const code = String(problemOf({ body: await response.json() }))
  return { status: response.status, code, challenge: response.headers.get('www-authenticate') ?? '' }
}

test('tokens that are not for this API, not of this issuer, not in time or not bound are refused with 401', async () => {
  const { privateKey, publicKey } = await generateKeyPair('ES256')
  const jwk = await exportJWK(publicKey)
  const good = await it.vendorToken('tindejournal-ehr', OSLO, [read])
  const [header = '', payload = ''] = good.accessToken.split('.')
  const claims = JSON.parse(Buffer.from(payload, 'base64url').toString())
  const forged = (changed: object, head: object = {}) =>
    new SignJWT({ ...claims, ...changed }).setProtectedHeader({ alg: 'ES256', typ: 'at+jwt', ...head }).sign(privateKey)
  const none = `${Buffer.from('{"alg":"none","typ":"at+jwt"}').toString('base64url')}.${payload}.`
  const cases: [name: string, token: string, code: string][] = [
    ['no token', '', 'no-token'],
    ['signed by somebody else', await forged({}), 'invalid-token'],
    [
      'signed by somebody else under a known kid',
      await forged({}, { kid: JSON.parse(Buffer.from(header, 'base64url').toString()).kid }),
      'invalid-token',
    ],
    ['algorithm none', none, 'invalid-token'],
    ['cut off', good.accessToken.slice(0, -3), 'invalid-token'],
    ['not a JWT', 'hello', 'invalid-token'],
  ]
  for (const [name, token, expected] of cases) {
    const reply = await call(token, await proofOf(privateKey, jwk, token))
    assert.deepEqual([reply.status, reply.code, reply.challenge.startsWith('DPoP')], [401, expected, true], name)
  }
  assert.equal((await call(good.accessToken, undefined, { scheme: 'Bearer' })).code, 'invalid-token')
})

test('a token of the same issuer for another audience is refused', async () => {
  const world = it.system.testIssuer?.world
  assert.ok(world)
  world.apiAudience = 'another-api'
  try {
    const token = await it.vendorToken('fjordjournal-ehr', '964965226', [read])
    const reply = await call(token.accessToken, await token.proof('GET', `${it.base}/news2/Observation/a-b`))
    assert.deepEqual([reply.status, reply.code], [401, 'invalid-token'])
    assert.match(reply.challenge, /for another API/)
  } finally {
    world.apiAudience = 'helsevev'
  }
})

async function proofOf(
  key: CryptoKey,
  jwk: object,
  token: string,
  changed: Record<string, unknown> = {},
  header: Record<string, unknown> = {},
): Promise<string> {
  const ath = createHash('sha256').update(token).digest('base64url')
  const claims = {
    jti: randomUUID(),
    htm: 'GET',
    htu: `${it.base}/news2/Observation/a-b`,
    iat: Math.floor(Date.now() / 1000),
    ath,
    ...changed,
  }
  return await new SignJWT(JSON.parse(JSON.stringify(claims)))
    .setProtectedHeader({ typ: 'dpop+jwt', alg: 'ES256', jwk, ...header })
    .sign(key)
}

test('a proof holds for one request, one token and one key: everything else is 401', async () => {
  const token: Token = await it.vendorToken('tindejournal-ehr', OSLO, [read])
  const url = `${it.base}/news2/Observation/a-b`
  const proof = await token.proof('GET', url)
  assert.equal((await call(token.accessToken, proof)).status, 404)
  const replayed = await call(token.accessToken, proof)
  assert.deepEqual([replayed.status, replayed.code], [401, 'invalid-dpop-proof'])
  assert.match(replayed.challenge, /has been used before/)

  const stranger = await generateKeyPair('ES256', { extractable: true })
  const strangerJwk = await exportJWK(stranger.publicKey)
  const cases: [name: string, proof: string | undefined, says: RegExp][] = [
    ['no proof', undefined, /exactly one DPoP header/],
    ['two proofs', `${await token.proof('GET', url)}, ${await token.proof('GET', url)}`, /./],
    ['another method', await token.proof('POST', url), /htm/],
    ['another address', await token.proof('GET', `${url}c`), /htu/],
    ['another key', await proofOf(stranger.privateKey, strangerJwk, token.accessToken), /not the key/],
    ['a private key in it', await proofOf(stranger.privateKey, await exportJWK(stranger.privateKey), token.accessToken), /private key/],
    ['another typ', await proofOf(stranger.privateKey, strangerJwk, token.accessToken, {}, { typ: 'jwt' }), /typ/],
  ]
  for (const [name, sent, says] of cases) {
    const reply = await call(token.accessToken, sent)
    assert.deepEqual([reply.status, reply.code], [401, 'invalid-dpop-proof'], name)
    assert.match(reply.challenge, says, name)
  }
})

test('the two sides of the window of a proof', async () => {
  const bound = await boundToken()
  const at = (seconds: number) => ({ iat: Math.floor(Date.now() / 1000) + seconds })
  for (const [offset, status] of [
    [0, 404],
    [-17, 401],
    [4, 404],
    [8, 401],
  ] as const) {
    const reply = await call(bound.token, await proofOf(bound.key, bound.jwk, bound.token, at(offset)))
    assert.equal(reply.status, status, `iat ${offset} seconds from now`)
  }
  for (const claim of ['jti', 'iat', 'htm', 'htu', 'ath']) {
    const reply = await call(bound.token, await proofOf(bound.key, bound.jwk, bound.token, { [claim]: undefined }))
    assert.equal(reply.status, 401, `without ${claim}`)
  }
  assert.equal((await call(bound.token, await proofOf(bound.key, bound.jwk, 'another token'))).status, 401)
})

/** A token bound to a key of which the test has the private part. */
async function boundToken(): Promise<{ token: string; key: CryptoKey; jwk: object }> {
  const { createHelseId } = await import('@helsevev/sdk')
  const pair = await generateKeyPair('ES256', { extractable: true })
  const publicJwk = await exportJWK(pair.publicKey)
  const dpopKey = {
    publicJwk,
    proof: async (method: string, url: string, more: { nonce?: string | undefined } = {}) =>
      await proofOf(pair.privateKey, publicJwk, '', {
        htm: method,
        htu: url,
        ath: undefined,
        ...(more.nonce ? { nonce: more.nonce } : {}),
      }),
  }
  const privateJwk = await it.system.testIssuer?.privateKey('tindejournal-ehr')
  assert.ok(privateJwk)
  const helseId = createHelseId({ issuer: it.system.issuer, clientId: 'tindejournal-ehr', privateJwk, dpopKey })
  const token = await helseId.clientCredentials({ scope: read, organization: { parent: OSLO } })
  return { token: token.accessToken, key: pair.privateKey, jwk: publicJwk }
}

test('scope, signed-in person and HPR number are asked for with 403 and words', async () => {
  const { number } = await it.patient(4)
  const search = async (api: Api) => {
    const reply = await api.search('news2', 'Observation', { 'patient.identifier': number })
    return [reply.status, problemOf(reply), reply.headers.get('www-authenticate') ?? '']
  }
  assert.deepEqual(await search(it.vendor('tindejournal-ehr', OSLO, write)), [
    403,
    'insufficient-scope',
    'DPoP error="insufficient_scope", scope="helsevev:news2/read"',
  ])
  assert.deepEqual((await search(await it.person('caseworker-oslo', OSLO, read))).slice(0, 2), [403, 'health-personnel-required'])
  assert.deepEqual((await search(await it.person('nurse-oslo', OSLO, read, null))).slice(0, 2), [400, 'attestation-missing'])
})

test('an attestation is for the patient of the call and signed by its proof', async () => {
  const [one, other] = [await it.patient(8), await it.patient(9)]
  const outcome = (answer: Answer & { status: number }) => [answer.status, problemOf(answer)]
  const search = (api: Api, headers?: Record<string, string>) =>
    api.search('news2', 'Observation', { 'patient.identifier': one.number }, headers)
  assert.equal((await search(await it.person('nurse-bergen', BERGEN, read))).status, 200)
  const forAnother = await it.person('nurse-bergen', BERGEN, read, { patient: other.number })
  assert.deepEqual(outcome(await search(forAnother)), [403, 'attestation-for-another-patient'])
  // Put in the place of the one that the proof was made for.
  const token = await it.personToken('nurse-bergen', BERGEN, read)
  const proof = await token.proof('POST', `${it.base}/news2/Observation/_search`, undefined, 'one')
  const response = await fetch(`${it.base}/news2/Observation/_search`, {
    method: 'POST',
    headers: {
      authorization: `DPoP ${token.accessToken}`,
      dpop: proof,
      attestation: 'another',
      'content-type': 'application/x-www-form-urlencoded',
    },
    body: new URLSearchParams({ 'patient.identifier': one.number }),
  })
  assert.deepEqual(outcome({ status: response.status, body: await response.json() }), [401, 'attestation-not-signed'])
})

test('no answer, header or error ever repeats the identity number that was looked for', async () => {
  const { number } = await it.patient(5)
  const nurse = await it.person('nurse-bergen', BERGEN, read)
  const odd = `${number.slice(0, 10)}${(Number(number[10]) + 1) % 10}`
  for (const sent of [number, odd]) {
    for (const form of [{ 'patient.identifier': sent, colour: sent }, { 'patient.identifier': sent, date: sent }, { [sent]: 'x' }]) {
      const reply = await nurse.search('news2', 'Observation', form as Record<string, string>)
      assert.equal(`${JSON.stringify(reply.body)}${JSON.stringify([...reply.headers])}`.includes(sent), false)
    }
  }
  const response = await fetch(`${it.base}/news2/Observation?patient.identifier=${number}`)
  assert.equal(response.status, 400)
  assert.equal((await response.text()).includes(number), false)
})

test('a system reads back what its own organisation wrote and nothing of others', async () => {
  const { identifier, number } = await it.patient(6)
  await it.vendor('tindejournal-ehr', OSLO, write).post('news2/Observation', score(identifier))
  const count = async (client: string, organization: string) =>
    bundleOf(await it.vendor(client, organization, read).search('news2', 'Observation', { 'patient.identifier': number })).total
  assert.deepEqual([await count('tindejournal-ehr', OSLO), await count('fjordjournal-ehr', BERGEN)], [1, 0])
})

test('a proof seen by one server process is a replay at the other', async () => {
  const { startSystem } = await import('@helsevev/server/system')
  const { parseEnvironment } = await import('@helsevev/server/env')
  const { mkdtemp, rm } = await import('node:fs/promises')
  const data = await mkdtemp(join(tmpdir(), 'helsevev-second-'))
  const environment = parseEnvironment({
    HELSEVEV_MODE: 'development',
    HELSEVEV_PORT: '0',
    HELSEVEV_DATA: data,
    DATABASE_URL: it.database.url,
    DATABASE_MIGRATION_URL: it.database.ownerUrl,
    HELSEVEV_ISSUER: it.system.issuer,
    HELSEVEV_BASE_URL: it.system.baseUrl,
    HELSEVEV_SEED: 'false',
  })
  assert.ok(!('sentences' in environment))
  const second = await startSystem({ environment, log: () => undefined, withPortals: false })
  try {
    const address = second.address
    const token = await it.vendorToken('tindejournal-ehr', OSLO, [read])
    const proof = await token.proof('GET', `${it.base}/news2/Observation/a-b`)
    const headers = { authorization: `DPoP ${token.accessToken}`, dpop: proof }
    assert.equal((await fetch(`${address}/fhir/news2/Observation/a-b`, { headers })).status, 404)
    assert.equal((await fetch(`${it.base}/news2/Observation/a-b`, { headers })).status, 401)
  } finally {
    await second.close()
    await rm(data, { recursive: true, force: true })
  }
})

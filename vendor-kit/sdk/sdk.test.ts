import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { createServer, type IncomingHttpHeaders, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { type HelseIdTest, startHelseIdTest, type TestWorld } from '@helsevev/helseid-test'
import { calculateJwkThumbprint, decodeJwt, EmbeddedJWK, jwtVerify } from 'jose'
import {
  type Attested,
  attest,
  createApi,
  createHelseId,
  type detailsOfAttestation,
  encodeAttestation,
  HelseIdError,
  signIn,
} from './index.ts'

const READ = 'helsevev:news2/read'
const VENDOR = '999000001'
const OSLO = '999000011'
const BERGEN = '999000012'
const REDIRECT = 'http://localhost:9/callback'
const PARENT = 'helseid://claims/client/claims/orgnr_parent'
const CHILD = 'helseid://claims/client/claims/orgnr_child'

const world: TestWorld = {
  people: [
    {
      id: 'nurse',
      pid: '13878510067',
      name: 'Nora Sykepleier',
      givenName: 'Nora',
      familyName: 'Sykepleier',
      hprNumber: '9999901',
      authorizations: ['SP'],
      role: 'sykepleier',
    },
  ],
  clients: [
    { clientId: 'vendor', name: 'EPJ', tenancy: 'multi-tenant', organization: VENDOR, grants: ['client_credentials'], scopes: [READ] },
    {
      clientId: 'municipality',
      name: 'Oslo',
      tenancy: 'single-tenant',
      organization: OSLO,
      children: ['999000111'],
      grants: ['client_credentials'],
      scopes: [READ],
    },
    {
      clientId: 'portal',
      name: 'Portal',
      tenancy: 'multi-tenant',
      organization: VENDOR,
      grants: ['authorization_code', 'refresh_token'],
      redirectUris: [REDIRECT],
      scopes: [READ],
    },
  ],
  delegations: [
    { customer: OSLO, supplier: VENDOR },
    { customer: BERGEN, supplier: VENDOR },
  ],
  apiAudience: 'helsevev',
  apiScopes: [READ],
  organizations: [],
}

let dataDirectory: string
let identity: HelseIdTest
let server: Server
let baseUrl: string
/** What the API was sent last. */
let seen: { method: string | undefined; url: string | undefined; headers: IncomingHttpHeaders; body: string }
let answerWith: { status: number; headers?: Record<string, string>; body?: string }[]

before(async () => {
  dataDirectory = await mkdtemp(join(tmpdir(), 'helsevev-sdk-'))
  identity = await startHelseIdTest({ world, dataDirectory, port: 0 })
  server = createServer(async (request, response) => {
    let body = ''
    for await (const chunk of request) body += chunk
    seen = { method: request.method, url: request.url, headers: request.headers, body }
    const answer = answerWith.shift() ?? { status: 200 }
    response.writeHead(answer.status, answer.headers).end(answer.body)
  })
  await new Promise<void>((resolve) => server.listen(0, 'localhost', resolve))
  baseUrl = `http://localhost:${(server.address() as AddressInfo).port}/fhir`
})

after(async () => {
  server.close()
  server.closeAllConnections()
  await identity.close()
  await rm(dataDirectory, { recursive: true })
})

async function helseIdOf(clientId: string) {
  return createHelseId({ issuer: identity.issuer, clientId, privateJwk: await identity.privateKey(clientId) })
}

test('a vendor gets a token for a customer and its sub-unit, bound to the key it proves', async () => {
  const helseId = await helseIdOf('vendor')
  const token = await helseId.clientCredentials({ scope: [READ], organization: { parent: OSLO, child: '999000111' } })
  const claims = decodeJwt(token.accessToken)
  assert.deepEqual([claims[PARENT], claims[CHILD], claims.scope], [OSLO, '999000111', [READ]])
  assert.equal((claims.cnf as { jkt: string }).jkt, await calculateJwkThumbprint(token.dpopKey.publicJwk))
  assert.ok(Math.abs(token.expiresAt.getTime() - Number(claims.exp) * 1000) < 2000)
})

test('a single-tenant client gives nothing, or a sub-unit alone', async () => {
  const helseId = await helseIdOf('municipality')
  const own = await helseId.clientCredentials({ scope: READ })
  assert.equal(decodeJwt(own.accessToken)[PARENT], OSLO)
  const unit = await helseId.clientCredentials({ scope: READ, organization: { child: '999000111' } })
  assert.equal(decodeJwt(unit.accessToken)[CHILD], '999000111')
})

test('the same request gets the kept token, another organisation another token', async () => {
  const helseId = await helseIdOf('vendor')
  const request = { scope: READ, organization: { parent: OSLO } }
  const [first, atOnce] = await Promise.all([helseId.clientCredentials(request), helseId.clientCredentials(request)])
  assert.equal(atOnce.accessToken, first.accessToken)
  assert.equal((await helseId.clientCredentials(request)).accessToken, first.accessToken)
  const other = await helseId.clientCredentials({ scope: READ, organization: { parent: BERGEN } })
  assert.equal(decodeJwt(other.accessToken)[PARENT], BERGEN)
})

test('a token about to expire is not given again', async () => {
  const shortLived = await startHelseIdTest({ world, dataDirectory, port: 0, accessTokenSeconds: 9 })
  const helseId = createHelseId({ issuer: shortLived.issuer, clientId: 'vendor', privateJwk: await shortLived.privateKey('vendor') })
  const request = { scope: READ, organization: { parent: OSLO } }
  const first = await helseId.clientCredentials(request)
  assert.notEqual((await helseId.clientCredentials(request)).accessToken, first.accessToken)
  await shortLived.close()
})

test('a refusal says what HelseID said, and the next try asks again', async () => {
  const helseId = await helseIdOf('vendor')
  const request = { scope: READ, organization: { parent: '999000019' } }
  await assert.rejects(
    helseId.clientCredentials(request),
    (error) =>
      error instanceof HelseIdError &&
      error.error === 'access_denied' &&
      error.status === 400 &&
      error.description.startsWith('HID-1001: '),
  )
  identity.world.delegations.push({ customer: '999000019', supplier: VENDOR })
  assert.equal(decodeJwt((await helseId.clientCredentials(request)).accessToken)[PARENT], '999000019')
})

test('an issuer that is someone else is refused', async () => {
  const privateJwk = await identity.privateKey('vendor')
  const helseId = createHelseId({ issuer: identity.issuer.replace('localhost', '127.0.0.1'), clientId: 'vendor', privateJwk })
  await assert.rejects(helseId.clientCredentials({ scope: READ }))
})

test('a person is signed in, and changes organisation without signing in again', async () => {
  const privateJwk = await identity.privateKey('portal')
  const token = await signIn({
    issuer: identity.issuer,
    clientId: 'portal',
    privateJwk,
    redirectUri: REDIRECT,
    scope: READ,
    personId: 'nurse',
    organization: { parent: OSLO },
  })
  const claims = decodeJwt(token.accessToken)
  assert.deepEqual([claims.name, claims[PARENT], claims['helseid://claims/hpr/hpr_number']], ['Nora Sykepleier', OSLO, '9999901'])
  assert.equal(decodeJwt(token.idToken).name, 'Nora Sykepleier')
  assert.equal(decodeJwt((await token.refresh({ parent: BERGEN })).accessToken)[PARENT], BERGEN)
  assert.equal(decodeJwt((await token.refresh()).accessToken)[PARENT], OSLO)
})

test('signing in an unknown person fails with words', async () => {
  const privateJwk = await identity.privateKey('portal')
  const options = { issuer: identity.issuer, clientId: 'portal', privateJwk, redirectUri: REDIRECT, scope: READ, personId: 'nobody' }
  await assert.rejects(signIn(options), /knows no person “nobody”/)
})

test('a search carries token, proof and source system, and the patient in the form only', async () => {
  const helseId = await helseIdOf('vendor')
  const api = createApi({
    baseUrl,
    token: () => helseId.clientCredentials({ scope: READ, organization: { parent: OSLO } }),
    sourceSystem: 'Eksempel-EPJ',
  })
  answerWith = [{ status: 200, headers: { 'content-type': 'application/fhir+json', etag: 'W/"1"' }, body: '{"resourceType":"Bundle"}' }]
  const answer = await api.search('news2', 'Observation', { 'patient.identifier': '13878510067' })
  assert.deepEqual([answer.status, answer.body, answer.headers.get('etag')], [200, { resourceType: 'Bundle' }, 'W/"1"'])
  assert.deepEqual([seen.method, seen.url, seen.body], ['POST', '/fhir/news2/Observation/_search', 'patient.identifier=13878510067'])
  assert.equal(seen.headers['content-type'], 'application/x-www-form-urlencoded')
  assert.equal(seen.headers['nhn-source-system'], 'Eksempel-EPJ')
  const [scheme, accessToken = ''] = String(seen.headers.authorization).split(' ')
  assert.equal(scheme, 'DPoP')
  const { payload } = await jwtVerify(String(seen.headers.dpop), EmbeddedJWK, { typ: 'dpop+jwt' })
  assert.deepEqual(
    [payload.htm, payload.htu, payload.ath],
    ['POST', `${baseUrl}/news2/Observation/_search`, createHash('sha256').update(accessToken).digest('base64url')],
  )
})

test('get, post and put send what they are given; the query stays out of the proof; refusals are answers', async () => {
  const helseId = await helseIdOf('vendor')
  const api = createApi({
    baseUrl: `${baseUrl}/`,
    token: () => helseId.clientCredentials({ scope: READ, organization: { parent: OSLO } }),
    sourceSystem: 'Eksempel-EPJ',
  })
  answerWith = [{ status: 403, headers: { 'content-type': 'application/fhir+json' }, body: '{"resourceType":"OperationOutcome"}' }]
  const refused = await api.get('/news2/metadata?_format=json')
  assert.deepEqual(
    [refused.status, refused.body, seen.url],
    [403, { resourceType: 'OperationOutcome' }, '/fhir/news2/metadata?_format=json'],
  )
  assert.equal(decodeJwt(String(seen.headers.dpop)).htu, `${baseUrl}/news2/metadata`)
  assert.equal(seen.headers.attestation, undefined)
  assert.equal(decodeJwt(String(seen.headers.dpop)).attestation_hash, undefined)

  answerWith = [{ status: 201 }]
  const created = await api.post('news2/Observation', { resourceType: 'Observation' })
  assert.deepEqual([created.status, created.body, seen.body], [201, undefined, '{"resourceType":"Observation"}'])

  answerWith = [{ status: 412, headers: { 'content-type': 'text/plain' }, body: 'old' }]
  const conflict = await api.put('news2/Observation/1', { id: '1' }, { 'if-match': 'W/"1"' })
  assert.deepEqual([conflict.status, conflict.body, seen.method, seen.headers['if-match']], [412, 'old', 'PUT', 'W/"1"'])
})

test('an API that asks for a nonce gets it, once', async () => {
  const helseId = await helseIdOf('vendor')
  const api = createApi({
    baseUrl,
    token: () => helseId.clientCredentials({ scope: READ, organization: { parent: OSLO } }),
    sourceSystem: 'Eksempel-EPJ',
  })
  const askNonce = { status: 401, headers: { 'dpop-nonce': 'n1', 'www-authenticate': 'DPoP error="use_dpop_nonce"' } }
  answerWith = [askNonce]
  assert.equal((await api.get('news2/metadata')).status, 200)
  assert.equal(decodeJwt(String(seen.headers.dpop)).nonce, 'n1')
  answerWith = [askNonce, askNonce]
  assert.equal((await api.get('news2/metadata')).status, 401)
})

const NURSE = '13878510067'
const PATIENT = '01890195098'
const attested: Attested = {
  practitioner: NURSE,
  hprNumber: '9999901',
  authorization: 'SP',
  legalEntity: OSLO,
  service: { list: '8663', code: 'KX17' },
  purpose: 'TREAT',
  decision: { id: 'visit-17', chosenByUser: false },
  patient: PATIENT,
  at: new Date('2026-01-15T10:00:00.900Z'),
}

test('an attestation is built with the systems that belong to it', () => {
  assert.deepEqual(attest(attested), {
    toa: 1768471200,
    practitioner: {
      identifier: { id: NURSE, system: 'urn:oid:2.16.578.1.12.4.1.4.1' },
      hpr_nr: { id: '9999901', system: 'urn:oid:2.16.578.1.12.4.1.4.4' },
      authorization: { code: 'SP', system: 'urn:oid:2.16.578.1.12.4.1.1.9060' },
      legal_entity: { id: OSLO, system: 'urn:oid:2.16.578.1.12.4.1.4.101' },
      point_of_care: { id: OSLO, system: 'urn:oid:2.16.578.1.12.4.1.4.101' },
    },
    care_relationship: {
      healthcare_service: { code: 'KX17', system: 'urn:oid:2.16.578.1.12.4.1.1.8663' },
      purpose_of_use: { code: 'TREAT', system: 'urn:oid:2.16.840.1.113883.1.11.20448' },
      decision_ref: { id: 'visit-17', user_selected: false },
    },
    patients: [{ identifier: { id: PATIENT, system: 'urn:oid:2.16.578.1.12.4.1.4.1' } }],
  })
})

test('emergency access is chosen by the user, and says why', () => {
  const { care_relationship } = attest({
    ...attested,
    purpose: 'BTG',
    decision: { id: 'a', chosenByUser: true, reason: 'Falt om på gata' },
  })
  assert.deepEqual(care_relationship.decision_ref, { id: 'a', user_selected: true, description: 'Falt om på gata' })
})

const numbers: [number: string, system: string][] = [
  [PATIENT, '4.1'],
  ['41890195000', '4.2'],
  ['81234567890', '4.3'],
  ['91234567890', '4.3'],
]
for (const [number, system] of numbers) {
  test(`a number that starts with ${number.slice(0, 2)} is of system …${system}`, () => {
    assert.equal(attest({ ...attested, patient: number }).patients[0]?.identifier.system, `urn:oid:2.16.578.1.12.4.1.${system}`)
  })
}

test('each call attests anew, for the patient of its form, and the proof signs the text that is sent', async () => {
  const helseId = await helseIdOf('vendor')
  const calls: string[] = []
  const api = createApi({
    baseUrl,
    token: () => helseId.clientCredentials({ scope: READ, organization: { parent: OSLO } }),
    sourceSystem: 'Eksempel-EPJ',
    attestation: ({ method, path, form }) => {
      calls.push(`${method} ${path}`)
      return form && attest({ ...attested, patient: form['patient.identifier'] ?? '' })
    },
  })
  const search = async () => {
    await api.search('news2', 'Observation', { 'patient.identifier': PATIENT })
    const text = String(seen.headers.attestation)
    const { payload } = await jwtVerify(String(seen.headers.dpop), EmbeddedJWK, { typ: 'dpop+jwt' })
    assert.equal(payload.attestation_hash, createHash('sha256').update(text).digest('base64url'))
    return JSON.parse(Buffer.from(text, 'base64url').toString())
  }
  assert.deepEqual(await search(), attest(attested))
  answerWith = [{ status: 401, headers: { 'dpop-nonce': 'n2', 'www-authenticate': 'DPoP error="use_dpop_nonce"' } }]
  assert.deepEqual(await search(), attest(attested))
  await api.get('news2/Observation/1')
  assert.equal(seen.headers.attestation, undefined)
  assert.deepEqual(calls, ['POST news2/Observation/_search', 'POST news2/Observation/_search', 'GET news2/Observation/1'])

  const own = encodeAttestation(attest({ ...attested, purpose: 'COC' }))
  await api.get('news2/Observation/1', { attestation: own })
  assert.equal(seen.headers.attestation, own)
  assert.equal(decodeJwt(String(seen.headers.dpop)).attestation_hash, createHash('sha256').update(own).digest('base64url'))
})

test('HelseID vouches for its part of an attestation, refresh by refresh', async () => {
  const privateJwk = await identity.privateKey('portal')
  const attestation = attest({ ...attested, decision: { id: 'visit-17', chosenByUser: false, reason: 'Falt om' } })
  const organization = { parent: OSLO }
  const options = { issuer: identity.issuer, clientId: 'portal', privateJwk, redirectUri: REDIRECT, scope: READ, personId: 'nurse' }
  const token = await signIn({ ...options, organization, attestation })
  const claimOf = ({ accessToken }: { accessToken: string }) =>
    decodeJwt(accessToken)['nhn:tillitsrammeverk:parameters'] as ReturnType<typeof detailsOfAttestation> | undefined
  assert.deepEqual(claimOf(token)?.care_relationship.decision_ref, { id: 'visit-17', user_selected: false })
  assert.equal(claimOf(await token.refresh()), undefined)
  const other = attest({ ...attested, purpose: 'COC' })
  assert.equal(claimOf(await token.refresh(organization, other))?.care_relationship.purpose_of_use.code, 'COC')
  const wrong = attest({ ...attested, authorization: 'LE' })
  await assert.rejects(token.refresh(organization, wrong), /invalid_authorization_details: .*practitioner\.authorization is not held/)
})

/**
 * A small issuer and API for the tests of portals: the parts of HelseID's profile that they rely on (PAR, PKCE, private_key_jwt with
 * assertion_details, DPoP nonce, refresh tokens that are used once), and settings that a real one lacks. The whole system is tested against
 * vendor-kit/helseid-test in e2e/.
 */
import { createHash, randomUUID } from 'node:crypto'
import { createServer, type IncomingMessage, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { decodeJwt, decodeProtectedHeader, exportJWK, generateKeyPair, type JWK, jwtVerify, SignJWT } from 'jose'

export interface FakeIssuer {
  url: string
  clientKey: JWK
  /** The API's answer to the next panel requests: status and OperationOutcome code. */
  api: { status: number; code?: string; searchset: unknown }
  /** Answers to one method and path, as in `POST /fhir/Consent/_search`; used instead of `api`. */
  answers: Record<string, { status?: number; code?: string; body?: unknown }>
  /** The person register's answer to the next request. */
  person: { status: number; code?: string; patient?: object }
  claims: Record<string, unknown>
  /** How access tokens are refused, as in `invalid_grant`. */
  refuseTokens?: string
  accessTokenSeconds: number
  /** The requests that arrived. */
  seen: {
    organizations: string[]
    tokenRequests: number
    /** Requests of panels; those to the person register are separate. */
    apiRequests: ApiRequest[]
    identifications: ApiRequest[]
    revoked: string[]
    pushed: URLSearchParams[]
    /** Access tokens that were sent to be exchanged. */
    exchanged: string[]
  }
  /** The address with which the browser would come back from the sign-in page. */
  signIn(authorizeUrl: string): string
  close(): Promise<void>
}

interface Attestation {
  toa: number
  practitioner: { authorization: { code: string }; point_of_care: { id: string } }
  care_relationship: {
    healthcare_service: { code: string; system: string }
    purpose_of_use: { code: string }
    decision_ref: { id: string; user_selected: boolean; description?: string }
  }
  patients: { identifier: { id: string; system: string } }[]
}

interface ApiRequest {
  method: string
  url: string
  /** Content type of the body. */
  type: string | undefined
  body: string
  /** The parsed header Attestation, to which the proof is bound. Empty without one. */
  attestation: Attestation
  basis: string | undefined
  /** A screen asks by itself. */
  isAutomatic: boolean
  /** `none` when the token is for no organisation. */
  organization: string
}

const dpopNonce = 'nonce-of-the-issuer'

interface Answer {
  status: number
  body?: unknown
  headers?: Record<string, string>
}

/** What the issuer remembers between requests. */
interface Memory {
  /** Authorisation requests by their `request_uri`, and then by the code. */
  pushed: Map<string, URLSearchParams>
  codes: Map<string, URLSearchParams>
  refreshTokens: Set<string>
  /** The organisation of each access token. */
  organizations: Map<string, string>
}

export async function fakeIssuer(): Promise<FakeIssuer> {
  const signing = await generateKeyPair('RS256')
  const clientPair = await generateKeyPair('ES256', { extractable: true })
  const clientKey = { ...(await exportJWK(clientPair.privateKey)), kid: 'portal', alg: 'ES256' }
  const memory: Memory = { pushed: new Map(), codes: new Map(), refreshTokens: new Set(), organizations: new Map() }
  const assertions = new Set<string>()

  const server = createServer((request, response) => {
    void answer(request).then(({ status, body, headers }) => {
      response.writeHead(status, { 'content-type': 'application/json', ...headers })
      response.end(body === undefined ? undefined : JSON.stringify(body))
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const issuer: FakeIssuer = {
    ...settings(),
    url,
    clientKey,
    signIn: (address) => signIn(address, url, memory),
    close: () => close(server),
  }

  async function answer(request: IncomingMessage): Promise<Answer> {
    const path = request.url ?? ''
    const text = await bodyOf(request)
    const form = new URLSearchParams(text)
    if (path === '/.well-known/openid-configuration') return { status: 200, body: metadata(url) }
    if (path === '/jwks') return { status: 200, body: { keys: [{ ...(await exportJWK(signing.publicKey)), kid: 'issuer', alg: 'RS256' }] } }
    if (path === '/par') return (await clientFault(form)) ?? push(form)
    if (path === '/token') return (await clientFault(form)) ?? (await tokenAnswer(request, form, issuer, memory, signing.privateKey))
    if (path === '/revoke') {
      issuer.seen.revoked.push(form.get('token') ?? '')
      return (await clientFault(form)) ?? { status: 200 }
    }
    if (/^\/(fhir|control)\//.test(path)) return apiAnswer(request, text, issuer, memory)
    return { status: 404 }
  }

  async function clientFault(form: URLSearchParams): Promise<Answer | undefined> {
    const assertion = form.get('client_assertion') ?? ''
    const { payload } = await jwtVerify(assertion, clientPair.publicKey, { audience: url })
    if (decodeProtectedHeader(assertion).typ !== 'client-authentication+jwt' || assertions.has(payload.jti ?? ''))
      return error('invalid_client')
    assertions.add(payload.jti ?? '')
    return undefined
  }

  function push(form: URLSearchParams): Answer {
    const uri = `urn:request:${randomUUID()}`
    memory.pushed.set(uri, form)
    issuer.seen.pushed.push(form)
    return { status: 201, body: { request_uri: uri, expires_in: 60 } }
  }

  return issuer
}

/** What a test finds before it changes anything. */
function settings(): Omit<FakeIssuer, 'url' | 'clientKey' | 'signIn' | 'close'> {
  return {
    api: { status: 200, searchset: { resourceType: 'Bundle', type: 'searchset', total: 1 } },
    answers: {},
    person: {
      status: 200,
      patient: { name: [{ family: 'Testesen', given: ['Ola'] }], gender: 'male', birthDate: '1950-05-01' },
    },
    claims: {
      name: 'Ida Testesen',
      'helseid://claims/identity/pid': '17866412308',
      'helseid://claims/identity/security_level': '4',
      'helseid://claims/hpr/hpr_number': '7654321',
    },
    accessTokenSeconds: 60,
    seen: { organizations: [], tokenRequests: 0, apiRequests: [], identifications: [], revoked: [], pushed: [], exchanged: [] },
  }
}

function signIn(authorizeUrl: string, iss: string, { pushed, codes }: Memory): string {
  const parameters = pushed.get(new URL(authorizeUrl).searchParams.get('request_uri') ?? '')
  if (!parameters) throw new Error('The authorisation request was not pushed.')
  const code = randomUUID()
  codes.set(code, parameters)
  const answer = new URLSearchParams({ code, state: parameters.get('state') ?? '', iss })
  return `${new URL(parameters.get('redirect_uri') ?? '').pathname}?${answer}`
}

function error(code: string, headers?: Record<string, string>): Answer {
  return { status: 400, body: { error: code }, ...(headers ? { headers } : {}) }
}

async function tokenAnswer(
  request: IncomingMessage,
  form: URLSearchParams,
  issuer: FakeIssuer,
  memory: Memory,
  key: CryptoKey,
): Promise<Answer> {
  const proof = decodeJwt(String(request.headers['dpop']))
  if (proof['nonce'] !== dpopNonce) return error('use_dpop_nonce', { 'dpop-nonce': dpopNonce })
  issuer.seen.tokenRequests++
  const grant = form.get('grant_type')
  if (grant === 'authorization_code') return await signedIn(form, issuer, memory, key)
  if (issuer.refuseTokens) return error(issuer.refuseTokens)
  return grant === 'urn:ietf:params:oauth:grant-type:token-exchange' ? exchanged(form, issuer, memory) : refreshed(form, issuer, memory)
}

async function signedIn(
  form: URLSearchParams,
  { claims, url }: FakeIssuer,
  { codes, refreshTokens }: Memory,
  key: CryptoKey,
): Promise<Answer> {
  const asked = codes.get(form.get('code') ?? '')
  const challenge = createHash('sha256')
    .update(form.get('code_verifier') ?? '')
    .digest('base64url')
  if (!asked || asked.get('code_challenge') !== challenge) return error('invalid_grant')
  codes.delete(form.get('code') ?? '')
  const refreshToken = randomUUID()
  refreshTokens.add(refreshToken)
  const idToken = await new SignJWT({ ...claims, nonce: asked.get('nonce') })
    .setProtectedHeader({ alg: 'RS256', kid: 'issuer' })
    .setIssuer(url)
    .setSubject('subject')
    .setAudience('portal')
    .setIssuedAt()
    .setExpirationTime('1 minute')
    .sign(key)
  return {
    status: 200,
    body: { access_token: randomUUID(), token_type: 'DPoP', expires_in: 60, refresh_token: refreshToken, id_token: idToken },
  }
}

function exchanged(form: URLSearchParams, { seen, accessTokenSeconds }: FakeIssuer, { organizations }: Memory): Answer {
  // Tokens of record systems end with the organisation they are for.
  const organization = /\d{9}$/.exec(form.get('subject_token') ?? '')?.[0]
  if (!organization || form.get('subject_token_type') !== 'urn:ietf:params:oauth:token-type:access_token') return error('invalid_request')
  seen.exchanged.push(form.get('subject_token') ?? '')
  const accessToken = `access-token-${randomUUID()}`
  organizations.set(accessToken, organization)
  return { status: 200, body: { access_token: accessToken, token_type: 'DPoP', expires_in: accessTokenSeconds } }
}

function refreshed(form: URLSearchParams, { seen, accessTokenSeconds }: FakeIssuer, { refreshTokens, organizations }: Memory): Answer {
  if (!refreshTokens.delete(form.get('refresh_token') ?? '')) return error('invalid_grant')
  const refreshToken = randomUUID()
  refreshTokens.add(refreshToken)
  const organization = organizationIn(decodeJwt(form.get('client_assertion') ?? '')['assertion_details'])
  seen.organizations.push(organization)
  const accessToken = `access-token-${randomUUID()}`
  organizations.set(accessToken, organization)
  return {
    status: 200,
    body: { access_token: accessToken, token_type: 'DPoP', expires_in: accessTokenSeconds, refresh_token: refreshToken },
  }
}

function apiAnswer(request: IncomingMessage, body: string, issuer: FakeIssuer, { organizations }: Memory): Answer {
  const path = request.url ?? ''
  const accessToken = String(request.headers.authorization).replace(/^DPoP /, '')
  const proof = decodeJwt(String(request.headers['dpop']))
  const hash = createHash('sha256').update(accessToken).digest('base64url')
  const organization = organizations.get(accessToken)
  if (proof['ath'] !== hash || !organization)
    return { status: 401, headers: { 'www-authenticate': 'DPoP error="invalid_token"' }, body: {} }
  const identifies = path === '/fhir/Patient/_search'
  const header = request.headers['attestation'] as string | undefined
  if (proof['attestation_hash'] !== (header && createHash('sha256').update(header).digest('base64url')))
    return { status: 401, headers: { 'www-authenticate': 'DPoP error="invalid_dpop_proof"' }, body: {} }
  const asked = {
    method: request.method ?? '',
    url: path,
    type: request.headers['content-type'],
    body,
    attestation: JSON.parse(header ? Buffer.from(header, 'base64url').toString() : '{}') as Attestation,
    basis: request.headers['nhn-access-basis'] as string | undefined,
    isAutomatic: request.headers['helsevev-automatic'] === 'true',
    organization,
  }
  if (identifies) issuer.seen.identifications.push(asked)
  else issuer.seen.apiRequests.push(asked)
  const own = issuer.answers[`${asked.method} ${path}`]
  const { status = 200, code }: { status?: number; code?: string } = own ?? (identifies ? issuer.person : issuer.api)
  if (code) return { status, body: { resourceType: 'OperationOutcome', issue: [{ details: { coding: [{ code }] } }] } }
  return { status, body: own ? own.body : identifies ? personBundle(issuer.person.patient) : issuer.api.searchset }
}

function personBundle(patient: object = {}) {
  return { resourceType: 'Bundle', type: 'searchset', total: 1, entry: [{ resource: { resourceType: 'Patient', ...patient } }] }
}

function metadata(url: string) {
  return {
    issuer: url,
    authorization_endpoint: `${url}/authorize`,
    token_endpoint: `${url}/token`,
    pushed_authorization_request_endpoint: `${url}/par`,
    jwks_uri: `${url}/jwks`,
    revocation_endpoint: `${url}/revoke`,
    end_session_endpoint: `${url}/endsession`,
    id_token_signing_alg_values_supported: ['RS256'],
    authorization_response_iss_parameter_supported: true,
  }
}

function organizationIn(details: unknown): string {
  const value = /NO:ORGNR:(\d{9})/.exec(JSON.stringify(details ?? null))
  return value?.[1] ?? 'none'
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const parts: Buffer[] = []
  for await (const part of request) parts.push(part as Buffer)
  return Buffer.concat(parts).toString('utf8')
}

function close(server: Server): Promise<void> {
  server.closeAllConnections()
  return new Promise((resolve) => server.close(() => resolve()))
}

/** A made-up world and a bare client for the tests of this folder: every request by hand, so that each can be sent wrong. */
import { createHash, randomBytes, randomUUID } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { exportJWK, generateKeyPair, importJWK, type JWK, type JWTPayload, SignJWT } from 'jose'
import { type HelseIdTest, type HelseIdTestOptions, startHelseIdTest, type TestWorld } from './index.ts'
import { TOKEN_EXCHANGE } from './token-exchange.ts'

export const READ = 'helsevev:news2/read'
export const WRITE = 'helsevev:news2/write'
export const CALLBACK = 'http://localhost:9/callback'
export const VENDOR = '999000001'
/** The vendor of a record system whose users open the portal from it. */
export const OTHER_VENDOR = '999000002'
export const OSLO = '999000011'
export const BERGEN = '999000012'

export const PERSON_SCOPES =
  'openid profile offline_access helseid://scopes/identity/pid helseid://scopes/identity/security_level helseid://scopes/hpr/hpr_number'

export function makeWorld(): TestWorld {
  return {
    people: people(),
    clients: clients(),
    delegations: [
      { customer: OSLO, supplier: VENDOR },
      { customer: BERGEN, supplier: VENDOR },
      { customer: OSLO, supplier: OTHER_VENDOR },
    ],
    apiAudience: 'helsevev',
    apiScopes: [READ, WRITE],
    organizations: [],
  }
}

function people(): TestWorld['people'] {
  return [
    {
      id: 'nurse',
      // 13 July 1985 with month +80; check digits are right.
      pid: '13878510067',
      name: 'Nora Sykepleier',
      givenName: 'Nora',
      familyName: 'Sykepleier',
      hprNumber: '9999901',
      role: 'sykepleier <legevakt>',
      employer: { number: OSLO, name: 'Oslo kommune' },
    },
    {
      id: 'citizen',
      pid: '01890195098',
      name: 'Per Borger',
      givenName: 'Per',
      familyName: 'Borger',
      role: 'innbygger',
      securityLevel: '3',
    },
  ]
}

function clients(): TestWorld['clients'] {
  return [
    {
      clientId: 'portal',
      name: 'Klinikerportalen',
      tenancy: 'multi-tenant',
      organization: VENDOR,
      grants: ['authorization_code', 'refresh_token', TOKEN_EXCHANGE],
      redirectUris: [CALLBACK],
      postLogoutRedirectUris: ['http://localhost:9/'],
      scopes: [READ],
    },
    {
      clientId: 'citizen-portal',
      name: 'Innbyggerportalen',
      tenancy: 'none',
      organization: VENDOR,
      grants: ['authorization_code', 'refresh_token'],
      redirectUris: [CALLBACK],
      scopes: [READ],
    },
    {
      clientId: 'vendor',
      name: 'EPJ',
      tenancy: 'multi-tenant',
      organization: VENDOR,
      grants: ['client_credentials'],
      scopes: [READ, WRITE],
    },
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
      clientId: 'record-system',
      name: 'Journalsystem',
      tenancy: 'multi-tenant',
      organization: OTHER_VENDOR,
      grants: ['authorization_code', 'refresh_token'],
      redirectUris: [CALLBACK],
      scopes: [WRITE],
    },
  ]
}

export function authorizationDetails(value: string, system = 'urn:oid:1.0.6523') {
  return { type: 'helseid_authorization', practitioner_role: { organization: { identifier: { system, type: 'ENH', value } } } }
}

export interface Answer {
  status: number
  headers: Headers
  body: Record<string, unknown>
}

interface RequestChanges {
  /** Claims of the client assertion; undefined removes one. */
  claims?: JWTPayload
  header?: Record<string, unknown>
  /** Claims of the DPoP proof; false sends none. */
  proof?: JWTPayload | false
  /** Sent instead of a new assertion. */
  assertion?: string
}

export interface Started {
  helseId: HelseIdTest
  dataDirectory: string
  /** POST to the token endpoint with a fresh assertion and proof, once, with the nonce last given. */
  token(clientId: string, form: Record<string, string>, changes?: RequestChanges): Promise<Answer>
  /** As `token`, for the pushed authorization request. */
  push(clientId: string, form: Record<string, string>, changes?: RequestChanges): Promise<Answer>
  assertion(clientId: string, changes?: RequestChanges): Promise<string>
  proof(method: string, url: string, claims?: JWTPayload): Promise<string>
  /** A whole sign-in; the code and its verifier. */
  code(clientId: string, person: string, form?: Record<string, string>): Promise<{ code: string; code_verifier: string }>
  /** A whole sign-in up to the answer of the token endpoint. */
  signIn(clientId: string, person: string, form?: Record<string, string>): Promise<Answer>
  close(): Promise<void>
}

export async function start(options: Partial<HelseIdTestOptions> = {}): Promise<Started> {
  const dataDirectory = options.dataDirectory ?? (await mkdtemp(join(tmpdir(), 'helseid-test-')))
  const helseId = await startHelseIdTest({ world: makeWorld(), dataDirectory, port: 0, ...options })
  const { issuer } = helseId
  const dpop = await generateKeyPair('ES256')
  const dpopJwk = await exportJWK(dpop.publicKey)
  let nonce: string | undefined

  const proof = (method: string, url: string, claims: JWTPayload = {}) =>
    new SignJWT({ jti: randomUUID(), htm: method, htu: url, ...(nonce ? { nonce } : {}), ...claims })
      .setProtectedHeader({ typ: 'dpop+jwt', alg: 'ES256', jwk: dpopJwk })
      .setIssuedAt()
      .sign(dpop.privateKey)

  const assertion = async (clientId: string, { claims, header }: RequestChanges = {}) => {
    const now = Math.floor(Date.now() / 1000)
    const jwk = (await helseId.privateKey(clientId)) as JWK
    return new SignJWT({ iss: clientId, sub: clientId, aud: issuer, iat: now, nbf: now, exp: now + 60, jti: randomUUID(), ...claims })
      .setProtectedHeader({ alg: 'ES256', kid: jwk.kid as string, typ: 'client-authentication+jwt', ...header })
      .sign(await importJWK(jwk, 'ES256'))
  }

  const post = async (path: string, clientId: string, form: Record<string, string>, changes: RequestChanges = {}): Promise<Answer> => {
    const url = `${issuer}${path}`
    const response = await fetch(url, {
      method: 'POST',
      headers: changes.proof === false ? {} : { dpop: await proof('POST', url, changes.proof) },
      body: new URLSearchParams({
        client_id: clientId,
        client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
        client_assertion: changes.assertion ?? (await assertion(clientId, changes)),
        ...form,
      }),
    })
    nonce = response.headers.get('dpop-nonce') ?? nonce
    return { status: response.status, headers: response.headers, body: (await response.json()) as Record<string, unknown> }
  }

  // The first answer only returns the nonce.
  await post('/connect/token', 'vendor', { grant_type: 'client_credentials', scope: READ })

  const started: Started = {
    helseId,
    dataDirectory,
    proof,
    assertion,
    token: (clientId, form, changes) => post('/connect/token', clientId, form, changes),
    push: (clientId, form, changes) => post('/connect/par', clientId, form, changes),
    async code(clientId, person, form = {}) {
      const verifier = randomBytes(32).toString('base64url')
      const pushed = await started.push(clientId, { ...pushedRequest(verifier), ...form })
      const query = new URLSearchParams({ client_id: clientId, request_uri: String(pushed.body.request_uri) })
      const browser = createBrowser()
      const page = await browser.get(`${issuer}/connect/authorize?${query}`)
      const answer = await browser.post(page.url, { person })
      const code = new URL(answer.url).searchParams.get('code')
      if (!code) throw new Error(`no code in ${answer.url}`)
      return { code, code_verifier: verifier }
    },
    async signIn(clientId, person, form) {
      const { code, code_verifier } = await started.code(clientId, person, form)
      return started.token(clientId, { grant_type: 'authorization_code', redirect_uri: CALLBACK, code, code_verifier })
    },
    async close() {
      await helseId.close()
      if (!options.dataDirectory) await rm(dataDirectory, { recursive: true })
    },
  }
  return started
}

export function pushedRequest(verifier = 'v'.repeat(43)): Record<string, string> {
  return {
    response_type: 'code',
    redirect_uri: CALLBACK,
    scope: `${PERSON_SCOPES} ${READ}`,
    state: 's',
    nonce: 'n',
    code_challenge: createHash('sha256').update(verifier).digest('base64url'),
    code_challenge_method: 'S256',
  }
}

/** Follows redirects with cookies, as a browser does, until a page or an address outside the issuer. */
export function createBrowser() {
  const cookies = new Map<string, { value: string; path: string }>()

  async function go(url: string, init: RequestInit = {}): Promise<{ url: string; status: number; headers: Headers; text: string }> {
    const { pathname } = new URL(url)
    const cookie = [...cookies]
      .filter(([, { path }]) => pathname.startsWith(path))
      .map(([name, { value }]) => `${name.split(' ')[0]}=${value}`)
      .join('; ')
    const response = await fetch(url, { ...init, redirect: 'manual', headers: { accept: 'text/html', cookie } })
    for (const line of response.headers.getSetCookie()) {
      const [pair = '', ...attributes] = line.split('; ')
      const [name = '', value = ''] = pair.split(/=(.*)/s)
      const path = attributes.find((attribute) => attribute.startsWith('path='))?.slice(5) ?? '/'
      cookies.set(`${name} ${path}`, { value, path })
    }
    const location = response.headers.get('location')
    const text = await response.text()
    if (!location) return { url, status: response.status, headers: response.headers, text }
    const next = new URL(location, url)
    if (next.origin !== new URL(url).origin) return { url: next.href, status: response.status, headers: response.headers, text }
    return go(next.href)
  }

  return {
    get: (url: string) => go(url),
    post: (url: string, form: Record<string, string>) => go(url, { method: 'POST', body: new URLSearchParams(form) }),
  }
}

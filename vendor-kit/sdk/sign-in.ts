/** Signs a made-up person in at the test identity provider without a browser, for tests and load runs. Works nowhere else. */
import { createHash, randomBytes } from 'node:crypto'
import type { Attestation } from './attestation.ts'
import { connect, HelseIdError, type HelseIdOptions, type Organization, type Token } from './helseid.ts'

export interface SignInOptions extends HelseIdOptions {
  /** One of the client's registered addresses; nothing needs to answer there. */
  redirectUri: string
  /** API scopes of the token. */
  scope: string | string[]
  /** `id` of the test person. */
  personId: string
  /** Needed by a multi-tenant client. */
  organization?: Organization
  /** Put in the token: see detailsOfAttestation. */
  attestation?: Attestation
}

export interface PersonToken extends Token {
  idToken: string
  /** A new token of the same sign-in, for another organisation when one is given. It attests what is given now, or nothing. */
  refresh(organization?: Organization, attestation?: Attestation): Promise<PersonToken>
}

const IDENTITY = [
  'openid profile offline_access',
  'helseid://scopes/identity/pid helseid://scopes/identity/security_level helseid://scopes/identity/assurance_level',
  'helseid://scopes/hpr/hpr_number',
].join(' ')

/** The whole way: pushed request, sign-in page, code, token, refresh for the organisation. Throws HelseIdError. */
export async function signIn(options: SignInOptions): Promise<PersonToken> {
  const { clientId, redirectUri, personId, organization } = options
  const scope = typeof options.scope === 'string' ? options.scope : options.scope.join(' ')
  const connection = connect(options)
  const verifier = randomBytes(32).toString('base64url')
  const state = randomBytes(16).toString('base64url')

  const pushed = await connection.post('pushed_authorization_request_endpoint', {
    response_type: 'code',
    redirect_uri: redirectUri,
    scope: `${IDENTITY} ${scope}`,
    state,
    code_challenge: createHash('sha256').update(verifier).digest('base64url'),
    code_challenge_method: 'S256',
  })
  const authorize = new URL(String((await connection.metadata()).authorization_endpoint))
  authorize.search = new URLSearchParams({ client_id: clientId, request_uri: String(pushed.request_uri) }).toString()

  const browse = createCookieFetch(redirectUri)
  const page = await browse(authorize.href)
  const callback = page.callback ?? (await browse(page.url, new URLSearchParams({ person: personId }))).callback
  const code = callback?.searchParams.get('code')
  if (!callback) throw new HelseIdError(400, 'sign_in_stopped', `the sign-in page knows no person “${personId}”`)
  if (!code || callback.searchParams.get('state') !== state) {
    throw new HelseIdError(400, callback.searchParams.get('error') ?? 'no_code', callback.searchParams.get('error_description') ?? '')
  }

  const signedIn = await connection.token({ grant_type: 'authorization_code', code, redirect_uri: redirectUri, code_verifier: verifier })
  const idToken = String(signedIn.answer.id_token)
  let refreshToken = String(signedIn.answer.refresh_token)

  async function refresh(forWhom: Organization | undefined = organization, attestation?: Attestation): Promise<PersonToken> {
    const form = { grant_type: 'refresh_token', refresh_token: refreshToken, scope }
    const { answer, ...token } = await connection.token(form, { organization: forWhom, attestation })
    if (typeof answer.refresh_token === 'string') refreshToken = answer.refresh_token
    return { ...token, idToken, refresh }
  }
  return refresh(organization, options.attestation)
}

/** Follows redirects with cookies until a page, or until the address the sign-in is to end at. */
function createCookieFetch(end: string) {
  const cookies = new Map<string, { pair: string; path: string }>()

  return async function browse(url: string, form?: URLSearchParams): Promise<{ url: string; callback?: URL }> {
    const { pathname } = new URL(url)
    const cookie = [...cookies.values()].filter(({ path }) => pathname.startsWith(path)).map(({ pair }) => pair)
    const response = await fetch(url, {
      redirect: 'manual',
      headers: { accept: 'text/html', cookie: cookie.join('; ') },
      ...(form ? { method: 'POST', body: form } : {}),
    })
    await response.body?.cancel()
    for (const line of response.headers.getSetCookie()) {
      const [pair = '', ...attributes] = line.split('; ')
      const path = attributes.find((attribute) => attribute.toLowerCase().startsWith('path='))?.slice(5) ?? '/'
      cookies.set(`${pair.split('=')[0]} ${path}`, { pair, path })
    }
    const location = response.headers.get('location')
    if (!location) return { url }
    const next = new URL(location, url)
    return next.href.startsWith(end) ? { url: next.href, callback: next } : browse(next.href)
  }
}

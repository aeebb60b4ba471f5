/** oidc-provider set up to behave as HelseID: what is switched on, where it answers, what the tokens hold. */
import { randomBytes } from 'node:crypto'
import type { JWK } from 'jose'
import type OidcProvider from 'oidc-provider'
import type { AdapterPayload, Configuration, KoaContextWithOIDC } from 'oidc-provider'
import * as errors from 'oidc-provider/lib/helpers/errors.js'
import { Provider } from 'oidc-provider/lib/provider.js'
import { CLAIMS_BY_SCOPE, IDENTITY_SCOPES, personClaims, subjectOf } from './claims.ts'
import { createClientRequestCheck, DETAILS_PARAMETER, resourceOf } from './client-request.ts'
import { errorPage, nothingPage, signedOutPage, signOutPage } from './pages.ts'
import { createSignIn, createTypeface, readerOf, SIGN_IN_PATH, show, type Typeface } from './sign-in.ts'
import { CLOCK_TOLERANCE, SIGNING_ALGORITHMS } from './signing.ts'
import { createStorage } from './storage.ts'
import { createTokenContents, type TokenContents } from './token-contents.ts'
import { offerTokenExchange } from './token-exchange.ts'
import type { TestClient, TestWorld } from './world.ts'

export interface ProviderOptions {
  issuer: string
  world: TestWorld
  jwks: { keys: JWK[] }
  publicKeys(client: TestClient): Promise<JWK[]>
  accessTokenSeconds: number
  typeface: Typeface | undefined
  /** Dates the access tokens. */
  now(): Date
}

const ROUTES = {
  authorization: '/connect/authorize',
  token: '/connect/token',
  pushed_authorization_request: '/connect/par',
  end_session: '/connect/endsession',
  userinfo: '/connect/userinfo',
  jwks: '/.well-known/openid-configuration/jwks',
}

const HOUR = 3600

/** Seconds. */
const LIFETIMES = {
  AuthorizationCode: 60,
  IdToken: HOUR,
  Interaction: HOUR,
  RefreshToken: 12 * HOUR,
  Grant: 12 * HOUR,
  Session: 12 * HOUR,
}

export function createProvider(options: ProviderOptions): OidcProvider {
  const { issuer, world, accessTokenSeconds } = options
  const findClient = (clientId: string | undefined) => world.clients.find((client) => client.clientId === clientId)
  const findPerson = (subject: string | undefined) => world.people.find((person) => subjectOf(person) === subject)
  const contents = createTokenContents({ world, accessTokenSeconds, now: options.now, findClient, findPerson })

  const provider = new Provider(issuer, {
    adapter: createStorage(async (clientId) => {
      const client = findClient(clientId)
      return client && registration(client, await options.publicKeys(client))
    }),
    jwks: options.jwks,
    routes: ROUTES,
    cookies: { keys: [randomBytes(32)] },
    scopes: [...IDENTITY_SCOPES],
    claims: CLAIMS_BY_SCOPE,
    conformIdTokenClaims: false,
    responseTypes: ['code'],
    clientAuthMethods: ['private_key_jwt'],
    clockTolerance: CLOCK_TOLERANCE,
    enabledJWA: {
      clientAuthSigningAlgValues: [...SIGNING_ALGORITHMS],
      dPoPSigningAlgValues: [...SIGNING_ALGORITHMS],
      idTokenSigningAlgValues: ['RS256'],
    },
    discovery: {
      request_parameter_supported: true,
      request_object_signing_alg_values_supported: [...SIGNING_ALGORITHMS],
    },
    extraParams: { [DETAILS_PARAMETER]: null },
    pkce: { required: () => true },
    // FAPI 2.0 section 5.3.2.1: refresh tokens are bound to the client's key and not rotated.
    rotateRefreshToken: false,
    expiresWithSession: () => false,
    assertJwtClientAuthClaimsAndHeader: createClientRequestCheck({
      issuer,
      tokenEndpoint: new URL(ROUTES.token, issuer).href,
      world,
      publicKeys: options.publicKeys,
    }),
    findAccount: (_ctx, subject) => {
      const person = findPerson(subject)
      return person && { accountId: subject, claims: () => ({ sub: subject, ...personClaims(person) }) }
    },
    loadExistingGrant: grantWhatWasAsked,
    interactions: { url: (_ctx, interaction) => `${SIGN_IN_PATH}/${interaction.uid}` },
    renderError: (ctx, out) => show(ctx, errorPage(out.error, out.error_description, readerOf(ctx, world)), ctx.status),
    ttl: { AccessToken: accessTokenSeconds, ClientCredentials: accessTokenSeconds, ...LIFETIMES },
    formats: {
      customizers: {
        jwt: (ctx, token, parts) => {
          parts.payload = contents.payload(ctx, token, parts.payload)
        },
      },
    },
    features: featuresOf(options, contents),
  })

  useOwnAddress(provider, issuer)
  completeTokenAnswers(provider, contents)
  provider.use(pageForNothing(world))
  if (options.typeface) provider.use(createTypeface(options.typeface))
  provider.use(createSignIn(provider, world))
  offerTokenExchange(provider, {
    issuer,
    world,
    jwks: options.jwks,
    isKnown: (subject) => findPerson(subject) !== undefined,
    now: options.now,
  })
  provider.on('grant.error', tellCause)
  provider.on('pushed_authorization_request.error', tellCause)
  return provider
}

/** What is switched on beyond the authorization code flow. The API is a resource that follows from the scopes. */
function featuresOf({ world, accessTokenSeconds }: ProviderOptions, contents: TokenContents): Configuration['features'] {
  const asksForApi = (ctx: KoaContextWithOIDC) => [...ctx.oidc.requestParamScopes].some((scope) => world.apiScopes.includes(scope))
  return {
    devInteractions: { enabled: false },
    userinfo: { enabled: true },
    clientCredentials: { enabled: true },
    pushedAuthorizationRequests: { enabled: true, requirePushedAuthorizationRequests: true },
    dPoP: { enabled: true, nonceSecret: randomBytes(32), requireNonce: (ctx) => ctx.oidc.route !== 'userinfo' },
    resourceIndicators: {
      enabled: true,
      // The API follows from the scopes when the client does not name it.
      defaultResource: (ctx) => (asksForApi(ctx) ? resourceOf(world) : []),
      useGrantedResource: (ctx) => asksForApi(ctx) || contents.knowsOrganization(ctx),
      getResourceServerInfo: (_ctx, resource, { clientId }) => {
        if (resource !== resourceOf(world)) throw new errors.InvalidTarget(`resource is unknown: the API here is “${world.apiAudience}”`)
        const allowed = world.clients.find((client) => client.clientId === clientId)?.scopes ?? []
        return {
          scope: world.apiScopes.filter((scope) => allowed.includes(scope)).join(' '),
          audience: world.apiAudience,
          accessTokenFormat: 'jwt',
          accessTokenTTL: accessTokenSeconds,
          jwt: { sign: { alg: 'ES256' } },
        }
      },
    },
    rpInitiatedLogout: {
      enabled: true,
      logoutSource: endSession,
      postLogoutSuccessSource: (ctx) => show(ctx, signedOutPage(readerOf(ctx, world)), 200),
    },
  }
}

/** The answers name the issuer's own address, however the request found its way here. */
function useOwnAddress(provider: OidcProvider, issuer: string): void {
  const { host, protocol } = new URL(issuer)
  provider.proxy = true
  provider.use(async (ctx, next) => {
    ctx.req.headers.host = host
    ctx.req.headers['x-forwarded-host'] = host
    ctx.req.headers['x-forwarded-proto'] = protocol.slice(0, -1)
    // Every authorization starts without a session: the sign-in page is where one changes person.
    if (ctx.path.startsWith(ROUTES.authorization)) ctx.req.headers.cookie = withoutSession(ctx.req.headers.cookie)
    await next()
  })
}

/** Adds what HelseID adds: how long the refresh token lives, and members of the attestation that were not known. */
function completeTokenAnswers(provider: OidcProvider, contents: TokenContents): void {
  provider.use(async (ctx, next) => {
    await next()
    const issued = (ctx as unknown as KoaContextWithOIDC).oidc?.entities.RefreshToken
    const answer = ctx.body as Record<string, unknown> | undefined
    if (ctx.path === ROUTES.token && issued && answer?.refresh_token) {
      answer.rt_expires_in = issued.remainingTTL
    }
    const unknown = contents.unknownMembers(ctx)
    if (answer?.access_token && unknown) answer.attestation_unknown_members = unknown
  })
}

/**
 * HelseID has no consent screen: what the client may ask for and asks for is granted, with what it stated about organisation and
 * attestation.
 */
async function grantWhatWasAsked(ctx: KoaContextWithOIDC) {
  const { provider, client, account, params, resourceServers = {} } = ctx.oidc
  const grant = new provider.Grant({ clientId: client?.clientId, accountId: account?.accountId })
  grant.addOIDCScope([...ctx.oidc.requestParamOIDCScopes].join(' '))
  for (const [resource, server] of Object.entries(resourceServers)) {
    grant.addResourceScope(resource, [...ctx.oidc.requestParamScopes].filter((scope) => server.scopes.has(scope)).join(' '))
  }
  const stated = params?.[DETAILS_PARAMETER]
  if (typeof stated === 'string') grant.addRar({ type: DETAILS_PARAMETER, stated: JSON.parse(stated) })
  await grant.save()
  return grant
}

/** Puts the cause, which oidc-provider keeps for its own log, in the answer: the person who tests against this needs it. */
function tellCause(ctx: KoaContextWithOIDC, error: InstanceType<typeof errors.OIDCProviderError>): void {
  const answer = ctx.body as { error_description?: string } | undefined
  if (answer && error.error_detail) answer.error_description = error.error_detail
  if (answer && error.error === 'invalid_client' && sharedSecret(ctx))
    answer.error_description = 'HID-1008: a client with a shared secret acts for no organisation: authenticate with private_key_jwt'
}

function sharedSecret(ctx: KoaContextWithOIDC): boolean {
  return ctx.oidc.body?.client_secret !== undefined || /^basic /i.test(ctx.get('authorization'))
}

function withoutSession(cookies: string | undefined): string | undefined {
  return cookies
    ?.split(/; */)
    .filter((cookie) => !/^_session(\.sig)?=/.test(cookie))
    .join('; ')
}

/** Ends the session at once when the portal sent the ID token (the person has already chosen to sign out there), else asks. */
async function endSession(ctx: KoaContextWithOIDC, form: string): Promise<void> {
  const { entities, params, session } = ctx.oidc
  const returnTo = typeof params?.post_logout_redirect_uri === 'string' ? params.post_logout_redirect_uri : undefined
  if (!entities.IdTokenHint || !returnTo) return show(ctx, signOutPage(form, returnTo, readerOf(ctx)), 200)
  await session?.destroy()
  const target = new URL(returnTo)
  if (typeof params?.state === 'string') target.searchParams.set('state', params.state)
  ctx.status = 303
  ctx.redirect(target.href)
}

function registration(client: TestClient, keys: JWK[]): AdapterPayload {
  const signsIn = client.grants.includes('authorization_code')
  return {
    client_id: client.clientId,
    client_name: client.name,
    grant_types: [...client.grants],
    response_types: signsIn ? ['code'] : [],
    redirect_uris: client.redirectUris ?? [],
    post_logout_redirect_uris: client.postLogoutRedirectUris ?? [],
    token_endpoint_auth_method: 'private_key_jwt',
    jwks: { keys },
    dpop_bound_access_tokens: true,
    require_pushed_authorization_requests: true,
  }
}

/** A browser that is led astray gets a page; a program keeps its answer. */
function pageForNothing(world: TestWorld): Parameters<OidcProvider['use']>[0] {
  return async (ctx, next) => {
    await next()
    if (ctx.status !== 404 || ctx.method !== 'GET' || !ctx.get('accept').includes('text/html')) return
    show(ctx, nothingPage({ ...readerOf(ctx, world), path: ctx.path }), 404)
  }
}

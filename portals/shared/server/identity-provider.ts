/**
 * A portal as a client of HelseID (OAuth 2.1 with PAR, PKCE S256, private_key_jwt and DPoP; HelseID security profile). Where people act for
 * organisations, one multi-tenant client serves them all: the person signs in once, and `assertion_details` names the organisation each
 * time an access token is fetched with the refresh token. Changing organisation therefore needs no new sign-in.
 */
import type { JWK } from 'jose'
import * as openid from 'openid-client'
import type { ApiRequest } from './api.ts'
import { type DpopProofs, dpopProofs, newDpopKey } from './dpop.ts'
import { type IssuerClient, issuerClient } from './issuer-client.ts'
import { IssuerUnavailableError, LoginRequiredError, OrganizationRefusedError, SignedOutError, SignInError } from './issuer-errors.ts'
import { addressOf, type PortalOptions } from './options.ts'
import type { Login, Person } from './sessions.ts'

const claims = {
  pid: 'helseid://claims/identity/pid',
  securityLevel: 'helseid://claims/identity/security_level',
  hprNumber: 'helseid://claims/hpr/hpr_number',
} as const

const identityScopes = ['openid', 'profile', 'offline_access', 'helseid://scopes/identity/pid', 'helseid://scopes/identity/security_level']

/** The scope that returns the number in the health personnel register, for portals that need it. */
export const healthPersonnelScope = 'helseid://scopes/hpr/hpr_number'

interface SignedIn {
  person: Person
  refreshToken: string
}

interface FetchedToken {
  value: string
  /** Milliseconds since 1970. */
  expires: number
  refreshToken: string
}

export interface IdentityProvider {
  /** A sign-in to remember, and the address to send the browser to. `hint`: the person who is to sign in, as the issuer names people. */
  startLogin(hint?: string, more?: { silent?: boolean }): Promise<{ login: Login; location: string }>
  /** @throws SignInError */
  finishLogin(callback: URL, login: Login): Promise<SignedIn>
  /**
   * A token for the organisation, or for the person alone.
   * @throws SignedOutError, OrganizationRefusedError, IssuerUnavailableError
   */
  accessToken(refreshToken: string, organization: string | undefined, dpopKey: JWK): Promise<FetchedToken>
  /**
   * A token of this client, for the person and the organisation of the access token that the portal was called with (RFC 8693), bound to
   * `dpopKey`.
   * @throws OrganizationRefusedError, IssuerUnavailableError
   */
  exchange(subjectToken: string, dpopKey: JWK): Promise<Omit<FetchedToken, 'refreshToken'>>
  /** Sends the access token and a proof bound to it (RFC 9449 section 7), and to the header `attestation` when there is one. */
  fetch(url: URL, token: { accessToken: string; dpopKey: JWK }, request: ApiRequest): Promise<Response>
  /** Revokes the refresh token, and returns the address where the browser ends the session at the issuer. */
  endSession(refreshToken: string): Promise<string | undefined>
}

/** The parts of a portal that the identity provider needs. */
export interface AtIssuer {
  name: string
  identityScopes?: readonly string[]
}

export function identityProvider(options: PortalOptions, portal: AtIssuer): IdentityProvider {
  const now = options.now ?? (() => new Date())
  const home = () => `${addressOf(options.publicUrl)}/${portal.name}/`
  const way: Way = { client: issuerClient(options, now), proofOf: dpopProofs(), home, now }
  return { ...signIns(options, portal, way), ...tokenRequests(options, way) }
}

/** What every request to the issuer uses. */
interface Way {
  client: IssuerClient
  proofOf: DpopProofs
  /** Address of the portal. */
  home: () => string
  now: () => Date
}

function signIns(
  options: PortalOptions,
  portal: AtIssuer,
  { client, proofOf, home }: Way,
): Pick<IdentityProvider, 'startLogin' | 'finishLogin'> {
  return {
    async startLogin(hint, { silent } = {}) {
      const configuration = await client()
      const codeVerifier = openid.randomPKCECodeVerifier()
      const login: Login = { state: openid.randomState(), nonce: openid.randomNonce(), codeVerifier, dpopKey: await newDpopKey() }
      try {
        const location = await openid.buildAuthorizationUrlWithPAR(configuration, {
          ...options.authorizationParameters,
          redirect_uri: `${home()}callback`,
          scope: [...identityScopes, ...(portal.identityScopes ?? []), ...options.apiScopes].join(' '),
          resource: options.apiAudience,
          state: login.state,
          nonce: login.nonce,
          code_challenge: await openid.calculatePKCECodeChallenge(codeVerifier),
          code_challenge_method: 'S256',
          ...(hint ? { login_hint: hint } : {}),
          ...(silent ? { prompt: 'none' } : {}),
        })
        return { login, location: location.href }
      } catch (cause) {
        throw new SignInError(answered(cause) ? 'failed' : 'unavailable', { cause })
      }
    },

    async finishLogin(callback, login) {
      const configuration = await client()
      const tokens = await openid
        .authorizationCodeGrant(
          configuration,
          callback,
          { expectedState: login.state, expectedNonce: login.nonce, pkceCodeVerifier: login.codeVerifier, idTokenExpected: true },
          undefined,
          { DPoP: await proofOf(configuration, login.dpopKey) },
        )
        .catch((cause: unknown) => {
          // OpenID Connect Core section 3.1.2.6.
          if (cause instanceof openid.AuthorizationResponseError && /^(login|interaction|consent|account_selection)_/.test(cause.error))
            throw new LoginRequiredError(cause.error, { cause })
          if (cause instanceof openid.AuthorizationResponseError && cause.error === 'access_denied')
            throw new SignInError('cancelled', { cause })
          throw new SignInError(answered(cause) ? 'failed' : 'unavailable', { cause })
        })
      const identity = tokens.claims()
      if (!identity || !tokens.refresh_token) throw new SignInError('failed')
      return { person: personIn(identity), refreshToken: tokens.refresh_token }
    },
  }
}

/** @throws SignInError when the claims lack the identity number, or the security level is too low */
function personIn(identity: openid.IDToken): Person {
  if (String(identity[claims.securityLevel]) !== '4') throw new SignInError('security-level')
  const hprNumber = identity[claims.hprNumber]
  const identityNumber = identity[claims.pid]
  if (typeof identityNumber !== 'string' || !identityNumber) throw new SignInError('failed')
  return {
    name: typeof identity['name'] === 'string' ? identity['name'] : '',
    identityNumber,
    ...(typeof hprNumber === 'string' && hprNumber ? { hprNumber } : {}),
  }
}

type TokenRequests = Omit<IdentityProvider, 'startLogin' | 'finishLogin'>

function tokenRequests({ apiAudience, apiScopes }: PortalOptions, { client, proofOf, home, now }: Way): TokenRequests {
  const wanted = { resource: apiAudience, scope: apiScopes.join(' ') }
  const expiryOf = (tokens: openid.TokenEndpointResponse & openid.TokenEndpointResponseHelpers) =>
    now().getTime() + (tokens.expiresIn() ?? 60) * 1000
  return {
    async accessToken(refreshToken, organization, dpopKey) {
      const configuration = await client(organization)
      const tokens = await openid
        .refreshTokenGrant(configuration, refreshToken, wanted, { DPoP: await proofOf(configuration, dpopKey) })
        .catch((cause: unknown) => {
          if (cause instanceof openid.ResponseBodyError && cause.error === 'invalid_grant')
            throw new SignedOutError('The refresh token is no longer accepted.', { cause })
          throw tokenError(cause)
        })
      return { value: tokens.access_token, expires: expiryOf(tokens), refreshToken: tokens.refresh_token ?? refreshToken }
    },

    async exchange(subjectToken, dpopKey) {
      const configuration = await client()
      const parameters = { ...wanted, subject_token: subjectToken, subject_token_type: 'urn:ietf:params:oauth:token-type:access_token' }
      const tokens = await openid
        .genericGrantRequest(configuration, 'urn:ietf:params:oauth:grant-type:token-exchange', parameters, {
          DPoP: await proofOf(configuration, dpopKey),
        })
        .catch((cause: unknown) => {
          throw tokenError(cause)
        })
      return { value: tokens.access_token, expires: expiryOf(tokens) }
    },

    async fetch(url, { accessToken, dpopKey }, { method, body, headers }) {
      const configuration = await client()
      const DPoP = await proofOf(configuration, dpopKey, headers['attestation'])
      return await openid
        .fetchProtectedResource(configuration, accessToken, url, method, body, new Headers(headers), { DPoP })
        .catch((cause: unknown) => {
          // A challenge is an answer like any other here: its status and OperationOutcome give the reason.
          if (cause instanceof openid.WWWAuthenticateChallengeError) return cause.response
          throw cause
        })
    },

    async endSession(refreshToken) {
      const configuration = await client()
      const server = configuration.serverMetadata()
      if (server.revocation_endpoint) await openid.tokenRevocation(configuration, refreshToken)
      // Without id_token_hint, because it would put the identity number of the person into an address.
      if (!server.end_session_endpoint) return undefined
      return openid.buildEndSessionUrl(configuration, { post_logout_redirect_uri: home() }).href
    },
  }
}

/** An answer with an error refuses the organisation; without an answer, the issuer was not reached. */
function tokenError(cause: unknown): Error {
  return cause instanceof openid.ResponseBodyError
    ? new OrganizationRefusedError(cause.error, { cause })
    : new IssuerUnavailableError('The identity provider could not be reached.', { cause })
}

/** True when HelseID answered, so that trying again will not help; otherwise it was not reached. */
function answered(cause: unknown): boolean {
  return (
    cause instanceof openid.ResponseBodyError || cause instanceof openid.AuthorizationResponseError || cause instanceof openid.ClientError
  )
}

/**
 * A portal as a client of HelseID (OAuth 2.1 with PAR, PKCE S256, private_key_jwt and DPoP; HelseID security profile). Where people act for
 * organisations, one multi-tenant client serves them all: the person signs in once, and `assertion_details` names the organisation each
 * time an access token is fetched with the refresh token. Changing organisation therefore needs no new sign-in.
 */
import { createHash } from 'node:crypto'
import { importJWK, type JWK } from 'jose'
import { LRUCache } from 'lru-cache'
import * as openid from 'openid-client'
import type { SignInProblem } from '../contract.ts'
import type { ApiRequest } from './api.ts'
import { addressOf, type PortalOptions } from './options.ts'
import type { Login, Person } from './sessions.ts'

/** HelseID asks clients to keep its metadata for about a day and not longer. */
const metadataMs = 24 * 3_600_000
/** The limit for the identity provider and the API; a slower source is reported to the person as one that does not answer. */
const timeoutSeconds = 8

const claims = {
  pid: 'helseid://claims/identity/pid',
  securityLevel: 'helseid://claims/identity/security_level',
  hprNumber: 'helseid://claims/hpr/hpr_number',
} as const

const identityScopes = ['openid', 'profile', 'offline_access', 'helseid://scopes/identity/pid', 'helseid://scopes/identity/security_level']

/** The scope that returns the number in the health personnel register, for portals that need it. */
export const healthPersonnelScope = 'helseid://scopes/hpr/hpr_number'

/** The person may not sign in; the sign-in page shows why. */
export class SignInError extends Error {
  readonly problem: SignInProblem
  constructor(problem: SignInProblem, options?: ErrorOptions) {
    super(`Sign-in: ${problem}`, options)
    this.problem = problem
  }
}

/** The request was `prompt=none`, and the person has no session at the identity provider that is sufficient. */
export class LoginRequiredError extends Error {}

/** The refresh token no longer works: the person must sign in again. */
export class SignedOutError extends Error {}
/** HelseID does not allow this client to act for the organisation. */
export class OrganizationRefusedError extends Error {}
/** The token that a record system handed over has expired, and it has not sent a new one. */
export class EhrMustRenewError extends Error {}
/** HelseID did not answer. */
export class IssuerUnavailableError extends Error {}

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
  const proofs = new LRUCache<string, openid.DPoPHandle>({ max: 1000 })
  let known: { metadata: openid.ServerMetadata; clients: Map<string, openid.Configuration>; until: number } | undefined

  async function issuer() {
    if (known && known.until > now().getTime()) return known
    const address = new URL(addressOf(options.issuer))
    const found = await openid
      .discovery(address, options.clientId, undefined, openid.None(), {
        timeout: timeoutSeconds,
        execute: address.protocol === 'http:' ? [openid.allowInsecureRequests] : [],
      })
      .catch((cause: unknown) => {
        throw new IssuerUnavailableError('The identity provider could not be reached.', { cause })
      })
    known = { metadata: found.serverMetadata(), clients: new Map(), until: now().getTime() + metadataMs }
    return known
  }

  /** The client as the issuer sees it: alone when a person signs in, for an organisation when a token is fetched. */
  async function client(organization?: string): Promise<openid.Configuration> {
    const { metadata: server, clients } = await issuer()
    const kept = clients.get(organization ?? '')
    if (kept) return kept
    const key = (await importJWK(options.clientKey)) as CryptoKey
    const { kid } = options.clientKey
    const authentication = openid.PrivateKeyJwt(kid ? { key, kid } : key, {
      [openid.modifyAssertion](header, payload) {
        header['typ'] = 'client-authentication+jwt'
        if (organization) payload['assertion_details'] = assertionDetails(organization)
      },
    })
    const configuration = new openid.Configuration(server, options.clientId, {}, authentication)
    configuration.timeout = timeoutSeconds
    if (server.issuer.startsWith('http:')) openid.allowInsecureRequests(configuration)
    openid.enableNonRepudiationChecks(configuration)
    clients.set(organization ?? '', configuration)
    return configuration
  }

  /**
   * Proofs of one key are made by one handle, which remembers the last nonce of the issuer. An attestation has a handle of its own: each
   * proof carries the hash of the attestation sent with it.
   */
  async function proofOf(configuration: openid.Configuration, jwk: JWK, attestation?: string): Promise<openid.DPoPHandle> {
    const hash = attestation === undefined ? undefined : createHash('sha256').update(attestation, 'latin1').digest('base64url')
    const name = `${jwk.x}.${jwk.y}.${hash ?? ''}`
    const remembered = proofs.get(name)
    if (remembered) return remembered
    const { d: _, ...publicJwk } = jwk
    const keyPair = {
      privateKey: (await importJWK(jwk, 'ES256')) as CryptoKey,
      publicKey: (await importJWK(publicJwk, 'ES256', { extractable: true })) as CryptoKey,
    }
    const handle = openid.getDPoPHandle(configuration, keyPair, {
      [openid.modifyAssertion](_header, payload) {
        if (hash !== undefined) payload['attestation_hash'] = hash
      },
    })
    proofs.set(name, handle)
    return handle
  }

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
      if (String(identity[claims.securityLevel]) !== '4') throw new SignInError('security-level')
      const hprNumber = identity[claims.hprNumber]
      const identityNumber = identity[claims.pid]
      if (typeof identityNumber !== 'string' || !identityNumber) throw new SignInError('failed')
      return {
        person: {
          name: typeof identity['name'] === 'string' ? identity['name'] : '',
          identityNumber,
          ...(typeof hprNumber === 'string' && hprNumber ? { hprNumber } : {}),
        },
        refreshToken: tokens.refresh_token,
      }
    },

    async accessToken(refreshToken, organization, dpopKey) {
      const configuration = await client(organization)
      const parameters = { resource: options.apiAudience, scope: options.apiScopes.join(' ') }
      const tokens = await openid
        .refreshTokenGrant(configuration, refreshToken, parameters, { DPoP: await proofOf(configuration, dpopKey) })
        .catch((cause: unknown) => {
          if (!(cause instanceof openid.ResponseBodyError))
            throw new IssuerUnavailableError('The identity provider could not be reached.', { cause })
          if (cause.error === 'invalid_grant') throw new SignedOutError('The refresh token is no longer accepted.', { cause })
          throw new OrganizationRefusedError(cause.error, { cause })
        })
      const seconds = tokens.expiresIn() ?? 60
      return { value: tokens.access_token, expires: now().getTime() + seconds * 1000, refreshToken: tokens.refresh_token ?? refreshToken }
    },

    async exchange(subjectToken, dpopKey) {
      const configuration = await client()
      const parameters = {
        subject_token: subjectToken,
        subject_token_type: 'urn:ietf:params:oauth:token-type:access_token',
        resource: options.apiAudience,
        scope: options.apiScopes.join(' '),
      }
      const tokens = await openid
        .genericGrantRequest(configuration, 'urn:ietf:params:oauth:grant-type:token-exchange', parameters, {
          DPoP: await proofOf(configuration, dpopKey),
        })
        .catch((cause: unknown) => {
          if (!(cause instanceof openid.ResponseBodyError))
            throw new IssuerUnavailableError('The identity provider could not be reached.', { cause })
          throw new OrganizationRefusedError(cause.error, { cause })
        })
      return { value: tokens.access_token, expires: now().getTime() + (tokens.expiresIn() ?? 60) * 1000 }
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

/** True when HelseID answered, so that trying again will not help; otherwise it was not reached. */
function answered(cause: unknown): boolean {
  return (
    cause instanceof openid.ResponseBodyError || cause instanceof openid.AuthorizationResponseError || cause instanceof openid.ClientError
  )
}

/** The organisation in the form that HelseID expects from multi-tenant clients. */
function assertionDetails(organization: string) {
  return {
    type: 'helseid_authorization',
    practitioner_role: { organization: { identifier: { system: 'urn:oid:1.0.6523', type: 'ENH', value: `NO:ORGNR:${organization}` } } },
  }
}

/** A key that the tokens of one session are bound to. */
export async function newDpopKey(): Promise<JWK> {
  const { privateKey } = await crypto.subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-256' }, true, ['sign', 'verify'])
  const { kty, crv, x, y, d } = await crypto.subtle.exportKey('jwk', privateKey)
  return { kty, crv, x, y, d } as JWK
}

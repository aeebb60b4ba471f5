/**
 * What HelseID demands of a client's request beyond OAuth: a short-lived assertion, the organisation in its right place, scopes the
 * client may ask for, the API by its short name. Runs once the assertion's signature has held, before its `jti` is spent.
 */
import type { JWK } from 'jose'
import type { Client, KoaContextWithOIDC } from 'oidc-provider'
import * as errors from 'oidc-provider/lib/helpers/errors.js'
import { readAttestation, type StatedAttestation, vouchFor } from './attestation.ts'
import { IDENTITY_SCOPES } from './claims.ts'
import { ATTESTATION_TYPE, DetailsError } from './details.ts'
import { decideOrganization, OrganizationError, readOrganization, type Stated } from './organization.ts'
import { unwrapRequestObject } from './request-object.ts'
import { CLOCK_TOLERANCE } from './signing.ts'
import { TOKEN_EXCHANGE } from './token-exchange.ts'
import type { TestClient, TestWorld } from './world.ts'

/** Seconds; HelseID's ceiling for a client assertion. */
const ASSERTION_CEILING = 60

/** `JWT` and no typ at all are what older clients send. */
const ASSERTION_TYPES = new Set([undefined, 'client-authentication+jwt', 'JWT'])

/** How what a pushed request stated travels to the grant. Never accepted from outside. */
export const DETAILS_PARAMETER = 'helseid_test_details'

type Parameters = Record<string, unknown>

/** What a request stated in its details. */
export interface Details {
  organization?: Stated | undefined
  attestation?: StatedAttestation | undefined
}

const statedHere = new WeakMap<object, Details>()

/** What the client assertion of this token request stated. */
export function detailsOfRequest(ctx: object): Details {
  return statedHere.get(ctx) ?? {}
}

/** The API's name as oidc-provider wants it, an absolute URI (RFC 8707 section 2). */
export function resourceOf(world: TestWorld): string {
  return URL.canParse(world.apiAudience) ? world.apiAudience : `urn:api:${world.apiAudience}`
}

export interface ClientRequestOptions {
  issuer: string
  tokenEndpoint: string
  world: TestWorld
  publicKeys(client: TestClient): Promise<JWK[]>
}

/** For oidc-provider's `assertJwtClientAuthClaimsAndHeader`. Throws the OAuth error with a description that says what to send instead. */
export function createClientRequestCheck(options: ClientRequestOptions) {
  const { world } = options

  return async (ctx: KoaContextWithOIDC, claims: Parameters, header: Parameters, { clientId }: Client): Promise<void> => {
    const client = world.clients.find((candidate) => candidate.clientId === clientId)
    if (!client) throw new errors.InvalidClientAuth(`the client “${clientId}” is no longer registered`)
    checkAssertion(claims, header, [options.issuer, options.tokenEndpoint])
    const body = (ctx.oidc.body ?? {}) as Parameters
    try {
      if (ctx.oidc.route === 'pushed_authorization_request') {
        await checkPushedRequest(client, claims, body)
      } else if (ctx.oidc.route === 'token') {
        checkTokenRequest(ctx, client, claims, body)
      }
    } catch (error) {
      if (error instanceof DetailsError) throw new errors.CustomOIDCProviderError(error.error, error.message)
      throw error
    }
  }

  async function checkPushedRequest(client: TestClient, claims: Parameters, body: Parameters): Promise<void> {
    if (body.request !== undefined)
      await unwrapRequestObject(client, body, { issuer: options.issuer, keys: await options.publicKeys(client) })
    const details = detailsOfAssertion(claims)
    if (details !== undefined && body.authorization_details !== undefined) throw doubleStructure()
    if (details !== undefined) throw organizationInCodeFlow()
    const stated = readDetails(parseDetails(body.authorization_details), 'authorization_details')
    const organization = stated.organization && decideOrganization(client, stated.organization, world.delegations)
    // Who signs in is not known yet: the rest is checked when the token is made.
    if (stated.attestation) vouchFor(stated.attestation, { organization, world })
    delete body.authorization_details
    delete body[DETAILS_PARAMETER]
    if (stated.organization || stated.attestation) body[DETAILS_PARAMETER] = JSON.stringify(stated)

    const scopes = checkScopes(world, client, body.scope, IDENTITY_SCOPES)
    if (scopes.includes('offline_access')) {
      // oidc-provider drops offline_access without prompt=consent (OpenID Connect Core section 11); HelseID has no consent screen.
      const prompts = typeof body.prompt === 'string' ? body.prompt.split(' ') : []
      if (!prompts.includes('none')) body.prompt = [...new Set([...prompts, 'consent'])].join(' ')
    }
    body.resource = nameResource(world, body.resource)
  }

  function checkTokenRequest(ctx: KoaContextWithOIDC, client: TestClient, claims: Parameters, body: Parameters): void {
    const params = ctx.oidc.params as Parameters
    const grant = params.grant_type
    const known = grant === 'authorization_code' || grant === 'refresh_token' || grant === 'client_credentials' || grant === TOKEN_EXCHANGE
    if (known && !client.grants.includes(grant)) {
      throw new errors.UnauthorizedClient(`the client “${client.clientId}” is not registered for ${grant}`)
    }
    const details = detailsOfAssertion(claims)
    if (body.authorization_details !== undefined) {
      if (details !== undefined) throw doubleStructure()
      throw new OrganizationError('HID-1007', 'at the token endpoint the organisation goes in assertion_details of the client assertion')
    }
    const stated = readDetails(details, 'assertion_details')
    if (stated.organization && grant === 'authorization_code') throw organizationInCodeFlow()
    if (stated.organization && grant === TOKEN_EXCHANGE) {
      throw new OrganizationError('HID-1005', 'at token exchange the organisation is that of subject_token, and is not stated')
    }
    if (stated.attestation && grant !== 'refresh_token') throw attestationOutOfPlace()
    if (stated.organization) decideOrganization(client, stated.organization, world.delegations)
    statedHere.set(ctx, stated)
    if (grant === 'client_credentials') {
      if (checkScopes(world, client, params.scope, new Set()).length === 0) {
        throw new errors.InvalidScope('scope is missing: name at least one scope of the API', '')
      }
    } else if (params.scope !== undefined) {
      checkScopes(world, client, params.scope, IDENTITY_SCOPES)
    }
    params.resource = nameResource(world, params.resource)
  }
}

/** The scopes asked for, all of which the client may ask for; `identity` are those that are for people alone. */
function checkScopes(world: TestWorld, client: TestClient, scope: unknown, identity: ReadonlySet<string>): string[] {
  const scopes = typeof scope === 'string' ? scope.split(' ').filter(Boolean) : []
  for (const name of scopes) {
    if (identity.has(name)) continue
    if (IDENTITY_SCOPES.has(name)) throw new errors.InvalidScope('identity scopes are for people, not for client_credentials', name)
    if (identity.size === 0 && name.endsWith('/citizen'))
      throw new errors.InvalidScope('citizen scopes are for people, not for client_credentials', name)
    if (!world.apiScopes.includes(name)) throw new errors.InvalidScope(`there is no scope “${name}”`, name)
    if (!client.scopes.includes(name))
      throw new errors.InvalidScope(`the client “${client.clientId}” is not registered for “${name}”`, name)
  }
  return scopes
}

/** Replaces the short name of the API, alone or in a list, by the absolute URI that oidc-provider knows. */
function nameResource(world: TestWorld, resource: unknown): unknown {
  if (Array.isArray(resource)) return resource.map((one) => nameResource(world, one))
  return resource === world.apiAudience ? resourceOf(world) : resource
}

function checkAssertion(claims: Parameters, header: Parameters, audiences: string[]): void {
  const now = Math.floor(Date.now() / 1000)
  const refuse = (words: string) => new errors.InvalidClientAuth(`client_assertion: ${words}`)
  if (!ASSERTION_TYPES.has(header.typ as string | undefined)) throw refuse('typ must be “client-authentication+jwt”')
  const audience = Array.isArray(claims.aud) ? claims.aud : [claims.aud]
  if (!audience.some((value) => audiences.includes(value))) throw refuse(`aud must be the issuer, ${audiences[0]}, or the token endpoint`)
  const exp = Number(claims.exp)
  const issued = typeof claims.iat === 'number' ? claims.iat : now
  if (exp - issued > ASSERTION_CEILING || exp - now > ASSERTION_CEILING + CLOCK_TOLERANCE) {
    throw refuse(`exp may be at most ${ASSERTION_CEILING} seconds after iat`)
  }
}

/** `assertion_details` is the current name, `authorization_details` what older clients send. */
function detailsOfAssertion(claims: Parameters): unknown {
  const { assertion_details: current, authorization_details: older } = claims
  if (current !== undefined && older !== undefined) throw doubleStructure()
  return current ?? older
}

function readDetails(details: unknown, where: string): Details {
  return { organization: readOrganization(details, where), attestation: readAttestation(details, where) }
}

function attestationOutOfPlace(): DetailsError {
  return new DetailsError(
    'invalid_authorization_details',
    `${ATTESTATION_TYPE}: a person attests, in authorization_details of the pushed request or in assertion_details of a refresh`,
  )
}

function parseDetails(details: unknown): unknown {
  if (typeof details !== 'string') return details
  try {
    return JSON.parse(details)
  } catch {
    throw new OrganizationError('HID-1007', 'authorization_details is not JSON')
  }
}

function doubleStructure(): OrganizationError {
  return new OrganizationError('HID-DOUBLE-STRUCTURE', 'the organisation is stated in two places: send it once')
}

function organizationInCodeFlow(): OrganizationError {
  return new OrganizationError(
    'HID-1009',
    'in the code flow the organisation goes in authorization_details of the pushed request, or in the assertion of a later refresh',
  )
}

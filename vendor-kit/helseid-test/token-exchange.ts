/**
 * Token exchange (RFC 8693), as HelseID offers it to an API that calls onward for the same person: the client hands in an access token that
 * it was called with, and gets one of its own, for the same person and organisation, bound to its own key. `act` says who acts. It lives
 * no longer than the one handed in, and holds no attestation: the onward call needs one of its own.
 */
import { randomUUID } from 'node:crypto'
import { createLocalJWKSet, type JWK, type JWTPayload, jwtVerify } from 'jose'
import type Provider from 'oidc-provider'
import type { TokenEndpointGrantContext } from 'oidc-provider'
import * as errors from 'oidc-provider/lib/helpers/errors.js'
import { checkDpopReplay, checkDpopRequired, resolveRequestedResources, validateDpop } from 'oidc-provider/lib/helpers/grants.js'
import { publicPart } from './keys.ts'
import { decideOrganization, type Organization, OrganizationError } from './organization.ts'
import type { TestClient, TestWorld } from './world.ts'

export const TOKEN_EXCHANGE = 'urn:ietf:params:oauth:grant-type:token-exchange'
const ACCESS_TOKEN = 'urn:ietf:params:oauth:token-type:access_token'

const CLAIMS = 'helseid://claims/client/claims'

interface Exchange {
  subject_token?: string
  subject_token_type?: string
  requested_token_type?: string
  actor_token?: string
}

/** What the token that is made takes over from the token handed in. */
export interface Exchanged {
  subject: JWTPayload
  organization: Organization
  act: Record<string, unknown>
}

const exchangedIn = new WeakMap<object, Exchanged>()

/** What this request takes over, when it is an exchange. */
export function exchangeOf(ctx: object): Exchanged | undefined {
  return exchangedIn.get(ctx)
}

export interface TokenExchangeOptions {
  issuer: string
  world: TestWorld
  jwks: { keys: JWK[] }
  /** The person with that subject may still sign in. */
  isKnown(subject: string): boolean
  now(): Date
}

export function offerTokenExchange(provider: Provider, options: TokenExchangeOptions): void {
  const { issuer, world } = options
  const keys = createLocalJWKSet({ keys: options.jwks.keys.map(publicPart) })

  provider.registerGrantType<Exchange>(
    TOKEN_EXCHANGE,
    async (ctx) => {
      const client = world.clients.find(({ clientId }) => clientId === ctx.oidc.client.clientId)
      if (!client) throw new errors.InvalidClient('the client is no longer registered')
      const dPoP = await validateDpop(provider, ctx)
      checkDpopRequired(provider, ctx, dPoP)
      const subject = await readSubject(ctx)
      exchangedIn.set(ctx, { subject, organization: organizationFor(world, client, subject), act: actor(issuer, client, subject) })

      const [resource, ...others] = await resolveRequestedResources(provider, ctx)
      if (!resource || others.length > 0) throw new errors.InvalidTarget('name one API, by resource or by its scopes')
      await checkDpopReplay(provider, ctx, dPoP, client.clientId)
      // The token belongs to no grant: nothing that the client was granted at a sign-in of its own ends with it.
      const token = new provider.AccessToken({
        accountId: String(subject.sub),
        client: ctx.oidc.client,
        grantId: randomUUID(),
        gty: 'token_exchange',
      })
      token.resourceServer = resource
      token.scope = [...ctx.oidc.requestParamScopes].filter((scope) => resource.scopes.has(scope)).join(' ')
      if (!token.scope) throw new errors.InvalidScope('scope is missing: name at least one scope of the API', '')
      if (dPoP) token.setThumbprint('jkt', dPoP.thumbprint)
      ctx.oidc.entity('AccessToken', token)
      ctx.body = {
        access_token: await token.save(),
        issued_token_type: ACCESS_TOKEN,
        token_type: token.tokenType,
        expires_in: Math.min(token.expiration, Number(subject.exp) - Math.floor(options.now().getTime() / 1000)),
        scope: token.scope,
      }
    },
    ['subject_token', 'subject_token_type', 'requested_token_type', 'actor_token', 'actor_token_type', 'resource', 'scope'],
  )

  async function readSubject(ctx: TokenEndpointGrantContext<Exchange>): Promise<JWTPayload> {
    const { subject_token: token, subject_token_type: type, requested_token_type: requested, actor_token: actorToken } = ctx.oidc.params
    if (!token || type !== ACCESS_TOKEN) throw new errors.InvalidRequest(`send subject_token, with subject_token_type ${ACCESS_TOKEN}`)
    if (requested && requested !== ACCESS_TOKEN) throw new errors.InvalidRequest(`requested_token_type is ${ACCESS_TOKEN}`)
    if (actorToken) throw new errors.InvalidRequest('no actor_token: the client that asks is the actor')
    const verified = await jwtVerify(token, keys, {
      issuer,
      audience: world.apiAudience,
      typ: 'at+jwt',
      currentDate: options.now(),
      requiredClaims: ['exp', 'sub', 'client_id'],
    }).catch((error: Error) => {
      throw new errors.InvalidRequest(`subject_token: ${error.message}`)
    })
    if (!options.isKnown(String(verified.payload.sub))) throw new errors.InvalidRequest('subject_token: it is for no person')
    return verified.payload
  }
}

/** The organisation of the token handed in; the client that asks must be one that may act for it too. */
function organizationFor(world: TestWorld, client: TestClient, subject: JWTPayload): Organization {
  const parent = subject[`${CLAIMS}/orgnr_parent`]
  const child = subject[`${CLAIMS}/orgnr_child`]
  try {
    const stated =
      client.tenancy === 'multi-tenant' && typeof parent === 'string'
        ? ({ form: 'multi-tenant', parent, child: typeof child === 'string' ? child : undefined } as const)
        : undefined
    const organization = decideOrganization(client, stated, world.delegations)
    if (organization.parent !== parent)
      throw new OrganizationError('HID-1001', 'the client does not act for the organisation of subject_token')
    return organization
  } catch (error) {
    throw error instanceof OrganizationError ? new errors.CustomOIDCProviderError(error.error, error.message) : error
  }
}

/** RFC 8693 section 4.1: the client that acts now is outermost; those that acted before stand inside. */
function actor(issuer: string, client: TestClient, { act }: JWTPayload): Record<string, unknown> {
  return { iss: issuer, client_id: client.clientId, orgnr_parent: client.organization, ...(act ? { act } : {}) }
}

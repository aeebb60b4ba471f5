/** What an access token holds: the client, its organisation, the person, the attestation that HelseID vouches for. */
import type { AccessToken, ClientCredentials, KoaContextWithOIDC } from 'oidc-provider'
import * as errors from 'oidc-provider/lib/helpers/errors.js'
import { vouchFor } from './attestation.ts'
import { clientClaims, personClaims } from './claims.ts'
import { type Details, detailsOfRequest } from './client-request.ts'
import { ATTESTATION_TYPE, DetailsError } from './details.ts'
import { decideOrganization, type Organization } from './organization.ts'
import { exchangeOf } from './token-exchange.ts'
import type { TestClient, TestPerson, TestWorld } from './world.ts'

export interface TokenContents {
  /** Whether a token for the API can be made at all. */
  knowsOrganization(ctx: KoaContextWithOIDC): boolean
  payload(ctx: KoaContextWithOIDC, token: AccessToken | ClientCredentials, payload: Record<string, unknown>): Record<string, unknown>
  /** What the answer reports about the attestation of this request: a misspelt member would otherwise be lost without a word. */
  unknownMembers(ctx: object): string[] | undefined
}

export interface TokenContentsOptions {
  world: TestWorld
  accessTokenSeconds: number
  now(): Date
  findClient(clientId: string | undefined): TestClient | undefined
  findPerson(subject: string | undefined): TestPerson | undefined
}

export function createTokenContents({ world, accessTokenSeconds, now, findClient, findPerson }: TokenContentsOptions): TokenContents {
  const unknownMembers = new WeakMap<object, string[]>()
  return { knowsOrganization, payload: payloadOf, unknownMembers: (ctx) => unknownMembers.get(ctx) }

  /** A multi-tenant client that has not stated the organisation it acts for gets an identity token only. */
  function knowsOrganization(ctx: KoaContextWithOIDC): boolean {
    if (ctx.oidc.route === 'token' && ctx.oidc.params?.grant_type === 'refresh_token') return ctx.oidc.params.scope === undefined
    return findClient(ctx.oidc.client?.clientId)?.tenancy !== 'multi-tenant' || detailsOfGrant(ctx).organization !== undefined
  }

  function payloadOf(ctx: KoaContextWithOIDC, token: AccessToken | ClientCredentials, payload: Record<string, unknown>) {
    const client = findClient(token.clientId)
    const person = 'accountId' in token ? findPerson(token.accountId) : undefined
    if (!client) throw new errors.InvalidClient('the client is no longer registered')
    const issued = Math.floor(now().getTime() / 1000)
    const exchanged = exchangeOf(ctx)
    const organization = exchanged?.organization ?? organizationOf(ctx, client)
    const signedIn = ctx.oidc.entities.RefreshToken ?? ctx.oidc.entities.AuthorizationCode
    const signedInWith = exchanged ? exchanged.subject.amr : signedIn?.amr
    const signedInAt = exchanged ? exchanged.subject.auth_time : signedIn?.authTime
    return {
      ...payload,
      iat: issued,
      nbf: issued,
      exp: Math.min(issued + accessTokenSeconds, exchanged?.subject.exp ?? Number.POSITIVE_INFINITY),
      scope: String(payload.scope ?? '')
        .split(' ')
        .filter(Boolean),
      ...clientClaims(client, organization),
      ...attestationClaim(ctx, person, organization),
      ...(person ? { ...personClaims(person), amr: signedInWith, auth_time: signedInAt } : {}),
      ...(exchanged ? { act: exchanged.act } : {}),
    }
  }

  /** The assertion of this call decides; else what the pushed request stated. Delegations are asked for again every time. */
  function organizationOf(ctx: KoaContextWithOIDC, client: TestClient) {
    try {
      return decideOrganization(client, detailsOfRequest(ctx).organization ?? detailsOfGrant(ctx).organization, world.delegations)
    } catch (error) {
      throw asOAuthError(error)
    }
  }

  /** A refresh that states an organisation states its attestation too: what was pushed with another organisation is not for this one. */
  function attestationClaim(ctx: KoaContextWithOIDC, person: TestPerson | undefined, organization: Organization): Record<string, unknown> {
    const here = detailsOfRequest(ctx)
    const stated = here.attestation ?? (here.organization ? undefined : detailsOfGrant(ctx).attestation)
    if (!stated) return {}
    try {
      const vouched = vouchFor(stated, { person, organization, world })
      if (vouched.unknownMembers.length > 0) unknownMembers.set(ctx, vouched.unknownMembers)
      return { [ATTESTATION_TYPE]: vouched.claim }
    } catch (error) {
      throw asOAuthError(error)
    }
  }
}

function detailsOfGrant(ctx: KoaContextWithOIDC): Details {
  const kept = ctx.oidc.entities.Grant?.rar as { stated?: Details }[] | undefined
  return kept?.[0]?.stated ?? {}
}

function asOAuthError(error: unknown): unknown {
  return error instanceof DetailsError ? new errors.CustomOIDCProviderError(error.error, error.message) : error
}

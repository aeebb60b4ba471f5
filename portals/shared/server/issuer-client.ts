/** A portal as a client of the identity provider, from the issuer's metadata. */
import { importJWK } from 'jose'
import * as openid from 'openid-client'
import { IssuerUnavailableError } from './issuer-errors.ts'
import { addressOf, type PortalOptions } from './options.ts'

/** HelseID asks clients to keep its metadata for about a day and not longer. */
const metadataMs = 24 * 3_600_000
/** The limit for the identity provider and the API; a slower source is reported to the person as one that does not answer. */
const timeoutSeconds = 8

/** The client as the issuer sees it: alone when a person signs in, for an organisation when a token is fetched. */
export type IssuerClient = (organization?: string) => Promise<openid.Configuration>

/** @throws IssuerUnavailableError from each call */
export function issuerClient(options: PortalOptions, now: () => Date): IssuerClient {
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

  return async (organization) => {
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
}

/** The organisation in the form that HelseID expects from multi-tenant clients. */
function assertionDetails(organization: string) {
  return {
    type: 'helseid_authorization',
    practitioner_role: { organization: { identifier: { system: 'urn:oid:1.0.6523', type: 'ENH', value: `NO:ORGNR:${organization}` } } },
  }
}

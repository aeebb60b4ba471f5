/** What the portal needs from the server that mounts it. Addresses may be functions where a port is not known until the server listens. */
import type { JWK } from 'jose'
import type { SessionRows } from './session-rows.ts'

export type Address = string | (() => string)

export interface ClinicianPortalOptions {
  /** Origin under which people reach the portal, as in `https://helsevev.example`. Decides cookies, redirects and the Origin check. */
  publicUrl: Address
  /** Issuer of HelseID, or of one that follows its profile. */
  issuer: Address
  clientId: string
  /** Private key of the client, with `kid` and `alg`. */
  clientKey: JWK
  /** Where the FHIR API answers: `{apiBaseUrl}/fhir/...`. */
  apiBaseUrl: Address
  /** Short name of the API, the `resource` that access tokens are asked for and their `aud`. */
  apiAudience: string
  /** Scopes of the API: the person register, and one per information service the portal reads. */
  apiScopes: readonly string[]
  /** Added to the authorisation request, such as `acr_values` that choose a way to sign in. */
  authorizationParameters?: Record<string, string>
  sessionRows: SessionRows
  /** 32 bytes that seal the sessions; the same in every process. */
  sessionKey: Uint8Array
  /** Where the person works now, from the register of practitioner roles. */
  organizationsOf(hprNumber: string): Promise<{ number: string; name: string; role: string }[]>
  /** Folder of the built client; `ensureBuilt` says where. */
  clientFolder: string
  now?: () => Date
}

export const addressOf = (address: Address): string => (typeof address === 'function' ? address() : address).replace(/\/$/, '')

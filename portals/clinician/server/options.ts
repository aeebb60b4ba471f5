/** What the portal needs from the server that mounts it. Addresses may be functions where a port is not known until the server listens. */
import type { JWK } from 'jose'
import type { AccessKind, Purpose } from '../contract.ts'
import type { SessionRows } from './session-rows.ts'
import type { Employer } from './sessions.ts'

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
  /** Where the person works now, from the register of practitioner roles, with the units of each. */
  organizationsOf(hprNumber: string): Promise<Employer[]>
  /** What the person is authorised as now (list 9060), what goes with the role first. */
  authorizationsOf(hprNumber: string, role: string): Promise<string[]>
  /** Told of every decision to look, so that it can be found again by the id that the access log holds. */
  decided(decision: Decided): void
  /** Folder of the built client; `ensureBuilt` says where. */
  clientFolder: string
  now?: () => Date
}

/** Who decided to look, for whom, where and why; whom at is known to the access log and not told here. */
export interface Decided {
  decision: string
  opening: string
  hprNumber: string
  organization: string
  pointOfCare: string
  purpose: Purpose | 'BTG'
  kind: AccessKind
}

export const addressOf = (address: Address): string => (typeof address === 'function' ? address() : address).replace(/\/$/, '')

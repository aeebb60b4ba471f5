/** What a portal needs from the server that mounts it. */
import type { JWK } from 'jose'
import type { ServiceNames, SignInProblem } from '../contract.ts'
import type { SessionRows } from './session-rows.ts'

/** May be a function where a port is not known until the server listens. */
export type Address = string | (() => string)

/** What the server provides: addresses, and the portal's identity at the identity provider. */
export interface PortalOptions {
  /** Origin under which people reach the portal, as in `https://helsevev.example`. Decides cookies, redirects and the Origin check. */
  publicUrl: Address
  /** Issuer of HelseID, or of one that follows its profile. */
  issuer: Address
  clientId: string
  /** Private key of the client, with `kid` and `alg`. */
  clientKey: JWK
  /** Where the API answers: `{apiBaseUrl}/fhir/...`. */
  apiBaseUrl: Address
  /** Short name of the API: the `resource` that access tokens are requested for, and their `aud`. */
  apiAudience: string
  /** The information services of the server, for pages that name them. */
  services: readonly ServiceNames[]
  /** Scopes of the API that this portal requests. */
  apiScopes: readonly string[]
  /** Added to the authorisation request, such as `acr_values` that choose a way to sign in. */
  authorizationParameters?: Record<string, string>
  /**
   * True only where the issuer is the test identity provider: a link of ours may then name the person to sign in as (`login?as=…`), in one
   * click. A link must never choose a real person.
   */
  takesLoginHint?: boolean
  /** Limits the pages that need no session, for each address. When absent there is no limit, for tests of other things. */
  addressLimit?: { take(address: string): number | undefined }
  sessionRows: SessionRows
  /**
   * All identity numbers of the person who has this one, itself included: signing out everywhere ends the sessions under each. When absent
   * a number is a person, for tests of other things.
   */
  numbersOf?(identityNumber: string): Promise<readonly string[]>
  /** 32 bytes that seal the sessions; the same in every process. */
  sessionKey: Uint8Array
  /** Folder of the built client, as `ensureBuilt` returns it. */
  clientFolder: string
  /** Is notified of each sign-in that was not completed, with the reason that the page shows. */
  signInNotCompleted?(problem: SignInProblem): void
  now?: () => Date
}

export const addressOf = (address: Address): string => (typeof address === 'function' ? address() : address).replace(/\/$/, '')

/** What a portal is, and what it needs from the server that mounts it. */
import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { JWK } from 'jose'
import type { Desk } from './desk.ts'
import type { SessionRows } from './session-rows.ts'
import type { Person, Session } from './sessions.ts'
import type { SignIn } from './sign-in.ts'

/** May be a function where a port is not known until the server listens. */
export type Address = string | (() => string)

/** From the server: where things are, and who the portal is at the identity provider. */
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
  /** Short name of the API, the `resource` that access tokens are asked for and their `aud`. */
  apiAudience: string
  /** Scopes of the API that this portal asks for. */
  apiScopes: readonly string[]
  /** Added to the authorisation request, such as `acr_values` that choose a way to sign in. */
  authorizationParameters?: Record<string, string>
  /**
   * True where the issuer is the test identity provider: a link of ours may say whom to sign in as (`login?as=…`), in one click. Never elsewhere: a
   * link must not choose a real person.
   */
  takesLoginHint?: boolean
  sessionRows: SessionRows
  /** 32 bytes that seal the sessions; the same in every process. */
  sessionKey: Uint8Array
  /** Folder of the built client; `ensureBuilt` says where. */
  clientFolder: string
  now?: () => Date
}

/** What one portal is. `Content` is what its sessions remember beside what all remember. */
export interface Portal<Content extends object> {
  /** Name, folder and path: `clinician` is mounted under `/clinician/`. */
  name: string
  /** Addresses of its pages below its path; `:name` stands for a part that differs. Each answers with the client's index. */
  pages: readonly string[]
  /** Scopes of the identity provider beside those every portal asks for (name, identity number, security level). */
  identityScopes?: readonly string[]
  /** Codes of the API's problem catalogue that the client has words for; told with a refusal. */
  refusals?: readonly string[]
  /** Status of the problems that the portal adds to the common ones. */
  problems?: Readonly<Record<string, number>>
  /** After sign-in: what the session is to remember. @throws SignInError when this person may not come in. */
  signedIn(person: Person, after?: object): Promise<Content>
  /** Where the browser is sent after a sign-in that goes on with `after`, as it was given to `SignIn.start`. */
  arrived?(found: Found<Content>, after: object, request: FastifyRequest, desk: Desk<Content>): Promise<string>
  /**
   * The organisation that access tokens are fetched for; undefined when none is chosen, and then none is fetched. Left out by portals
   * whose people act for themselves.
   */
  actsFor?(session: Session<Content>): string | undefined
  /** Answer of `GET api/me` beside the common. */
  me(found: Found<Content>, desk: Desk<Content>): Promise<object> | object
  /** The portal's own routes; `desk` is what they use. */
  routes(app: FastifyInstance, desk: Desk<Content>, signIn: SignIn): void
}

/** A session that lives, and the id in the browser's cookie. */
export interface Found<Content extends object> {
  id: string
  session: Session<Content>
}

export const addressOf = (address: Address): string => (typeof address === 'function' ? address() : address).replace(/\/$/, '')

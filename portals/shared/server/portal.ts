/** What a portal states about itself, and the session of a request. */
import type { Contract, Handlers } from '@helsevev/kernel/wire/contract'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Problem } from '../contract.ts'
import type { Api } from './api.ts'
import type { Handovers } from './handovers.ts'
import type { CommonSession, Person, PersonSessions, Session } from './sessions.ts'
import type { Ways } from './ways.ts'

/** The definition of one portal. `Content` is what its sessions remember in addition to what all sessions remember. */
export interface Portal<Content extends object> {
  /** Name, folder and path: `clinician` is mounted under `/clinician/`. */
  name: string
  /** Addresses of its pages below its path; `:name` stands for a variable part. Each answers with the client's index. */
  pages: readonly string[]
  /** Scopes of the identity provider in addition to those that every portal requests (name, identity number, security level). */
  identityScopes?: readonly string[]
  /** Codes of the API's problem catalogue that the client has words for; returned to the page with a refusal. */
  refusals?: readonly string[]
  /** Status of the problems that the portal adds to the common ones. */
  problems?: Readonly<Record<string, number>>
  /** After sign-in: what the session is to remember. @throws SignInError when this person may not enter. */
  signedIn(person: Person, after?: object): Promise<Content>
  /** Where the browser is sent after a sign-in that continues with `after`, as it was given to `SignIn.start`. */
  arrived?(found: Found<Content>, after: object, request: FastifyRequest, desk: Desk<Content>): Promise<string>
  /**
   * The organisation that access tokens are fetched for; undefined when none is chosen, and then none is fetched. Absent in portals whose
   * users act for themselves.
   */
  actsFor?(session: Session<Content>): string | undefined
  /** The answer of `GET api/me` in addition to the common part. */
  me(found: Found<Content>, desk: Desk<Content>): Promise<object> | object
  /** The portal's own routes; `desk` is what they use. */
  routes(app: FastifyInstance, desk: Desk<Content>, signIn: SignIn): void
}

/** A session that has not ended, and the id in the browser's cookie. */
export interface Found<Content extends object> {
  id: string
  session: Session<Content>
}

/** One request from the page of a signed-in person. */
export interface PortalRequest<Content extends object> extends Found<Content> {
  /** The API, on behalf of that person. */
  api: Api
  request: FastifyRequest
  reply: FastifyReply
}

export interface Desk<Content extends object> {
  sessions: PersonSessions<Content>
  now: () => Date
  /** Handovers from record systems; `HandedOver` is what the portal keeps of one until the browser comes. */
  handovers: Handovers
  /** Ways out of the portal and back, by name. */
  ways<Left extends object>(name: string): Ways<Left>
  /**
   * Begins the session of a person who has just signed in, under a new id: an id planted in the browser beforehand is worth nothing, and an
   * older session of this browser ends.
   */
  begin(request: FastifyRequest, reply: FastifyReply, content: Omit<CommonSession, 'csrf'> & Content): Promise<Found<Content>>
  /** Names a draft about somebody, such as the number of a patient: the same for that person at each sign-in. */
  draftName(found: Found<Content>, about: string): string
  /** The API on behalf of the person of a session. */
  apiFor(found: Found<Content>): Api
  /** Answers each row of a contract. GET changes nothing; every other method is accepted from our own page only. */
  serve<C extends Contract>(contract: C, handlers: PortalHandlers<C, Content>): void
}

/** A handler for each row of a contract. No answer has a `code` at its top level, because that marks a Problem. */
export type PortalHandlers<C extends Contract, Content extends object> = Handlers<C, PortalRequest<Content>, Problem>

export interface SignIn {
  /**
   * Sends the browser to the identity provider. `after` comes back to the portal when the person has signed in. `silent` asks nothing of a
   * person who has a session there; a person without one is asked after all.
   */
  start(request: FastifyRequest, reply: FastifyReply, more?: { hint?: string; after?: object; silent?: boolean }): Promise<FastifyReply>
}

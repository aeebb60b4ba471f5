/**
 * What the routes of a portal use: the session of the request, the API with that person's token, and the portal's contract. A row served
 * here answers signed-in people only, accepts changes from our own pages only, parses the body before anything else, and turns what goes
 * wrong into a problem that the page words.
 */
import type { Received, Row } from '@helsevev/kernel/wire/contract'
import { type Route, received, routesOf } from '@helsevev/kernel/wire/serve'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { apiPrefix, type CommonProblem, commonStatus, type Problem, type TimeLeft } from '../contract.ts'
import { api, type Send } from './api.ts'
import { browserSessions } from './browser-sessions.ts'
import { handovers } from './handovers.ts'
import type { IdentityProvider } from './identity-provider.ts'
import { SignedOutError } from './issuer-errors.ts'
import { addressOf, type PortalOptions } from './options.ts'
import type { Desk, Found, Portal, PortalRequest } from './portal.ts'
import { causeName, problemOf } from './problems.ts'
import { draftNameOf, ehrSessions, personSessions } from './sessions.ts'
import { type Tokens, tokens } from './tokens.ts'
import { ways } from './ways.ts'

/** What the portal itself uses in addition. */
export interface InnerDesk<Content extends object> extends Desk<Content> {
  /** The session and how long it lasts; does not count as use. */
  lookAt(request: FastifyRequest): Promise<(Found<Content> & { left: TimeLeft }) | undefined>
  /** Ends the session, and the session with the record system that it came from. */
  end(found: Found<Content>): Promise<void>
}

export function isProblem(value: unknown): value is Problem {
  return typeof value === 'object' && value !== null && 'code' in value && typeof value.code === 'string'
}

export function desk<Content extends object>(
  app: FastifyInstance,
  portal: Portal<Content>,
  options: PortalOptions,
  provider: IdentityProvider,
): InnerDesk<Content> {
  const now = options.now ?? (() => new Date())
  const numbersOf = options.numbersOf?.bind(options)
  const kept = { portal: portal.name, rows: options.sessionRows, key: options.sessionKey, now, numbersOf }
  const sessions = personSessions<Content>(kept)
  const withEhrs = ehrSessions(kept)
  const accessTokens = tokens({ provider, sessions, ehrSessions: withEhrs, actsFor: portal.actsFor, now })
  const refusals = new Set(portal.refusals)
  const statusOf: Readonly<Record<string, number>> = { ...commonStatus, ...portal.problems }
  const origin = () => new URL(addressOf(options.publicUrl)).origin
  const browsers = browserSessions({ portal: portal.name, sessions, ehrSessions: withEhrs, origin })
  const sendFor = senderOf(accessTokens, provider, options)
  const apiFor = (found: Found<Content>) => api(sendFor(found), refusals)

  function refuse(reply: FastifyReply, problem: Problem): FastifyReply {
    return reply.code(statusOf[problem.code] ?? 500).send(problem)
  }

  async function answerWith<R extends Row>(
    { run, row }: Route<R, PortalRequest<Content>>,
    request: FastifyRequest,
    reply: FastifyReply,
    found: Found<Content>,
  ): Promise<FastifyReply> {
    const read = readBy(row, request)
    if (isProblem(read)) return refuse(reply, read)
    try {
      const value = await run({ ...found, api: apiFor(found), request, reply }, read)
      if (isProblem(value)) return refuse(reply, value)
      return value === undefined ? reply.code(204).send() : reply.send(value)
    } catch (error) {
      const problem = problemOf(error)
      if (problem.code === 'signed-out') await sessions.destroy(found.id)
      if (problem.code === 'failed' || problem.code === 'unavailable') {
        request.log.warn(
          { route: request.routeOptions.url, errorName: (error as Error).name, cause: causeName(error) },
          'A route of a portal could not answer.',
        )
      }
      return refuse(reply, problem)
    }
  }

  return {
    sessions,
    now,
    handovers: handovers({ kept, provider, ehrSessions: withEhrs }),
    ways: (name) => ways(name, kept, () => origin().startsWith('https:')),
    begin: browsers.begin,
    draftName: ({ session }, about) => draftNameOf(options.sessionKey, portal.name, session.person, about),
    apiFor,
    lookAt: browsers.lookAt,
    end: browsers.end,

    serve(contract, handlers) {
      for (const route of routesOf(contract, handlers)) {
        const { method, path, bodyBytes } = route.row
        const admit = method === 'GET' ? browsers.reading : browsers.changing
        app.route({
          method,
          url: `${apiPrefix}${path}`,
          ...(bodyBytes === undefined ? {} : { bodyLimit: bodyBytes }),
          handler: async (request, reply) => {
            const found = await admit(request)
            return isProblem(found) ? refuse(reply, found) : await answerWith(route, request, reply, found)
          },
        })
      }
    },
  }
}

/** Sends requests of a session to the API with its token, and once more with a new one when the API no longer accepts the token. */
function senderOf<Content extends object>(accessTokens: Tokens<Content>, provider: IdentityProvider, { apiBaseUrl }: PortalOptions) {
  return ({ id, session }: Found<Content>): Send =>
    async (path, request) => {
      const url = new URL(`${addressOf(apiBaseUrl)}${path}`)
      const send = async (refused?: string) => {
        const token = await accessTokens.forSession(id, session, refused)
        if (!token) throw new SignedOutError('The session is over.')
        return { token: token.accessToken, response: await provider.fetch(url, token, request) }
      }
      const { token, response } = await send()
      if (response.status !== 401) return response
      await response.body?.cancel()
      return (await send(token)).response
    }
}

function readBy<R extends Row>(row: R, { params, query, headers, body = {} }: FastifyRequest): Received<R> | CommonProblem {
  const read = received(row, { parameters: params as Record<string, unknown>, query: query as Record<string, unknown>, headers, body })
  return 'fault' in read ? { code: 'invalid-request' } : read.received
}

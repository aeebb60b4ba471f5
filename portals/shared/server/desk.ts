/**
 * What the routes of a portal use: the session of the request, the API with that person's token, and the portal's contract. A row served
 * here answers signed-in people only, accepts changes from our own pages only, parses the body before anything else, and turns what goes
 * wrong into a problem that the page words.
 */
import { randomUUID } from 'node:crypto'
import type { Received, Row } from '@helsevev/kernel/wire/contract'
import { type Route, received, routesOf } from '@helsevev/kernel/wire/serve'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { apiPrefix, type CommonProblem, commonStatus, type Problem } from '../contract.ts'
import { api, type Send } from './api.ts'
import { cookies } from './cookies.ts'
import { handovers } from './handovers.ts'
import { type IdentityProvider, SignedOutError } from './identity-provider.ts'
import { addressOf, type PortalOptions } from './options.ts'
import type { Asked, Desk, Found, Portal } from './portal.ts'
import { causeName, problemOf } from './problems.ts'
import { comesFromOurPage, fetchedFromElsewhere } from './protection.ts'
import { type CommonSession, ehrSessions, personSessions, type Session } from './sessions.ts'
import { tokens } from './tokens.ts'
import { ways } from './ways.ts'

/** What the portal itself uses in addition. */
export interface InnerDesk<Content extends object> extends Desk<Content> {
  sessionOf(request: FastifyRequest): Promise<Found<Content> | undefined>
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
  const kept = { portal: portal.name, rows: options.sessionRows, key: options.sessionKey, now }
  const sessions = personSessions<Content>(kept)
  const withEhrs = ehrSessions(kept)
  const accessTokens = tokens({ provider, sessions, ehrSessions: withEhrs, actsFor: portal.actsFor, now })
  const refusals = new Set(portal.refusals)
  const statusOf: Readonly<Record<string, number>> = { ...commonStatus, ...portal.problems }
  const origin = () => new URL(addressOf(options.publicUrl)).origin
  const cookie = () => cookies(portal.name, origin().startsWith('https:')).session

  async function sessionOf(request: FastifyRequest): Promise<Found<Content> | undefined> {
    const id = request.cookies[cookie().name]
    const session = id ? await sessions.load(id) : undefined
    if (!id || !session) return undefined
    // The record system has ended its session, so this one ends too.
    if (session.ehrSession && !(await withEhrs.load(session.ehrSession))) {
      await sessions.destroy(id)
      return undefined
    }
    return { id, session }
  }

  async function end({ id, session }: Found<Content>): Promise<void> {
    await sessions.destroy(id)
    if (session.ehrSession) await withEhrs.destroy(session.ehrSession)
  }

  async function begin(
    request: FastifyRequest,
    reply: FastifyReply,
    content: Omit<CommonSession, 'csrf'> & Content,
  ): Promise<Found<Content>> {
    const before = await sessionOf(request)
    if (before) await end(before)
    const session: Session<Content> = { ...content, csrf: randomUUID() }
    const id = await sessions.create(session)
    reply.setCookie(cookie().name, id, cookie().options)
    return { id, session }
  }

  async function reading(request: FastifyRequest): Promise<Found<Content> | CommonProblem> {
    const found = fetchedFromElsewhere(request) ? undefined : await sessionOf(request)
    return found ?? { code: 'signed-out' }
  }

  async function changing(request: FastifyRequest): Promise<Found<Content> | CommonProblem> {
    const found = await sessionOf(request)
    if (!found) return { code: 'signed-out' }
    return comesFromOurPage(request, origin(), found.session.csrf) ? found : { code: 'not-from-our-page' }
  }

  function sendFor({ id, session }: Found<Content>): Send {
    return async (path, request) => {
      const url = new URL(`${addressOf(options.apiBaseUrl)}${path}`)
      const send = async (refused?: string) => {
        const token = await accessTokens.forSession(id, session, refused)
        if (!token) throw new SignedOutError('The session is over.')
        return { token: token.accessToken, response: await provider.fetch(url, token, request) }
      }
      const { token, response } = await send()
      if (response.status !== 401) return response
      // The token expired meanwhile: once more with a new one.
      await response.body?.cancel()
      return (await send(token)).response
    }
  }

  const apiFor = (found: Found<Content>) => api(sendFor(found), refusals)

  function refuse(reply: FastifyReply, problem: Problem): FastifyReply {
    return reply.code(statusOf[problem.code] ?? 500).send(problem)
  }

  async function answerWith<R extends Row>(
    { run, row }: Route<R, Asked<Content>>,
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
    begin,
    apiFor,
    sessionOf,
    end,

    serve(contract, handlers) {
      for (const route of routesOf(contract, handlers)) {
        const { method, path } = route.row
        const admit = method === 'GET' ? reading : changing
        app.route({
          method,
          url: `${apiPrefix}${path}`,
          handler: async (request, reply) => {
            const found = await admit(request)
            return isProblem(found) ? refuse(reply, found) : await answerWith(route, request, reply, found)
          },
        })
      }
    },
  }
}

function readBy<R extends Row>(row: R, { params, query, headers, body = {} }: FastifyRequest): Received<R> | CommonProblem {
  const read = received(row, { parameters: params as Record<string, unknown>, query: query as Record<string, unknown>, headers, body })
  return 'fault' in read ? { code: 'invalid-request' } : read.received
}

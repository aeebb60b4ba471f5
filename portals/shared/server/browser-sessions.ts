/** Sessions as browsers bring them: found by the cookie, begun and ended, and admitted to what a route does. */
import { randomUUID } from 'node:crypto'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { CommonProblem, TimeLeft } from '../contract.ts'
import { cookies } from './cookies.ts'
import type { Found } from './portal.ts'
import { comesFromOurPage, fetchedFromElsewhere } from './protection.ts'
import type { CommonSession, EhrSession, PersonSessions, Session, Sessions } from './sessions.ts'

interface BrowserSessions<Content extends object> {
  sessionOf(request: FastifyRequest): Promise<Found<Content> | undefined>
  /** Does not count as use. A session that came from a record system ends with it, so the shorter time counts. */
  lookAt(request: FastifyRequest): Promise<(Found<Content> & { left: TimeLeft }) | undefined>
  begin(request: FastifyRequest, reply: FastifyReply, content: Omit<CommonSession, 'csrf'> & Content): Promise<Found<Content>>
  end(found: Found<Content>): Promise<void>
  /** The session of a request that reads. */
  reading(request: FastifyRequest): Promise<Found<Content> | CommonProblem>
  /** The session of a request that changes something, which only our own page may send. */
  changing(request: FastifyRequest): Promise<Found<Content> | CommonProblem>
}

interface BrowserSessionsOptions<Content extends object> {
  /** Name of the portal. */
  portal: string
  sessions: PersonSessions<Content>
  ehrSessions: Sessions<EhrSession>
  /** Origin under which people reach the portal. */
  origin: () => string
}

export function browserSessions<Content extends object>({
  portal,
  sessions,
  ehrSessions,
  origin,
}: BrowserSessionsOptions<Content>): BrowserSessions<Content> {
  const cookie = () => cookies(portal, origin().startsWith('https:')).session

  async function sessionOf(request: FastifyRequest): Promise<Found<Content> | undefined> {
    const id = request.cookies[cookie().name]
    const session = id ? await sessions.load(id) : undefined
    if (!id || !session) return undefined
    // The record system has ended its session, so this one ends too.
    if (session.ehrSession && !(await ehrSessions.load(session.ehrSession))) {
      await sessions.destroy(id)
      return undefined
    }
    return { id, session }
  }

  async function lookAt(request: FastifyRequest): Promise<(Found<Content> & { left: TimeLeft }) | undefined> {
    const id = request.cookies[cookie().name]
    const own = id ? await sessions.look(id) : undefined
    if (!id || !own) return undefined
    const { content: session, left } = own
    if (!session.ehrSession) return { id, session, left }
    const its = await ehrSessions.look(session.ehrSession)
    if (!its) {
      await sessions.destroy(id)
      return undefined
    }
    const idleSeconds = Math.min(left.idleSeconds, its.left.idleSeconds)
    return { id, session, left: { idleSeconds, endsInSeconds: Math.min(left.endsInSeconds, its.left.endsInSeconds) } }
  }

  async function end({ id, session }: Found<Content>): Promise<void> {
    await sessions.destroy(id)
    if (session.ehrSession) await ehrSessions.destroy(session.ehrSession)
  }

  return {
    sessionOf,
    lookAt,
    end,

    async begin(request, reply, content) {
      const before = await sessionOf(request)
      if (before) await end(before)
      const session: Session<Content> = { ...content, csrf: randomUUID() }
      const id = await sessions.create(session)
      reply.setCookie(cookie().name, id, cookie().options)
      return { id, session }
    },

    async reading(request) {
      const found = fetchedFromElsewhere(request) ? undefined : await sessionOf(request)
      return found ?? { code: 'signed-out' }
    },

    async changing(request) {
      const found = await sessionOf(request)
      if (!found) return { code: 'signed-out' }
      return comesFromOurPage(request, origin(), found.session.csrf) ? found : { code: 'not-from-our-page' }
    },
  }
}

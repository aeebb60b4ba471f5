/**
 * A way out of the portal and back in the same browser. What is remembered meanwhile is under a cookie of its own, which only shows that
 * this browser left. Ten minutes, and once.
 */
import type { FastifyReply, FastifyRequest } from 'fastify'
import { cookies } from './cookies.ts'
import { loginMinutes, type SessionsOptions, waySessions } from './sessions.ts'

export interface Ways<Left extends object> {
  leave(reply: FastifyReply, left: Left): Promise<void>
  /** Undefined when this browser did not leave, or has come back already. */
  back(request: FastifyRequest, reply: FastifyReply): Promise<Left | undefined>
}

export function ways<Left extends object>(name: string, kept: SessionsOptions, https: () => boolean): Ways<Left> {
  const lefts = waySessions<Left>(name, kept)
  const cookie = () => {
    const { login } = cookies(kept.portal, https())
    return { ...login, name: `${login.name}-${name}` }
  }
  return {
    async leave(reply, left) {
      reply.setCookie(cookie().name, await lefts.create(left), { ...cookie().options, maxAge: loginMinutes * 60 })
    },
    async back(request, reply) {
      const id = request.cookies[cookie().name]
      reply.clearCookie(cookie().name, cookie().options)
      return id ? await lefts.take(id) : undefined
    },
  }
}

/**
 * How a process gives its connections away before it ends: it takes no new ones, answers what comes on those that it has, and asks with
 * each answer that the client opens another (RFC 9112 section 9.6). Another process takes that one.
 */
import { Server } from 'node:net'
import { setTimeout as wait } from 'node:timers/promises'
import type { FastifyInstance } from 'fastify'

/** Milliseconds between two looks at whether the last connection has ended. */
const LOOK = 50

/** Adds what `drain` needs. To be called before the server listens. */
export function drainable(app: FastifyInstance): (most: number) => Promise<void> {
  let isDraining = false
  app.addHook('onSend', async (_request, reply) => {
    if (isDraining) reply.header('connection', 'close')
  })
  return async (most) => {
    isDraining = true
    // `close` of the HTTP server would also end connections that wait for a request, one of which may be on its way.
    Server.prototype.close.call(app.server)
    const until = performance.now() + most
    while (performance.now() < until && (await connectionsOf(app)) > 0) await wait(LOOK)
  }
}

function connectionsOf(app: FastifyInstance): Promise<number> {
  return new Promise((resolve) => app.server.getConnections((error, count) => resolve(error ? 0 : count)))
}

/** The addresses that operators and load balancers request. Returns nothing about persons. */
import type { FastifyInstance } from 'fastify'
import type { Sql } from 'postgres'

/** GET /health/live: the process answers. GET /health/ready: it also reaches its database; 503 otherwise. */
export async function health(app: FastifyInstance, sql: Sql): Promise<void> {
  app.get('/health/live', async () => ({ status: 'live' }))
  app.get('/health/ready', async (_request, reply) => {
    try {
      await sql`select 1`
      return { status: 'ready' }
    } catch {
      return reply.code(503).header('Retry-After', '2').send({ status: 'database unavailable' })
    }
  })
}

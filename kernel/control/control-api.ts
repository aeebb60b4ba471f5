/** Puts the routes of the control API on the server: the same guard, rate, log and errors as the FHIR API has. */
import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { Sql } from 'postgres'
import type { Done, Exchange } from '../fhir/exchange.ts'
import type { Outcome } from '../fhir/routes.ts'
import { type ApiOptions, createHandler, query } from '../http/handler.ts'
import { replyProblem } from '../http/problem-reply.ts'
import { isProblem, problem } from '../problem/problem.ts'
import { parseJson } from '../values/json.ts'
import { type Route, routes } from './api.ts'
import { controlArea } from './area.ts'
import { admitController } from './call.ts'

const JSON_TYPE = 'application/json; charset=utf-8'

export interface ControlOptions extends ApiOptions {
  sql: Sql
}

export async function controlApi(app: FastifyInstance, { sql, ...options }: ControlOptions): Promise<void> {
  app.removeAllContentTypeParsers()
  app.addContentTypeParser('application/json', { parseAs: 'string' }, async (_request: FastifyRequest, body: string) => body)
  const { handleArea } = createHandler(options)
  for (const route of routes) {
    const run = handleArea(controlArea, async (exchange, request) => await answer(exchange, sql, request, route))
    if (route.method === 'GET') app.get(route.path, run)
    else app.post(route.path, run)
  }
  app.all('/control/*', (_request, reply) =>
    replyProblem(reply, problem('unknown-interaction', 'There is nothing at this address. docs/api/control.md lists the routes.')),
  )
}

/** One row of the access log: the change's own, or that of a look-up or a refusal. */
async function answer(asked: Exchange, sql: Sql, request: FastifyRequest, { method, event, permission, run }: Route): Promise<Outcome> {
  const { exchange, call } = await admitController(asked, sql, permission, method === 'GET' ? 'read' : 'write')
  if (isProblem(call)) return outcome({ exchange, event, type: undefined, result: call })
  const { id = '' } = request.params as { id?: string }
  // PostgreSQL takes no text with NUL, and nothing has one in its id.
  if (id.includes('\0')) return outcome({ exchange, event, type: undefined, result: problem('not-found') })
  const body = typeof request.body === 'string' ? parseJson(request.body) : undefined
  const result = await run(call, { id, query: query(request), body })
  const done: Done = {
    exchange,
    event,
    type: undefined,
    result: isProblem(result) ? result : { status: 200, headers: { 'Content-Type': JSON_TYPE }, body: JSON.stringify(result) },
  }
  return outcome(done, call.logged)
}

function outcome(done: Done, logged = false): Outcome {
  return { done: logged ? [] : [done], answer: done.result }
}

/** Adds the routes of the control API to the server, with the same guard, rate limit, log and errors as the FHIR API. */
import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { Sql } from 'postgres'
import type { Done, Exchange } from '../fhir/exchange.ts'
import type { Outcome } from '../fhir/routes.ts'
import { noRouteAt } from '../http/before-routes.ts'
import { type ApiOptions, createHandler, query } from '../http/handler.ts'
import { replyProblem } from '../http/problem-reply.ts'
import { isProblem, type Problem, problem } from '../problem/problem.ts'
import { holdsIdentityNumber } from '../values/identity-number.ts'
import { parseJson } from '../values/json.ts'
import { type Route, received, routesOf } from '../wire/serve.ts'
import { handlers } from './api.ts'
import { controlArea } from './area.ts'
import { admitController, type ControlCall } from './call.ts'
import { type ControlContract, contract } from './contract.ts'
import { problemOfFault } from './fault.ts'
import { reasonFault } from './reason.ts'

type ControlRoute = Route<ControlContract[keyof ControlContract], ControlCall>

const JSON_TYPE = 'application/json; charset=utf-8'

export interface ControlOptions extends ApiOptions {
  sql: Sql
}

export async function controlApi(app: FastifyInstance, { sql, ...options }: ControlOptions): Promise<void> {
  app.removeAllContentTypeParsers()
  app.addContentTypeParser('application/json', { parseAs: 'string' }, async (_request: FastifyRequest, body: string) => body)
  const { handleArea } = createHandler(options)
  for (const route of routesOf(contract, handlers)) {
    const handled = handleArea(controlArea, async (exchange, request) => await answer(exchange, sql, request, route))
    app.route({ method: route.row.method, url: `/control${route.row.path}`, ...handled })
  }
  app.all('/control/*', (request, reply) =>
    replyProblem(reply, noRouteAt(app, request, 'There is no route at this address. docs/api/control.md lists the routes.')),
  )
}

/**
 * Answers with one row in the access log: the row that the change wrote, or one for the look-up or the refusal. A look-up that names
 * patients has a row on each of them in place of one on nobody.
 */
async function answer(received: Exchange, sql: Sql, request: FastifyRequest, route: ControlRoute): Promise<Outcome> {
  const { method, event, permission } = route.row
  const { exchange, call } = await admitController(received, sql, permission, method === 'GET' ? 'read' : 'write')
  const act = actOf(route, request)
  if (isProblem(call)) return outcome({ exchange, event, ...refusedAct(act, call), result: call })
  const result = await resultOf(route, call, request)
  const done: Done = {
    exchange,
    event,
    ...(isProblem(result) ? refusedAct(act, result) : { type: undefined }),
    result: isProblem(result) ? result : { status: 200, headers: { 'Content-Type': JSON_TYPE }, body: JSON.stringify(result) },
  }
  const rows = [...call.named].map((patient): Done => ({ ...done, patient }))
  return rows.length > 0 && !isProblem(result) ? { done: rows, answer: done.result } : outcome(done, call.logged)
}

/** The members of a change that name what it is about, and no person. */
const NAMING = ['version', 'controller', 'receiver', 'receiverType', 'counterpart', 'service', 'organization']
const NAME = /^[A-Za-z0-9._-]{1,64}$/

/** What a change is about, as far as the request names it; undefined for a look-up. */
function actOf({ row: { method } }: ControlRoute, request: FastifyRequest): string[] | undefined {
  if (method === 'GET') return undefined
  const body = typeof request.body === 'string' ? parseJson(request.body) : undefined
  const members = typeof body === 'object' && body !== null ? Object.entries(body).filter(([name]) => NAMING.includes(name)) : []
  const found = [...Object.entries(request.params as Record<string, string>), ...members]
  return found.map(([name, value]) => [name, String(value)] as const).flatMap(([name, value]) => (isName(value) ? `${name} ${value}` : []))
}

function isName(text: string): boolean {
  return NAME.test(text) && !holdsIdentityNumber(text)
}

/** The row of a refused change names what it was about and the rules that refused it. */
function refusedAct(act: readonly string[] | undefined, { problem: code, issues }: Problem): Pick<Done, 'type' | 'reason'> {
  if (act === undefined) return { type: undefined }
  const rules = [...new Set(issues.map((issue) => issue.code).filter((rule) => rule !== code))]
  return { type: 'refused-change', reason: [act.join(', '), rules.join(', ')].filter((part) => part !== '').join(': ') }
}

async function resultOf({ row, run }: ControlRoute, call: ControlCall, request: FastifyRequest): Promise<unknown> {
  const parameters = request.params as Record<string, string>
  // PostgreSQL takes no text with NUL, and no id holds one.
  if (Object.values(parameters).some((part) => part.includes('\0'))) return problem('not-found')
  const body = typeof request.body === 'string' ? parseJson(request.body) : undefined
  const read = received(row, { parameters, query: valuesOf(query(request)), headers: request.headers, body })
  if ('fault' in read) {
    const lacksBody = read.fault.at === 'body' && body === undefined
    return lacksBody ? problem('not-json', 'The body is not JSON. Send one object as application/json.') : problemOfFault(row, read.fault)
  }
  return lacksReason(read.received) ?? (await run(call, read.received))
}

/** Every change needs a reason; an answer to a patient is itself the reason. */
function lacksReason(read: object): Problem | undefined {
  if (!('body' in read) || typeof read.body !== 'object' || read.body === null || !('reason' in read.body)) return undefined
  return typeof read.body.reason === 'string' ? reasonFault(read.body.reason) : undefined
}

/** The parameters as an object. A name that occurs twice becomes a parameter that no route has. */
function valuesOf(parameters: URLSearchParams): Record<string, unknown> {
  const names = [...parameters.keys()]
  return Object.fromEntries([...parameters].map(([name, value], at) => [names.indexOf(name) === at ? name : `${name}, again`, value]))
}

function outcome(done: Done, logged = false): Outcome {
  return { done: logged ? [] : [done], answer: done.result }
}

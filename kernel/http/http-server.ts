/**
 * The HTTP server that everything is mounted on: it refuses identity numbers in addresses, logs no request, and answers errors as Problems.
 */

import fastify, { type FastifyError, type FastifyInstance, type FastifyReply, type FastifyRequest, LogController } from 'fastify'
import type { Log } from '../log/lines.ts'
import { problem } from '../problem/problem.ts'
import { holdsIdentityNumber } from '../values/identity-number.ts'
import { answerBeforeRoutes, answerClientError, noRouteAt, refuseAt } from './before-routes.ts'
import { BODY_LIMIT, BodyRefused } from './body.ts'
import { drainable } from './drain.ts'
import { createHeldBodies, type HeldBodies } from './held-bodies.ts'
import { unsupportedAt } from './media-types.ts'
import { operatorLogger } from './operator-logger.ts'
import { replyProblem } from './problem-reply.ts'
import { requestsUnderWay, whenAnswered } from './when-answered.ts'

/** What Fastify says of a JSON body on routes that parse none of their own. */
const NOT_JSON: ReadonlySet<string> = new Set(['FST_ERR_CTP_INVALID_JSON_BODY', 'FST_ERR_CTP_EMPTY_JSON_BODY'])

/** Answers a person who followed a wrong address; returns undefined for everybody else, who gets a Problem. */
type WrongAddress = (request: FastifyRequest, reply: FastifyReply) => FastifyReply | undefined

declare module 'fastify' {
  interface FastifyInstance {
    heldBodies: HeldBodies
    /** Gives connections away, at most so many milliseconds (drain.ts). */
    drain: (most: number) => Promise<void>
  }
  interface FastifyContextConfig {
    /** The route checks the token before the body is read, and counts its body itself. */
    admits?: boolean
  }
}

/** What one connection may do, in milliseconds and octets. docs/run/limits.md */
export const connectionLimits = {
  /** From the first octet to the end of the headers. */
  headers: 10_000,
  /** From the first octet to the end of the body. */
  request: 30_000,
  /** Octets of all headers. */
  headerOctets: 16 * 1024,
  /** Connections of a process. */
  connections: 5000,
  /** Requests of one connection that wait for their answers. */
  pipelined: 100,
} as const

type ConnectionLimits = Record<keyof typeof connectionLimits, number>

interface HttpServerOptions {
  /** Addresses of proxies in front, whose word about the address of the caller is believed. */
  proxies?: readonly string[]
  wrongAddress?: WrongAddress
  limits?: ConnectionLimits
}

/**
 * Headers of which Node keeps the first and drops the others without a word, where a proxy in front may have believed another; and
 * preconditions, which Node joins to one that neither of them says.
 */
const SINGLE: ReadonlySet<string> = new Set(['host', 'authorization', 'content-type', 'if-match', 'if-none-match', 'if-none-exist'])

/** What is wrong with the head of a request, although it can be parsed; undefined when nothing is. */
function headFault({ raw }: FastifyRequest): string | undefined {
  const names = raw.rawHeaders.filter((_, at) => at % 2 === 0).map((name) => name.toLowerCase())
  // RFC 9112 section 3.2, RFC 9110 section 5.3
  if (raw.httpVersion === '1.1' && !names.includes('host')) return 'There is no header host.'
  const twice = names.find((name, at) => SINGLE.has(name) && names.indexOf(name) !== at)
  if (twice !== undefined) return `The header ${twice} stands there twice. Send it once.`
  // RFC 9112 section 6.1: the octets of another coding would be read as they came.
  const coding = raw.headers['transfer-encoding']?.trim().toLowerCase() ?? 'chunked'
  if (coding !== 'chunked') return 'Transfer-Encoding is chunked alone. A body is compressed by Content-Encoding.'
  // RFC 9112 section 3.2.1
  return raw.url?.includes('#') ? 'The address has a fragment, which is never sent.' : undefined
}

export function createHttpServer(
  log: Log,
  { proxies = [], wrongAddress = () => undefined, limits = connectionLimits }: HttpServerOptions = {},
): FastifyInstance {
  // Addresses are never logged, since an address may hold an identity number.
  const app: FastifyInstance = fastify({
    loggerInstance: operatorLogger(log),
    logController: new LogController({ disableRequestLogging: true }),
    ...(proxies.length > 0 && { trustProxy: [...proxies] }),
    bodyLimit: BODY_LIMIT,
    forceCloseConnections: 'idle',
    requestTimeout: limits.request,
    http: {
      headersTimeout: limits.headers,
      connectionsCheckingInterval: limits.headers / 10,
      maxHeaderSize: limits.headerOctets,
      // Node would answer without a body; `headFault` does.
      requireHostHeader: false,
    },
    return503OnClosing: false,
    clientErrorHandler: (error, socket) => answerClientError(app, error, socket),
    routerOptions: { maxParamLength: 200 },
    // The answer to an address that cannot be decoded. The answer of Fastify itself would repeat the address.
    frameworkErrors: (error, request, reply) =>
      void (
        wrongAddress(request, reply) ??
        refuseAt(app, request, reply, problem(error.code === 'FST_ERR_MAX_PARAM_LENGTH' ? 'address-too-long' : 'unreadable-request'))
      ),
  })
  answerBeforeRoutes(app)
  let isClosing = false
  app.addHook('preClose', async () => {
    isClosing = true
  })
  app.server.maxConnections = limits.connections
  app.decorate('heldBodies', createHeldBodies())
  app.decorate('drain', drainable(app))
  const refusedBefore = (request: FastifyRequest, reply: FastifyReply) => {
    if (isClosing) return problem('unavailable', 'This server is being stopped. Send the request again in a moment: another one takes it.')
    const fault = headFault(request)
    if (fault !== undefined) return problem('unreadable-request', fault)
    return request.routeOptions.config.admits || app.heldBodies.take(request, reply, undefined) ? undefined : problem('busy')
  }
  app.addHook('onRequest', (request, reply, next) => {
    // Nothing is to be done then: it makes the request count.
    whenAnswered(reply, () => {})
    if (requestsUnderWay(request) > limits.pipelined) {
      // No client that waits for answers has so many. What else this connection has sent is dropped with it.
      request.raw.socket.destroy()
      replyProblem(reply, problem('busy'))
      return
    }
    const refusal = refusedBefore(request, reply)
    if (refusal) refuseAt(app, request, reply, refusal)
    else if (holdsIdentityNumber(request.url))
      void (wrongAddress(request, reply) ?? refuseAt(app, request, reply, problem('identity-number-in-url')))
    else next()
  })
  app.setErrorHandler((error: FastifyError, request, reply) => {
    if (error instanceof BodyRefused) return replyProblem(reply, error.problem)
    if (error.code === 'FST_ERR_CTP_INVALID_MEDIA_TYPE') return replyProblem(reply, unsupportedAt(request))
    if (error.code === 'FST_ERR_CTP_BODY_TOO_LARGE') return replyProblem(reply, problem('too-large'))
    if (error.statusCode === 400 && (error instanceof SyntaxError || NOT_JSON.has(error.code)))
      return replyProblem(reply, problem('not-json', 'The body is not JSON. Send one object as application/json.'))
    if (error.statusCode && error.statusCode < 500) return replyProblem(reply, problem('unreadable-request'))
    log('FAULT', {
      route: `${request.method} ${request.routeOptions.url ?? ''}`,
      error: `${error.name}: ${error.message}`,
      stack: error.stack,
    })
    return replyProblem(reply, problem('fault'))
  })
  const noRoute = 'There is no route at this address. GET /fhir/metadata lists the services.'
  app.setNotFoundHandler((request, reply) => wrongAddress(request, reply) ?? replyProblem(reply, noRouteAt(app, request, noRoute)))
  return app
}

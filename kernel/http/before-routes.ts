/**
 * What a client meets before a route has its request: octets that are no HTTP, headers that are too long or do not come, a method or an
 * address that nobody has. The answer has the form of the part of the server that the address is in, and repeats nothing that was sent.
 * docs/run/limits.md
 */
import { type IncomingMessage, type ServerResponse, STATUS_CODES } from 'node:http'
import type { Socket } from 'node:net'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { problemOutcome } from '../fhir/outcome.ts'
import { type Problem, problem } from '../problem/problem.ts'
import { statusOfProblem } from '../problem/status.ts'
import { FHIR_JSON, replyProblem } from './problem-reply.ts'

/** The body of a Problem, in the words of one part of the server. */
interface ProblemBody {
  type: string
  text: string
}

declare module 'fastify' {
  interface FastifyInstance {
    /** The parts whose problems are no OperationOutcome, by the beginning of their addresses, such as `/citizen/`. */
    problemBodies: Map<string, (status: number) => ProblemBody>
    /** The methods of the routes at an address, without those that take every address below theirs. */
    methodsAt(url: string): string[]
  }
}

/** Adds the answers to `app`. */
export function answerBeforeRoutes(app: FastifyInstance): void {
  app.decorate('problemBodies', new Map())
  const routes: { method: string; parts: readonly string[] }[] = []
  app.addHook('onRoute', ({ method, url }) => {
    if (url.includes('*')) return
    for (const one of [method].flat()) routes.push({ method: one, parts: partsOf(url) })
  })
  app.decorate('methodsAt', (url) => {
    const asked = partsOf(url)
    const isAt = (parts: readonly string[]) =>
      parts.length === asked.length && parts.every((part, at) => (part.startsWith(':') ? asked[at] !== '' : part === asked[at]))
    return [...new Set(routes.flatMap(({ method, parts }) => (isAt(parts) ? [method] : [])))]
  })
  app.server.prependListener('request', (request: IncomingMessage, response: ServerResponse) => {
    latest.set(request.socket, { url: request.url ?? '', response })
  })
  // RFC 9110 section 10.1.1
  app.server.on('checkExpectation', ({ url = '' }: IncomingMessage, response: ServerResponse) => {
    const { status, headers, text } = answerOf(app, problem('expectation-failed'), url)
    response.writeHead(status, { ...headers, Connection: 'close' }).end(text)
  })
}

/** The latest request of each connection, with its answer. */
const latest = new WeakMap<Socket, { url: string; response: ServerResponse }>()

/** Answers octets that Node cannot read as a request, or that do not come, and ends the connection. */
export function answerClientError(app: FastifyInstance, error: { code?: string; rawPacket?: unknown }, socket: Socket): void {
  if (error.code === 'ECONNRESET' || socket.destroyed) return
  const begun = latest.get(socket)
  const isUnderWay = begun !== undefined && !begun.response.writableFinished
  // An answer that has begun cannot become another one.
  if (!socket.writable || (isUnderWay && begun.response.headersSent)) {
    socket.destroy()
    return
  }
  const url = isUnderWay ? begun.url : targetOf(error.rawPacket)
  socket.end(octetsOf(answerOf(app, problemOf(error), url)), () => socket.destroy())
}

/** Answers a Problem before any route has the request. */
export function refuseAt(app: FastifyInstance, request: FastifyRequest, reply: FastifyReply, refusal: Problem): FastifyReply {
  const body = bodyOf(app, statusOfProblem(refusal), request.url)
  if (!body) return replyProblem(reply, refusal)
  reply.code(statusOfProblem(refusal)).headers(refusal.headers ?? {})
  return reply.header('X-Content-Type-Options', 'nosniff').type(body.type).send(body.text)
}

/** The refusal of an address that no route has: 405 with the methods where it has others (RFC 9110 section 15.5.6), otherwise 404. */
export function noRouteAt(app: FastifyInstance, { method, url }: FastifyRequest, text: string): Problem {
  const methods = app.methodsAt(url)
  if (methods.length === 0 || methods.includes(method)) return problem('unknown-interaction', text)
  const allow = methods.join(', ')
  return problem('method-not-allowed', `This address takes ${allow}.`, { headers: { Allow: allow } })
}

function partsOf(url: string): string[] {
  return (url.split(/[?#]/)[0] ?? '').split('/')
}

function bodyOf(app: FastifyInstance, status: number, url: string): ProblemBody | undefined {
  return [...app.problemBodies].find(([prefix]) => url.startsWith(prefix))?.[1](status)
}

/** What Node says of a request that it gives up: https://nodejs.org/api/http.html#event-clienterror */
function problemOf({ code }: { code?: string }): Problem {
  if (code === 'ERR_HTTP_REQUEST_TIMEOUT') return problem('request-timeout')
  if (code === 'HPE_HEADER_OVERFLOW') return problem('headers-too-large')
  return problem(
    'unreadable-request',
    'The request is not HTTP/1.1 as it can be read here: its first line, a header or its length is wrong.',
  )
}

/** The target of a request that begins with these octets; empty where they are no beginning. */
function targetOf(octets: unknown): string {
  if (!Buffer.isBuffer(octets)) return ''
  return /^[A-Z-]{1,20} (\/[^\s]{0,200})/.exec(octets.toString('latin1', 0, 300))?.[1] ?? ''
}

interface RawAnswer {
  status: number
  headers: Record<string, string>
  text: string
}

function answerOf(app: FastifyInstance, refusal: Problem, url: string): RawAnswer {
  const status = statusOfProblem(refusal)
  const { type, text } = bodyOf(app, status, url) ?? { type: FHIR_JSON, text: JSON.stringify(problemOutcome(refusal)) }
  const headers = { 'Content-Type': type, 'Content-Length': String(Buffer.byteLength(text)), 'X-Content-Type-Options': 'nosniff' }
  return { status, headers, text }
}

function octetsOf({ status, headers, text }: RawAnswer): string {
  const all = { Date: new Date().toUTCString(), Connection: 'close', ...headers }
  const lines = Object.entries(all).map(([name, value]) => `${name}: ${value}\r\n`)
  return `HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\n${lines.join('')}\r\n${text}`
}

/**
 * What every API does with a request, in this order: identify the caller, limit the rate, read the body, do the work, write the rows of the
 * access log, and reply. The routes are in the file of each API.
 */
import { Readable } from 'node:stream'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Area } from '../access/area.ts'
import { withNamedPatient } from '../fhir/asked-patient.ts'
import { type AccessBasis, type Answer, accessBases, type Exchange, type Kernel, type ServiceExchange } from '../fhir/exchange.ts'
import { NotLogged, recordAccess } from '../fhir/record-access.ts'
import type { Outcome } from '../fhir/routes.ts'
import { tooManyToRead } from '../fhir/search/search-parameters.ts'
import { limitedKernel, TookTooLong, tookTooLong } from '../fhir/time-limit.ts'
import { ATTESTATION_HEADER } from '../identity/attestation.ts'
import type { Caller } from '../identity/caller.ts'
import { claimedAttestation } from '../identity/claimed-attestation.ts'
import type { Guard } from '../identity/guard.ts'
import { createAttestations } from '../identity/kept-attestations.ts'
import type { Log } from '../log/lines.ts'
import { isProblem, type Problem, problem, type Result } from '../problem/problem.ts'
import { statusOfProblem } from '../problem/status.ts'
import { TooManyToRead } from '../store/narrowing.ts'
import { isUnavailable } from '../store/unavailable.ts'
import { redactIdentityNumbers } from '../values/identity-number.ts'
import { BodyRefused } from './body.ts'
import type { Load } from './load.ts'
import { unsupportedAt } from './media-types.ts'
import { FHIR_JSON, replyProblem } from './problem-reply.ts'
import type { RateLimit } from './rate-limit.ts'
import { whenAnswered } from './when-answered.ts'

export interface ApiOptions {
  kernel: Kernel
  guard: Guard
  log: Log
  load: Load
  /** When absent there is no limit, for tests of other things. */
  rateLimit?: RateLimit
  /** The clock of the time that a request may take, in milliseconds; for tests. */
  elapsed?: () => number
}

/** Sent as `true` by a portal when a screen asks by itself, such as for a comparison. From any other client it counts for nothing. */
const AUTOMATIC_HEADER = 'helsevev-automatic'

/** Guard, body, interaction, log, reply. When any of them fails, no part of the answer is sent. */
export function createHandler(options: ApiOptions) {
  const { kernel } = options
  const parts = { ...options, attestations: createAttestations(kernel.codes) }
  return {
    handleArea: (area: Area, run: (exchange: Exchange, request: FastifyRequest) => Promise<Outcome>) =>
      handlerOf(parts, (request) => ({ area, run: async (exchange) => await run(exchange, request) })),
    handleService: (run: (exchange: ServiceExchange, request: FastifyRequest) => Promise<Outcome>) =>
      handlerOf(parts, (request) => {
        const service = kernel.services.get(named(request).service ?? '')
        return service && { area: service, run: async (exchange) => await run({ ...exchange, service }, request) }
      }),
  }
}

/**
 * Citizens share a client and an organisation, the portal's. Each has a bucket of their own, so that one citizen does not lock out others.
 * The number is a key in memory alone.
 */
function bucketOf({ kind, client, organization, pid }: Caller): string {
  return kind === 'citizen' ? `${client} ${organization} ${pid}` : `${client} ${organization}`
}

/** Finds the area that a request is about, and the interaction that answers it; undefined when there is no such service. */
type Find = (request: FastifyRequest) => { area: Area; run: (exchange: Exchange) => Promise<Outcome> } | undefined

/** What is known of a request whose caller is admitted, before its body is read. */
interface Begun {
  eventId: string
  route: string
  exchange: Exchange
  run: (exchange: Exchange) => Promise<Outcome>
  note: (answer: Result<Answer>, exchange?: Exchange) => void
}

interface HandlerParts extends ApiOptions {
  attestations: ReturnType<typeof createAttestations>
}

/** The parts of a route: the caller is admitted when the headers have come, and the interaction runs when the body has come too. */
function handlerOf(options: HandlerParts, find: Find) {
  const { kernel, log, load } = options
  const begun = new WeakMap<FastifyRequest, Begun>()
  const onRequest = async (request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply | undefined> => {
    const eventId = kernel.ids.uuid()
    reply.header('X-Event-Id', eventId)
    if (!load.enter()) {
      kernel.refusedCalls.count('busy', undefined)
      return replyProblem(reply, problem('busy', undefined, { headers: { 'Retry-After': '1' } }))
    }
    whenAnswered(reply, () => load.leave())
    const route = `${request.method} ${request.routeOptions.url}`
    const note = noteIn(log, { eventId, method: request.method, route })
    try {
      const found = find(request)
      if (!found) {
        const unknown = problem('unknown-service')
        note(unknown)
        return replyProblem(reply, unknown)
      }
      const admitted = await admit({ kernel, area: found.area, eventId }, options, request)
      const refusal = isProblem(admitted) ? admitted : tooMuch(options, admitted, request, reply)
      if (refusal) {
        kernel.refusedCalls.count(refusal.problem, isProblem(admitted) ? admitted.sender : admitted.caller)
        note(refusal, isProblem(admitted) ? undefined : admitted)
        return replyProblem(reply, refusal)
      }
      if (!isProblem(admitted)) begun.set(request, { eventId, route, exchange: admitted, run: found.run, note })
      return undefined
    } catch (error) {
      const failure = failed(error, log, eventId, route)
      note(failure)
      return replyProblem(reply, failure)
    }
  }
  const handler = async (request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> => {
    const known = begun.get(request)
    if (!known) throw new Error('A request is admitted before it is handled.')
    return await answered(known, options, request, reply)
  }
  return { onRequest, handler, config: { admits: true } }
}

function noteIn(log: Log, about: { eventId: string; method: string; route: string }): Begun['note'] {
  const began = performance.now()
  return (answer, exchange) => {
    const line = { ...about, ms: Math.round(performance.now() - began) }
    if (!isProblem(answer)) log('REQUEST', { ...line, status: answer.status })
    else
      log('REFUSED', {
        ...line,
        status: statusOfProblem(answer),
        problem: answer.problem,
        client: exchange?.caller.client,
        organization: exchange?.caller.organization,
      })
  }
}

/** The refusal of one who asks too often, or sends more at one time than a client may. */
function tooMuch({ rateLimit }: ApiOptions, { caller }: Exchange, request: FastifyRequest, reply: FastifyReply): Problem | undefined {
  const bucket = bucketOf(caller)
  const wait = rateLimit?.take(bucket)
  if (wait !== undefined) return problem('rate-limited', undefined, { headers: { 'Retry-After': String(wait) } })
  return request.server.heldBodies.take(request, reply, bucket) ? undefined : problem('busy')
}

async function answered(
  { eventId, route, exchange, run, note }: Begun,
  { log, elapsed }: ApiOptions,
  request: FastifyRequest,
  reply: FastifyReply,
) {
  if (Buffer.isBuffer(request.body) && !named(request).type?.startsWith('$')) {
    const refusal = unsupportedAt(request)
    exchange.kernel.refusedCalls.count(refusal.problem, exchange.caller)
    note(refusal, exchange)
    return replyProblem(reply, refusal)
  }
  const { kernel, lift } = limitedKernel(exchange.kernel, elapsed)
  try {
    reportUnknownMembers(reply, exchange)
    const { done, answer, lines } = await run({ ...exchange, kernel }).finally(lift)
    const rows = request.body instanceof URLSearchParams ? await withNamedPatient(exchange, done, request.body) : done
    await Promise.all(rows.map((item) => recordAccess(item.exchange ?? exchange, item)))
    note(answer, exchange)
    if (isProblem(answer)) return replyProblem(reply, answer)
    return lines ? replyLines(reply, answer, lines) : replyAnswer(reply, answer)
  } catch (error) {
    const failure = failed(error, log, eventId, route)
    await recordFailure(exchange, failure)
    note(failure, exchange)
    return replyProblem(reply, failure)
  }
}

async function admit(
  known: Pick<Exchange, 'kernel' | 'area' | 'eventId'>,
  { guard, attestations }: HandlerParts,
  request: FastifyRequest,
): Promise<Result<Exchange>> {
  // The target may be a whole address (RFC 9112 section 3.2.2).
  const path = request.url.replace(/^https?:\/\/[^/?]*/i, '').split('?')[0] ?? ''
  const caller = await guard({
    method: request.method,
    url: `${known.kernel.baseUrl}${path}`,
    authorization: request.headers.authorization,
    dpop: request.headers.dpop,
    attestation: header(request, ATTESTATION_HEADER),
  })
  if (isProblem(caller)) return caller
  const parts = { token: caller.attestation, issuedAt: caller.issuedAt, header: header(request, ATTESTATION_HEADER) }
  const attestation = attestations(parts)
  const claimed = isProblem(attestation) ? claimedAttestation(parts, attestation) : undefined
  return {
    ...known,
    caller,
    attestation,
    ...(claimed ? { claimed } : {}),
    accessBasis: accessBasisOf(header(request, 'nhn-access-basis')),
    automatic: header(request, AUTOMATIC_HEADER) === 'true' && known.kernel.portalClients.has(caller.client),
  }
}

/** Reports misspelt members in a header of every answer, refusals included: nothing else in the answer shows them. */
function reportUnknownMembers(reply: FastifyReply, { attestation }: Exchange): void {
  if (attestation === undefined || isProblem(attestation) || attestation.unknownMembers.length === 0) return
  const names = attestation.unknownMembers.slice(0, 20).map((path) => redactIdentityNumbers(path).replaceAll(/[^\x21-\x2b\x2d-\x7e]/g, '?'))
  reply.header('Attestation-Unknown-Members', names.join(', '))
}

function accessBasisOf(text: string | undefined): AccessBasis | undefined {
  return text === undefined ? undefined : (accessBases.find((basis) => basis === text.trim()) ?? 'unknown')
}

function failed(error: unknown, log: Log, eventId: string, route: string): Problem {
  if (error instanceof BodyRefused) return error.problem
  if (error instanceof TooManyToRead) return tooManyToRead()
  const text = error instanceof Error ? `${error.name}: ${error.message}` : 'not an Error'
  if (error instanceof NotLogged || isUnavailable(error) || error instanceof TookTooLong) {
    log('UNAVAILABLE', { eventId, route, error: text })
    return error instanceof TookTooLong ? tookTooLong() : problem('unavailable')
  }
  log('FAULT', { eventId, route, error: text, stack: error instanceof Error ? error.stack : undefined })
  return problem('fault')
}

/** Logs a failure, when the log can be reached; when it cannot, the answer reports this and shows nothing. */
async function recordFailure(exchange: Exchange, failure: Problem): Promise<void> {
  try {
    await recordAccess(exchange, { event: 'failed', type: undefined, result: failure })
  } catch (error) {
    if (!(error instanceof NotLogged)) throw error
  }
}

function replyLines(reply: FastifyReply, { status, headers }: Answer, lines: AsyncIterable<string>): FastifyReply {
  return reply
    .code(status)
    .headers(headers)
    .header('Cache-Control', 'no-store')
    .header('X-Content-Type-Options', 'nosniff')
    .send(Readable.from(lines))
}

function replyAnswer(reply: FastifyReply, { status, headers, body }: Answer): FastifyReply {
  reply.code(status).headers(headers).header('Cache-Control', 'no-store').header('X-Content-Type-Options', 'nosniff')
  return body === undefined ? reply.send() : reply.type(headers['Content-Type'] ?? FHIR_JSON).send(body)
}

/** The service and the type in the address of a request, where its route names them. */
function named(request: FastifyRequest): { service?: string; type?: string } {
  return request.params as { service?: string; type?: string }
}

export function header(request: FastifyRequest, name: string): string | undefined {
  const value = request.headers[name]
  return Array.isArray(value) ? value[0] : value
}

export function query(request: FastifyRequest): URLSearchParams {
  return new URLSearchParams(request.url.split('?')[1] ?? '')
}

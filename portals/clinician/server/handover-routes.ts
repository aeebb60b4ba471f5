/**
 * The routes that a record system calls to open the portal for its user (kjernejournal's log-in client): create a session, send each new
 * access token, end it. No browser comes here: a token and a DPoP proof authenticate the caller, as at the API, and refusals are the API's.
 */
import { replyProblem } from '@helsevev/kernel/http/problem-reply'
import type { Caller } from '@helsevev/kernel/identity/caller'
import { type Issue, isProblem, type Problem, problem, problemWith, type Result } from '@helsevev/kernel/problem/problem'
import { shapeRule } from '@helsevev/kernel/problem/shape-faults'
import { statusOfProblem } from '@helsevev/kernel/problem/status'
import { redactIdentityNumbers } from '@helsevev/kernel/values/identity-number'
import type { Handlers } from '@helsevev/kernel/wire/contract'
import { type Fault, type Route, received, routesOf } from '@helsevev/kernel/wire/serve'
import { apiPrefix } from '@helsevev/portal/contract'
import { addressOf, type Desk, type Handovers, IssuerUnavailableError, OrganizationRefusedError } from '@helsevev/portal/server'
import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { handover } from '../handover.ts'
import { launchScope, readClaims, unknownMembers } from './handover-claims.ts'
import type { ClinicianPortalOptions, HandoverEvent } from './options.ts'
import type { Content } from './sessions.ts'

type EhrCaller = Parameters<Handovers['refresh']>[1]

/** A call of a record system: the caller that its token names, and that token. */
interface EhrCall {
  caller: Caller
  accessToken: string
}

type EhrRoute = Route<(typeof handover)[HandoverEvent['event']], EhrCall>

export function handoverRoutes(app: FastifyInstance, { handovers }: Desk<Content>, options: ClinicianPortalOptions): void {
  const handlers: Handlers<typeof handover, EhrCall, Problem> = {
    async create(call, { body }) {
      const told = await readClaims(call.caller, body, options)
      if (isProblem(told)) return told
      const created = await handovers.create(ehrOf(call), body.ehr_code_challenge, told)
      const unknown = unknownMembers(body.claims)
      return { ...created, ...(unknown.length > 0 ? { unknown_members: unknown } : {}) }
    },
    refresh: async (call, { body }) => ((await handovers.refresh(body.sessionId, ehrOf(call))) ? undefined : unknownSession()),
    end: async (call, { body }) => ((await handovers.end(body.sessionId, ehrOf(call))) ? undefined : unknownSession()),
  }

  for (const route of routesOf(handover, handlers)) {
    const handle = async (request: FastifyRequest, reply: FastifyReply) => {
      const caller = await admit(request)
      const result = isProblem(caller) ? caller : await answered(request, caller, route)
      const refused = isProblem(result) ? result : undefined
      options.handover({
        event: route.name,
        status: refused ? statusOfProblem(refused) : result === undefined ? 204 : 200,
        ...(refused ? { problem: refused.problem } : {}),
        ...(isProblem(caller) ? {} : whoOf(caller, sourceSystem(request))),
      })
      if (refused) return replyProblem(reply, refused)
      return result === undefined ? reply.code(204).send() : reply.send(result)
    }
    app.post(`${apiPrefix}${route.row.path}`, { errorHandler: notJson }, handle)
    // Some clients end their addresses with a slash.
    app.post(`${apiPrefix}${route.row.path}/`, { errorHandler: notJson }, handle)
  }

  async function admit(request: FastifyRequest): Promise<Result<Caller>> {
    const caller = await options.guard({
      method: request.method,
      url: `${addressOf(options.publicUrl)}${request.url.split('?')[0]}`,
      authorization: request.headers.authorization,
      dpop: request.headers['dpop'],
      attestation: undefined,
    })
    if (isProblem(caller)) return caller
    const wait = options.rateLimit?.take(`${caller.client} ${caller.organization}`)
    return wait === undefined ? caller : problem('rate-limited', undefined, { headers: { 'Retry-After': String(wait) } })
  }
}

/** Record systems are answered with a Problem, also where the body cannot be read; other faults are the portal's. */
async function notJson(error: FastifyError, _request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
  if (error.statusCode !== 400) throw error
  return replyProblem(reply, problem('not-json', 'The body is not JSON. Send one object as application/json.'))
}

async function answered(request: FastifyRequest, caller: Caller, { row, run }: EhrRoute): Promise<unknown> {
  if (!caller.scopes.includes(launchScope)) return problem('insufficient-scope', `The token lacks the scope ${launchScope}.`)
  if (sourceSystem(request) === undefined)
    return problem('body-invalid', 'Say which system calls: nhn-source-system or X-SOURCE-SYSTEM, 3 to 512 characters.', {
      expression: 'nhn-source-system',
    })
  const read = received(row, { parameters: {}, query: {}, headers: {}, body: request.body })
  if ('fault' in read)
    return problemWith(
      'body-invalid',
      read.fault.issues.map((issue) => issueOf(issue, request.body)),
    )
  try {
    return await run({ caller, accessToken: request.headers.authorization?.split(' ')[1] ?? '' }, read.received)
  } catch (error) {
    if (error instanceof IssuerUnavailableError) return problem('unavailable')
    if (error instanceof OrganizationRefusedError)
      return problem(
        'access-denied',
        'HelseID does not exchange this token for one of the portal. The organisation must have let Helsevev act for it.',
      )
    throw error
  }
}

/** The value that was sent is not repeated: it may be an identity number. */
function issueOf(issue: Fault['issues'][number], sent: unknown): Issue {
  const where = issue.path.map(String).join('.')
  return {
    severity: 'error',
    type: 'invalid',
    code: 'body-invalid',
    text: `${where || 'The body'}: ${shapeRule(issue, sent, 'docs/api/session-handover.md')}`,
    ...(where ? { expression: where } : {}),
  }
}

/** A caller without an identity number or an organisation has no session, and finds none. */
function ehrOf({ caller, accessToken }: EhrCall): EhrCaller {
  const { name, pid = '', hprNumber, client, organization = '' } = caller
  return { person: { name, identityNumber: pid, ...(hprNumber ? { hprNumber } : {}) }, client, organization, accessToken }
}

/** A session of another person gets the same answer as one that does not exist. */
const unknownSession = () => problem('not-found', 'There is no such session of this person, organisation and client; it may have ended.')

function sourceSystem({ headers }: FastifyRequest): string | undefined {
  const said = headers['nhn-source-system'] ?? headers['x-source-system']
  return typeof said === 'string' && said.length >= 3 && said.length <= 512 ? said : undefined
}

function whoOf({ client, organization, hprNumber }: Caller, source: string | undefined): Partial<HandoverEvent> {
  return {
    client,
    ...(organization ? { organization } : {}),
    ...(hprNumber ? { hprNumber } : {}),
    ...(source
      ? {
          sourceSystem: redactIdentityNumbers(source)
            .replace(/[^\x20-\x7e]/g, '?')
            .slice(0, 100),
        }
      : {}),
  }
}

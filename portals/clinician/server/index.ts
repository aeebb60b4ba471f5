/**
 * The clinician portal as one Fastify plugin, mounted under /clinician: a backend for the browser, which holds no token. Reading order:
 * routes here, then protection.ts, sessions.ts, identity-provider.ts, patient-api.ts.
 */
import { randomUUID } from 'node:crypto'
import cookiePlugin from '@fastify/cookie'
import staticPlugin from '@fastify/static'
import { classify, kindOfSystem } from '@helsevev/kernel/identity/identity-number'
import type { PanelLoader } from '@helsevev/ui/panel.ts'
import type { FastifyError, FastifyInstance, FastifyPluginAsync, FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import {
  idleMinutes,
  type Me,
  type OpenPatientView,
  openingHeader,
  type PanelAnswer,
  type PortalProblem,
  type Purpose,
  purposes,
  statusOf,
} from '../contract.ts'
import { digitsOf, faultOf } from '../identity-number.ts'
import { pages } from '../routes.ts'
import { cookies } from './cookies.ts'
import {
  type IdentityProvider,
  IssuerUnavailableError,
  identityProvider,
  OrganizationRefusedError,
  SignedOutError,
  SignInError,
  type SignInProblem,
} from './identity-provider.ts'
import { addressOf, type ClinicianPortalOptions } from './options.ts'
import { ApiError, patientApi } from './patient-api.ts'
import { comesFromOurPage, fetchedFromElsewhere, protect } from './protection.ts'
import { loginSessions, type OpenPatient, personSessions, type Session } from './sessions.ts'
import { tokens } from './tokens.ts'

export type { ClinicianPortalOptions } from './options.ts'
export { type SessionRows, sessionRows } from './session-rows.ts'

const base = '/clinician'

const organizationBody = z.object({ number: z.string().regex(/^[0-9]{9}$/) })
const patientBody = z.object({ identityNumber: z.string().max(40), purpose: z.enum(purposes) })

/** The plugin. Registers its own prefix /clinician, or takes it from `register(clinicianPortal(options), { prefix: '/clinician' })`. */
export function clinicianPortal(options: ClinicianPortalOptions & { panels?: readonly PanelLoader<unknown>[] }): FastifyPluginAsync {
  return async (app) => {
    const panels = options.panels ?? (await import('../panels.ts')).panels
    const inside: FastifyPluginAsync = async (portal) => mount(portal, options, panels)
    await app.register(inside, app.prefix.endsWith(base) ? {} : { prefix: base })
  }
}

async function mount(app: FastifyInstance, options: ClinicianPortalOptions, panels: readonly PanelLoader<unknown>[]): Promise<void> {
  const now = options.now ?? (() => new Date())
  const people = personSessions({ rows: options.sessionRows, key: options.sessionKey, now })
  const logins = loginSessions({ rows: options.sessionRows, key: options.sessionKey, now })
  const provider: IdentityProvider = identityProvider(options)
  const accessTokens = tokens(provider, people, now)
  const origin = () => new URL(addressOf(options.publicUrl)).origin
  const https = () => origin().startsWith('https:')

  await app.register(cookiePlugin)
  await app.register(staticPlugin, {
    root: options.clientFolder,
    prefix: '/assets/',
    decorateReply: true,
    index: false,
    serve: false,
  })
  app.removeAllContentTypeParsers()
  app.addContentTypeParser('application/json', { parseAs: 'string', bodyLimit: 4096 }, (_request, text, done) => {
    try {
      done(null, JSON.parse(text as string))
    } catch {
      done(null, undefined) // the schema of the route says what is wrong
    }
  })
  app.addHook('onSend', async (_request, reply) => protect(reply, https()))
  app.setErrorHandler(async (error: FastifyError, request, reply) => {
    if (error.statusCode !== undefined && error.statusCode < 500) return refuse(reply, { code: 'invalid-request' })
    // The kind of error only: messages and bodies may hold what must not be in a log.
    request.log.error({ errorName: error.name, errorCode: error.code }, 'The clinician portal failed to answer.')
    return refuse(reply, { code: 'failed' })
  })

  // ---- Pages and files of the client: they hold no data, so they need no session.

  app.get('/assets/*', async (request, reply) => {
    const file = (request.params as { '*': string })['*']
    reply.header('cache-control', 'public, max-age=31536000, immutable')
    return reply.sendFile(`assets/${file}`, { cacheControl: false })
  })
  for (const path of Object.values(pages)) {
    app.get(path, async (_request, reply) => reply.sendFile('index.html', { cacheControl: false, etag: false, lastModified: false }))
  }
  app.setNotFoundHandler(async (_request, reply) => reply.code(404).send({ code: 'invalid-request' } satisfies PortalProblem))

  // ---- Signing in and out

  app.get('/login', async (request, reply) => {
    if (fetchedFromElsewhere(request) && request.headers['sec-fetch-mode'] !== 'navigate') return backToSignIn(reply, 'failed')
    // On a developer's machine: cookies set on 127.0.0.1 do not come back on localhost, where the issuer sends the browser.
    if (isLoopback(request.host) && isLoopback(new URL(origin()).host) && request.host !== new URL(origin()).host) {
      return reply.redirect(`${origin()}${base}/login`, 303)
    }
    try {
      const { login, location } = await provider.startLogin()
      const { name, options: shape } = cookies(https()).login
      reply.setCookie(name, await logins.create(login), { ...shape, maxAge: 600 })
      return reply.redirect(location, 303)
    } catch (error) {
      request.log.warn({ errorName: (error as Error).name, cause: causeName(error) }, 'A sign-in could not be started.')
      return backToSignIn(reply, error instanceof SignInError ? error.problem : 'unavailable')
    }
  })

  app.get('/callback', async (request, reply) => {
    const { login: loginCookie, session: sessionCookie } = cookies(https())
    const loginId = request.cookies[loginCookie.name]
    const login = loginId ? await logins.load(loginId) : undefined
    reply.clearCookie(loginCookie.name, loginCookie.options)
    if (!loginId || !login) return backToSignIn(reply, 'expired')
    await logins.destroy(loginId) // single use, whatever comes of it
    try {
      const { search } = new URL(request.url, origin())
      const { person, refreshToken } = await provider.finishLogin(new URL(`${base}/callback${search}`, origin()), login)
      const organizations = await options.organizationsOf(person.hprNumber)
      // A new id at every sign-in: an id planted in the browser beforehand is worth nothing, and an older session ends.
      const before = request.cookies[sessionCookie.name]
      if (before) await people.destroy(before)
      const session: Session = { person, organizations, csrf: randomUUID(), dpopKey: login.dpopKey, refreshToken }
      const only = organizations.length === 1 ? organizations[0] : undefined
      const id = await people.create(only ? { ...session, organization: only.number } : session)
      reply.setCookie(sessionCookie.name, id, sessionCookie.options)
      return reply.redirect(`${base}/`, 303)
    } catch (error) {
      request.log.warn({ errorName: (error as Error).name, cause: causeName(error) }, 'A sign-in was not completed.')
      if (error instanceof IssuerUnavailableError) return backToSignIn(reply, 'unavailable')
      return backToSignIn(reply, error instanceof SignInError ? error.problem : 'failed')
    }
  })

  // ---- What the client asks

  app.get('/api/me', async (request): Promise<Me> => {
    const found = await sessionOf(request)
    if (!found) return { signedIn: false }
    const { session } = found
    const chosen = session.organizations.find(({ number }) => number === session.organization)
    return {
      signedIn: true,
      name: session.person.name,
      organizations: session.organizations,
      ...(chosen ? { organization: chosen } : {}),
      csrf: session.csrf,
      idleSeconds: idleMinutes * 60,
      ...(session.patient ? { patient: viewOf(session.patient) } : {}),
    }
  })

  app.post('/api/organization', async (request, reply) => {
    const found = await changing(request)
    if ('code' in found) return refuse(reply, found)
    const body = organizationBody.safeParse(request.body)
    const chosen = body.success && found.session.organizations.find(({ number }) => number === body.data.number)
    if (!chosen) return refuse(reply, { code: 'invalid-request' })
    // The token names the organisation and the patient was opened on its behalf: neither outlives the change.
    await people.change(found.id, ({ accessToken: _token, patient: _patient, ...rest }) => ({ ...rest, organization: chosen.number }))
    return { organization: chosen }
  })

  app.post('/api/patient', async (request, reply) => {
    const found = await changing(request)
    if ('code' in found) return refuse(reply, found)
    if (!found.session.organization) return refuse(reply, { code: 'no-organization' })
    const body = patientBody.safeParse(request.body)
    if (!body.success) return refuse(reply, { code: 'invalid-request' })
    const fault = faultOf(body.data.identityNumber)
    if (fault) return refuse(reply, { code: 'identity-number-invalid', fault })
    const identityNumber = digitsOf(body.data.identityNumber)
    const identitySystem = classify(identityNumber)?.system ?? ''
    const asked: OpenPatient = { opening: randomUUID(), identityNumber, identitySystem, purpose: body.data.purpose }
    const patient = await identified(request, found.id, found.session, asked)
    if ('code' in patient) return refuse(reply, patient)
    await people.change(found.id, (session) => ({ ...session, patient }))
    return { patient: viewOf(patient), panels: panels.map(({ service }) => service) }
  })

  app.post('/api/patient/person', async (request, reply) => {
    const found = await changing(request)
    if ('code' in found) return refuse(reply, found)
    const { id, session } = found
    if (!session.patient) return refuse(reply, { code: 'no-patient' })
    const patient = await identified(request, id, session, session.patient)
    if ('code' in patient) return refuse(reply, patient)
    await people.change(id, (content) => (content.patient?.opening === patient.opening ? { ...content, patient } : content))
    return { patient: viewOf(patient) }
  })

  app.delete('/api/patient', async (request, reply) => {
    const found = await changing(request)
    if ('code' in found) return refuse(reply, found)
    await people.change(found.id, ({ patient: _, ...rest }) => rest)
    return reply.code(204).send()
  })

  app.get('/api/panels/:service', async (request, reply) => {
    const found = fetchedFromElsewhere(request) ? undefined : await sessionOf(request)
    if (!found) return refuse(reply, { code: 'signed-out' })
    const { id, session } = found
    const panel = panels.find(({ service }) => service === (request.params as { service: string }).service)
    if (!panel) return refuse(reply, { code: 'invalid-request' })
    const { patient } = session
    if (!patient) return refuse(reply, { code: 'no-patient' })
    if (request.headers[openingHeader] !== patient.opening) return refuse(reply, { code: 'patient-changed' })
    try {
      const { status, data } = await panel.load(patientApi(patient, (path, form, headers) => post(id, session, path, form, headers)))
      return { opening: patient.opening, fetched: now().toISOString(), status, data } satisfies PanelAnswer
    } catch (error) {
      const problem = problemOf(error)
      if (problem.code === 'person-unknown') await closeIfOpen(id, patient.opening)
      if (problem.code === 'signed-out') await people.destroy(id)
      if (problem.code === 'failed' || problem.code === 'unavailable') {
        request.log.warn(
          { service: panel.service, errorName: (error as Error).name, cause: causeName(error) },
          'A panel could not be loaded.',
        )
      }
      return refuse(reply, problem)
    }
  })

  app.post('/api/sign-out', async (request, reply) => {
    const found = await changing(request)
    if ('code' in found) return refuse(reply, found)
    await people.destroy(found.id)
    const { name, options: shape } = cookies(https()).session
    reply.clearCookie(name, shape)
    const next = await provider.endSession(found.session.refreshToken).catch((error: unknown) => {
      // Signed out here in any case; the session at the issuer ends by itself.
      request.log.warn({ errorName: (error as Error).name, cause: causeName(error) }, 'The session at the identity provider was not ended.')
      return undefined
    })
    return { next: next ?? `${base}/` }
  })

  // ---- Helpers that need the parts above

  async function sessionOf(request: FastifyRequest): Promise<{ id: string; session: Session } | undefined> {
    const id = request.cookies[cookies(https()).session.name]
    const session = id ? await people.load(id) : undefined
    return id && session ? { id, session } : undefined
  }

  async function changing(request: FastifyRequest): Promise<{ id: string; session: Session } | PortalProblem> {
    const found = await sessionOf(request)
    if (!found) return { code: 'signed-out' }
    return comesFromOurPage(request, origin(), found.session.csrf) ? found : { code: 'not-from-our-page' }
  }

  /**
   * With who it is, asked of the register once for each opening and kept while the patient is open. A register that does not answer, or
   * refuses, keeps nobody from the patient: the page says that the name is missing. A number nobody has is not opened.
   */
  async function identified(
    request: FastifyRequest,
    id: string,
    session: Session,
    patient: OpenPatient,
  ): Promise<OpenPatient | PortalProblem> {
    try {
      const person = await patientApi(patient, (path, form, headers) => post(id, session, path, form, headers)).identify()
      return { ...patient, person }
    } catch (error) {
      const problem = problemOf(error)
      if (problem.code === 'signed-out') await people.destroy(id)
      if (problem.code === 'signed-out' || problem.code === 'person-unknown') return problem
      request.log.warn({ errorName: (error as Error).name, cause: causeName(error) }, 'The person register did not say who a patient is.')
      return patient
    }
  }

  async function closeIfOpen(id: string, opening: string): Promise<void> {
    await people.change(id, (session) => {
      if (session.patient?.opening !== opening) return session
      const { patient: _, ...rest } = session
      return rest
    })
  }

  async function post(
    id: string,
    session: Session,
    path: string,
    form: URLSearchParams,
    headers: Record<string, string>,
  ): Promise<Response> {
    const url = new URL(`${addressOf(options.apiBaseUrl)}${path}`)
    const send = async (refused?: string) => {
      const token = await accessTokens.forSession(id, session, refused)
      if (!token) throw new SignedOutError('The session is over.')
      return { token: token.accessToken, response: await provider.fetch(url, token.accessToken, token.dpopKey, form, headers) }
    }
    const { token, response } = await send()
    if (response.status !== 401) return response
    // A token that ran out under way: once more with a new one.
    await response.body?.cancel()
    return (await send(token)).response
  }

  function backToSignIn(reply: FastifyReply, problem: SignInProblem): FastifyReply {
    return reply.redirect(`${base}/?sign-in=${problem}`, 303)
  }
}

function viewOf({ opening, identityNumber, identitySystem, purpose, person }: OpenPatient): OpenPatientView {
  return {
    opening,
    numberEnding: identityNumber.slice(-2),
    numberKind: kindOfSystem(identitySystem) ?? 'FNR',
    purpose: purpose as Purpose,
    ...(person ? { person } : {}),
  }
}

function refuse(reply: FastifyReply, problem: PortalProblem): FastifyReply {
  return reply.code(statusOf[problem.code]).send(problem)
}

function problemOf(error: unknown): PortalProblem {
  if (error instanceof SignedOutError) return { code: 'signed-out' }
  if (error instanceof OrganizationRefusedError) return { code: 'refused', reason: 'organisation-refused' }
  if (error instanceof IssuerUnavailableError) return { code: 'unavailable' }
  if (error instanceof ApiError) {
    if (error.kind === 'refused') return error.reason ? { code: 'refused', reason: error.reason } : { code: 'refused' }
    if (error.kind === 'person-unknown') return { code: 'person-unknown' }
    return { code: error.kind === 'unavailable' ? 'unavailable' : 'failed' }
  }
  // fetch fails with a TypeError when nothing answers, and with a TimeoutError when it is slow.
  if (error instanceof TypeError && error.message === 'fetch failed') return { code: 'unavailable' }
  const name = error instanceof Error ? error.name : ''
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause.name : ''
  if (name === 'TimeoutError' || name === 'AbortError' || cause === 'TimeoutError') return { code: 'unavailable' }
  return { code: 'failed' }
}

const isLoopback = (host: string) => /^(localhost|127\.0\.0\.1|\[::1\])(:\d+)?$/.test(host)

/** What lay behind, by name and code only. */
function causeName(error: unknown): string | undefined {
  const cause = error instanceof Error ? error.cause : undefined
  if (!(cause instanceof Error)) return undefined
  const { error: oauthError } = cause as { error?: unknown }
  return typeof oauthError === 'string' ? `${cause.name}: ${oauthError}` : cause.name
}

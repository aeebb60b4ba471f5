/**
 * The clinician portal as one Fastify plugin, mounted under /clinician: a backend for the browser, which holds no token. Reading order:
 * routes here and in patient-routes.ts, then protection.ts, sessions.ts, access.ts, identity-provider.ts, patient-api.ts.
 */
import { randomUUID } from 'node:crypto'
import cookiePlugin from '@fastify/cookie'
import staticPlugin from '@fastify/static'
import type { PanelLoader } from '@helsevev/ui/panel.ts'
import type { FastifyError, FastifyInstance, FastifyPluginAsync, FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { idleMinutes, type Me, type Organization, type PortalProblem } from '../contract.ts'
import { pages } from '../routes.ts'
import { accesses } from './access.ts'
import { cookies } from './cookies.ts'
import {
  type IdentityProvider,
  IssuerUnavailableError,
  identityProvider,
  SignedOutError,
  SignInError,
  type SignInProblem,
} from './identity-provider.ts'
import { addressOf, type ClinicianPortalOptions } from './options.ts'
import type { PostForm } from './patient-api.ts'
import { patientRoutes, viewOf } from './patient-routes.ts'
import { causeName, refuse } from './problems.ts'
import { comesFromOurPage, fetchedFromElsewhere, protect } from './protection.ts'
import { type Employer, loginSessions, personSessions, type Session, type Workplace } from './sessions.ts'
import { tokens } from './tokens.ts'

export type { ClinicianPortalOptions, Decided } from './options.ts'
export { type SessionRows, sessionRows } from './session-rows.ts'
export type { Employer, Workplace } from './sessions.ts'

const base = '/clinician'

const organizationNumber = z.string().regex(/^[0-9]{9}$/)
const organizationBody = z.object({ number: organizationNumber, place: organizationNumber })

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
      // With one employer without units there is nothing to choose.
      const only = organizations.length === 1 && organizations[0]?.units.length === 0 ? organizations[0] : undefined
      const id = await people.create(only ? { ...session, organization: only.number, place: only.number } : session)
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
    const place = chosen && placeIn(chosen, session.place)
    const patient = await current(found)
    return {
      signedIn: true,
      name: session.person.name,
      organizations: session.organizations.map(organizationView),
      ...(chosen ? { organization: organizationView(chosen) } : {}),
      ...(place ? { place: { number: place.number, name: place.name } } : {}),
      csrf: session.csrf,
      idleSeconds: idleMinutes * 60,
      ...(patient && !('code' in patient) ? { patient: viewOf(patient, now()) } : {}),
    }
  })

  app.post('/api/organization', async (request, reply) => {
    const found = await changing(request)
    if ('code' in found) return refuse(reply, found)
    const body = organizationBody.safeParse(request.body)
    const chosen = body.success && found.session.organizations.find(({ number }) => number === body.data.number)
    const place = body.success && chosen ? placeIn(chosen, body.data.place) : undefined
    if (!chosen || !place) return refuse(reply, { code: 'invalid-request' })
    // The token names the organisation and the patient was opened on its behalf: neither outlives the change.
    await people.change(found.id, ({ accessToken: _token, patient: _patient, ...rest }) => ({
      ...rest,
      organization: chosen.number,
      place: place.number,
    }))
    return { organization: organizationView(chosen) }
  })

  const { current } = patientRoutes(app, { panels, people, access: accesses(options), now, sessionOf, changing, post: postOf })

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

  function postOf({ id, session }: { id: string; session: Session }): PostForm {
    return async (path, form, headers) => {
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
  }

  function backToSignIn(reply: FastifyReply, problem: SignInProblem): FastifyReply {
    return reply.redirect(`${base}/?sign-in=${problem}`, 303)
  }
}

/** The organisation or one of its units. */
function placeIn(organization: Employer, number: string | undefined): Workplace | undefined {
  return [organization, ...organization.units].find((place) => place.number === number)
}

function organizationView({ number, name, role, units }: Employer): Organization {
  return { number, name, role, units: units.map((unit) => ({ number: unit.number, name: unit.name })) }
}

const isLoopback = (host: string) => /^(localhost|127\.0\.0\.1|\[::1\])(:\d+)?$/.test(host)

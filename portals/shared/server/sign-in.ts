/** The way to the identity provider and back (RFC 6749 section 4.1, RFC 9126, RFC 7636). */

import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { SignInProblem } from '../contract.ts'
import { cookies } from './cookies.ts'
import type { InnerDesk } from './desk.ts'
import type { IdentityProvider } from './identity-provider.ts'
import { IssuerUnavailableError, LoginRequiredError, SignInError } from './issuer-errors.ts'
import { addressOf, type PortalOptions } from './options.ts'
import type { Portal, SignIn } from './portal.ts'
import { causeName } from './problems.ts'
import { fetchedFromElsewhere } from './protection.ts'
import { loginMinutes, loginSessions } from './sessions.ts'

interface Surroundings<Content extends object> {
  portal: Portal<Content>
  options: PortalOptions
  provider: IdentityProvider
  desk: InnerDesk<Content>
}

export function signInRoutes<Content extends object>(app: FastifyInstance, surroundings: Surroundings<Content>): SignIn {
  const { portal, options, provider, desk } = surroundings
  const base = `/${portal.name}`
  const logins = loginSessions({ portal: portal.name, rows: options.sessionRows, key: options.sessionKey, now: desk.now })
  const origin = () => new URL(addressOf(options.publicUrl)).origin
  const shapes = () => cookies(portal.name, origin().startsWith('https:'))

  app.get('/login', async (request, reply) => {
    if (fetchedFromElsewhere(request) && request.headers['sec-fetch-mode'] !== 'navigate') return backToSignIn(reply, 'failed')
    if (tooOften(request, reply)) return backToSignIn(reply, 'unavailable')
    // On a developer's machine: cookies set on 127.0.0.1 do not come back on localhost, where the issuer sends the browser.
    if (isLoopback(request.host) && isLoopback(new URL(origin()).host) && request.host !== new URL(origin()).host) {
      return reply.redirect(`${origin()}${base}/login`, 303)
    }
    const hint = hintIn(request)
    return await start(request, reply, hint ? { hint } : {})
  })

  const start: SignIn['start'] = async (request, reply, { hint, after, silent } = {}) => {
    try {
      const { login, location } = await provider.startLogin(hint, silent ? { silent } : {})
      const { name, options: shape } = shapes().login
      const kept = { ...login, ...(after ? { after } : {}), ...(silent ? { silent } : {}) }
      reply.setCookie(name, await logins.create(kept), { ...shape, maxAge: loginMinutes * 60 })
      return reply.redirect(location, 303)
    } catch (error) {
      request.log.warn({ errorName: (error as Error).name, cause: causeName(error) }, 'A sign-in could not be started.')
      return backToSignIn(reply, error instanceof SignInError ? error.problem : 'unavailable')
    }
  }

  app.get('/callback', async (request, reply) => {
    if (tooOften(request, reply)) return backToSignIn(reply, 'unavailable')
    const { login: loginCookie } = shapes()
    const loginId = request.cookies[loginCookie.name]
    const login = loginId ? await logins.take(loginId) : undefined // single use, whatever the result
    reply.clearCookie(loginCookie.name, loginCookie.options)
    if (!login) return backToSignIn(reply, 'expired')
    try {
      const { search } = new URL(request.url, origin())
      const { person, refreshToken } = await provider.finishLogin(new URL(`${base}/callback${search}`, origin()), login)
      const content = await portal.signedIn(person, login.after)
      const found = await desk.begin(request, reply, { person, dpopKey: login.dpopKey, refreshToken, ...content })
      const next = login.after && portal.arrived ? await portal.arrived(found, login.after, request, desk) : `${base}/`
      return reply.redirect(next, 303)
    } catch (error) {
      if (error instanceof LoginRequiredError && login.silent) return await start(request, reply, login.after ? { after: login.after } : {})
      request.log.warn({ errorName: (error as Error).name, cause: causeName(error) }, 'A sign-in was not completed.')
      if (error instanceof IssuerUnavailableError) return backToSignIn(reply, 'unavailable')
      return backToSignIn(reply, error instanceof SignInError ? error.problem : 'failed')
    }
  })

  /** Anybody can ask for these pages. One address that asks without end waits, and no other. */
  function tooOften(request: FastifyRequest, reply: FastifyReply): boolean {
    const wait = options.addressLimit?.take(request.ip)
    if (wait !== undefined) reply.header('retry-after', String(wait))
    return wait !== undefined
  }

  /** The person that a link on our own page names, where that is allowed; a link from elsewhere is ignored. */
  function hintIn(request: FastifyRequest): string | undefined {
    if (!options.takesLoginHint || fetchedFromElsewhere(request)) return undefined
    const hint = (request.query as Record<string, unknown>)['as']
    return typeof hint === 'string' && /^[a-z0-9-]{1,64}$/.test(hint) ? hint : undefined
  }

  return { start }

  function backToSignIn(reply: FastifyReply, problem: SignInProblem): FastifyReply {
    options.signInNotCompleted?.(problem)
    return reply.redirect(`${base}/?sign-in=${problem}`, 303)
  }
}

const isLoopback = (host: string) => /^(localhost|127\.0\.0\.1|\[::1\])(:\d+)?$/.test(host)

/**
 * A portal as one Fastify plugin, mounted under its own path: a backend for the browser, which holds no token. What every portal does is
 * here; what is particular to one is in its `Portal`. Reading order: options.ts, portal.ts, this file, desk.ts, sign-in.ts, protection.ts,
 * sessions.ts, identity-provider.ts, api.ts.
 */
import cookiePlugin from '@fastify/cookie'
import staticPlugin from '@fastify/static'
import type { FastifyError, FastifyInstance, FastifyPluginAsync } from 'fastify'
import { apiPrefix, commonStatus, type Me, sessionRows } from '../contract.ts'
import { cookies } from './cookies.ts'
import { desk as deskOf, type InnerDesk } from './desk.ts'
import { type IdentityProvider, identityProvider } from './identity-provider.ts'
import { addressOf, type PortalOptions } from './options.ts'
import type { Portal } from './portal.ts'
import { causeName } from './problems.ts'
import { isPageVisit, protect } from './protection.ts'
import { draftKeyOf } from './sessions.ts'
import { signInRoutes } from './sign-in.ts'

export { type Api, ApiError, askApi, automatic, passOn } from './api.ts'
export { isProblem } from './desk.ts'
export type { Handovers } from './handovers.ts'
export { healthPersonnelScope } from './identity-provider.ts'
export { IssuerUnavailableError, OrganizationRefusedError, SignedOutError, SignInError } from './issuer-errors.ts'
export { addressOf, type PortalOptions } from './options.ts'
export type { Desk, Found, Portal, PortalHandlers, PortalRequest, SignIn } from './portal.ts'
export { causeName, problemOf } from './problems.ts'
export { protect } from './protection.ts'
export { open, seal } from './seal.ts'
export { sessionRows } from './session-rows.ts'
export type { Person, Session } from './sessions.ts'

/** The most that a page may send, in bytes. */
const bodyLimit = 65_536

/** Too many requests at one time: as when the server cannot be reached, the page tries again. */
const TOO_MANY = 429

const session = sessionRows({})

/** The plugin; registers its own path. */
export function portal<Content extends object>(definition: Portal<Content>, options: PortalOptions): FastifyPluginAsync {
  return async (app) => {
    await app.register(async (inside) => mount(inside, definition, options), { prefix: `/${definition.name}` })
  }
}

async function mount<Content extends object>(app: FastifyInstance, definition: Portal<Content>, options: PortalOptions): Promise<void> {
  const { name } = definition
  const provider = identityProvider(options, definition)
  const https = () => addressOf(options.publicUrl).startsWith('https:')

  await app.register(cookiePlugin)
  await app.register(staticPlugin, {
    root: options.clientFolder,
    prefix: '/assets/',
    decorateReply: true,
    index: false,
    serve: false,
  })
  app.removeAllContentTypeParsers()
  app.addContentTypeParser('application/json', { parseAs: 'string', bodyLimit }, (_request, text, done) => {
    try {
      done(null, JSON.parse(text as string))
    } catch {
      done(Object.assign(new Error('The body is not JSON.'), { statusCode: 400 }))
    }
  })
  app.addHook('onSend', async (_request, reply) => protect(reply, https()))
  // Absent where the portal is mounted on another server than ours.
  if (app.hasDecorator('problemBodies'))
    app.problemBodies.set(`/${name}/`, (status) => {
      const code = status === commonStatus.unavailable || status === TOO_MANY ? 'unavailable' : 'invalid-request'
      return { type: 'application/json; charset=utf-8', text: JSON.stringify({ code }) }
    })
  app.setErrorHandler(async (error: FastifyError, request, reply) => {
    const code = error.statusCode !== undefined && error.statusCode < 500 ? 'invalid-request' : 'failed'
    // The kind of error only: messages and bodies may contain what must not be in a log.
    if (code === 'failed') request.log.error({ portal: name, errorName: error.name, errorCode: error.code }, 'A portal failed to answer.')
    return reply.code(commonStatus[code]).send({ code })
  })

  // Pages and files of the client: they contain no data, so they need no session.
  app.get('/assets/*', async (request, reply) => {
    const file = (request.params as { '*': string })['*']
    reply.header('cache-control', 'public, max-age=31536000, immutable')
    return reply.sendFile(`assets/${file}`, { cacheControl: false })
  })
  for (const path of definition.pages) {
    app.get(path, async (_request, reply) => reply.sendFile('index.html', { cacheControl: false, etag: false, lastModified: false }))
  }
  // A person who follows a wrong address gets the portal, which says so; a program gets the problem.
  app.setNotFoundHandler(async (request, reply) => {
    reply.code(404)
    if (!isPageVisit(request)) return reply.send({ code: 'invalid-request' })
    return reply.sendFile('index.html', { cacheControl: false, etag: false, lastModified: false })
  })

  const desk = deskOf(app, definition, options, provider)
  const signIn = signInRoutes(app, { portal: definition, options, provider, desk })

  serveSession(app, definition, options, provider, desk)
  definition.routes(app, desk, signIn)
}

/** Who is signed in, that the person is at the page, and the way out. */
function serveSession<Content extends object>(
  app: FastifyInstance,
  definition: Portal<Content>,
  options: PortalOptions,
  provider: IdentityProvider,
  desk: InnerDesk<Content>,
): void {
  const { name } = definition
  const https = () => addressOf(options.publicUrl).startsWith('https:')
  app.get(`${apiPrefix}${session.me.path}`, async (request): Promise<Me> => {
    const found = await desk.lookAt(request)
    if (!found) return { signedIn: false }
    const { person, csrf } = found.session
    return {
      ...(await definition.me(found, desk)),
      signedIn: true,
      name: person.name,
      csrf,
      ...found.left,
      draftKey: draftKeyOf(options.sessionKey, name, person),
      services: options.services,
    }
  })

  desk.serve(
    { stay: session.stay, signOut: session.signOut },
    {
      async stay({ request }) {
        // Admitting the request was the use.
        const found = await desk.lookAt(request)
        return found ? found.left : { code: 'signed-out' }
      },
      async signOut({ id, session, request, reply }, { body: { everywhere } }) {
        await (everywhere ? desk.sessions.destroyAllOf(session.person) : desk.end({ id, session }))
        const { name: cookie, options: shape } = cookies(name, https()).session
        reply.clearCookie(cookie, shape)
        if (!session.refreshToken) return { next: `/${name}/` } // there was no sign-in of ours at the issuer
        const next = await provider.endSession(session.refreshToken).catch((error: unknown) => {
          // Signed out here in any case; the session at the issuer ends on its own.
          request.log.warn(
            { errorName: (error as Error).name, cause: causeName(error) },
            'The session at the identity provider was not ended.',
          )
          return undefined
        })
        return { next: next ?? `/${name}/` }
      },
    },
  )
}

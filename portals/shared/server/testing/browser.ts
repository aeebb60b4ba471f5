/** A browser with no screen: keeps cookies, sends Origin and the csrf value as the client does, and remembers all it was ever given. */
import type { FastifyInstance, InjectOptions } from 'fastify'
import { csrfHeader } from '../../contract.ts'
import type { FakeIssuer } from './fake-issuer.ts'

export const origin = 'https://portal.example'

/** `portal` is the name of the portal whose pages it shows. */
export function browser(app: FastifyInstance, portal: string) {
  const cookies = new Map<string, string>()
  const received: string[] = []
  let csrf = ''

  async function send(options: InjectOptions) {
    const response = await app.inject({
      ...options,
      cookies: Object.fromEntries(cookies),
      headers: { 'sec-fetch-site': 'same-origin', ...options.headers },
    })
    for (const cookie of response.cookies) {
      if (cookie.value === '' || cookie.maxAge === 0) cookies.delete(cookie.name)
      else cookies.set(cookie.name, cookie.value)
    }
    received.push(options.url as string, JSON.stringify(response.headers), response.body)
    return response
  }

  return {
    cookies,
    received,
    send,
    get: (url: string, headers: Record<string, string> = {}) => send({ method: 'GET', url: `/${portal}${url}`, headers }),
    change(method: 'POST' | 'PUT' | 'DELETE', url: string, body?: unknown, headers: Record<string, string> = {}) {
      const brings = method !== 'DELETE'
      return send({
        method,
        url: `/${portal}${url}`,
        headers: { origin, [csrfHeader]: csrf, ...(brings ? { 'content-type': 'application/json' } : {}), ...headers },
        ...(brings ? { payload: JSON.stringify(body ?? {}) } : {}),
      })
    },
    /** The whole way: to the issuer, back, and the first question. */
    async signIn(issuer: FakeIssuer) {
      const start = await send({ method: 'GET', url: `/${portal}/login` })
      const back = await send({
        method: 'GET',
        url: issuer.signIn(String(start.headers.location)),
        headers: { 'sec-fetch-site': 'cross-site' },
      })
      const me = (await send({ method: 'GET', url: `/${portal}/api/me` })).json()
      csrf = me.csrf ?? ''
      return { start, back, me }
    },
  }
}

/**
 * A browser without a screen: keeps cookies, sends Origin and the csrf value as the client does, and remembers all that it ever received.
 */
import assert from 'node:assert/strict'
import { type AnswerOf, addressOf, type Input, type Row } from '@helsevev/kernel/wire/contract'
import type { FastifyInstance, InjectOptions, LightMyRequestResponse as Response } from 'fastify'
import * as z from 'zod/mini'
import { apiPrefix, csrfHeader } from '../../contract.ts'
import type { FakeIssuer } from './fake-issuer.ts'

export const origin = 'https://portal.example'

/** An answer whose body has no type until a test reads it through the row of a contract, or through a reader. */
type Answer = Omit<Response, 'json'> & { json(): unknown }

const refusal = z.object({ code: z.string(), reason: z.optional(z.string()) })

/** The problem that was answered, whatever else its body says. */
export function refusalOf(answer: Answer): z.infer<typeof refusal> {
  return z.parse(refusal, answer.json())
}

/** The answer to a correct request, checked to have the form that the row states. */
export function answerOf<R extends Row>(row: R, { statusCode, body }: Answer): AnswerOf<R> {
  assert.ok(statusCode === 200 || statusCode === 204, `${row.method} ${row.path}: ${statusCode} ${body}`)
  return z.parse<R['answer']>(row.answer, statusCode === 204 ? undefined : JSON.parse(body))
}

/** `portal` is the name of the portal whose pages it shows. */
export function browser(app: FastifyInstance, portal: string) {
  const cookies = new Map<string, string>()
  const received: string[] = []
  let csrf = ''

  async function send(options: InjectOptions): Promise<Answer> {
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

  /** Sends a request as a page does; `overrides` are headers that a page would not send so. */
  async function askWith<R extends Row>(overrides: Record<string, string>, row: R, ...[given]: Input<R>) {
    const { method } = row
    const { headers, body } = { headers: {}, body: undefined, ...given }
    const brings = method === 'POST' || method === 'PUT'
    return await send({
      method,
      url: `/${portal}${apiPrefix}${addressOf(row, given)}`,
      headers: {
        ...(method === 'GET' ? {} : { origin }),
        [csrfHeader]: csrf,
        ...(brings ? { 'content-type': 'application/json' } : {}),
        ...headers,
        ...overrides,
      },
      ...(brings ? { payload: JSON.stringify(body ?? {}) } : {}),
    })
  }

  return {
    cookies,
    received,
    send,
    askWith,
    ask: async <R extends Row>(row: R, ...given: Input<R>) => await askWith({}, row, ...given),
    /** The answer to a correct request, checked to have the form that the row states. */
    async answer<R extends Row>(row: R, ...given: Input<R>): Promise<AnswerOf<R>> {
      return answerOf(row, await askWith({}, row, ...given))
    },
    /** What the page gets about the signed-in person. `row` is the portal's own. */
    async signedInAs<R extends Row>(row: R): Promise<Extract<AnswerOf<R>, { signedIn: true }>> {
      const me = z.parse<R['answer']>(row.answer, (await askWith({}, row, ...([] as unknown as Input<R>))).json())
      assert.ok(isSignedIn<AnswerOf<R>>(me), 'nobody is signed in')
      return me
    },
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
    /** The whole sign-in: to the issuer, back, and the first request. */
    async signIn(issuer: FakeIssuer) {
      const start = await send({ method: 'GET', url: `/${portal}/login` })
      const back = await send({
        method: 'GET',
        url: issuer.signIn(String(start.headers.location)),
        headers: { 'sec-fetch-site': 'cross-site' },
      })
      const me = (await send({ method: 'GET', url: `/${portal}/api/me` })).json()
      csrf = z.parse(z.object({ csrf: z.optional(z.string()) }), me).csrf ?? ''
      return { start, back, me }
    },
  }
}

export type Browser = ReturnType<typeof browser>

function isSignedIn<Me>(me: Me): me is Extract<Me, { signedIn: true }> {
  return typeof me === 'object' && me !== null && 'signedIn' in me && me.signedIn === true
}

/** Calls of the Helsevev API on behalf of the signed-in person, as the routes of a portal make them. */

import { parseJson, writeJson } from '@helsevev/kernel/values/json'
import { type AnswerOf, addressOf, type Input, type Row } from '@helsevev/kernel/wire/contract'
import type { OperationOutcome } from '@medplum/fhirtypes'

/** `refused` and `person-unknown` are answers; `unavailable` may be tried again; `failed` is a fault of ours or of the API. */
/** A call of the API as it goes over the wire. */
export interface ApiRequest {
  method: 'GET' | 'POST' | 'PUT' | 'DELETE'
  body?: URLSearchParams | string
  headers: Record<string, string>
}

export type ApiErrorKind = 'refused' | 'person-unknown' | 'unavailable' | 'failed' | 'token-refused'

export class ApiError extends Error {
  readonly kind: ApiErrorKind
  /** HTTP status. */
  readonly status: number
  /** Code of the problem catalogue, as in `no-agreement`. */
  readonly reason: string | undefined
  /** What the API answered, for who can show more of it than the reason. It may be about a person: it is never logged. */
  readonly answer: () => unknown
  constructor(kind: ApiErrorKind, status: number, reason?: string, options?: ErrorOptions & { answer?: unknown }) {
    super(`API: ${kind}${reason ? ` (${reason})` : ''}`, options)
    this.kind = kind
    this.status = status
    this.reason = reason
    this.answer = () => options?.answer
  }
}

/**
 * Headers of a request that a screen makes by itself, such as a list or a comparison. The access log marks it, so that it never looks like
 * a second act of the person.
 */
export const automatic = { 'helsevev-automatic': 'true' } as const

/** Paths begin at the API, as in `/fhir/Patient/_search`; identity numbers go into bodies and never into paths. @throws ApiError */
export interface Api {
  get(path: string, headers?: Record<string, string>): Promise<unknown>
  /** A form (URLSearchParams), or a resource as JSON. */
  post(path: string, body: URLSearchParams | object, headers?: Record<string, string>): Promise<unknown>
  put(path: string, body: object, headers?: Record<string, string>): Promise<unknown>
  delete(path: string, headers?: Record<string, string>): Promise<unknown>
}

/** Sends the request with the person's token, and returns the answer unchanged. */
export type Send = (path: string, request: ApiRequest) => Promise<Response>

/** `refusals`: codes that the portal's client words. The API also refuses with other statuses than 403. */
export function api(send: Send, refusals: ReadonlySet<string>): Api {
  async function ask(path: string, method: ApiRequest['method'], body?: URLSearchParams | object, headers?: Record<string, string>) {
    const type = path.startsWith('/fhir/') ? 'application/fhir+json' : 'application/json'
    const response = await send(path, {
      method,
      headers: { accept: type, ...(body && !(body instanceof URLSearchParams) ? { 'content-type': type } : {}), ...headers },
      ...(body ? { body: body instanceof URLSearchParams ? body : writeJson(body) } : {}),
    })
    const answer = await contentOf(response)
    if (response.ok) return answer
    throw errorOf(response.status, answer as OperationOutcome, refusals)
  }
  return {
    get: (path, headers) => ask(path, 'GET', undefined, headers),
    post: (path, body, headers) => ask(path, 'POST', body, headers),
    put: (path, body, headers) => ask(path, 'PUT', body, headers),
    delete: (path, headers) => ask(path, 'DELETE', undefined, headers),
  }
}

/** Sends the request of a row of the API's own contract; `prefix` is where its rows begin. @throws ApiError */
export async function askApi<R extends Row>(api: Api, prefix: `/${string}`, row: R, ...[given]: Input<R>): Promise<AnswerOf<R>> {
  return await passOn(api, prefix, row, given ?? {})
}

/** Does the same, with the request that was received for the same row. @throws ApiError */
export async function passOn<R extends Row>(api: Api, prefix: `/${string}`, row: R, brought: object): Promise<AnswerOf<R>> {
  const address = `${prefix}${addressOf(row, brought)}`
  const body = 'body' in brought && typeof brought.body === 'object' && brought.body !== null ? brought.body : {}
  // The API answers by the same contract; its own tests check that it does.
  return (await (row.method === 'GET' ? api.get(address) : api.post(address, body))) as AnswerOf<R>
}

/** Undefined when there is none, as after a deletion. Decimals are known with the digits that were sent (kernel/values/json.ts). */
async function contentOf(response: Response): Promise<unknown> {
  const text = await response.text()
  if (text === '' && response.ok) return undefined
  const content = parseJson(text)
  if (content === undefined) throw new ApiError(response.status >= 500 ? 'unavailable' : 'failed', response.status)
  return content
}

function errorOf(status: number, outcome: OperationOutcome, refusals: ReadonlySet<string>): ApiError {
  const reason = outcome.issue?.[0]?.details?.coding?.[0]?.code
  return new ApiError(kindOf(status, reason, refusals), status, reason, { answer: outcome })
}

function kindOf(status: number, reason: string | undefined, refusals: ReadonlySet<string>): ApiErrorKind {
  if (reason === 'person-unknown') return 'person-unknown'
  if (reason !== undefined && refusals.has(reason)) return 'refused'
  if (status === 401) return 'token-refused'
  if (status === 403) return 'refused'
  return status === 429 || status === 502 || status === 503 || status === 504 ? 'unavailable' : 'failed'
}

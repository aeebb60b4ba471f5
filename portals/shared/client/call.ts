/** Calls to the portal's own server. Nothing is thrown for what can be expected: an answer is a value or a problem. */
import { type CommonProblem, csrfHeader, type Me, type Problem } from '../contract.ts'
import { base } from './base.ts'

/** A route of the portal's server; `path` as in `api/me`. */
export interface Route {
  method: 'GET' | 'POST' | 'PUT' | 'DELETE'
  path: string
}

let csrf = ''
let whenUsed = () => {}

/** Called after each answer, to restart the clock that ends an unused session. */
export function onUse(listener: () => void): void {
  whenUsed = listener
}

export function isProblem(value: unknown): value is Problem {
  return typeof value === 'object' && value !== null && 'code' in value
}

interface More {
  body?: unknown
  headers?: Record<string, string>
  /** Added to the path, or each of several. */
  name?: string | readonly string[]
}

/** Undefined is an answer without content. */
export async function call<Answer, Fault extends Problem = CommonProblem>(
  route: Route,
  more: More = {},
): Promise<Answer | Fault | CommonProblem> {
  try {
    const response = await ask(route, more)
    return response.status === 204 ? (undefined as Answer) : await response.json()
  } catch {
    return { code: 'unavailable' } // no network, or an answer that is not ours
  }
}

export interface FileAnswer {
  file: Blob
  name: string
  headers: Headers
}

/** For a route that answers with a file, named by the server. */
export async function callForFile<Fault extends Problem = CommonProblem>(
  route: Route,
  more: More = {},
): Promise<FileAnswer | Fault | CommonProblem> {
  try {
    const response = await ask(route, more)
    if (!response.ok) return await response.json()
    const name = /filename="([^"]+)"/.exec(response.headers.get('content-disposition') ?? '')?.[1] ?? 'helsevev'
    return { file: await response.blob(), name, headers: response.headers }
  } catch {
    return { code: 'unavailable' }
  }
}

async function ask(route: Route, more: More): Promise<Response> {
  const path = [route.path, ...[more.name ?? []].flat().map(encodeURIComponent)].join('/')
  const brings = route.method === 'POST' || route.method === 'PUT'
  const response = await fetch(`${base}/${path}`, {
    method: route.method,
    headers: { ...(brings ? { 'content-type': 'application/json' } : {}), [csrfHeader]: csrf, ...more.headers },
    ...(brings ? { body: JSON.stringify(more.body ?? {}) } : {}),
    cache: 'no-store',
    credentials: 'same-origin',
  })
  whenUsed()
  return response
}

export async function fetchMe(): Promise<Me | CommonProblem> {
  const me = await call<Me>({ method: 'GET', path: 'api/me' })
  if (!isProblem(me)) csrf = me.signedIn ? me.csrf : ''
  return me
}

/** Of this portal, or of every portal in every browser. */
export async function signOut(everywhere = false): Promise<{ next: string } | CommonProblem> {
  return await call<{ next: string }>({ method: 'POST', path: 'api/sign-out' }, { body: { everywhere } })
}

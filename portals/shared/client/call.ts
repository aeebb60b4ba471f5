/** Calls to the portal's own server, by the rows of its contract. Expected failures are not thrown: an answer is a value or a problem. */
import { type AnswerOf, addressOf, type file, type Input, type Row } from '@helsevev/kernel/wire/contract'
import { keepWords } from '@helsevev/ui/kept-words.ts'
import { apiPrefix, type CommonProblem, csrfHeader, type Me, type Problem, sessionRows } from '../contract.ts'
import { base } from './base.ts'

let csrf = ''

export function isProblem(value: unknown): value is Problem {
  return typeof value === 'object' && value !== null && 'code' in value
}

/** What a request sends in addition to its address. */
interface Brought {
  body?: unknown
  headers?: Readonly<Record<string, string>> | undefined
}

/** A row whose answer is JSON or empty. */
export type JsonRow = Row & { answer: { _zod: { output: object | undefined } } }
export type FileRow = Row & { answer: typeof file }

/** Sends the request of a row. `Fault` is what can go wrong in this portal. */
export function asking<Fault extends Problem = CommonProblem>() {
  return async <R extends JsonRow>(row: R, ...[given]: Input<R>): Promise<AnswerOf<R> | Fault | CommonProblem> =>
    await askAt<R, Fault>(row, addressOf(row, given), given)
}

export const ask = asking()

/** For an address that is complete: it alone decides whether two requests are the same. */
export async function askAt<R extends JsonRow, Fault extends Problem = CommonProblem>(
  row: R,
  address: string,
  brought: Brought = {},
): Promise<AnswerOf<R> | Fault | CommonProblem> {
  try {
    const response = await send(row, address, brought)
    const answer = response.status === 204 ? undefined : await response.json()
    keepWords(answer)
    // The server answers by the same contract; a test of each portal checks that it does.
    return answer as AnswerOf<R> | Fault
  } catch {
    return { code: 'unavailable' } // no network, or an answer that is not ours
  }
}

export interface FileAnswer {
  file: Blob
  name: string
  headers: Headers
}

/** For a row whose answer is a file with a name from the server. */
export async function askForFile<R extends FileRow, Fault extends Problem = CommonProblem>(
  row: R,
  ...[given]: Input<R>
): Promise<FileAnswer | Fault | CommonProblem> {
  try {
    const response = await send(row, addressOf(row, given), given ?? {})
    if (!response.ok) return await response.json()
    const name = /filename="([^"]+)"/.exec(response.headers.get('content-disposition') ?? '')?.[1] ?? 'helsevev'
    return { file: await response.blob(), name, headers: response.headers }
  } catch {
    return { code: 'unavailable' }
  }
}

async function send({ method }: Row, address: string, { body, headers }: Brought): Promise<Response> {
  const brings = method === 'POST' || method === 'PUT'
  return await fetch(`${base}${apiPrefix}${address}`, {
    method,
    headers: { ...(brings ? { 'content-type': 'application/json' } : {}), [csrfHeader]: csrf, ...headers },
    ...(brings ? { body: JSON.stringify(body ?? {}) } : {}),
    cache: 'no-store',
    credentials: 'same-origin',
  })
}

const session = sessionRows({})

export async function fetchMe(): Promise<Me | CommonProblem> {
  const me = await ask(session.me)
  if (!isProblem(me)) csrf = me.signedIn ? me.csrf : ''
  return me
}

/** Signs out of this portal, or of every portal in every browser. */
export async function signOut(everywhere = false): Promise<AnswerOf<typeof session.signOut> | CommonProblem> {
  return await ask(session.signOut, { body: { everywhere } })
}

/** Questions to the portal's server, which has the control API's addresses below `api/`. */
import { call, isProblem } from '@helsevev/portal/client/call.ts'
import { type Loaded, useLoaded } from '@helsevev/portal/client/loaded'
import { useSession } from '@helsevev/portal/client/session'
import type { CommonProblem } from '@helsevev/portal/contract'
import { useCallback } from 'react'

type Query = Readonly<Record<string, string | undefined>>

/** `use?by=week`: what has no value is left out. */
export function withQuery(path: string, query: Query): string {
  const search = new URLSearchParams(Object.entries(query).filter((entry): entry is [string, string] => Boolean(entry[1])))
  return search.size > 0 ? `${path}?${search}` : path
}

/** A session that is over leads to the sign-in page. */
function useSend() {
  const { refresh } = useSession()
  return useCallback(
    async <Answer>(method: 'GET' | 'POST', path: string, body?: object): Promise<Answer | CommonProblem> => {
      const answer = await call<Answer>({ method, path: `api/${path}` }, body ? { body } : {})
      if (isProblem(answer) && answer.code === 'signed-out') await refresh()
      return answer
    },
    [refresh],
  )
}

export function useAsk() {
  const send = useSend()
  return useCallback(async <Answer>(path: string) => await send<Answer>('GET', path), [send])
}

export function useChange() {
  const send = useSend()
  return useCallback(async <Answer>(path: string, body: object) => await send<Answer>('POST', path, body), [send])
}

/** What the address answers, asked again whenever it changes. */
export function useFetched<Answer>(path: string): Loaded<Answer> {
  const ask = useAsk()
  return useLoaded<Answer>(useCallback(async () => await ask<Answer>(path), [ask, path]))
}

/** Part of an address that comes from data. */
export const part = encodeURIComponent

/** Requests to the portal's server, by the rows of its contract. */
import { type AnswerOf, addressOf, type Input } from '@helsevev/kernel/wire/contract'
import { askAt, isProblem, type JsonRow } from '@helsevev/portal/client/call.ts'
import { type Loaded, useLoaded } from '@helsevev/portal/client/loaded'
import { useSession } from '@helsevev/portal/client/session'
import type { CommonProblem } from '@helsevev/portal/contract'
import { useCallback } from 'react'

/** A session that has ended leads to the sign-in page. */
function useAskAt() {
  const { refresh } = useSession()
  return useCallback(
    async <R extends JsonRow>(...asked: Parameters<typeof askAt<R>>): Promise<AnswerOf<R> | CommonProblem> => {
      const answer = await askAt<R>(...asked)
      if (isProblem(answer) && answer.code === 'signed-out') await refresh()
      return answer
    },
    [refresh],
  )
}

export function useAsk() {
  const askAt = useAskAt()
  return useCallback(async <R extends JsonRow>(row: R, ...[given]: Input<R>) => await askAt<R>(row, addressOf(row, given), given), [askAt])
}

/** The answer of a row that is read; loaded again whenever its address changes. */
export function useFetched<R extends JsonRow & { method: 'GET' }>(row: R, ...[given]: Input<R>): Loaded<AnswerOf<R>> {
  const askAt = useAskAt()
  const address = addressOf(row, given)
  return useLoaded<AnswerOf<R>>(useCallback(async () => await askAt<R>(row, address), [askAt, row, address]))
}

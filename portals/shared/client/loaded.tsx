/** What a page has loaded: loading, an answer, or a problem in words; with a way to load it again. */
import { DataState } from '@helsevev/ui/DataState'
import { announce } from '@helsevev/ui/Shell'
import { type ReactNode, useCallback, useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { CommonProblem, Problem } from '../contract.ts'
import { portalName } from './base.ts'
import { isProblem } from './call.ts'
import { useProblemWords } from './problem-words.ts'

export interface Loaded<Answer, Fault extends Problem = CommonProblem> {
  answer: Answer | undefined
  problem: Fault | undefined
  loading: boolean
  reload: () => Promise<void>
}

/** Loads at once, and again whenever `ask` changes; an answer that arrives after the next request began is dropped. */
export function useLoaded<Answer, Fault extends Problem = CommonProblem>(ask: () => Promise<Answer | Fault>): Loaded<Answer, Fault> {
  const [state, setState] = useState<Omit<Loaded<Answer, Fault>, 'reload'>>({ answer: undefined, problem: undefined, loading: true })
  const latest = useRef(0)
  const reload = useCallback(async () => {
    latest.current += 1
    const mine = latest.current
    setState((before) => ({ ...before, loading: true }))
    const answer = await ask()
    if (mine !== latest.current) return
    if (isProblem(answer)) setState((before) => ({ ...before, problem: answer as Fault, loading: false }))
    else setState({ answer: answer as Answer, problem: undefined, loading: false })
  }, [ask])
  useEffect(() => {
    void reload()
  }, [reload])
  return { ...state, reload }
}

interface LoadedViewProps<Answer, Fault extends Problem> {
  loaded: Loaded<Answer, Fault>
  children: (answer: Answer) => ReactNode
}

/** The states that are the same on every page. An older answer stays on the page, marked as possibly out of date. */
export function LoadedView<Answer, Fault extends Problem>({ loaded, children }: LoadedViewProps<Answer, Fault>) {
  const { t } = useTranslation(portalName)
  const wordsOf = useProblemWords()
  const { answer, problem, loading, reload } = loaded
  const retried = useRef(false)
  const retry = () => {
    retried.current = true
    void reload()
  }
  // A person who tried again and sees nothing hears what came of it.
  useEffect(() => {
    if (loading || !retried.current) return
    retried.current = false
    announce(problem ? (wordsOf(problem) ?? t('problem.unavailable')) : t('loaded'))
  }, [loading, problem, wordsOf, t])
  if (answer !== undefined) {
    return problem && !loading ? (
      <DataState state="stale" onRetry={retry}>
        {children(answer)}
      </DataState>
    ) : (
      children(answer)
    )
  }
  // After the end of a session the page that asks for a new sign-in comes by itself.
  if (!problem || loading || problem.code === 'signed-out') return <DataState state="loading" />
  const words = wordsOf(problem)
  const state = problem.code === 'refused' ? 'refused' : problem.code === 'unavailable' ? 'unavailable' : 'failed'
  return <DataState state={state} onRetry={retry} {...(words && state !== 'unavailable' ? { text: words } : {})} />
}

/**
 * The frame of a panel: heading, and every state in which the service has nothing to draw with. What was fetched, and the four kinds of
 * nothing, the service words itself; a fault in its drawing stays inside its frame.
 */

import { useProblemWords } from '@helsevev/portal/client/problem-words.ts'
import { DataState } from '@helsevev/ui/DataState'
import { Component, type ReactNode, useSyncExternalStore } from 'react'
import { useTranslation } from 'react-i18next'
import type { AccessKind } from '../contract.ts'
import type { View } from '../panels.client.ts'
import { type PanelState, panelState, subscribe } from './panel-store.ts'
import { Withheld } from './Withheld.tsx'

interface PanelFrameProps {
  view: View
  /** Under which access the patient is looked at. */
  access: AccessKind
  onRetry: () => void
}

export function PanelFrame({ view, access, onRetry }: PanelFrameProps) {
  const { t } = useTranslation(view.service)
  const { t: portal } = useTranslation('clinician')
  const state = useSyncExternalStore(subscribe, () => panelState(view.service))
  const headingId = `panel-${view.service}`
  return (
    <section className={`panel panel--${access}`} aria-labelledby={headingId} aria-busy={state.loading}>
      <h2 id={headingId} className="panel__title">
        {t('title')}
      </h2>
      {access !== 'ordinary' && <p className="panel__mark">{portal(`access.${access}.mark`)}</p>}
      <Content view={view} state={state} onRetry={onRetry} />
    </section>
  )
}

/** What nobody may miss of a service, above all panels, as soon as it has answered. */
export function PanelBanner({ view }: { view: View }) {
  return <OnAnswer view={view} draw={view.drawBanner} />
}

/** The mark of a service beside the patient's name, as soon as it has answered. */
export function PanelSignal({ view }: { view: View }) {
  return <OnAnswer view={view} draw={view.drawSignal} />
}

function OnAnswer({ view, draw }: { view: View; draw: View['drawBanner'] }) {
  const { answer } = useSyncExternalStore(subscribe, () => panelState(view.service))
  if (!answer || !draw) return null
  return (
    <Boundary key={answer.fetched} fallback={null}>
      {draw(answer.status, answer.data)}
    </Boundary>
  )
}

function Content({ view, state, onRetry }: Omit<PanelFrameProps, 'access'> & { state: PanelState }) {
  const wordsOf = useProblemWords()
  const { answer, problem, loading } = state
  if (problem && !answer) {
    if (problem.code === 'refused') {
      const words = wordsOf(problem)
      return words ? <DataState state="refused" text={words} /> : <DataState state="refused" />
    }
    return <DataState state={problem.code === 'unavailable' ? 'unavailable' : 'failed'} onRetry={onRetry} />
  }
  if (!answer) return <DataState state="loading" />
  const drawn = (
    <Boundary key={answer.fetched} fallback={<DataState state="failed" onRetry={onRetry} />}>
      <Withheld withheld={answer.withheld} status={answer.status} />
      {view.draw(answer.status, answer.data)}
    </Boundary>
  )
  return problem && !loading ? (
    <DataState state="stale" onRetry={onRetry}>
      {drawn}
    </DataState>
  ) : (
    drawn
  )
}

class Boundary extends Component<{ fallback: ReactNode; children: ReactNode }, { broken: boolean }> {
  override state = { broken: false }
  static getDerivedStateFromError() {
    return { broken: true }
  }
  override render() {
    return this.state.broken ? this.props.fallback : this.props.children
  }
}

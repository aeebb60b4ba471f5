/**
 * The frame of a panel: heading, and every state in which the service has nothing to draw with. What was fetched, and the four kinds of
 * nothing, the service words itself; a fault in its drawing stays inside its frame.
 */

import { useProblemWords } from '@helsevev/portal/client/problem-words.ts'
import { DataState } from '@helsevev/ui/DataState'
import { formatDateTime, languageOf } from '@helsevev/ui/format.ts'
import { announce } from '@helsevev/ui/Shell'
import { Component, type ReactNode, useSyncExternalStore } from 'react'
import { useTranslation } from 'react-i18next'
import type { AccessKind, Elevation, SignedIn } from '../contract.ts'
import type { View } from '../panels.client.ts'
import { useServiceName } from '../panels.client.ts'
import { copyText } from './page/clipboard.ts'
import { plainText } from './page/plain-text.ts'
import { useHeading, useSectionOf } from './page/useSections.ts'
import { type PanelState, panelState, subscribe } from './panel-store.ts'
import { Withheld } from './Withheld.tsx'

interface PanelFrameProps {
  me: SignedIn
  view: View
  /** Under which access the patient is looked at. */
  access: AccessKind
  onRetry: () => void
}

export function PanelFrame({ me, view, access, onRetry }: PanelFrameProps) {
  const nameOf = useServiceName()
  const state = useSyncExternalStore(subscribe, () => panelState(view.service))
  const headingId = `panel-${view.service}`
  return (
    <section className={`panel panel--${access}`} aria-labelledby={headingId} aria-busy={state.loading}>
      <h2 id={headingId} className="panel__title" tabIndex={-1}>
        {nameOf(view.service)}
      </h2>
      {access !== 'ordinary' && <AccessMark kind={access} />}
      <Content view={view} state={state} onRetry={onRetry} />
      {state.answer && <PanelFoot me={me} view={view} fetched={state.answer.fetched} />}
    </section>
  )
}

/** On everything that is shown under emergency access or consent. */
export function AccessMark({ kind }: { kind: Elevation }) {
  const { t } = useTranslation('clinician')
  return <p className={`panel__mark panel__mark--${kind}`}>{t(`access.${kind}.mark`)}</p>
}

/** When it was fetched, and a copy of it. */
function PanelFoot({ me, view, fetched }: { me: SignedIn; view: View; fetched: string }) {
  const { t, i18n } = useTranslation('clinician')
  const nameOf = useServiceName()
  const sectionOf = useSectionOf()
  const headingOf = useHeading(me)
  async function copy() {
    const text = plainText(headingOf(), [sectionOf(view)], languageOf(i18n.language))
    announce(t((await copyText(text)) ? 'share.copied' : 'share.failed'))
  }
  return (
    <div className="panel__foot">
      <p>
        <time dateTime={fetched}>{t('page.fetched', { time: formatDateTime(fetched, i18n.language) })}</time>
      </p>
      <button
        type="button"
        className="link-button"
        aria-label={t('share.panel', { title: nameOf(view.service) })}
        onClick={() => void copy()}
      >
        {t('share.panelShort')}
      </button>
    </div>
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

function Content({ view, state, onRetry }: Omit<PanelFrameProps, 'access' | 'me'> & { state: PanelState }) {
  const wordsOf = useProblemWords()
  const { t: portal } = useTranslation('clinician')
  const { answer, problem, loading } = state
  if (problem && !answer) {
    if (problem.code === 'refused') {
      const words = wordsOf(problem)
      return words ? <DataState state="refused" text={words} /> : <DataState state="refused" />
    }
    if (problem.code === 'ehr-must-renew')
      return <DataState state="unavailable" text={portal('problem.ehr-must-renew')} onRetry={onRetry} />
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
    <DataState state="stale" {...(problem.code === 'ehr-must-renew' ? { text: portal('problem.ehr-must-renew') } : {})} onRetry={onRetry}>
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

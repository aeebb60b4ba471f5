/**
 * The frame of a panel, for every service and every portal: heading, and each state that a panel can be in. The service draws its data. The
 * frame draws the rest: each kind of nothing, that something is withheld, that loading failed, and that the data may be out of date. A
 * fault in the drawing of a service stays inside its frame.
 */
import { DataState } from '@helsevev/ui/DataState'
import { languageOf } from '@helsevev/ui/format.ts'
import { rowIn } from '@helsevev/ui/texts.ts'
import { Component, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { Nothing, useOwnWords } from './Nothing.tsx'
import type { DataStatus, WithheldByPatient } from './panel.ts'
import type { View } from './view.ts'
import './panel.css'

/** The answer of the portal's server for a panel. */
export interface FramedAnswer {
  status: DataStatus
  data?: unknown
  partial: boolean
  withheld: WithheldByPatient[]
  /** How many records cannot be read, and are not in the data. */
  unreadable?: number
  /** When the portal fetched it, ISO 8601. */
  fetched: string
}

/** Why no answer came, in the words of the portal where it has any. */
export interface Fault {
  state: 'refused' | 'unavailable' | 'failed'
  text?: ReactNode
}

interface FramedState {
  loading: boolean
  answer?: FramedAnswer | undefined
  /** The fault of the last attempt. Together with an answer it means that the answer is older. */
  fault?: Fault | undefined
}

interface PanelFrameProps {
  view: View
  state: FramedState
  onRetry: () => void
  /** Draws what the patient's own choices hide: what a reader can do about it differs between portals. */
  withheld: (withheld: WithheldByPatient[], status: DataStatus) => ReactNode
  /** The reader's last visit, where the portal knows it. */
  since?: string | undefined
  /** The id of the only kind to draw. */
  kind?: string | undefined
  className?: string
  /** Shown under the heading in every state. */
  mark?: ReactNode
  /** Shown under an answer. */
  foot?: ReactNode
}

export function PanelFrame({ view, state, onRetry, withheld, since, className, mark, foot }: PanelFrameProps) {
  return (
    <PanelSection view={view} busy={state.loading} className={className}>
      {mark}
      <PanelContent view={view} state={state} onRetry={onRetry} withheld={withheld} since={since} />
      {state.answer && foot}
    </PanelSection>
  )
}

interface PanelSectionProps {
  view: View
  busy?: boolean
  className?: string | undefined
  children: ReactNode
}

/** The heading alone, around content of the portal itself. */
export function PanelSection({ view, busy = false, className = 'panel', children }: PanelSectionProps) {
  const { i18n } = useTranslation()
  const id = headingId(view.service)
  return (
    <section className={className} aria-labelledby={id} aria-busy={busy}>
      <h2 id={id} className="panel__title" tabIndex={-1}>
        {view.titles[languageOf(i18n.language)]}
      </h2>
      {children}
    </section>
  )
}

export function headingId(service: string): string {
  return `panel-${service}`
}

/** The panel without its heading. */
export function PanelContent({ view, state, onRetry, withheld, since, kind }: Omit<PanelFrameProps, 'className' | 'mark' | 'foot'>) {
  const { answer, fault, loading } = state
  if (!answer) {
    if (!fault || loading) return <DataState state="loading" />
    return <DataState state={fault.state} onRetry={onRetry} {...(fault.text ? { text: fault.text } : {})} />
  }
  const drawn = (
    <Boundary key={answer.fetched} fallback={<DataState state="failed" onRetry={onRetry} />}>
      {withheld(answer.withheld, answer.status)}
      <Unreadable count={answer.unreadable ?? 0} />
      <Answered view={view} answer={answer} onRetry={onRetry} since={since} kind={kind} />
      <Notice view={view} status={answer.status} />
    </Boundary>
  )
  if (!fault || loading) return drawn
  return (
    <DataState state="stale" onRetry={onRetry} {...(fault.text ? { text: fault.text } : {})}>
      {drawn}
    </DataState>
  )
}

interface AnsweredProps {
  view: View
  answer: FramedAnswer
  onRetry: () => void
  since: string | undefined
  kind: string | undefined
}

function Answered({ view, answer, onRetry, since, kind }: AnsweredProps) {
  const partial = useOwnWords(view.texts, 'partial')
  const drawn = answer.data === undefined ? null : view.draw(answer.data, since, kind)
  if (answer.status !== 'some')
    return (
      <>
        <Nothing kind={answer.status} texts={view.texts} onRetry={onRetry} />
        {drawn}
      </>
    )
  if (!answer.partial) return drawn
  return (
    <DataState state="partial" {...partial}>
      {drawn}
    </DataState>
  )
}

/** Records that are there and cannot be shown: a reader must know of them. */
function Unreadable({ count }: { count: number }) {
  const { t } = useTranslation('panel')
  return count === 0 ? null : <DataState state="partial" title={t('unreadable.title')} text={t('unreadable.text', { count })} />
}

/** A sentence that a service shows under each of its answers. */
function Notice({ view, status }: { view: View; status: DataStatus }) {
  const { i18n } = useTranslation()
  const { notice } = view.texts
  if (!notice || status === 'unavailable') return null
  return <p className="panel__notice">{rowIn(notice, languageOf(i18n.language))}</p>
}

/** The first answer of a service, above all panels, or in a word why there is none; a fault is never silence. */
export function PanelAnswer({ view, state }: { view: View; state: Omit<FramedState, 'fault'> & { fault?: Fault['state'] | undefined } }) {
  const { t, i18n } = useTranslation('panel')
  const { answer, fault, loading } = state
  if (!answer) return <p>{t(`answer.${fault && !loading ? fault : 'loading'}`)}</p>
  const { status } = answer
  const own = status === 'some' ? undefined : view.texts[`signal.${status}`]
  return (
    <>
      {status === 'some' && view.drawAnswer ? (
        <Boundary key={answer.fetched} fallback={<p>{t('answer.failed')}</p>}>
          {view.drawAnswer(answer.data)}
        </Boundary>
      ) : (
        status !== 'some' && <p>{own ? rowIn(own, languageOf(i18n.language)) : t(`answer.${status}`)}</p>
      )}
      {fault && !loading && <p>{t('answer.stale')}</p>}
    </>
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

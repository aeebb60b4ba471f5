/** The frame of a panel: its heading, and every state in which the service has nothing to draw with. A fault in its drawing stays inside. */

import { DataState } from '@helsevev/ui/DataState'
import { languageOf } from '@helsevev/ui/format.ts'
import type { WithheldByPatient } from '@helsevev/ui/panel.ts'
import type { View } from '@helsevev/ui/panel-view.ts'
import { Component, type ReactNode, useCallback, useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import type { PanelAnswer } from '../contract.ts'
import { api } from '../routes.ts'
import { LoadedView, useLoaded } from './loaded.tsx'
import { useAsk, usePeople } from './people.tsx'

interface PanelSectionProps {
  view: View
  /** The last visit, when it is known. */
  since: string | undefined
  /** Called with each answer, and with undefined when there is none. */
  onAnswer: (service: string, answer: PanelAnswer | undefined) => void
}

export function PanelSection({ view, since, onAnswer }: PanelSectionProps) {
  const ask = useAsk()
  const { service } = view
  const loaded = useLoaded<PanelAnswer>(useCallback(() => ask<PanelAnswer>(api.panel, { name: service }), [ask, service]))
  const { answer, loading } = loaded
  useEffect(() => {
    if (!loading) onAnswer(service, answer)
  }, [answer, loading, service, onAnswer])
  return (
    <PanelFrame view={view} busy={loading}>
      <LoadedView loaded={loaded}>
        {({ status, data, withheld, fetched }) => (
          <Boundary key={fetched} fallback={<DataState state="failed" onRetry={() => void loaded.reload()} />}>
            {withheld.map((one) => (
              <Withheld key={one.cause} withheld={one} />
            ))}
            {view.draw(status, data, since)}
          </Boundary>
        )}
      </LoadedView>
    </PanelFrame>
  )
}

export function PanelFrame({ view, busy = false, children }: { view: View; busy?: boolean; children: ReactNode }) {
  const { i18n } = useTranslation()
  const id = `panel-${view.service}`
  return (
    <section className="panel" aria-labelledby={id} aria-busy={busy}>
      <h2 id={id} className="panel__title" tabIndex={-1}>
        {view.titles[languageOf(i18n.language)]}
      </h2>
      {children}
    </section>
  )
}

/** What choices hide from whoever reads, as far as the API tells it. */
function Withheld({ withheld: { cause } }: { withheld: WithheldByPatient }) {
  const { t } = useTranslation('citizen')
  const { about } = usePeople()
  if (cause !== 'Reservation') return <DataState state="withheld" title={t('health.byChoice.title')} text={t('health.byChoice.text')} />
  return about.isSelf ? (
    <DataState state="withheld" title={t('health.optedOut.title')} text={t('health.optedOut.text')} />
  ) : (
    <DataState state="withheld" title={t('health.byChoice.title')} text={t('health.optedOut.other')} />
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

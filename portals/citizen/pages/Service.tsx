/** What is registered in one service, or in one kind of it, such as a type of test results. */

import { PanelContent } from '@helsevev/panel/PanelFrame'
import { SurroundingsProvider } from '@helsevev/panel/surroundings.ts'
import type { View } from '@helsevev/panel/view.ts'
import { PageTitle } from '@helsevev/portal/client/PageTitle'
import { DataState } from '@helsevev/ui/DataState'
import { languageOf } from '@helsevev/ui/format.ts'
import { announce } from '@helsevev/ui/Shell'
import { useCallback, useEffect, useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { useBeside } from '../client/beside.ts'
import { ClosedServices } from '../client/ClosedServices.tsx'
import { showEntry } from '../client/entry-soon.ts'
import { useLoaded } from '../client/loaded.tsx'
import { useParameters } from '../client/navigation.ts'
import { PageLink } from '../client/PageLink.tsx'
import { useAsk, usePeople } from '../client/people.tsx'
import { usePersonName } from '../client/person-name.ts'
import { useFault } from '../client/service-fault.ts'
import { Withheld } from '../client/Withheld.tsx'
import { contract } from '../contract.ts'
import { views } from '../panels.client.ts'
import '../client/health.scss'
import '../client/panel-texts.ts'

export function ServicePage() {
  const { t, i18n } = useTranslation('citizen')
  const { about } = usePeople()
  const { service, kind } = useParameters()
  const language = languageOf(i18n.language)
  const view = views.find((one) => one.service === service)
  const chosen = view?.kinds.find(({ id }) => id === kind)
  const access = about.services.find(({ id }) => id === service)
  if (!view || (kind !== undefined && !chosen)) {
    return (
      <div className="page">
        <PageTitle name={t('health.noSuchPage')} />
        <p>
          <PageLink page="health">{t('health.back')}</PageLink>
        </p>
      </div>
    )
  }
  return (
    <div className="page">
      <PageTitle name={chosen?.names[language] ?? view.titles[language]} />
      <p className="lead screen-only">
        <PageLink page="health">{t('health.back')}</PageLink>
      </p>
      {view.kinds.length > 0 && <Kinds view={view} kind={kind} />}
      {access?.open ? (
        <Opened view={view} kind={kind} />
      ) : (
        <DataState
          state="refused"
          title={t('health.closed')}
          text={<ClosedServices services={[access ?? { id: view.service, open: false }]} />}
        />
      )}
    </div>
  )
}

/** The ways to the other kinds. */
function Kinds({ view: { service, kinds }, kind }: { view: View; kind: string | undefined }) {
  const { t, i18n } = useTranslation('citizen')
  const language = languageOf(i18n.language)
  return (
    <nav className="screen-only" aria-label={t('health.kinds')}>
      <ul className="kinds">
        <li>
          {kind === undefined ? (
            <strong aria-current="page">{t('word.all')}</strong>
          ) : (
            <PageLink page="service" parameters={{ service }}>
              {t('word.all')}
            </PageLink>
          )}
        </li>
        {kinds.map(({ id, names }) => (
          <li key={id}>
            {id === kind ? (
              <strong aria-current="page">{names[language]}</strong>
            ) : (
              <PageLink page="kind" parameters={{ service, kind: id }}>
                {names[language]}
              </PageLink>
            )}
          </li>
        ))}
      </ul>
    </nav>
  )
}

function Opened({ view, kind }: { view: View; kind: string | undefined }) {
  const { t, i18n } = useTranslation('citizen')
  const ask = useAsk()
  const { service } = view
  const visit = useLoaded(useCallback(() => ask(contract.lastVisit), [ask]))
  const { answer, problem, loading, reload } = useLoaded(useCallback(() => ask(contract.panel, { service }), [ask, service]))
  const fault = useFault(problem)
  const besideOf = useBeside(service)
  const shown = useMemo(() => answer && { ...answer, data: besideOf(answer.data) }, [answer, besideOf])
  const person = usePersonName()
  const surroundings = useMemo(() => ({ person }), [person])
  const isReady = answer !== undefined && !loading && !visit.loading
  useEffect(() => {
    if (!isReady) return
    announce(t('health.loaded'))
    showEntry()
  }, [isReady, t])
  return (
    <section className="panel" aria-label={view.titles[languageOf(i18n.language)]} aria-busy={loading}>
      <h2 className="visually-hidden">{t('health.registered')}</h2>
      <SurroundingsProvider value={surroundings}>
        <PanelContent
          view={view}
          state={{ answer: shown, loading, fault }}
          since={visit.answer?.at}
          kind={kind}
          onRetry={() => void reload()}
          withheld={(withheld) => withheld.map((one) => <Withheld key={one.cause} withheld={one} />)}
        />
      </SurroundingsProvider>
    </section>
  )
}

/** What is registered about the person: what is new at the top, then each service in a few lines, with a page of its own. */

import { PanelSection as Frame } from '@helsevev/panel/PanelFrame'
import { PageTitle } from '@helsevev/portal/client/PageTitle'
import { DataState } from '@helsevev/ui/DataState'
import { announce } from '@helsevev/ui/Shell'
import { useCallback, useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { ClosedServices } from '../client/ClosedServices.tsx'
import { useLoaded } from '../client/loaded.tsx'
import { News } from '../client/News.tsx'
import { PageLink } from '../client/PageLink.tsx'
import { isYouth, useAsk, usePeople } from '../client/people.tsx'
import { ServiceSummary } from '../client/ServiceSummary.tsx'
import { contract, type PanelAnswer } from '../contract.ts'
import { views } from '../panels.client.ts'
import '../client/health.scss'
import '../client/panel-texts.ts'

export function Health() {
  const { t } = useTranslation('citizen')
  const { about } = usePeople()
  const ask = useAsk()
  const visit = useLoaded(useCallback(() => ask(contract.lastVisit), [ask]))
  const [answers, setAnswers] = useState<ReadonlyMap<string, PanelAnswer | undefined>>(new Map())
  const onAnswer = useCallback(
    (service: string, answer: PanelAnswer | undefined) => setAnswers((before) => new Map(before).set(service, answer)),
    [],
  )
  const accessOf = (service: string) => about.services.find(({ id }) => id === service)
  const open = views.filter(({ service }) => accessOf(service)?.open)
  const allAnswered = open.length > 0 && open.every(({ service }) => answers.has(service))
  const allFetched = open.every(({ service }) => answers.get(service) !== undefined)
  useEffect(() => {
    if (allAnswered) announce(t(allFetched ? 'health.loaded' : 'problem.unavailable'))
  }, [allAnswered, allFetched, t])

  return (
    <div className="page">
      <PageTitle name={about.isSelf ? t('title.health') : t('title.healthOf', { name: about.name ?? t('whose.nameless') })} />
      <p className="lead">
        {about.isSelf ? t('health.lead') : t('health.leadOther', { name: about.name ?? t('whose.nameless') })}{' '}
        {open.length > 0 && !isYouth(about) && <PageLink page="download">{t('health.download')}</PageLink>}
      </p>
      {open.length > 0 && <News visit={visit} views={open} answers={answers} />}
      {views.map((view) => {
        const access = accessOf(view.service)
        return access?.open ? (
          <ServiceSummary key={view.service} view={view} onAnswer={onAnswer} />
        ) : (
          <Frame key={view.service} view={view}>
            <DataState
              state="refused"
              title={t('health.closed')}
              text={<ClosedServices services={[access ?? { id: view.service, open: false }]} />}
            />
          </Frame>
        )
      })}
    </div>
  )
}

/** What is registered about the person: what is new at the top, then a panel for each service. */

import { PanelSection as Frame } from '@helsevev/panel/PanelFrame'
import { PageTitle } from '@helsevev/portal/client/PageTitle'
import { DataState } from '@helsevev/ui/DataState'
import { languages } from '@helsevev/ui/format.ts'
import { announce } from '@helsevev/ui/Shell'
import { inLanguage } from '@helsevev/ui/texts.ts'
import i18next from 'i18next'
import { useCallback, useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { ClosedServices } from '../client/ClosedServices.tsx'
import { useLoaded } from '../client/loaded.tsx'
import { News } from '../client/News.tsx'
import { PageLink } from '../client/PageLink.tsx'
import { PanelSection } from '../client/PanelSection.tsx'
import { isYouth, useAsk, usePeople } from '../client/people.tsx'
import { contract, type PanelAnswer } from '../contract.ts'
import { views } from '../panels.client.ts'
import '../client/health.scss'

// The texts of the panels load with the page that shows them.
for (const { namespace, texts } of views)
  for (const language of languages) i18next.addResourceBundle(language, namespace, inLanguage(texts, language))

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
      <PageTitle name={t('title.health')} />
      <p className="lead">
        {about.isSelf ? t('health.lead') : t('health.leadOther', { name: about.name ?? t('whose.nameless') })}{' '}
        {open.length > 0 && !isYouth(about) && <PageLink page="download">{t('health.download')}</PageLink>}
      </p>
      {open.length > 0 && <News visit={visit} views={open} answers={answers} />}
      {views.map((view) => {
        const access = accessOf(view.service)
        return access?.open ? (
          <PanelSection key={view.service} view={view} since={visit.answer?.at} onAnswer={onAnswer} />
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

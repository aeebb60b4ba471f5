/**
 * The newest test results and critical information, or what else is open to the reader, with what came since the last visit marked.
 */

import Tag from '@helsenorge/designsystem-react/components/Tag'
import type { View } from '@helsevev/panel/view.ts'
import { isProblem } from '@helsevev/portal/client/call.ts'
import { DataState } from '@helsevev/ui/DataState'
import { formatDate } from '@helsevev/ui/format.ts'
import { useCallback } from 'react'
import { useTranslation } from 'react-i18next'
import { contract, type PanelAnswer } from '../contract.ts'
import { views } from '../panels.client.ts'
import { EntryLink } from './EntryLink.tsx'
import { LoadedView, useLoaded } from './loaded.tsx'
import './panel-texts.ts'
import { useAsk, usePeople } from './people.tsx'

/** What a person looks for first; the rest is on the page of health information. */
const first = ['test-results', 'critical-information']
const AT_MOST = 5
const beginning = '1900-01-01T00:00:00Z'

export function HomeNews() {
  const { t, i18n } = useTranslation('citizen')
  const { about } = usePeople()
  const ask = useAsk()
  const loaded = useLoaded(
    useCallback(async () => {
      const all = views.filter(({ service }) => about.services.some(({ id, open }) => open && id === service))
      const preferred = all.filter(({ service }) => first.includes(service))
      const open = preferred.length > 0 ? preferred : all
      const [visit, answers] = await Promise.all([
        ask(contract.lastVisit),
        Promise.all(open.map(async (view) => ({ view, answer: await ask(contract.panel, { service: view.service }) }))),
      ])
      const shown = answers.flatMap(({ view, answer }) => (isProblem(answer) ? [] : [{ view, answer }]))
      const [failed] = answers.flatMap(({ answer }) => (isProblem(answer) ? [answer] : []))
      // One that answers is worth showing without the other.
      if (failed && shown.length === 0) return failed
      return { since: isProblem(visit) ? undefined : visit.at, shown, incomplete: failed !== undefined || shown.some(isIncomplete) }
    }, [ask, about]),
  )
  return (
    <LoadedView loaded={loaded}>
      {({ since, shown, incomplete }) => {
        const entries = shown.flatMap(({ view, answer }) => entriesOf(view, answer, since))
        const newest = entries.toSorted((one, other) => Number(other.isNew) - Number(one.isNew) || other.time.localeCompare(one.time))
        const news = entries.filter(({ isNew }) => isNew).length
        return (
          <>
            {news > 0 && <p>{t('home.news.count', { count: news })}</p>}
            {news === 0 && newest.length > 0 && <p>{t(since === undefined ? 'home.news.first' : 'home.news.none')}</p>}
            {newest.length > 0 && (
              <ul className="plain home-card__list">
                {newest.slice(0, Math.max(3, Math.min(news, AT_MOST))).map(({ id, service, title, time, note, isNew }) => (
                  <li key={`${service} ${id}`}>
                    <EntryLink service={service} id={id}>
                      {title}
                    </EntryLink>
                    {time && `, ${formatDate(time.slice(0, 10), i18n.language)}`}
                    {note && <strong>, {note}</strong>} {isNew && <Tag>{t('home.news.new')}</Tag>}
                  </li>
                ))}
              </ul>
            )}
            {newest.length === 0 && !incomplete && <p>{t('home.news.empty')}</p>}
            {incomplete && <DataState state="partial" title={t('home.news.incomplete')} text={t('health.news.incomplete')} />}
          </>
        )
      }}
    </LoadedView>
  )

  function entriesOf({ service, newIn }: View, answer: PanelAnswer, since: string | undefined) {
    if (answer.data === undefined || !newIn) return []
    const fresh = new Set(since === undefined ? [] : newIn(answer.data, since, i18n).map(({ id }) => id))
    return newIn(answer.data, beginning, i18n).map(({ time = '', ...entry }) => ({ ...entry, service, time, isNew: fresh.has(entry.id) }))
  }
}

const isIncomplete = ({ answer }: { answer: PanelAnswer }) => answer.status === 'unavailable' || answer.partial

/** What is new since the last visit, at the top of the page. Each line leads to the entry itself. */
import type { View } from '@helsevev/panel/view.ts'
import { formatDate, formatDateTime } from '@helsevev/ui/format.ts'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { LastVisit, PanelAnswer } from '../contract.ts'
import { EntryLink } from './EntryLink.tsx'
import type { Loaded } from './loaded.tsx'

/** A person who is measured every hour has many new entries. */
const AT_ONCE = 5

interface NewsProps {
  visit: Loaded<LastVisit>
  views: readonly View[]
  /** Answers by service: undefined for a service that could not answer, absent for one that has not answered yet. */
  answers: ReadonlyMap<string, PanelAnswer | undefined>
}

export function News({ visit, views, answers }: NewsProps) {
  const { t, i18n } = useTranslation('citizen')
  const [all, setAll] = useState(false)
  const since = visit.answer?.at
  const waiting = visit.loading || views.some(({ service }) => !answers.has(service))
  const news = since === undefined ? [] : views.flatMap((view) => newIn(view, answers.get(view.service), since))
  const missing = views.some(({ service }) => answers.has(service) && (answers.get(service)?.status ?? 'unavailable') === 'unavailable')

  function newIn({ service, newIn: find }: View, answer: PanelAnswer | undefined, from: string) {
    if (answer?.data === undefined || !find) return []
    return find(answer.data, from, i18n).map((entry) => ({ ...entry, service }))
  }

  if (!waiting && !visit.answer) return <p className="entry__note">{t('health.news.failed')}</p>
  if (!waiting && since === undefined) return <p className="entry__note">{t('health.news.first')}</p>
  return (
    <section className="news" aria-labelledby="news" aria-busy={waiting}>
      <h2 id="news" className="news__title">
        {t('health.news.title')}
      </h2>
      {since !== undefined && <p className="entry__note">{t('health.news.since', { time: formatDateTime(since, i18n.language) })}</p>}
      {news.length > 0 && (
        <ul className="news__list">
          {(all ? news : news.slice(0, AT_ONCE)).map(({ id, title, time, note, service }) => (
            <li key={`${service} ${id}`}>
              <EntryLink service={service} id={id}>
                {title}
              </EntryLink>
              {time && <span className="entry__term"> {formatDate(time.slice(0, 10), i18n.language)}</span>}
              {note && <strong>, {note}</strong>}
            </li>
          ))}
        </ul>
      )}
      {!all && news.length > AT_ONCE && (
        <p>
          <button type="button" className="link-button" onClick={() => setAll(true)}>
            {t('health.news.all', { number: news.length })}
          </button>
        </p>
      )}
      {waiting && <p className="entry__note">{t('loading')}</p>}
      {!waiting && news.length === 0 && !missing && <p>{t('health.news.none')}</p>}
      {!waiting && missing && <p>{t('health.news.incomplete')}</p>}
    </section>
  )
}

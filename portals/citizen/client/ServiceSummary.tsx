/** One service on the page of health information: what there is in a few lines, and the way to all of it. */

import { type Fault, headingId, PanelAnswer as KindOfNothing } from '@helsevev/panel/PanelFrame'
import type { NewEntry } from '@helsevev/panel/panel.ts'
import type { View } from '@helsevev/panel/view.ts'
import { DataState } from '@helsevev/ui/DataState'
import { formatDate, languageOf } from '@helsevev/ui/format.ts'
import { useCallback, useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import { contract, type PanelAnswer } from '../contract.ts'
import { EntryLink } from './EntryLink.tsx'
import { useLoaded } from './loaded.tsx'
import { PageLink } from './PageLink.tsx'
import { useAsk } from './people.tsx'
import { useFault } from './service-fault.ts'
import { Withheld } from './Withheld.tsx'

const AT_MOST = 4
const beginning = '1900-01-01T00:00:00Z'

interface ServiceSummaryProps {
  view: View
  /** Called with each answer, and with undefined when a service could not answer. */
  onAnswer: (service: string, answer: PanelAnswer | undefined) => void
}

export function ServiceSummary({ view, onAnswer }: ServiceSummaryProps) {
  const { i18n } = useTranslation('citizen')
  const ask = useAsk()
  const { service } = view
  const { answer, problem, loading, reload } = useLoaded(useCallback(() => ask(contract.panel, { service }), [ask, service]))
  const fault = useFault(problem)
  useEffect(() => {
    if (!loading) onAnswer(service, answer)
  }, [answer, loading, service, onAnswer])
  return (
    <section className="panel" aria-labelledby={headingId(service)} aria-busy={loading}>
      <h2 id={headingId(service)} className="panel__title" tabIndex={-1}>
        <PageLink page="service" parameters={{ service }}>
          {view.titles[languageOf(i18n.language)]}
        </PageLink>
      </h2>
      <Summarised view={view} answer={answer} fault={fault} loading={loading} onRetry={() => void reload()} />
    </section>
  )
}

interface SummarisedProps {
  view: View
  answer: PanelAnswer | undefined
  fault: Fault | undefined
  loading: boolean
  onRetry: () => void
}

function Summarised({ view, answer, fault, loading, onRetry }: SummarisedProps) {
  const { t } = useTranslation('citizen')
  if (!answer && fault && !loading) return <DataState state={fault.state} onRetry={onRetry} {...(fault.text ? { text: fault.text } : {})} />
  if (answer?.status === 'unavailable') return <DataState state="unavailable" onRetry={onRetry} />
  return (
    <>
      {answer?.withheld.map((one) => (
        <Withheld key={one.cause} withheld={one} />
      ))}
      {(answer?.partial || (answer?.unreadable ?? 0) > 0) && <p className="entry__note">{t('health.partial')}</p>}
      {answer?.status === 'some' && answer.data !== undefined ? (
        <Summary view={view} data={answer.data} onRetry={onRetry} />
      ) : (
        answer?.withheld.length === 0 && <KindOfNothing view={view} state={{ answer, loading }} />
      )}
      {!answer && <DataState state="loading" />}
    </>
  )
}

/** The kinds of a service that has them, and else its first entries. */
function Summary({ view, data, onRetry }: { view: View; data: unknown; onRetry: () => void }) {
  const { t, i18n } = useTranslation('citizen')
  const { service, kinds, newIn } = view
  const language = languageOf(i18n.language)
  const read = readable(() => ({
    kinds: kinds.flatMap(({ id, names, summary }) => {
      const words = summary(data, i18n)
      return words === undefined ? [] : [{ id, name: names[language], words }]
    }),
    entries: kinds.length > 0 ? [] : (newIn?.(data, beginning, i18n) ?? []),
  }))
  if (!read) return <DataState state="failed" onRetry={onRetry} />
  const { entries } = read
  return (
    <>
      <ul className="plain summary">
        {read.kinds.map(({ id, name, words }) => (
          <li key={id}>
            <PageLink page="kind" parameters={{ service, kind: id }}>
              {name}
            </PageLink>
            <span className="entry__term"> {words}</span>
          </li>
        ))}
        {entries.slice(0, AT_MOST).map(({ id, title, time }: NewEntry) => (
          <li key={id}>
            <EntryLink service={service} id={id}>
              {title}
            </EntryLink>
            {time && <span className="entry__term"> {formatDate(time.slice(0, 10), i18n.language)}</span>}
          </li>
        ))}
      </ul>
      {entries.length > AT_MOST && (
        <p>
          <PageLink page="service" parameters={{ service }}>
            {t('health.all', { count: entries.length })}
          </PageLink>
        </p>
      )}
    </>
  )
}

/** Undefined for data that the view cannot read: the fault stays with the service. */
function readable<Read>(read: () => Read): Read | undefined {
  try {
    return read()
  } catch {
    return undefined
  }
}

/** Test results as whoever they are about reads them: plain words first, what the reference interval is, and nothing that alarms. */
import Button from '@helsenorge/designsystem-react/components/Button'
import { DataState } from '@helsevev/ui/DataState'
import { Entries, Entry } from '@helsevev/ui/Entry'
import { formatDate } from '@helsevev/ui/format.ts'
import { PhoneLink } from '@helsevev/ui/PhoneLink'
import { isNew, type PanelView, type Words } from '@helsevev/ui/panel.ts'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { ShownReport, TestResultsData } from '../panel-data.ts'
import { Course } from './Course.tsx'
import { Result } from './Result.tsx'
import { texts } from './texts.ts'

const SERVICE = 'test-results'
const AT_ONCE = 5
/** More results than this stand behind a line that opens them. */
const RESULTS_AT_ONCE = 4

const Panel: PanelView<TestResultsData>['Panel'] = ({ status, data, since }) => {
  const { t } = useTranslation(SERVICE)
  const [all, setAll] = useState(false)
  if (status === 'withheld-by-patient') return null
  if (status !== 'some') return <DataState state={status} title={t(`${status}.title`)} text={t(`${status}.text`)} />
  const { reports, analyses, more } = data
  const newest = reports.findLastIndex(({ shownFrom }) => isNew(shownFrom, since)) + 1
  const shown = all ? reports : reports.slice(0, Math.max(AT_ONCE, newest))
  const courses = analyses.filter(({ points }) => points.length > 1)
  return (
    <>
      <details className="entry-help">
        <summary>{t('about.title')}</summary>
        <p>{t('about.text')}</p>
      </details>
      <p className="entry__note">{t('later')}</p>
      <Entries>
        {shown.map((report) => (
          <Report key={report.id} report={report} since={since} />
        ))}
      </Entries>
      {shown.length < reports.length && (
        <Button variant="outline" onClick={() => setAll(true)}>
          {t('all', { count: reports.length })}
        </Button>
      )}
      {more && <p className="entry__note">{t('more', { count: reports.length })}</p>}
      {courses.length > 0 && (
        <>
          <h3 className="panel__part">{t('course.title')}</h3>
          <Entries>
            {courses.map((analysis) => (
              <Course key={`${analysis.name} ${analysis.unit}`} analysis={analysis} />
            ))}
          </Entries>
        </>
      )}
    </>
  )
}

function Report({ report, since }: { report: ShownReport; since: string | undefined }) {
  const { t, i18n } = useTranslation(SERVICE)
  const { id, status, time, laboratory, requester, specimens, comments, results, controller, shownFrom } = report
  const { title, term } = namesOf(report, t)
  const stands = status !== 'cancelled' && status !== 'entered-in-error'
  const list = (
    <ul className="entry__list">
      {results.map((result) => (
        <Result key={result.id} result={result} />
      ))}
    </ul>
  )
  return (
    <Entry id={id} title={title} term={term} isNew={isNew(shownFrom, since)}>
      <p>
        {time && t('taken', { date: formatDate(time, i18n.language) })}
        {specimens.length > 0 && ` · ${t('specimen', { what: specimens.join(', ').toLowerCase() })}`}
      </p>
      {status !== 'final' && <p className="entry__note">{t(`status.${status}`, { defaultValue: t('status.unknown') })}</p>}
      {results.length > RESULTS_AT_ONCE ? (
        <details>
          <summary>{t('showResults', { count: results.length })}</summary>
          {list}
        </details>
      ) : (
        results.length > 0 && list
      )}
      {comments.map((comment) => (
        <p key={comment} className="entry__text">
          {comment}
        </p>
      ))}
      {stands && results.some(({ deviation }) => deviation) && <p className="entry__note">{t('outside')}</p>}
      <p className="entry__note">
        {t('from', { who: [laboratory, controller.name].filter((name, at, names) => name && names.indexOf(name) === at).join(', ') })}.{' '}
        {requester && t('orderedBy', { who: requester })}{' '}
        {controller.phone ? (
          <>
            {t('call', { who: controller.name })} <PhoneLink phone={controller.phone} />
          </>
        ) : (
          t('ask', { who: controller.name })
        )}
      </p>
    </Entry>
  )
}

/** What kind of test it is in plain words, and what the laboratory, or medicine, calls it. */
function namesOf({ expertise, title }: ShownReport, t: Words): { title: string; term: string } {
  const term = title || t(`term.${expertise}`, { defaultValue: '' })
  return { title: t(`kind.${expertise}`, { defaultValue: term || t('title') }), term }
}

export const panel: PanelView<TestResultsData> = {
  service: SERVICE,
  texts,
  Panel,
  newIn: ({ reports }, since, t) =>
    reports
      .filter(({ shownFrom }) => isNew(shownFrom, since))
      .map((report) => ({ id: report.id, title: namesOf(report, t).title, time: report.time })),
}

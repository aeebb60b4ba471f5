/** Test results for the person they are about: plain words first, what the reference interval is, and nothing that alarms. */

import Button from '@helsenorge/designsystem-react/components/Button'
import { Entries, Entry } from '@helsevev/panel/Entry'
import { isNew } from '@helsevev/panel/panel.ts'
import { defineView } from '@helsevev/panel/view.ts'
import { formatDate } from '@helsevev/ui/format.ts'
import { PhoneLink } from '@helsevev/ui/PhoneLink'
import { codedText, type Wording } from '@helsevev/ui/texts.ts'
import { useWords } from '@helsevev/ui/useWords'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { identity } from '../../identity.ts'
import type { ShownReport, TestResultsData } from '../panel-data.ts'
import { Course } from './Course.tsx'
import { Result } from './Result.tsx'
import { testResultsCitizenTexts } from './texts.ts'

const NAMESPACE = 'test-results/citizen'
const AT_ONCE = 5
/** More results than this are behind a line that opens them. */
const RESULTS_AT_ONCE = 4

function Some({ data, since }: { data: TestResultsData; since?: string | undefined }) {
  const { t } = useTranslation(NAMESPACE)
  const [all, setAll] = useState(false)
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
  const { t, i18n } = useTranslation(NAMESPACE)
  const { id, status, time, laboratory, requester, specimens, comments, results, controller, shownFrom } = report
  const { title, term } = namesOf(report, useWords(NAMESPACE))
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
      {status !== 'final' && <p className="entry__note">{t(`status.${status}`)}</p>}
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

/** The kind of test in plain words, and its name at the laboratory or in medicine. */
function namesOf({ expertise, title }: ShownReport, { t, language }: Wording<'test-results/citizen'>): { title: string; term: string } {
  const term = title || (codedText(t, 'term', expertise) ?? '')
  return { title: codedText(t, 'kind', expertise) ?? (term || identity.names[language]), term }
}

export const view = defineView({
  service: identity,
  namespace: NAMESPACE,
  texts: testResultsCitizenTexts,
  Some,
  newIn: ({ reports }, since, words) =>
    reports
      .filter(({ shownFrom }) => isNew(shownFrom, since))
      .map((report) => ({ id: report.id, title: namesOf(report, words).title, time: report.time })),
})

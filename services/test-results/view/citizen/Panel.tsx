/** Test results for the person they are about: plain words first, what the reference interval is, and nothing that alarms. */

import Button from '@helsenorge/designsystem-react/components/Button'
import { Entries } from '@helsevev/panel/Entry'
import { isNew } from '@helsevev/panel/panel.ts'
import { defineView } from '@helsevev/panel/view.ts'
import { formatDate, languageOf } from '@helsevev/ui/format.ts'
import { announce } from '@helsevev/ui/Shell'
import type { Wording } from '@helsevev/ui/texts.ts'
import { useWords } from '@helsevev/ui/useWords'
import { useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { identity } from '../../identity.ts'
import { inLanguage } from '../in-language.ts'
import type { ShownReport, TestResultsData } from '../panel-data.ts'
import { Analyses } from './Analyses.tsx'
import { found, isOutside, ofKind, resultKinds, type Search } from './kinds.ts'
import { lineOf, namesOf, Report } from './Report.tsx'
import './results.css'
import { testResultsCitizenTexts } from './texts.ts'

const NAMESPACE = 'test-results/citizen'
const AT_ONCE = 5
/** Fewer than this are looked over faster than searched. */
const WORTH_SEARCHING = 6

interface SomeProps {
  data: TestResultsData
  since?: string | undefined
  kind?: string | undefined
}

function Some({ data, since, kind }: SomeProps) {
  const words = useWords(NAMESPACE)
  const { t } = words
  const [search, setSearch] = useState<Search>({ words: '', outsideOnly: false })
  const [all, setAll] = useState(false)
  const within = ofKind(data, kind)
  const findIn = (asked: Search) => found(within, asked, words.language, (report) => namesOf(report, words).title)
  const { analyses, reports } = findIn(search)
  const newest = reports.findLastIndex(({ shownFrom }) => isNew(shownFrom, since)) + 1
  const shown = all ? reports : reports.slice(0, Math.max(AT_ONCE, newest))
  const nothing = analyses.length === 0 && reports.length === 0

  function narrow(to: Search) {
    setSearch(to)
    const hits = findIn(to)
    announce(t('search.found', { count: hits.analyses.length + hits.reports.length }))
  }

  return (
    <>
      {within.analyses.length + within.reports.length >= WORTH_SEARCHING && <SearchFields search={search} onSearch={narrow} />}
      {nothing && <p>{t(within.reports.length === 0 ? 'kind.none' : 'search.none')}</p>}
      {analyses.length > 0 && <Analyses analyses={analyses} all={data.analyses} />}
      {reports.length > 0 && (
        <>
          <h3 className="panel__part">{t('reports.title')}</h3>
          <Entries>
            {shown.map((report) => (
              <Report key={report.id} report={report} since={since} />
            ))}
          </Entries>
        </>
      )}
      {shown.length < reports.length && (
        <Button variant="outline" onClick={() => setAll(true)}>
          {t('all', { count: reports.length })}
        </Button>
      )}
      {data.more && <p className="entry__note">{t('more', { count: data.reports.length })}</p>}
      <details className="entry-help">
        <summary>{t('about.title')}</summary>
        <p>{t('about.text')}</p>
      </details>
      <p className="entry__note">{t('later')}</p>
    </>
  )
}

function SearchFields({ search, onSearch }: { search: Search; onSearch: (search: Search) => void }) {
  const { t } = useTranslation(NAMESPACE)
  const id = useId()
  return (
    <search className="results-search">
      <div className="field">
        <label htmlFor={id}>{t('search.label')}</label>
        <input
          id={id}
          type="search"
          className="field__input field__input--long"
          autoComplete="off"
          value={search.words}
          onChange={({ target }) => onSearch({ ...search, words: target.value })}
        />
      </div>
      <label className="results-search__outside">
        <input
          type="checkbox"
          checked={search.outsideOnly}
          onChange={({ target }) => onSearch({ ...search, outsideOnly: target.checked })}
        />
        {t('search.outside')}
      </label>
    </search>
  )
}

/** `12 svar, 3 utenfor referanseområdet, nyeste 12. november 2026` */
function summaryOf(data: TestResultsData, id: string, { t, language }: Wording<typeof NAMESPACE>): string | undefined {
  const { reports } = ofKind(data, id)
  const [newest] = reports.toSorted((one, other) => Date.parse(other.time) - Date.parse(one.time))
  if (!newest) return undefined
  const outside = reports.filter(({ results }) => results.some(isOutside)).length
  return [
    t('reports', { count: reports.length }),
    outside > 0 && t('summary.outside', { count: outside }),
    t('summary.newest', { date: formatDate(newest.time, languageOf(language)) }),
  ]
    .filter(Boolean)
    .join(' · ')
}

/** What a reader must know before opening it: that it no longer stands, or that something is outside. */
function noteOf({ status, results }: ShownReport, { t }: Wording<typeof NAMESPACE>): { note?: string } {
  if (status === 'cancelled' || status === 'entered-in-error') return { note: t('news.withdrawn') }
  const isChanged = status === 'amended' || status === 'corrected'
  const note = [results.some(isOutside) && t('news.outside'), isChanged && t('news.changed')].filter(Boolean).join(', ')
  return note ? { note } : {}
}

export const view = defineView({
  service: identity,
  namespace: NAMESPACE,
  texts: testResultsCitizenTexts,
  Some,
  inLanguage,
  kinds: resultKinds.map(({ id, names }) => ({
    id,
    names,
    summary: (data: TestResultsData, words: Wording<typeof NAMESPACE>) => summaryOf(data, id, words),
  })),
  newIn: ({ reports }, since, words) =>
    reports
      .filter(({ shownFrom }) => isNew(shownFrom, since))
      .map((report) => ({ id: report.id, title: lineOf(report, words), time: report.time, ...noteOf(report, words) })),
})

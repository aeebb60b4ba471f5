/** What all services have about one patient, day by day, with filters. Each service decides which of its data appears here. */
import { DataState } from '@helsevev/ui/DataState'
import { formatDate, formatTime, languageOf } from '@helsevev/ui/format.ts'
import { useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { LineSource, LineText } from '../client/page/EntryLine.tsx'
import { Gaps } from '../client/page/Gaps.tsx'
import { byDay, choices, dayOf, type Entry, type Filter, filtered, type Period, periods } from '../client/page/lines.ts'
import { SubTitle } from '../client/page/SubTitle.tsx'
import { useOfferedSection } from '../client/page/shown-sections.ts'
import { useChanges, useTimeline } from '../client/page/useLines.ts'
import type { Shown } from '../client/server.ts'

const DAYS_AT_ONCE = 30
const everything: Filter = { period: 'all' }

/** `shown`: the opening and the access that the changes are asked under. */
export function Timeline({ shown }: { shown: Shown }) {
  const { t, i18n } = useTranslation('clinician')
  // A kind is chosen by its words, which differ between languages.
  return (
    <div className="card gathered">
      <SubTitle name={t('page.view.timeline')} />
      <p className="lead">{t('timeline.lead')}</p>
      <Filtered key={i18n.language} shown={shown} />
    </div>
  )
}

function Filtered({ shown: patient }: { shown: Shown }) {
  const { t, i18n } = useTranslation('clinician')
  const { entries, gaps } = useTimeline(useChanges(patient))
  const [filter, setFilter] = useState<Filter>({ period: 'quarter' })
  const [days, setDays] = useState(DAYS_AT_ONCE)
  const found = filtered(entries, filter, new Date())
  const grouped = byDay(found)
  const shown = grouped.slice(0, days)
  useOfferedSection('timeline', () => ({
    title: `${t('page.view.timeline')}, ${t(`timeline.periods.${filter.period}`).toLowerCase()}`,
    remarks: [
      ...gaps.map(({ view, gap }) => `${view.names[languageOf(i18n.language)]}: ${t(`page.gap.${gap}`)}`),
      ...(grouped.length > shown.length ? [t('timeline.more', { count: grouped.length - shown.length })] : []),
    ],
    lines: shown
      .flatMap(([, ofDay]) => ofDay)
      .map((entry) => ({
        ...entry,
        what: `${entry.serviceName}, ${entry.what}${entry.was ? ` (${entry.kind.toLowerCase()})` : ''}`,
        ...(entry.was ? { value: `${entry.value ?? ''}; ${t('compare.was', { value: entry.was.value ?? '–' })}` } : {}),
      })),
  }))
  return (
    <>
      <Filters entries={entries} filter={filter} onChange={setFilter} />
      <Gaps gaps={gaps} />
      <p className="timeline__count" role="status">
        {t('timeline.count', { count: found.length })}
      </p>
      {found.length === 0 && (
        <>
          {gaps.some(({ gap }) => gap === 'loading') ? <DataState state="loading" /> : <p>{t('timeline.empty')}</p>}
          <button type="button" className="link-button" onClick={() => setFilter(everything)}>
            {t('timeline.reset')}
          </button>
        </>
      )}
      {shown.map(([day, ofDay]) => (
        <Day key={day} day={day} entries={ofDay} />
      ))}
      {grouped.length > days && (
        <button type="button" className="link-button timeline__more" onClick={() => setDays(days + DAYS_AT_ONCE)}>
          {t('timeline.more', { count: Math.min(DAYS_AT_ONCE, grouped.length - days) })}
        </button>
      )}
    </>
  )
}

interface FiltersProps {
  entries: Entry[]
  filter: Filter
  onChange: (filter: Filter) => void
}

function Filters({ entries, filter, onChange }: FiltersProps) {
  const { t } = useTranslation('clinician')
  const services = [...new Map(entries.map(({ service, serviceName }) => [service, serviceName]))]
  const change = (name: 'service' | 'controller' | 'kind', value: string) => {
    const { [name]: _before, ...rest } = filter
    onChange(value ? { ...rest, [name]: value } : rest)
  }
  const every: [string, string] = ['', t('word.all')]
  const same = (words: string[]) => words.map((word): [string, string] => [word, word])
  return (
    <fieldset className="timeline__filters">
      <legend className="visually-hidden">{t('timeline.filters')}</legend>
      <Select
        label={t('word.period')}
        value={filter.period}
        options={(Object.keys(periods) as Period[]).map((period) => [period, t(`timeline.periods.${period}`)])}
        onChange={(period) => onChange({ ...filter, period: period as Period })}
      />
      <Select
        label={t('word.service')}
        value={filter.service ?? ''}
        options={[every, ...services]}
        onChange={(value) => change('service', value)}
      />
      <Select
        label={t('timeline.controller')}
        value={filter.controller ?? ''}
        options={[every, ...same(choices(entries, ({ controller }) => controller))]}
        onChange={(value) => change('controller', value)}
      />
      <Select
        label={t('timeline.kind')}
        value={filter.kind ?? ''}
        options={[every, ...same(choices(entries, ({ kind }) => kind))]}
        onChange={(value) => change('kind', value)}
      />
    </fieldset>
  )
}

interface SelectProps {
  label: string
  value: string
  options: readonly (readonly [value: string, words: string])[]
  onChange: (value: string) => void
}

function Select({ label, value, options, onChange }: SelectProps) {
  const id = useId()
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      <select id={id} className="field__input" value={value} onChange={(event) => onChange(event.target.value)}>
        {options.map(([each, words]) => (
          <option key={each} value={each}>
            {words}
          </option>
        ))}
      </select>
    </div>
  )
}

function Day({ day, entries }: { day: string; entries: Entry[] }) {
  const { t, i18n } = useTranslation('clinician')
  const id = useId()
  return (
    <section className="timeline__day" aria-labelledby={id}>
      <h3 id={id}>{day ? formatDate(day, i18n.language) : t('timeline.undated')}</h3>
      <ol className="timeline__entries">
        {entries.map((entry) => (
          <li key={`${entry.service} ${entry.key} ${entry.kind} ${entry.time}`} className="timeline__entry">
            <span className="timeline__time">
              {entry.time.includes('T') ? <time dateTime={entry.time}>{formatTime(entry.time, i18n.language)}</time> : dayOf(entry) && '–'}
            </span>
            <span className="timeline__service">
              {entry.serviceName}
              {entry.kind !== entry.what && <span className="timeline__kind"> · {entry.kind}</span>}
            </span>
            <span className="timeline__words">
              <LineText line={entry} />
              {entry.was && <span className="comparison__was">{t('compare.was', { value: entry.was.value ?? '–' })}</span>}
            </span>
            <LineSource line={entry} />
          </li>
        ))}
      </ol>
    </section>
  )
}

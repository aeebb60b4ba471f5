/** Filters of the log: period, place, service, purpose, emergency access alone, and what the person did. */
import { codedText } from '@helsevev/ui/texts.ts'
import { useTranslation } from 'react-i18next'
import type { LogLine } from '../contract.ts'
import type { LogFilter } from '../log-visits.ts'
import type { PeriodName } from '../period.ts'
import { periodNames } from '../period.ts'
import { SelectField } from './SelectField.tsx'
import { areaInSentence, type Sentences } from './sentence.ts'

interface LogFiltersProps {
  lines: readonly LogLine[]
  words: Sentences
  period: PeriodName
  onPeriod: (period: PeriodName) => void
  filter: LogFilter
  onFilter: (filter: LogFilter) => void
  group: 'day' | 'place'
  onGroup: (group: 'day' | 'place') => void
}

export function LogFilters({ lines, words, period, onPeriod, filter, onFilter, group, onGroup }: LogFiltersProps) {
  const { t } = useTranslation('citizen')
  const all = { value: '', name: t('word.all') }
  const places = new Map(lines.flatMap(({ actor: { organization } }) => (organization ? [[organization.number, organization.name]] : [])))
  const services = [...new Set(lines.flatMap(({ service }) => service ?? []))]
  const purposes = [...new Set(lines.flatMap(({ purpose }) => purpose ?? []))]
  const nameOf = (purpose: string) => codedText(t, 'log.purposes', purpose) ?? purpose
  const set = (part: Partial<LogFilter>) => onFilter({ ...filter, ...part })
  return (
    <details className="filters">
      <summary>{t('log.filter')}</summary>
      <div className="filters__fields">
        <SelectField
          label={t('word.period')}
          value={period}
          onChange={(value) => onPeriod(value as PeriodName)}
          options={periodNames.map((value) => ({ value, name: t(`log.periods.${value}`) }))}
        />
        <SelectField
          label={t('word.place')}
          value={filter.place ?? ''}
          onChange={(value) => set({ place: value || undefined })}
          options={[all, ...[...places].map(([value = '', name = '']) => ({ value, name }))]}
        />
        <SelectField
          label={t('word.service')}
          value={filter.service ?? ''}
          onChange={(value) => set({ service: value || undefined })}
          options={[all, ...services.map((value) => ({ value, name: areaInSentence(words, value) }))]}
        />
        <SelectField
          label={t('word.purpose')}
          value={filter.purpose ?? ''}
          onChange={(value) => set({ purpose: value || undefined })}
          options={[all, ...purposes.map((value) => ({ value, name: nameOf(value) }))]}
        />
        <SelectField
          label={t('log.group')}
          value={group}
          onChange={(value) => onGroup(value === 'place' ? 'place' : 'day')}
          options={[
            { value: 'day', name: t('word.day') },
            { value: 'place', name: t('word.place') },
          ]}
        />
        <label className="tick">
          <input type="checkbox" checked={filter.emergencyOnly} onChange={(event) => set({ emergencyOnly: event.target.checked })} />
          {t('log.emergencyOnly')}
        </label>
        <label className="tick">
          <input type="checkbox" checked={filter.citizens} onChange={(event) => set({ citizens: event.target.checked })} />
          {t('log.citizens')}
        </label>
      </div>
    </details>
  )
}

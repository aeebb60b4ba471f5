/** The days of one kind of measurement, as a plot and in words, once it is opened. */

import { formatDate, formatDay, formatNumber } from '@helsevev/ui/format.ts'
import { codedText } from '@helsevev/ui/texts.ts'
import { ValueChart } from '@helsevev/ui/ValueChart'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { ShownKind } from '../panel-data.ts'

export function Course({ kind, name }: { kind: ShownKind; name: string }) {
  const { t, i18n } = useTranslation('home-monitoring/citizen')
  const [open, setOpen] = useState(false)
  const { days, threshold } = kind
  const unit = codedText(t, 'unit', kind.unit) ?? kind.unit
  const number = (value: number) => formatNumber(value, i18n.language, { maximumFractionDigits: 1 })
  const date = (day: string | undefined) => (day ? formatDate(day, i18n.language) : '')
  return (
    <details onToggle={({ currentTarget }) => setOpen(currentTarget.open)}>
      <summary>
        {t('course.show')}
        <span className="visually-hidden">: {name}</span>
      </summary>
      {open && (
        <>
          <ValueChart
            title={t('course.title', { name })}
            description={t('course.text', {
              days: days.length,
              first: date(days[0]?.day),
              last: date(days.at(-1)?.day),
              lowest: number(Math.min(...days.map(({ low }) => low))),
              highest: number(Math.max(...days.map(({ high }) => high))),
            })}
            points={days.map(({ day, mean, source }) => ({
              time: Date.parse(`${day}T12:00:00Z`),
              value: mean,
              words: `${date(day)}: ${number(mean)} ${unit}`,
              source,
            }))}
            bands={threshold ? [{ ...threshold, name: t('limit.name') }] : []}
            unit={unit}
            language={i18n.language}
          />
          <p className="entry__note">{t('course.covers')}</p>
          <ul>
            {days.toReversed().map(({ day, mean, low, high, source }) => (
              <li key={`${day} ${source}`}>
                {t('course.day', { day: formatDay(day, i18n.language), mean: number(mean), unit, low: number(low), high: number(high) })}
              </li>
            ))}
          </ul>
        </>
      )}
    </details>
  )
}

/** The days of one kind of measurement, as a plot and in words, once it is opened. */

import { formatDate, formatDay } from '@helsevev/ui/format.ts'
import { codedText } from '@helsevev/ui/texts.ts'
import { ValueChart } from '@helsevev/ui/ValueChart'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { dayNumber } from '../numbers.ts'
import type { ShownKind } from '../panel-data.ts'

export function Course({ kind, name }: { kind: ShownKind; name: string }) {
  const { t, i18n } = useTranslation('home-monitoring/citizen')
  const [open, setOpen] = useState(false)
  const { days, threshold } = kind
  const unit = codedText(t, 'unit', kind.unit) ?? kind.unit
  const number = dayNumber(i18n.language)
  const decimals = Math.max(0, ...days.map((day) => day.decimals))
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
              lowest: number(Math.min(...days.map(({ low }) => low)), decimals),
              highest: number(Math.max(...days.map(({ high }) => high)), decimals),
            })}
            points={days.map(({ day, mean, source, decimals: of }) => ({
              time: Date.parse(`${day}T12:00:00Z`),
              value: mean,
              words: `${date(day)}: ${number(mean, of)} ${unit}`,
              source,
            }))}
            bands={threshold ? [{ ...threshold, name: t('limit.name') }] : []}
            unit={unit}
            language={i18n.language}
          />
          <p className="entry__note">{t('course.covers')}</p>
          <ul>
            {days.toReversed().map(({ day, mean, low, high, source, decimals: of }) => (
              <li key={`${day} ${source}`}>
                {t('course.day', {
                  day: formatDay(day, i18n.language),
                  mean: number(mean, of),
                  unit,
                  low: number(low, of),
                  high: number(high, of),
                })}
              </li>
            ))}
          </ul>
        </>
      )}
    </details>
  )
}

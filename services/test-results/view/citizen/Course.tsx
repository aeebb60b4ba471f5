/** One analysis over time: the newest number; once opened, the others too, as a plot and in words. */
import { Entry } from '@helsevev/panel/Entry'
import { formatDate, languageOf } from '@helsevev/ui/format.ts'
import { ValueChart } from '@helsevev/ui/ValueChart'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { ShownAnalysis, ShownPoint } from '../panel-data.ts'
import { plainNameOf } from './plain-names.ts'

export function Course({ analysis }: { analysis: ShownAnalysis }) {
  const { t, i18n } = useTranslation('test-results/citizen')
  const [open, setOpen] = useState(false)
  const { points, name, unit, guessed } = analysis
  const plain = plainNameOf(analysis, languageOf(i18n.language)) ?? name
  const day = (point: ShownPoint | undefined) => (point ? formatDate(new Date(point.time), i18n.language) : '')
  const band = points.findLast(({ low, high }) => low !== undefined || high !== undefined)
  const newest = points.at(-1)
  return (
    <Entry id={`course-${name}-${unit}`.replace(/[^\w-]+/g, '-')} title={plain} term={name}>
      <p>
        <strong className="entry__value">{newest?.written}</strong> {day(newest)}
      </p>
      <details onToggle={({ currentTarget }) => setOpen(currentTarget.open)}>
        <summary>
          {t('course.show')}
          <span className="visually-hidden">: {plain}</span>
        </summary>
        {open && (
          <>
            <ValueChart
              title={t('course.chart', { name: plain })}
              description={t('course.text', {
                first: day(points[0]),
                last: day(newest),
                values: points.map(({ written }) => written).join(', '),
              })}
              points={points.map((point) => ({ ...point, words: `${day(point)}: ${point.written}, ${point.source}` }))}
              bands={
                band
                  ? [
                      {
                        ...(band.low === undefined ? {} : { low: band.low }),
                        ...(band.high === undefined ? {} : { high: band.high }),
                        name: t('course.band'),
                      },
                    ]
                  : []
              }
              unit={unit}
              language={i18n.language}
            />
            {band && <p className="entry__note">{t('course.bandOf', { source: band.source })}</p>}
            {guessed && <p className="entry__note">{t('course.guessed')}</p>}
            <ul>
              {points.toReversed().map((point) => (
                <li key={`${point.time} ${point.value}`}>
                  {day(point)}: {point.written}
                </li>
              ))}
            </ul>
          </>
        )}
      </details>
    </Entry>
  )
}

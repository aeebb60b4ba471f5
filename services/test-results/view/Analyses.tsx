/** The last numbers of each analysis in columns, in one unit with its reference interval, and the course of the chosen one. */
import Tag from '@helsenorge/designsystem-react/components/Tag'
import { dayInNorway, formatDate, formatDay, formatNumber, formatTime } from '@helsevev/ui/format.ts'
import { ValueChart } from '@helsevev/ui/ValueChart'
import { useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { isConverted } from './analysis.ts'
import { Deviation } from './Deviation.tsx'
import type { ShownAnalysis, ShownPoint } from './panel-data.ts'

const NAMESPACE = 'test-results'
const COLUMNS = 3

export function Analyses({ analyses }: { analyses: ShownAnalysis[] }) {
  const { t } = useTranslation(NAMESPACE)
  const id = useId()
  const [chosen, setChosen] = useState(0)
  const [asSent, setAsSent] = useState(false)
  const analysis = analyses[chosen] ?? analyses[0]
  const someConverted = analyses.some(({ points }) => points.slice(-COLUMNS).some(isConverted))
  return (
    <section aria-labelledby={id}>
      <h3 id={id}>{t('analyses')}</h3>
      {someConverted && (
        <label className="results__as-sent">
          <input type="checkbox" checked={asSent} onChange={(event) => setAsSent(event.target.checked)} /> {t('asSent')}
        </label>
      )}
      <div className="results__scroll">
        <table className="results__table">
          <thead>
            <tr>
              <th scope="col">{t('analysis')}</th>
              <th scope="col">{t('course.band')}</th>
              <th scope="col" colSpan={COLUMNS}>
                {t('newestFirst')}
              </th>
            </tr>
          </thead>
          <tbody>
            {analyses.map((one, index) => (
              <tr key={`${one.name} ${one.unit}`}>
                <th scope="row">
                  <button type="button" className="results__choose" aria-pressed={index === chosen} onClick={() => setChosen(index)}>
                    {one.name}
                  </button>
                  <span className="results__unit"> {one.unit}</span>
                </th>
                <td className="results__interval">
                  <Interval points={one.points} />
                </td>
                {Array.from({ length: COLUMNS }, (_, column) => one.points.at(-1 - column)).map((point, column) => (
                  <td key={point ? `${point.time} ${point.number}` : column}>
                    {point && <PointCell point={point} among={one.points} asSent={asSent} />}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {analysis && <Course analysis={analysis} />}
    </section>
  )
}

/** Of the newest result that states one, in the unit of the row. */
function Interval({ points }: { points: readonly ShownPoint[] }) {
  const { i18n } = useTranslation(NAMESPACE)
  const { low, high } = points.findLast((point) => point.low !== undefined || point.high !== undefined) ?? {}
  const number = (value: number) => formatNumber(value, i18n.language, { maximumSignificantDigits: 6 })
  if (low !== undefined && high !== undefined) return `${number(low)}–${number(high)}`
  if (low !== undefined) return `> ${number(low)}`
  return high === undefined ? null : `< ${number(high)}`
}

/** `among`: results of the same day are told apart by the time of day. */
function PointCell({ point, among, asSent }: { point: ShownPoint; among: readonly ShownPoint[]; asSent: boolean }) {
  const { t, i18n } = useTranslation(NAMESPACE)
  const day = dayInNorway(new Date(point.time))
  const isAlone = among.filter(({ time }) => dayInNorway(new Date(time)) === day).length < 2
  const time = formatDay(new Date(point.time), i18n.language)
  return (
    <>
      <span className="results__value">
        {asSent && isConverted(point) ? point.written : point.number} <Deviation of={point.deviation} />
      </span>
      {point.status && (
        <span className="results__status">
          <Tag>{t(`status.${point.status}`)}</Tag>
        </span>
      )}
      <time className="results__date" dateTime={new Date(point.time).toISOString()}>
        {isAlone ? time : `${time} ${formatTime(new Date(point.time), i18n.language)}`}
      </time>
    </>
  )
}

function Course({ analysis }: { analysis: ShownAnalysis }) {
  const { t, i18n } = useTranslation(NAMESPACE)
  const { points, name, unit, guessed } = analysis
  const newest = points.at(-1)
  const band = points.findLast(({ low, high }) => low !== undefined || high !== undefined)
  if (!newest || points.length < 2) return <p className="results__caption">{t('course.one', { name })}</p>
  const time = (point: ShownPoint | undefined) => (point ? formatDate(new Date(point.time), i18n.language) : '')
  const words = (point: ShownPoint) =>
    [
      `${time(point)}: ${point.number} ${unit}`.trim(),
      ...(isConverted(point) ? [t('sentAs', { written: point.written })] : []),
      point.source,
    ].join(', ')
  return (
    <figure className="results__course">
      <ValueChart
        title={t('course.title', { name })}
        description={t('course.text', {
          first: time(points[0]),
          last: time(newest),
          values: points.map(({ number }) => number).join(', '),
        })}
        points={points.map((point) => ({ ...point, words: words(point) }))}
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
      <figcaption className="results__caption">
        {t('course.covers', { name, count: points.length, first: time(points[0]), last: time(newest) })}{' '}
        {band && t('course.bandOf', { source: band.source })} {guessed && <strong>{t('course.guessed')}</strong>}
      </figcaption>
    </figure>
  )
}

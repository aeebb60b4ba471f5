/** The last numbers of each analysis in columns, in one unit with its reference interval, and the course of the chosen one. */
import Tag from '@helsenorge/designsystem-react/components/Tag'
import { dayInNorway, formatDate, formatDay, formatDecimal, formatList, formatTime } from '@helsevev/ui/format.ts'
import { useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { isConverted, keyOf, pinnedFirst } from './analysis.ts'
import { Deviation } from './Deviation.tsx'
import { Graph } from './Graph.tsx'
import type { ShownAnalysis, ShownPoint } from './panel-data.ts'
import { usePinned } from './pinned.ts'

const NAMESPACE = 'test-results'
const COLUMNS = 3

/** Plots that fit on a screen together. */
const TOGETHER = 3

export function Analyses({ analyses: all }: { analyses: ShownAnalysis[] }) {
  const { t } = useTranslation(NAMESPACE)
  const id = useId()
  const { pinned, turn } = usePinned()
  const analyses = pinnedFirst(all, pinned)
  const [chosen, setChosen] = useState<readonly string[]>([])
  const [asSent, setAsSent] = useState(false)
  const someConverted = analyses.some(({ points }) => points.slice(-COLUMNS).some(isConverted))
  const drawn = chosen.length > 0 ? analyses.filter((one) => chosen.includes(keyOf(one))) : analyses.slice(0, 1)

  /** Adds one to those that are drawn, or takes it away; the one that was added first gives room. */
  function choose(analysis: ShownAnalysis) {
    const key = keyOf(analysis)
    const now = drawn.map(keyOf)
    if (!now.includes(key)) return setChosen([...(chosen.length > 0 ? chosen : now), key].slice(-TOGETHER))
    if (now.length > 1) setChosen(now.filter((one) => one !== key))
  }

  return (
    <section aria-labelledby={id}>
      <h3 id={id}>{t('analyses')}</h3>
      <p className="results__caption screen-only">{t('together', { count: TOGETHER })}</p>
      {someConverted && (
        <label className="results__as-sent">
          <input type="checkbox" checked={asSent} onChange={(event) => setAsSent(event.target.checked)} /> {t('asSent')}
        </label>
      )}
      <div className="results__scroll">
        <table className="results__table results__table--analyses">
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
            {analyses.map((one) => (
              <tr key={keyOf(one)}>
                <th scope="row">
                  {one.code && <Pin name={one.name} on={pinned.includes(one.code)} onTurn={() => turn(one.code ?? '')} />}
                  <button type="button" className="results__choose on-paper" aria-pressed={drawn.includes(one)} onClick={() => choose(one)}>
                    {one.name}
                  </button>
                  <span className="results__unit"> {one.unit}</span>
                </th>
                <td className="results__interval" data-label={t('course.band')}>
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
      {drawn.length > 0 && <Course analyses={drawn} />}
    </section>
  )
}

/** Keeps the analysis at the top, in this browser. */
function Pin({ name, on, onTurn }: { name: string; on: boolean; onTurn: () => void }) {
  const { t } = useTranslation(NAMESPACE)
  return (
    <button
      type="button"
      className="results__pin"
      aria-pressed={on}
      aria-label={t('pin', { name })}
      title={t('pin', { name })}
      onClick={onTurn}
    >
      <span aria-hidden="true">{on ? '★' : '☆'}</span>
    </button>
  )
}

/** The interval of the newest result that states one, in the unit of the row. */
function Interval({ points }: { points: readonly ShownPoint[] }) {
  const { i18n } = useTranslation(NAMESPACE)
  const { low, high } = points.findLast(({ limits }) => limits)?.limits ?? {}
  const number = (written: string) => formatDecimal(written, i18n.language)
  if (low !== undefined && high !== undefined) return `${number(low)}–${number(high)}`
  if (low !== undefined) return `> ${number(low)}`
  return high === undefined ? null : `< ${number(high)}`
}

/** `among`: results of the same day are distinguished by the time of day. */
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

function Course({ analyses }: { analyses: ShownAnalysis[] }) {
  const { t, i18n } = useTranslation(NAMESPACE)
  const several = analyses.filter(({ points }) => points.length > 1)
  const wordsOf = useWordsOf()
  const time = (point: ShownPoint | undefined) => (point ? formatDate(new Date(point.time), i18n.language) : '')
  return (
    <figure className="results__course">
      {several.length > 0 && (
        <Graph
          title={t('course.title', {
            name: formatList(
              several.map(({ name }) => name),
              i18n.language,
            ),
          })}
          analyses={several}
          wordsOf={wordsOf}
        />
      )}
      <figcaption className="results__caption">
        {analyses.map(({ name, unit, guessed, points }) => {
          const band = points.findLast(({ low, high }) => low !== undefined || high !== undefined)
          return (
            <p key={`${name} ${unit}`}>
              {points.length < 2
                ? t('course.one', { name })
                : t('course.covers', { name, count: points.length, first: time(points[0]), last: time(points.at(-1)) })}{' '}
              {points.length > 1 && band && t('course.bandOf', { source: band.source })} {guessed && <strong>{t('course.guessed')}</strong>}
            </p>
          )
        })}
      </figcaption>
    </figure>
  )
}

/** A value of the graph: `P-Kalium 4,1 mmol/L, endret, Fjellsyn laboratorium`. */
function useWordsOf() {
  const { t } = useTranslation(NAMESPACE)
  return ({ name, unit }: Pick<ShownAnalysis, 'name' | 'unit'>, point: ShownPoint) =>
    [
      `${name} ${point.number} ${unit}`.trim(),
      ...(isConverted(point) ? [t('sentAs', { written: point.written })] : []),
      ...(point.deviation ? [t(`deviation.${point.deviation}`)] : []),
      ...(point.status ? [t(`status.${point.status}`).toLowerCase()] : []),
      point.source,
    ].join(', ')
}

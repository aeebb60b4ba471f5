/**
 * Some analyses over time: a plot for each, in its own unit, on one time axis. A moment is chosen by pointing, by touch, or with the arrow
 * keys of the slider below, and its values stand in words under the plots. Each laboratory has a shape of its own.
 */
import { dayInNorway, formatDate, formatTime, localeOf } from '@helsevev/ui/format.ts'
import { Moments, nearest } from '@helsevev/ui/Moments'
import { TimeTicks } from '@helsevev/ui/TimeTicks'
import { timeTicks } from '@helsevev/ui/time-axis.ts'
import { useWidth } from '@helsevev/ui/useWidth'
import { Key, Shape } from '@helsevev/ui/ValueChart'
import { niceScale } from '@helsevev/ui/value-scale.ts'
import { type PointerEvent, useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { isConverted } from './analysis.ts'
import type { ShownAnalysis, ShownPoint } from './panel-data.ts'

const NAMESPACE = 'test-results'
const plot = { left: 44, right: 14, top: 24, gap: 44 }
const axisHeight = 40
const tickWidth = 76

export function Graph({ analyses }: { analyses: readonly ShownAnalysis[] }) {
  const { t, i18n } = useTranslation(NAMESPACE)
  const id = useId()
  const { ref, width } = useWidth()
  const wordsAt = useWordsAt(analyses)
  const times = [...new Set(analyses.flatMap(({ points }) => points.map(({ time }) => time)))].sort((one, other) => one - other)
  const [chosen, setChosen] = useState<number>()
  // Until a moment is chosen, the newest; and again when the chosen one belongs to an analysis that is no longer drawn.
  const at = chosen !== undefined && times.includes(chosen) ? times.indexOf(chosen) : times.length - 1
  const time = times[at] ?? 0
  const [from, to] = [times[0] ?? 0, times.at(-1) ?? 0]
  const right = width - plot.right
  const height = analyses.length > 1 ? 110 : 170
  const topOf = (index: number) => plot.top + index * (height + plot.gap)
  const bottom = topOf(analyses.length - 1) + height
  const x = (moment: number) =>
    to === from ? (plot.left + right) / 2 : plot.left + 10 + ((moment - from) / (to - from)) * (right - plot.left - 20)
  const sources = [...new Set(analyses.flatMap(({ points }) => points.map(({ source }) => source)))]
  const name = new Intl.ListFormat(i18n.language, { type: 'conjunction' }).format(analyses.map((one) => one.name))

  function point({ clientX, currentTarget }: PointerEvent<SVGSVGElement>) {
    setChosen(times[nearest(times.map(x), clientX - currentTarget.getBoundingClientRect().left)])
  }

  return (
    <div className="results-graph">
      <div ref={ref} className="value-chart__frame">
        <svg
          className="value-chart results-graph__plots"
          viewBox={`0 0 ${width} ${bottom + axisHeight}`}
          width={width}
          height={bottom + axisHeight}
          role="img"
          aria-labelledby={`${id}-title ${id}-text`}
          onPointerMove={point}
          onPointerDown={point}
        >
          <title id={`${id}-title`}>{t('course.title', { name })}</title>
          <desc id={`${id}-text`}>{times.map(wordsAt).join('; ')}</desc>
          {analyses.map((analysis, index) => (
            <Plot key={`${analysis.name} ${analysis.unit}`} {...{ analysis, top: topOf(index), height, x, right, at: time, sources }} />
          ))}
          <TimeTicks
            ticks={timeTicks(from, to, Math.max(2, Math.floor((right - plot.left) / tickWidth)), i18n.language)}
            x={x}
            top={bottom}
            bottom={bottom}
            line="value-chart__tick"
            words="value-chart__scale"
          />
          <line className="results-graph__cursor" x1={x(time)} x2={x(time)} y1={plot.top} y2={bottom} />
        </svg>
        {sources.length > 1 && <Key sources={sources} />}
      </div>
      <Moments words={times.map(wordsAt)} at={at} onChoose={(index) => setChosen(times[index])} />
    </div>
  )
}

interface PlotProps {
  analysis: ShownAnalysis
  top: number
  height: number
  x: (time: number) => number
  right: number
  /** The chosen moment. */
  at: number
  /** Laboratories, each with its shape. */
  sources: readonly string[]
}

function Plot({ analysis: { name, unit, points }, top, height, x, right, at, sources }: PlotProps) {
  const { i18n } = useTranslation(NAMESPACE)
  const band = points.findLast(({ low, high }) => low !== undefined || high !== undefined)
  const limits = [band?.low, band?.high].filter((bound): bound is number => bound !== undefined)
  const scale = niceScale([...points.map(({ value }) => value), ...limits], 4)
  const y = (value: number) => top + height - ((value - scale.low) / (scale.high - scale.low)) * height
  const bandTop = y(Math.min(band?.high ?? scale.high, scale.high))
  return (
    <>
      {band && (
        <rect
          className="value-chart__band"
          x={plot.left}
          width={right - plot.left}
          y={bandTop}
          height={Math.max(1, y(Math.max(band.low ?? scale.low, scale.low)) - bandTop)}
        />
      )}
      {scale.ticks.map((tick) => (
        <g key={tick}>
          <line className="value-chart__tick" x1={plot.left} x2={right} y1={y(tick)} y2={y(tick)} />
          <text className="value-chart__scale" x={plot.left - 6} y={y(tick) + 4} textAnchor="end">
            {new Intl.NumberFormat(localeOf(i18n.language), { maximumFractionDigits: 3 }).format(tick)}
          </text>
        </g>
      ))}
      <text className="value-chart__unit" x={2} y={top - 12}>
        {[name, unit].filter(Boolean).join(', ')}
      </text>
      <polyline className="value-chart__line" points={points.map(({ time, value }) => `${x(time)},${y(value)}`).join(' ')} />
      {points.map(({ time, value, open, source }) => (
        <g key={`${time} ${value} ${source}`}>
          {time === at && <circle className="value-chart__chosen" cx={x(time)} cy={y(value)} r={9} />}
          <Shape number={sources.indexOf(source)} open={open} x={x(time)} y={y(value)} />
        </g>
      ))}
    </>
  )
}

/** The values of a moment: `12. november 2026 kl. 08:10: P-Kalium 4,1 mmol/L, endret, Fjellsyn laboratorium`. */
function useWordsAt(analyses: readonly ShownAnalysis[]): (time: number) => string {
  const { t, i18n } = useTranslation(NAMESPACE)
  const said = ({ name, unit }: ShownAnalysis, point: ShownPoint) =>
    [
      `${name} ${point.number} ${unit}`.trim(),
      ...(isConverted(point) ? [t('sentAs', { written: point.written })] : []),
      ...(point.deviation ? [t(`deviation.${point.deviation}`)] : []),
      ...(point.status ? [t(`status.${point.status}`).toLowerCase()] : []),
      point.source,
    ].join(', ')
  return (time) => {
    const moment = new Date(time)
    const day = dayInNorway(moment)
    // Results of the same day are distinguished by the time of day.
    const isOneOfSeveral = analyses.some(({ points }) => points.filter((point) => dayInNorway(new Date(point.time)) === day).length > 1)
    const date = formatDate(moment, i18n.language)
    const when = isOneOfSeveral ? `${date} ${formatTime(moment, i18n.language)}` : date
    const values = analyses.flatMap((one) => one.points.filter((point) => point.time === time).map((point) => said(one, point)))
    return `${when}: ${values.join('; ')}`
  }
}

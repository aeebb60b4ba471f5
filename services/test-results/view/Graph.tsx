/**
 * Some analyses over time: a plot for each, in its own unit, on one time axis. A moment is chosen by pointing, by touch, or with the arrow
 * keys of the slider below, and its values stand in words under the plots. Each laboratory has a shape of its own. The screens of personnel
 * and of citizens draw the same, and differ in the names and words they give.
 */
import { dayInNorway, formatDate, formatNumber, formatTime } from '@helsevev/ui/format.ts'
import { Moments, useMoment } from '@helsevev/ui/Moments'
import { TimeTicks } from '@helsevev/ui/TimeTicks'
import { timeTicks } from '@helsevev/ui/time-axis.ts'
import { useWidth } from '@helsevev/ui/useWidth'
import { Key, Shape } from '@helsevev/ui/ValueChart'
import { niceScale } from '@helsevev/ui/value-scale.ts'
import { useId } from 'react'
import { useTranslation } from 'react-i18next'
import type { ShownAnalysis, ShownPoint } from './panel-data.ts'

type Plotted = Pick<ShownAnalysis, 'name' | 'unit' | 'points'>

interface GraphProps {
  title: string
  /** Each with the name that its readers know it by. */
  analyses: readonly Plotted[]
  /** The value of one point in words, without its time. */
  wordsOf: (analysis: Plotted, point: ShownPoint) => string
}

const plot = { left: 44, right: 14, top: 24, gap: 44 }
const axisHeight = 40
const tickWidth = 76

export function Graph({ title, analyses, wordsOf }: GraphProps) {
  const { i18n } = useTranslation()
  const id = useId()
  const { ref, width } = useWidth()
  const times = [...new Set(analyses.flatMap(({ points }) => points.map(({ time }) => time)))].sort((one, other) => one - other)
  const [from, to] = [times[0] ?? 0, times.at(-1) ?? 0]
  const right = width - plot.right
  const height = analyses.length > 1 ? 110 : 170
  const topOf = (index: number) => plot.top + index * (height + plot.gap)
  const bottom = topOf(analyses.length - 1) + height
  const x = (moment: number) =>
    to === from ? (plot.left + right) / 2 : plot.left + 10 + ((moment - from) / (to - from)) * (right - plot.left - 20)
  const sources = [...new Set(analyses.flatMap(({ points }) => points.map(({ source }) => source)))]
  const { at, choose, pointing } = useMoment(times.map(x), times)
  const time = times[at] ?? 0
  const words = times.map((moment) => wordsAt(moment, { analyses, wordsOf, language: i18n.language }))

  return (
    <div className="value-chart__moments">
      <div ref={ref} className="value-chart__frame">
        <svg
          className="value-chart"
          viewBox={`0 0 ${width} ${bottom + axisHeight}`}
          width={width}
          height={bottom + axisHeight}
          role="img"
          aria-labelledby={`${id}-title ${id}-text`}
          {...pointing}
        >
          <title id={`${id}-title`}>{title}</title>
          <desc id={`${id}-text`}>{words.join('; ')}</desc>
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
          <line className="value-chart__cursor" x1={x(time)} x2={x(time)} y1={plot.top} y2={bottom} />
        </svg>
        {sources.length > 1 && <Key sources={sources} />}
      </div>
      <Moments words={words} at={at} onChoose={choose} />
    </div>
  )
}

interface PlotProps {
  analysis: Plotted
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
  const { i18n } = useTranslation()
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
            {formatNumber(tick, i18n.language, { maximumFractionDigits: 3 })}
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

/** The values of a moment: `12. november 2026 08:10: P-Kalium 4,1 mmol/L, endret, Fjellsyn laboratorium`. */
function wordsAt(time: number, { analyses, wordsOf, language }: Pick<GraphProps, 'analyses' | 'wordsOf'> & { language: string }): string {
  const moment = new Date(time)
  const day = dayInNorway(moment)
  // Results of the same day are distinguished by the time of day.
  const isOneOfSeveral = analyses.some(({ points }) => points.filter((point) => dayInNorway(new Date(point.time)) === day).length > 1)
  const date = formatDate(moment, language)
  const when = isOneOfSeveral ? `${date} ${formatTime(moment, language)}` : date
  const values = analyses.flatMap((one) => one.points.filter((point) => point.time === time).map((point) => wordsOf(one, point)))
  return `${when}: ${values.join('; ')}`
}

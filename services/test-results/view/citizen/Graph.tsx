/**
 * One or more analyses over time: a plot for each, in its own unit, on one time axis. A moment is chosen by pointing, by touch, or with the
 * arrow keys of the slider below, and its values stand in words under the plots.
 */
import { formatDate, localeOf } from '@helsevev/ui/format.ts'
import { nearest } from '@helsevev/ui/Moments'
import { TimeTicks } from '@helsevev/ui/TimeTicks'
import { timeTicks } from '@helsevev/ui/time-axis.ts'
import { useWidth } from '@helsevev/ui/useWidth'
import '@helsevev/ui/value-chart.css'
import { niceScale } from '@helsevev/ui/value-scale.ts'
import { type PointerEvent, useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { ShownPoint } from '../panel-data.ts'

const NAMESPACE = 'test-results/citizen'

interface Plotted {
  /** In plain words. */
  name: string
  unit: string
  /** Oldest first. */
  points: readonly ShownPoint[]
}

const plot = { left: 44, right: 14, top: 24, gap: 44 }
const axisHeight = 40
const tickWidth = 76

export function Graph({ plotted }: { plotted: readonly Plotted[] }) {
  const { t, i18n } = useTranslation(NAMESPACE)
  const id = useId()
  const { ref, width } = useWidth()
  const times = [...new Set(plotted.flatMap(({ points }) => points.map(({ time }) => time)))].sort((one, other) => one - other)
  const [chosen, setChosen] = useState<number>()
  const at = Math.min(chosen ?? times.length - 1, times.length - 1)
  const time = times[at] ?? 0
  const [from, to] = [times[0] ?? 0, times.at(-1) ?? 0]
  const right = width - plot.right
  const height = plotted.length > 1 ? 110 : 170
  const topOf = (index: number) => plot.top + index * (height + plot.gap)
  const bottom = topOf(plotted.length - 1) + height
  const x = (moment: number) =>
    to === from ? (plot.left + right) / 2 : plot.left + 10 + ((moment - from) / (to - from)) * (right - plot.left - 20)
  const words = (moment: number) => wordsAt(plotted, moment, { language: i18n.language, deviation: (of) => t(`deviation.${of}`) })

  function point({ clientX, currentTarget }: PointerEvent<SVGSVGElement>) {
    setChosen(nearest(times.map(x), clientX - currentTarget.getBoundingClientRect().left))
  }

  return (
    <div className="graph">
      <div ref={ref} className="value-chart__frame">
        <svg
          className="value-chart graph__plots"
          viewBox={`0 0 ${width} ${bottom + axisHeight}`}
          width={width}
          height={bottom + axisHeight}
          role="img"
          aria-labelledby={`${id}-title ${id}-text`}
          onPointerMove={point}
          onPointerDown={point}
        >
          <title id={`${id}-title`}>{t('course.chart', { name: plotted.map(({ name }) => name).join(', ') })}</title>
          <desc id={`${id}-text`}>{times.map(words).join('; ')}</desc>
          {plotted.map((one, index) => (
            <Plot key={one.name} {...{ plotted: one, top: topOf(index), height, x, right, at: time, language: i18n.language }} />
          ))}
          <TimeTicks
            ticks={timeTicks(from, to, Math.max(2, Math.floor((right - plot.left) / tickWidth)), i18n.language)}
            x={x}
            top={bottom}
            bottom={bottom}
            line="value-chart__tick"
            words="value-chart__scale"
          />
          <line className="graph__cursor" x1={x(time)} x2={x(time)} y1={plot.top} y2={bottom} />
        </svg>
      </div>
      {times.length > 1 && (
        <label className="graph__slider">
          <span>{t('course.slider')}</span>
          <input
            type="range"
            min={0}
            max={times.length - 1}
            value={at}
            aria-valuetext={words(time)}
            onChange={({ target }) => setChosen(Number(target.value))}
          />
        </label>
      )}
      <p className="graph__words">{words(time)}</p>
    </div>
  )
}

interface PlotProps {
  plotted: Plotted
  top: number
  height: number
  x: (time: number) => number
  right: number
  /** The chosen moment. */
  at: number
  language: string
}

function Plot({ plotted: { name, unit, points }, top, height, x, right, at, language }: PlotProps) {
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
            {new Intl.NumberFormat(localeOf(language), { maximumFractionDigits: 3 }).format(tick)}
          </text>
        </g>
      ))}
      <text className="value-chart__unit" x={2} y={top - 12}>
        {`${name}, ${unit}`}
      </text>
      <polyline className="value-chart__line" points={points.map(({ time, value }) => `${x(time)},${y(value)}`).join(' ')} />
      {points.map(({ time, value, open }) => (
        <circle
          key={`${time} ${value}`}
          className={open ? 'value-chart__point value-chart__point--open' : 'value-chart__point'}
          cx={x(time)}
          cy={y(value)}
          r={time === at ? 7 : 4.5}
        />
      ))}
    </>
  )
}

interface Words {
  language: string
  deviation: (of: NonNullable<ShownPoint['deviation']>) => string
}

/** The values of a moment: `12. november 2026: Kalium 4,1 mmol/L, Høyere enn referanseområdet`. */
function wordsAt(plotted: readonly Plotted[], time: number, { language, deviation }: Words): string {
  const values = plotted.flatMap(({ name, points }) =>
    points
      .filter((point) => point.time === time)
      .map((point) => [`${name} ${point.written}`, point.deviation && deviation(point.deviation), point.source].filter(Boolean).join(', ')),
  )
  return `${formatDate(new Date(time), language)}: ${values.join('; ')}`
}

/**
 * Numbers over time in one unit, with the usual or wanted range drawn as a band. Each source has a shape of its own, and a value below or
 * above a limit of detection is an open mark: colour is never the only difference. The table has every number.
 */

import { useId } from 'react'
import { formatNumber } from './format.ts'
import { Moments, useMoment } from './Moments.tsx'
import { TimeTicks } from './TimeTicks.tsx'
import { timeTicks } from './time-axis.ts'
import { useWidth } from './useWidth.tsx'
import { niceScale } from './value-scale.ts'
import './value-chart.css'

export interface ChartPoint {
  /** Milliseconds since 1970. */
  time: number
  value: number
  /** Shown when pointed at, and part of the description. */
  words: string
  /** Name of the source; each has its own shape. */
  source: string
  /** Whether the value is a limit: the result is less or more than this. */
  open?: boolean
}

interface ChartBand {
  low?: number
  high?: number
  name: string
}

interface ValueChartProps {
  title: string
  description: string
  points: readonly ChartPoint[]
  bands?: readonly ChartBand[]
  unit: string
  language: string
  /** Whether points are joined by a line. */
  line?: boolean
}

const plot = { left: 44, top: 24, height: 180, right: 14 }
const bottom = plot.top + plot.height
const axisHeight = 40
const tickWidth = 76

export function ValueChart({ title, description, points, bands = [], unit, language, line = true }: ValueChartProps) {
  const id = useId()
  const { ref, width } = useWidth()
  const right = width - plot.right
  const times = points.map(({ time }) => time)
  const [from, to] = [Math.min(...times), Math.max(...times)]
  const limits = bands.flatMap(({ low, high }) => [low, high]).filter((bound): bound is number => bound !== undefined)
  const scale = niceScale([...points.map(({ value }) => value), ...limits], 5)
  const x = (time: number) =>
    to === from ? (plot.left + right) / 2 : plot.left + 10 + ((time - from) / (to - from)) * (right - plot.left - 20)
  const y = (value: number) => bottom - ((value - scale.low) / (scale.high - scale.low)) * plot.height
  const sources = [...new Set(points.map(({ source }) => source))]
  const inOrder = points.toSorted((one, other) => one.time - other.time)
  const { at, choose, pointing } = useMoment(inOrder.map(({ time }) => x(time)))
  const marked = inOrder[at]
  return (
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
        <desc id={`${id}-text`}>{description}</desc>
        {bands.map(({ low, high, name }) => (
          <rect
            key={`${name}${low}${high}`}
            className="value-chart__band"
            x={plot.left}
            width={right - plot.left}
            y={y(Math.min(high ?? scale.high, scale.high))}
            height={Math.max(1, y(Math.max(low ?? scale.low, scale.low)) - y(Math.min(high ?? scale.high, scale.high)))}
          />
        ))}
        {scale.ticks.map((tick) => (
          <g key={tick}>
            <line className="value-chart__tick" x1={plot.left} x2={right} y1={y(tick)} y2={y(tick)} />
            <text className="value-chart__scale" x={plot.left - 6} y={y(tick) + 4} textAnchor="end">
              {formatNumber(tick, language, { maximumFractionDigits: 3 })}
            </text>
          </g>
        ))}
        <text className="value-chart__unit" x={2} y={10}>
          {unit}
        </text>
        <TimeTicks
          ticks={timeTicks(from, to, Math.max(2, Math.floor((right - plot.left) / tickWidth)), language)}
          x={x}
          top={bottom}
          bottom={bottom}
          line="value-chart__tick"
          words="value-chart__scale"
        />
        {line && <polyline className="value-chart__line" points={points.map(({ time, value }) => `${x(time)},${y(value)}`).join(' ')} />}
        {marked && <circle className="value-chart__chosen" cx={x(marked.time)} cy={y(marked.value)} r={9} />}
        {points.map((one) => (
          <Point
            key={`${one.time} ${one.value} ${one.source}`}
            point={one}
            shape={sources.indexOf(one.source)}
            x={x(one.time)}
            y={y(one.value)}
          />
        ))}
      </svg>
      {sources.length > 1 && <Key sources={sources} />}
      <Moments words={inOrder.map(({ words }) => words)} at={at} onChoose={choose} />
    </div>
  )
}

/** The shape of each source. */
export function Key({ sources }: { sources: readonly string[] }) {
  return (
    <ul className="value-chart__key">
      {sources.map((source, index) => (
        <li key={source}>
          <svg width="16" height="16" aria-hidden="true">
            <Point point={{ time: 0, value: 0, words: '', source }} shape={index} x={8} y={8} />
          </svg>
          {source}
        </li>
      ))}
    </ul>
  )
}

const shapes = [
  (x: number, y: number) => `M${x - 4.5} ${y} a4.5 4.5 0 1 0 9 0 a4.5 4.5 0 1 0 -9 0 z`,
  (x: number, y: number) => `M${x - 4} ${y - 4} h8 v8 h-8 z`,
  (x: number, y: number) => `M${x} ${y - 5.5} l5.5 9.5 h-11 z`,
  (x: number, y: number) => `M${x} ${y - 6} l6 6 l-6 6 l-6 -6 z`,
]

function Point({ point, shape, x, y }: { point: ChartPoint; shape: number; x: number; y: number }) {
  return <Shape number={shape} open={point.open ?? false} words={point.words} x={x} y={y} />
}

/** The mark of one value: the shape of its source by number, open where the value is a limit. */
export function Shape({ number, open, words, x, y }: { number: number; open: boolean; words?: string; x: number; y: number }) {
  const draw = shapes[number % shapes.length] ?? shapes[0]
  return (
    <path className={open ? 'value-chart__point value-chart__point--open' : 'value-chart__point'} d={draw?.(x, y)}>
      {words && <title>{words}</title>}
    </path>
  )
}

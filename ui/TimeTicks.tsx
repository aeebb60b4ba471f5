/** The ticks of a chart's time axis with their labels: a line from `top` to just below `bottom`, and the words under it. */
import type { Tick } from './time-axis.ts'

interface TimeTicksProps {
  ticks: readonly Tick[]
  x: (time: number) => number
  top: number
  bottom: number
  /** Classes of the line and of the words, which each chart styles itself. */
  line: string
  words: string
}

export function TimeTicks({ ticks, x, top, bottom, line, words }: TimeTicksProps) {
  return ticks.map(({ time, label, within }) => (
    <g key={time}>
      <line className={line} x1={x(time)} x2={x(time)} y1={top} y2={bottom + 4} />
      <text className={words} x={x(time)} y={bottom + 18} textAnchor="middle">
        {label}
      </text>
      {within && (
        <text className={words} x={x(time)} y={bottom + 34} textAnchor="middle">
          {within}
        </text>
      )}
    </g>
  ))
}

/**
 * Ticks of a time axis at the hours, days and months that people count in, by the Norwegian calendar: each day begins at midnight in
 * Norway, also when the clocks change. Pure, so that a chart can be tested without a screen.
 */
import { dayInNorway, formatDay, formatMonth, formatTime } from './format.ts'

export interface Tick {
  /** Milliseconds since 1970. */
  time: number
  /** `06:00`, `15. jan.` or `jan`, depending on how far apart the ticks are. */
  label: string
  /** The day or year that the label belongs to; shown at the first tick and where it changes. */
  within?: string
}

type Unit = 'hour' | 'day' | 'month'

const hour = 3_600_000
const lengths: Record<Unit, number> = { hour, day: 24 * hour, month: 30.4 * 24 * hour }

const steps: readonly { unit: Unit; every: number }[] = [
  ...[1, 2, 3, 6, 12].map((every) => ({ unit: 'hour' as const, every })),
  ...[1, 2, 3, 7, 14].map((every) => ({ unit: 'day' as const, every })),
  ...[1, 2, 3, 6, 12, 24, 60].map((every) => ({ unit: 'month' as const, every })),
]

/** Ticks from `from` to `to`, both in milliseconds, with the shortest step that gives about `most` of them or fewer. */
export function timeTicks(from: number, to: number, most: number, language?: string): Tick[] {
  const step = steps.find(({ unit, every }) => (to - from) / (lengths[unit] * every) <= most) ?? { unit: 'month', every: 120 }
  const times = moments[step.unit](from, to, step.every).filter((time) => time >= from && time <= to)
  let before: string | undefined
  return times.map((time) => {
    const within = containing(step.unit, time, language)
    const tick = { time, label: labelOf(step.unit, time, language), ...(within === before ? {} : { within }) }
    before = within
    return tick
  })
}

function labelOf(unit: Unit, time: number, language: string | undefined): string {
  if (unit === 'hour') return formatTime(new Date(time), language)
  return unit === 'day' ? formatDay(new Date(time), language) : formatMonth(new Date(time), language)
}

function containing(unit: Unit, time: number, language: string | undefined): string {
  return unit === 'hour' ? formatDay(new Date(time), language) : dayInNorway(new Date(time)).slice(0, 4)
}

const moments: Record<Unit, (from: number, to: number, every: number) => number[]> = {
  hour: (from, to, every) =>
    days(from, to, 1).flatMap((day) => Array.from({ length: Math.floor(24 / every) }, (_, index) => inNorway(day, index * every))),
  day: (from, to, every) => days(from, to, every).map((day) => inNorway(day, 0)),
  month: (from, to, every) => {
    const start = dayInNorway(new Date(from))
    const first = Number(start.slice(0, 4)) * 12 + Number(start.slice(5, 7)) - 1
    const aligned = first - (first % every)
    const count = Math.ceil((to - from) / (28 * 24 * hour)) + every + 2
    const months = Array.from({ length: Math.ceil(count / every) + 1 }, (_, index) => aligned + index * every)
    return months.map((month) => inNorway(`${Math.floor(month / 12)}-${String((month % 12) + 1).padStart(2, '0')}-01`, 0))
  },
}

/** Calendar days that the span touches, every `every` days. */
function days(from: number, to: number, every: number): string[] {
  const first = Date.parse(dayInNorway(new Date(from)))
  const last = Date.parse(dayInNorway(new Date(to)))
  return Array.from({ length: Math.floor((last - first) / (every * 24 * hour)) + 1 }, (_, index) =>
    new Date(first + index * every * 24 * hour).toISOString().slice(0, 10),
  )
}

/** The moment when clocks in Norway show that hour; where they skip it in spring, the hour after. */
function inNorway(day: string, clock: number): number {
  const asUtc = Date.parse(`${day}T${String(clock).padStart(2, '0')}:00:00Z`)
  const [summer, winter] = [asUtc - 2 * hour, asUtc - hour]
  return shows(summer, day, clock) ? summer : winter
}

function shows(time: number, day: string, clock: number): boolean {
  return dayInNorway(new Date(time)) === day && Number(formatTime(new Date(time), 'en').slice(0, 2)) === clock
}

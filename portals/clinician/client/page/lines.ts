/**
 * Lines of all services together: sorted newest first by day, filtered, and compared between two moments. Pure; the services make the
 * lines.
 */

import type { Change, Line } from '@helsevev/panel/panel.ts'
import { dayInNorway } from '@helsevev/ui/format.ts'

export interface Entry extends Changed {
  service: string
  /** Name of the service. */
  serviceName: string
}

/** Days back from now; `all` has no limit. */
export const periods = { week: 7, month: 30, quarter: 90, year: 365, all: undefined } as const
export type Period = keyof typeof periods

export interface Filter {
  period: Period
  service?: string
  controller?: string
  kind?: string
}

/** The day in Norway. A FHIR date keeps its precision; a line without a date has no day. */
export function dayOf({ time }: Pick<Line, 'time'>): string {
  return time.includes('T') ? dayInNorway(new Date(time)) : time
}

export function filtered(entries: readonly Entry[], { period, service, controller, kind }: Filter, now: Date): Entry[] {
  const days = periods[period]
  const first = days === undefined ? '' : dayInNorway(new Date(now.getTime() - days * 86_400_000))
  return entries.filter(
    (entry) =>
      dayOf(entry) >= first.slice(0, dayOf(entry).length || undefined) &&
      (!service || entry.service === service) &&
      (!controller || entry.controller === controller) &&
      (!kind || entry.kind === kind),
  )
}

/** Newest day first; within a day the latest first, and lines without a time of day last. */
export function byDay(entries: readonly Entry[]): [day: string, entries: Entry[]][] {
  const latestFirst = entries.toSorted((one, other) => instantIn(other) - instantIn(one) || (one.what < other.what ? -1 : 1))
  return [...Map.groupBy(latestFirst, dayOf)].sort(([one], [other]) => (one < other ? 1 : -1))
}

function instantIn({ time }: Line): number {
  return time.includes('T') ? Date.parse(time) : 0
}

/** The values to choose from, in alphabetical order. */
export function choices(entries: readonly Entry[], of: (entry: Entry) => string): string[] {
  return [...new Set(entries.map(of))].filter(Boolean).sort((one, other) => one.localeCompare(other, 'nb'))
}

const changes = ['added', 'changed', 'ended', 'same'] as const
type Kind = (typeof changes)[number]

export interface Difference {
  change: Kind
  before?: Line
  after?: Line
}

/** Compares the lines by key, in the order of `changes`. A line is unchanged when it states the same, even if it was registered again. */
export function differences(before: readonly Line[], after: readonly Line[]): Difference[] {
  const earlier = new Map(before.map((line) => [line.key, line]))
  const later = new Set(after.map(({ key }) => key))
  const found: Difference[] = [
    ...after.map((line): Difference => {
      const old = earlier.get(line.key)
      if (!old) return { change: 'added', after: line }
      return { change: old.value === line.value && old.what === line.what ? 'same' : 'changed', before: old, after: line }
    }),
    ...before.filter(({ key }) => !later.has(key)).map((line): Difference => ({ change: 'ended', before: line })),
  ]
  return found.sort((one, other) => changes.indexOf(one.change) - changes.indexOf(other.change))
}

/** What the timeline says of a change: the line as it became, and what it was. */
export interface Changed extends Line {
  was?: Line
}

/**
 * The changes of records that are changed in place, as a comparison of the moments before and after finds them. An end that `own`, the
 * lines of the timeline that the service makes itself, already has stands there once.
 */
export function changedLines(changes: readonly Change[], linesAt: (data: unknown, at: Date) => Line[], own: readonly Line[]): Changed[] {
  return changes.flatMap(({ at, before, after }) => {
    const moment = new Date(at)
    const [then, since] = [before, after].map((data) => (data === undefined ? [] : linesAt(data, moment)))
    return differences(then ?? [], since ?? []).flatMap(({ change, before: was, after: is }): Changed[] => {
      if (change === 'changed' && is) return [{ ...is, time: is.changed ?? at, about: 'change', ...(was ? { was } : {}) }]
      const isTold = own.some(({ key, about }) => about === 'end' && key === was?.key)
      return change === 'ended' && was && !isTold ? [{ ...was, time: at, about: 'end' }] : []
    })
  })
}

/** Where a stored line stands: its FHIR status by the state of the line, and when it counts as in use. */
import type { LineState } from '@helsevev/clinical/medicines/line-state'
import { isAhead } from '@helsevev/clinical/period'
import { hasTimeOfDay } from '@helsevev/clinical/time'
import type { Presence } from '@helsevev/kernel/store/present'
import { instant, period } from '@helsevev/kernel/values/dates'
import type { MedicationStatement } from '@medplum/fhirtypes'
import { extensionsOf, partOf } from '../fhir/systems.ts'

type Status = MedicationStatement['status']

const statuses: Readonly<Record<LineState, Status>> = {
  'not-started': 'intended',
  active: 'active',
  'course-over': 'completed',
  'stop-planned': 'active',
  stopped: 'stopped',
  gone: 'stopped',
}

export function statusOf(state: LineState): Status {
  return statuses[state]
}

/** Seponering of a stored line; without a time it holds at once. */
function discontinuationOf(one: MedicationStatement): { time?: string } | undefined {
  const [stop] = extensionsOf(one, 'discontinuation')
  const time = partOf(stop, 'timedate')?.valueDateTime
  return stop && (time === undefined ? {} : { time })
}

/** A line of another message than the list: proposed or packed by a pharmacy. */
export function standsInOf(one: MedicationStatement): string | undefined {
  return extensionsOf(one, 'standsIn')[0]?.valueCode
}

/**
 * In use from its start until the instant of its discontinuation, or the last day of its course; time needs no message. A line that a
 * pharmacy proposes or packs is not in use by that.
 */
export function presenceOf(one: MedicationStatement): Presence {
  const stop = discontinuationOf(one)
  if (standsInOf(one) !== undefined || (stop && stop.time === undefined)) return 'never'
  const { start, end } = one.effectivePeriod ?? {}
  const limits = [stop?.time === undefined ? undefined : instant(stop.time), endOf(end)].filter((limit) => limit !== undefined)
  const until = limits.sort((a, b) => a.getTime() - b.getTime())[0]
  return { from: start === undefined ? undefined : instant(start), until }
}

/** A day is the last day; an instant is that from which it is not taken. */
function endOf(end: string | undefined): Date | undefined {
  if (end === undefined) return undefined
  return hasTimeOfDay(end) ? instant(end) : period(end)?.end
}

export type Standing = 'in-use' | 'not-started' | 'over' | 'stopped'

/** Where a stored line stands at an instant, by the limits of `presenceOf`. `over`: its course has ended, and it is not discontinued. */
export function standingOf(one: MedicationStatement, now: Date): Standing {
  const stop = discontinuationOf(one)
  if (stop && !isAhead(stop.time, now)) return 'stopped'
  const { start, end } = one.effectivePeriod ?? {}
  if (isAhead(start, now)) return 'not-started'
  const last = endOf(end)
  return last !== undefined && last <= now ? 'over' : 'in-use'
}

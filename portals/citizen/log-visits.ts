/**
 * Turns lines of the access log into what a person reads: the lines that one user makes within a short time become one visit; visits are
 * filtered, and grouped by day or by place. Pure, and the same in every browser.
 */
import { dayInNorway } from '@helsevev/ui/format.ts'
import type { Did, LogLine } from './contract.ts'

/** Lines with a longer gap between them belong to separate visits. */
export const visitMinutes = 15

export interface Visit extends Pick<LogLine, 'actor' | 'did' | 'purpose' | 'basis' | 'reason' | 'outcome'> {
  /** Id of the line that a question is about: the line that showed most. */
  id: string
  /** The times of the last line and of the first. */
  to: string
  from: string
  services: string[]
  /** Absent where it is not shown for any of the lines. */
  count?: number
  withheld: boolean
  /** Newest first. */
  lines: LogLine[]
}

/** Takes lines newest first, and returns visits newest first. */
export function visitsOf(lines: readonly LogLine[]): Visit[] {
  const visits: Visit[] = []
  const latest = new Map<string, Visit>()
  for (const line of lines) {
    const key = JSON.stringify([line.actor, line.did, line.purpose, line.basis, line.reason, line.outcome])
    const visit = latest.get(key)
    if (visit && Date.parse(visit.from) - Date.parse(line.at) <= visitMinutes * 60_000) add(visit, line)
    else latest.set(key, begin(visits, line))
  }
  return visits
}

function begin(visits: Visit[], line: LogLine): Visit {
  const { id, at, actor, did, purpose, basis, reason, outcome, service, count, withheld } = line
  const visit: Visit = {
    id,
    to: at,
    from: at,
    actor,
    did,
    ...(purpose === undefined ? {} : { purpose }),
    ...(basis === undefined ? {} : { basis }),
    ...(reason === undefined ? {} : { reason }),
    outcome,
    services: service === undefined ? [] : [service],
    ...(count === undefined ? {} : { count }),
    withheld,
    lines: [line],
  }
  visits.push(visit)
  return visit
}

function add(visit: Visit, line: LogLine): void {
  const most = Math.max(...visit.lines.map(({ count = 0 }) => count))
  if ((line.count ?? 0) > most) visit.id = line.id
  visit.from = line.at
  if (line.service !== undefined && !visit.services.includes(line.service)) visit.services.push(line.service)
  if (line.count !== undefined) visit.count = (visit.count ?? 0) + line.count
  visit.withheld ||= line.withheld
  visit.lines.push(line)
}

export interface LogFilter {
  /** Organisation number. */
  place?: string | undefined
  service?: string | undefined
  purpose?: string | undefined
  emergencyOnly: boolean
  /** Whether to include what citizens did: the person, and those who act for the person. */
  citizens: boolean
}

export const isEmergency = ({ purpose, basis }: Pick<LogLine, 'purpose' | 'basis'>) => purpose === 'BTG' || basis === 'emergency'
const isCitizen = ({ actor }: Pick<LogLine, 'actor'>) => actor.kind === 'self' || actor.kind === 'representative'

export function filtered(lines: readonly LogLine[], { place, service, purpose, emergencyOnly, citizens }: LogFilter): LogLine[] {
  return lines.filter(
    (line) =>
      (citizens || !isCitizen(line)) &&
      (place === undefined || line.actor.organization?.number === place) &&
      (service === undefined || line.service === service) &&
      (purpose === undefined || line.purpose === purpose) &&
      (!emergencyOnly || isEmergency(line)),
  )
}

export interface Group {
  /** A day in Norway, or the name of a place; empty where no place is known. */
  key: string
  visits: Visit[]
}

/** Newest day first. */
export function byDay(visits: readonly Visit[]): Group[] {
  return grouped(visits, ({ to }) => dayInNorway(new Date(to)))
}

/** The place with most visits first; visits without an organisation last. */
export function byPlace(visits: readonly Visit[]): Group[] {
  const groups = grouped(visits, ({ actor }) => actor.organization?.name ?? '')
  return groups.sort((one, other) => Number(one.key === '') - Number(other.key === '') || other.visits.length - one.visits.length)
}

function grouped(visits: readonly Visit[], keyOf: (visit: Visit) => string): Group[] {
  const groups = new Map<string, Visit[]>()
  for (const visit of visits) groups.set(keyOf(visit), [...(groups.get(keyOf(visit)) ?? []), visit])
  return [...groups].map(([key, inside]) => ({ key, visits: inside }))
}

const sights: readonly Did[] = ['looked', 'identified', 'checked']

/** Whether a question can be asked: staff or a system of an organisation made the line. */
export function canAsk({ actor }: Pick<LogLine, 'actor'>): boolean {
  return !isCitizen({ actor }) && actor.organization !== undefined
}

export function isSight({ did }: Pick<LogLine, 'did'>): boolean {
  return sights.includes(did)
}

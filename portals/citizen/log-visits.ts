/**
 * Turns lines of the access log into what a person reads: the lines of one opening become one visit, and so do the lines without one that
 * one user makes within a short time; visits are filtered, and grouped by day or by place. Pure, and the same in every browser.
 */
import { dayInNorway } from '@helsevev/ui/format.ts'
import type { Did, LogLine } from './contract.ts'

/** Lines that are part of no opening, with a longer gap between them, belong to separate visits. */
export const visitMinutes = 15

export interface Visit extends Pick<LogLine, 'actor' | 'did' | 'purpose' | 'basis' | 'reason' | 'outcome'> {
  /** What opened something that the patient has restricted, by the lines that did. */
  openedBy: string[]
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
    const key = keyOf(line)
    const visit = latest.get(key)
    if (visit && (line.episode !== undefined || isSoonAfter(line, visit))) add(visit, line)
    else latest.set(key, begin(visits, line))
  }
  return visits
}

/**
 * What was seen in one opening is one visit, also what was refused or empty in it. What was written or changed in it is another: it is
 * another act.
 */
function keyOf({ episode, actor, did, purpose, basis, reason, outcome }: LogLine): string {
  if (episode !== undefined) return JSON.stringify([episode, isSight({ did }) ? 'seen' : [did, outcome]])
  return JSON.stringify([actor, did, purpose, basis, reason, outcome])
}

function isSoonAfter(line: LogLine, visit: Visit): boolean {
  return Date.parse(visit.from) - Date.parse(line.at) <= visitMinutes * 60_000
}

function begin(visits: Visit[], line: LogLine): Visit {
  const { id, at, actor, did, purpose, basis, reason, outcome, service, count, withheld, openedBy } = line
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
    openedBy: openedBy === undefined ? [] : [openedBy],
    lines: [line],
  }
  visits.push(visit)
  return visit
}

function add(visit: Visit, line: LogLine): void {
  const most = Math.max(...visit.lines.map(({ count = 0 }) => count))
  if ((line.count ?? 0) > most) visit.id = line.id
  visit.from = line.at
  if (line.count !== undefined) visit.count = (visit.count ?? 0) + line.count
  visit.withheld ||= line.withheld
  if (line.openedBy !== undefined && !visit.openedBy.includes(line.openedBy)) visit.openedBy.push(line.openedBy)
  visit.lines.push(line)
  if (line.basis !== undefined) visit.basis ??= line.basis
  if (line.reason !== undefined) visit.reason ??= line.reason
  name(visit, line)
}

/** What names a visit, the most first: what was seen, and then that only the name was, or only that there is something. */
const namedBy = ['looked', 'checked', 'identified', 'listed']

/** The visit is named by what came of it: what was seen, if anything was, and else that it was refused. The rest stands in its lines. */
function name(visit: Visit, line: LogLine): void {
  const rank = ({ outcome, did }: Pick<Visit, 'outcome' | 'did'>) => (outcome === 'ok' ? 0 : namedBy.length) + namedBy.indexOf(did)
  const more = rank(visit) - rank(line)
  if (more > 0) Object.assign(visit, { outcome: line.outcome, did: line.did, services: [] })
  if (more >= 0 && line.service !== undefined && !visit.services.includes(line.service)) visit.services.push(line.service)
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

const sights: readonly Did[] = ['looked', 'identified', 'checked', 'listed']

/** Whether a question can be asked: staff or a system of an organisation made the line. */
export function canAsk({ actor }: Pick<LogLine, 'actor'>): boolean {
  return !isCitizen({ actor }) && actor.organization !== undefined
}

export function isSight({ did }: Pick<LogLine, 'did'>): boolean {
  return sights.includes(did)
}

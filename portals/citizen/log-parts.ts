/**
 * What came of a visit, part by part: what was shown, what was looked for and was not there, and what was stopped, with the patient's own
 * choice where that is known to be the reason. Pure. The log does not show a patient why something was not shown, so the reason is taken
 * from the choices that were in force at that time.
 */
import { dayInNorway } from '@helsevev/ui/format.ts'
import type { Choice, LogLine } from './contract.ts'
import type { Visit } from './log-visits.ts'

/** `untold`: the reader of the log is not shown whether anything was seen. */
type Found = 'some' | 'untold' | 'stopped' | 'refused' | 'nothing'

/**
 * A choice that explains it: one that covers all there is, one about what comes from some sources, or about single records; `withheld` when
 * the log says only that something was held back.
 */
type Why = 'blocked' | 'restricted' | 'restrictedFrom' | 'restrictedOne' | 'withheld'

export interface Part {
  found: Found
  why?: Why
  /** Names of the sources that the choice is about. */
  from?: string[]
  services: string[]
}

type InForce = Pick<
  Choice,
  'kind' | 'made' | 'ended' | 'until' | 'active' | 'service' | 'controller' | 'receiver' | 'practitioner' | 'record'
>

const order: readonly Found[] = ['some', 'untold', 'stopped', 'refused', 'nothing']

/** The parts of what was looked at, what was seen first; each service stands in one of them. */
export function partsOf({ lines }: Pick<Visit, 'lines'>, choices: readonly InForce[]): Part[] {
  const looks = lines.filter(({ did, outcome }) => did === 'looked' && outcome !== 'failed')
  const parts = new Map<string, Part>()
  for (const [service, inService] of Map.groupBy(looks, (line) => line.service ?? 'unknown')) {
    const part = partOf(inService, choices)
    const key = [part.found, part.why, ...(part.from ?? [])].join()
    const known = parts.get(key)
    if (known) known.services.push(service)
    else parts.set(key, { ...part, services: [service] })
  }
  return [...parts.values()].sort((one, other) => order.indexOf(one.found) - order.indexOf(other.found))
}

function partOf(lines: readonly LogLine[], choices: readonly InForce[]): Omit<Part, 'services'> {
  const shown = lines.filter(({ outcome }) => outcome === 'ok')
  if (shown.some(({ count }) => count !== undefined && count > 0)) return { found: 'some' }
  if (shown.some(({ count }) => count === undefined)) return { found: 'untold' }
  const stopped = lines.find(({ withheld, problem }) => withheld || problem === BLOCKED)
  if (stopped) return { found: 'stopped', ...whyStopped(stopped, choices) }
  return { found: shown.length > 0 ? 'nothing' : 'refused' }
}

const BLOCKED = 'blocked-by-patient'

/** The choice that covers most; the purpose of emergency passes by all but a block. */
function whyStopped(line: LogLine, choices: readonly InForce[]): Pick<Part, 'why' | 'from'> {
  if (line.problem === BLOCKED) return { why: 'blocked' }
  const met = choices.filter((choice) => wasInForce(choice, line.at) && concerns(choice, line))
  const whole = met.filter(isWhole)
  if (whole.some(({ kind }) => kind === 'block')) return { why: 'blocked' }
  const others = line.purpose === 'BTG' ? [] : met.filter(({ kind }) => kind !== 'block')
  if (others.some(isWhole)) return { why: 'restricted' }
  const from = others.flatMap(({ controller, record }) => (controller && !record ? [controller.name] : []))
  if (from.length > 0) return { why: 'restrictedFrom', from: [...new Set(from)].sort() }
  return { why: others.some(({ record, service }) => record && service !== undefined) ? 'restrictedOne' : 'withheld' }
}

/** The choice that held something back from a reader who saw the rest; undefined when none is known to. */
export function keptBack({ lines }: Pick<Visit, 'lines'>, choices: readonly InForce[]): Pick<Part, 'why' | 'from'> | undefined {
  return lines
    .filter(({ withheld }) => withheld)
    .map((line) => whyStopped(line, choices))
    .find(({ why }) => why !== 'withheld')
}

function wasInForce({ made, ended, until, active }: InForce, at: string): boolean {
  if (Date.parse(made) > Date.parse(at)) return false
  if (ended !== undefined) return Date.parse(at) < Date.parse(ended)
  if (until === undefined) return active
  return until.includes('T') ? Date.parse(at) < Date.parse(until) : dayInNorway(new Date(at)) <= until
}

/** Whether the choice keeps something of the service from the one who looked. */
function concerns({ kind, service, receiver, practitioner }: InForce, { actor, ...line }: LogLine): boolean {
  if (kind === 'consent' || (service !== undefined && service !== line.service)) return false
  if (kind === 'block') return practitioner !== undefined && practitioner.hprNumber === actor.hprNumber
  return receiver === undefined || receiver.number === actor.organization?.number
}

/** Whether the choice covers the whole service, so that nothing of it can have been shown, whatever else was in the way. */
const isWhole = ({ controller, record }: InForce) => controller === undefined && !record

/** Lines of the log that say the same, as one: a screen asks for the same things many times. */
export interface Detail extends Pick<LogLine, 'did' | 'service' | 'outcome' | 'count' | 'withheld' | 'choice'> {
  id: string
  from: string
  to: string
  times: number
}

/**
 * Takes lines newest first. What was done to a choice stands by itself. A screen asks for each type of record by itself, which are counted
 * together; what was asked for again is counted once. What was sent is counted each time.
 */
export function detailsOf(lines: readonly LogLine[]): Detail[] {
  const details = new Map<string, Detail>()
  const most = new Map<Detail, Map<string, number>>()
  for (const { id, at, did, service, resource, outcome, count, withheld, choice } of lines) {
    const key = choice ? id : JSON.stringify([did, service, outcome])
    const known = details.get(key)
    if (!known) {
      const optional = {
        ...(service === undefined ? {} : { service }),
        ...(count === undefined ? {} : { count }),
        ...(choice ? { choice } : {}),
      }
      const detail = { id, did, outcome, withheld, ...optional, from: at, to: at, times: 1 }
      details.set(key, detail)
      most.set(detail, new Map(count === undefined ? [] : [[resource ?? '', count]]))
      continue
    }
    known.from = at
    known.times += 1
    known.withheld ||= withheld
    if (count === undefined) continue
    if (did !== 'looked') {
      known.count = (known.count ?? 0) + count
      continue
    }
    const counts = most.get(known) ?? new Map<string, number>()
    counts.set(resource ?? '', Math.max(counts.get(resource ?? '') ?? 0, count))
    const { '': ofOperations = 0, ...ofTypes } = Object.fromEntries(counts)
    // An operation reads records that a search has shown as well.
    known.count = Math.max(
      ofOperations,
      Object.values(ofTypes).reduce((sum, one) => sum + one, 0),
    )
  }
  return [...details.values()]
}

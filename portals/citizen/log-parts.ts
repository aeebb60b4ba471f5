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

/** A choice that alone explains it; `withheld` when the log says only that something was held back. */
type Why = 'blocked' | 'restricted' | 'withheld'

export interface Part {
  found: Found
  why?: Why
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
    const key = `${part.found} ${part.why ?? ''}`
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
  if (stopped) return { found: 'stopped', why: whyStopped(stopped, choices) }
  return { found: shown.length > 0 ? 'nothing' : 'refused' }
}

const BLOCKED = 'blocked-by-patient'

function whyStopped(line: LogLine, choices: readonly InForce[]): Why {
  if (line.problem === BLOCKED) return 'blocked'
  const all = choices.filter((choice) => wasInForce(choice, line.at) && concerns(choice, line) && isWhole(choice, line))
  if (all.some(({ kind }) => kind === 'block')) return 'blocked'
  return all.some(({ kind }) => kind === 'restriction' || kind === 'opt-out') ? 'restricted' : 'withheld'
}

/** Whether the reader met a choice of the patient that may have held something back, at the time of any line where something was. */
export function metChoice({ lines }: Pick<Visit, 'lines'>, choices: readonly InForce[]): boolean {
  return lines.some((line) => line.withheld && choices.some((choice) => wasInForce(choice, line.at) && concerns(choice, line)))
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
function isWhole({ controller, record }: InForce, { purpose }: LogLine): boolean {
  return controller === undefined && !record && purpose !== 'BTG'
}

/** Lines of the log that say the same, as one: a screen asks for the same things many times. */
export interface Detail extends Pick<LogLine, 'did' | 'service' | 'outcome' | 'count' | 'withheld' | 'choice'> {
  id: string
  from: string
  to: string
  times: number
}

/** Takes lines newest first. What was done to a choice stands by itself. */
export function detailsOf(lines: readonly LogLine[]): Detail[] {
  const details = new Map<string, Detail>()
  for (const { id, at, did, service, outcome, count, withheld, choice } of lines) {
    const key = choice ? id : JSON.stringify([did, service, outcome])
    const known = details.get(key)
    if (!known) {
      const optional = {
        ...(service === undefined ? {} : { service }),
        ...(count === undefined ? {} : { count }),
        ...(choice ? { choice } : {}),
      }
      details.set(key, { id, did, outcome, withheld, ...optional, from: at, to: at, times: 1 })
      continue
    }
    known.from = at
    known.times += 1
    known.withheld ||= withheld
    if (count !== undefined) known.count = Math.max(known.count ?? 0, count)
  }
  return [...details.values()]
}

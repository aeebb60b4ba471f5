/**
 * What HTTP answers in a world, by the simple implementation: the refusal, or the records that are shown and the words about what is not.
 * Written from docs/access.md and docs/api, and not from the statements.
 */
import type { Seen } from '../../access/cases/answer.ts'
import { oracle } from './oracle.ts'
import type { World, WorldRecord } from './world.ts'

export interface Answered {
  refused?: string
  /** Ids of the records, sorted. */
  shown?: string[]
  /** The words about what is not shown: `withheld`, `own-only ended`, `GeneralBlock 2`. */
  said?: string[]
}

export function answeredIn(world: World): Answered {
  const { request, facts, records } = world
  const seen = oracle(request, facts)
  if (request.kind === 'list') return ofList(world, seen)
  if ('refused' in seen) return { refused: seen.refused }
  if (request.kind === 'read' || (typeof request.patient === 'object' && 'key' in request.patient)) {
    const record = records.find(({ id }) => id === world.named.id)
    if (!record || !isShown(record, seen, world)) return { refused: 'not-found' }
    return record.deleted ? { refused: 'gone' } : { shown: [record.id] }
  }
  const shown = current(world)
    .filter((record) => isShown(record, seen, world))
    .map(({ id }) => id)
    .sort()
  return { shown, said: [...withheld(world, seen), ...nothing(world, seen, shown.length === 0)].sort() }
}

function ofList(world: World, seen: ReturnType<typeof oracle>): Answered {
  if ('refused' in seen) return seen.refused === 'person-unknown' ? { said: ['unknown'] } : { refused: seen.refused }
  if (current(world).some((record) => isShown(record, seen, world))) return { said: ['some'] }
  if (withheld(world, seen).length > 0) return { said: ['withheld'] }
  const [word = ''] = nothing(world, seen, true)
  return { said: [word.replace(/ .*/, '')] }
}

function current({ records }: World): WorldRecord[] {
  return records.filter(({ deleted }) => !deleted)
}

/** Opened by the controller and, where it is extra-sensitive, by every code; not hidden by a choice, a code or a later release. */
function isShown(record: WorldRecord, seen: Seen, world: World): boolean {
  if (!isOpened(record, seen, world)) return false
  if ([...seen.withholdings].some((one) => concerns(one, record))) return false
  if (record.release !== undefined && seen.hiddenReleaseCodes.has(record.release)) return false
  return !(seen.releasedOnly && record.releaseAt !== undefined && record.releaseAt.getTime() > world.request.now.getTime())
}

function isOpened({ controller, codes, tokens }: WorldRecord, seen: Seen, { request }: World): boolean {
  if (!seen.controllers.has(controller)) return false
  if (!isOfTheContract(controller, tokens, seen)) return false
  if (codes.length === 0 || seen.opened === 'all') return true
  if (request.caller.kind !== 'citizen' && controller === request.caller.organization) return true
  const { opened } = seen
  return codes.every((code) => opened.has(`${controller}|${code}`))
}

/** Whether the record is about a municipal service that the contract names, where a contract is all that opens the controller's records. */
function isOfTheContract(controller: string, tokens: string[], { contracted }: Seen): boolean {
  const named = [...(contracted ?? [])].filter((one) => one.startsWith(`${controller}|`)).map((one) => one.slice(controller.length + 1))
  return named.length === 0 || named.some((token) => tokens.includes(token))
}

function concerns(withholding: string, { controller, id }: WorldRecord): boolean {
  const [, of, record] = withholding.split('|')
  return (of === '*' || of === controller) && (record === '*' || record === id)
}

/** What the patient's choices hide, as far as the reader is notified. */
function withheld(world: World, seen: Seen): string[] {
  const told = [...seen.withholdings].filter((one) => one.endsWith('|true'))
  const of = (cause: string) => told.filter((one) => one.startsWith(cause))
  if (of('SpecificBlock').some((one) => one.startsWith('SpecificBlock|*|*'))) return ['SpecificBlock']
  const uncounted = [...(of('SpecificBlock').length > 0 ? ['SpecificBlock'] : []), ...(of('Reservation').length > 0 ? ['Reservation'] : [])]
  if (uncounted.includes('Reservation')) return uncounted
  // What the source has blocked against staff is counted for staff, but not where it would be that of a relative. What is not released to
  // the person who looks is not counted.
  const isCounted = world.request.caller.kind === 'person' && world.facts.closeRelation?.kind !== 'relative'
  const count = current(world).filter(
    (record) =>
      isOpened(record, seen, world) &&
      isReleased(record, seen, world) &&
      !of('SpecificBlock').some((one) => concerns(one, record)) &&
      (of('GeneralBlock').some((one) => concerns(one, record)) ||
        (isCounted && record.release === 'NORS' && seen.hiddenReleaseCodes.has('NORS'))),
  ).length
  return [...uncounted, ...(count > 0 ? [`GeneralBlock ${count}`] : [])]
}

/** What is not released to this reader is not even counted. */
function isReleased({ release, releaseAt }: WorldRecord, seen: Seen, { request }: World): boolean {
  if (release !== undefined && release !== 'NORS' && seen.hiddenReleaseCodes.has(release)) return false
  return !(seen.releasedOnly && releaseAt !== undefined && releaseAt.getTime() > request.now.getTime())
}

function nothing(world: World, seen: Seen, empty: boolean): string[] {
  const { request, facts } = world
  if (seen.ownOnly === 'system') return empty ? ['own-only system'] : []
  if (seen.ownOnly !== undefined) return [`own-only ${seen.ownOnly}`]
  if (seen.withheld) return ['withheld']
  if (!empty || withheld(world, seen).length > 0) return []
  // Nothing is shown to the citizen, or to staff who see what a citizen sees: the same as when no controller has reported.
  if (request.caller.kind === 'citizen' || seen.releasedOnly) return ['unknown']
  // Whether a municipality holds more than the contract is about is shown to nobody.
  const partly = [...(seen.contracted ?? [])].map((one) => one.split('|')[0])
  return [facts.contributors.some((one) => !partly.includes(one)) ? 'none' : 'unknown']
}

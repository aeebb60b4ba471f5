/**
 * FHIR batch: each entry is handled by itself, and the error of one entry does no harm to another,
 * http://hl7.org/fhir/R4/http.html#transaction. Writes are stored together where they can be, since many measurements arrive at once; reads
 * come afterwards.
 */
import type { Bundle, BundleEntry } from '@medplum/fhirtypes'
import { type Issue, isProblem, type Problem, problemWith, type Result } from '../../problem/problem.ts'
import { statusOfProblem } from '../../problem/status.ts'
import type { PatientKey } from '../../store/ids.ts'
import type { Done, ServiceExchange } from '../exchange.ts'
import { MOST_ISSUES_OF_ENTRY, problemOutcome } from '../outcome.ts'
import { recordAccess } from '../record-access.ts'
import { atEntry, entriesByUrl, entriesOf, entryRequest, responseBundle } from '../write/bundle-entries.ts'
import {
  type AssignedIds,
  assignedIds,
  faultyLinks,
  fullUrlsOf,
  keepKnownIds,
  type PlannedEntry,
  rewriteReferences,
} from '../write/bundle-references.ts'
import { planChange } from '../write/changes.ts'
import { newPlan, type Plan, type Planned, type PlannedChange } from '../write/plan.ts'
import { addressOf, type Link, linksTo, notResolved } from '../write/references.ts'
import { changed, existing } from '../write/single-change.ts'
import { type StoredChanges, storeChanges } from '../write/store-writes.ts'
import { read } from './read.ts'

/** Repeats the entry's fullUrl, so that a sender finds its own entries in the answer. The extension is the one that PMD uses. */
const ENTRY_ID = 'http://hl7.no/fhir/vkpobservation/StructureDefinition/PmdBundleResponseEntryIdExtension'

const eventOf = { POST: 'create', PUT: 'update', PATCH: 'update', DELETE: 'delete' } as const

/**
 * The batch-response, and a `Done` for each read, each refusal and each person written about; or one `Done` that refuses the whole Bundle.
 */
export async function batch(exchange: ServiceExchange, bundle: Bundle): Promise<{ done: Done[]; body: string | undefined }> {
  const entries = entriesOf(bundle, exchange.kernel.validator)
  if (isProblem(entries)) return { done: [{ event: 'batch', type: undefined, result: entries }], body: undefined }
  const { rows, answers } = await someOf(exchange, entries, [...entries.keys()])
  return { done: rows, body: responseBundle('batch-response', answers) }
}

/** Handles some entries of a Bundle, by their places: the rows of the log, and the answer to each as JSON text. */
export async function someOf(
  exchange: ServiceExchange,
  entries: readonly BundleEntry[],
  places: readonly number[],
  answer: 'whole' | 'without-resource' = 'whole',
): Promise<{ rows: Done[]; answers: string[] }> {
  const done: Done[] = []
  try {
    await run(exchange, entries, places, done)
  } catch (error) {
    // The whole answer is a failure then. What was stored before it stays stored, and so do its rows in the access log.
    await Promise.all(rowsOf(done).map((each) => recordAccess(exchange, each)))
    throw error
  }
  const answers = places.map((at) => entryAnswer(done[at], at, entries[at], answer))
  return { rows: rowsOf(done), answers }
}

type Write = PlannedEntry

/** Fills `done` with one item for each of the places. */
async function run(exchange: ServiceExchange, entries: readonly BundleEntry[], places: readonly number[], done: Done[]): Promise<void> {
  const plan = newPlan(exchange, entriesByUrl(entries))
  const writes: Write[] = []
  const reads: { index: number; type: string; id: string }[] = []
  for (const index of places) {
    const request = entryRequest(entries[index] as BundleEntry, index, 'batch', exchange.kernel.validator)
    if (isProblem(request)) done[index] = { event: 'batch', type: undefined, result: request }
    else if (request.method === 'GET') reads.push({ index, type: request.type, id: request.id })
    else {
      plan.patient = undefined
      const planned = await planChange(plan, request)
      if (isProblem(planned)) done[index] = { event: eventOf[request.method], type: request.type, patient: plan.patient, result: planned }
      else writes.push({ index, request, planned })
    }
  }
  await storeInOrder(plan, writes, done)
  for (const { index, type, id } of reads) done[index] = await read(exchange, type, id, new URLSearchParams())
}

/**
 * Stores what refers to no other entry first, then what refers to it, with the ids that it got. What refers to an entry that was refused,
 * to one about another person or to none is refused: it would be a link that nobody can follow, or that leads into another record.
 */
async function storeInOrder(plan: Plan, writes: readonly Write[], done: Done[]): Promise<void> {
  const { exchange } = plan
  await keepKnownIds(
    exchange,
    writes.flatMap(({ planned }) => ('change' in planned ? [planned.change] : [])),
  )
  const ids = assignedIds(writes)
  const fullUrls = fullUrlsOf(writes)
  const makerOf = (write: Write) => {
    const { planned } = write
    return 'same' in planned ? writes.find((other) => other.planned === planned.same) : write
  }
  const urlOf = new Map(writes.map((write) => [addressOf(write.request.fullUrl ?? ''), makerOf(write)]))
  const isStored = (address: string) => {
    const result = done[urlOf.get(address)?.index ?? -1]?.result
    return result !== undefined && !isProblem(result) && ids.has(address)
  }
  for (const { entry, faults } of faultyLinks(writes, plan.entries, ids)) done[entry.index] = refusedFor(entry, faults)
  let left = writes.filter(({ index, planned }) => !('same' in planned) && done[index] === undefined)
  for (let ready = left; ready.length > 0; ) {
    ready = left.filter((write) => linksOf(write, ids).every(({ target }) => isStored(target)))
    rewriteReferences(
      ready.flatMap(({ planned }) => ('change' in planned ? [planned.change] : [])),
      ids,
      fullUrls,
    )
    for (const round of rounds(ready)) await store(plan, round, done)
    left = left.filter((write) => !ready.includes(write))
  }
  for (const write of left) {
    const broken = linksOf(write, ids).filter(({ target }) => !isStored(target))
    done[write.index] = refusedFor(
      write,
      broken.map(({ expression }) => notResolved(expression)),
    )
  }
  for (const { index, request, planned } of writes) {
    if (!('same' in planned)) continue
    const first = done[makerOf({ index, request, planned })?.index ?? -1] ?? missing()
    done[index] = isProblem(first.result) ? first : { ...first, result: { ...first.result, status: 200 } }
  }
}

/** The links of a write to other entries, by their addresses. */
function linksOf({ request, planned }: Write, ids: AssignedIds): Link<string>[] {
  if (!('change' in planned) || planned.change.kind === 'delete') return []
  const own = addressOf(request.fullUrl ?? '')
  const named = new Map([...ids.keys()].map((address) => [address, address]))
  return linksTo(planned.change.write.content, named, request.fullUrl).filter(({ target }) => target !== own)
}

function refusedFor({ request, planned }: Write, issues: Issue[]): Done {
  const { method, type } = request
  return { event: eventOf[method], type, decision: planned.decision, result: problemWith('invalid-resource', issues) }
}

/** Entries that state the same fact or change the same record cannot be stored by one statement: the second waits for the next round. */
function rounds(writes: readonly Write[]): Write[][] {
  const made: { keys: Set<string>; writes: Write[] }[] = []
  for (const write of writes) {
    const key = keyOf(write.planned)
    const round = made.find(({ keys }) => !keys.has(key)) ?? { keys: new Set(), writes: [] }
    if (round.keys.size === 0) made.push(round)
    round.keys.add(key)
    round.writes.push(write)
  }
  return made.map((round) => round.writes)
}

function keyOf(planned: Planned): string {
  if ('existing' in planned) return `existing ${planned.existing.id}`
  if ('same' in planned) return keyOf(planned.same)
  const { change } = planned
  if (change.kind !== 'create') return `record ${change.id}`
  const { patient, businessKey } = change.write.record
  return businessKey === undefined ? `new ${change.id}` : `${patient} ${businessKey}`
}

/** Stores the writes together; when one of them fails, stores them one at a time, so that it does no harm to the others. */
async function store(plan: Plan, writes: readonly Write[], done: Done[]): Promise<void> {
  const changes = writes.flatMap(({ planned }) => ('change' in planned ? [planned.change] : []))
  const together = changes.length > 1 ? await storeChanges(plan.exchange, changes) : undefined
  const shared = together && !isProblem(together) ? { results: [...together.results], derived: [...together.derived] } : undefined
  for (const { index, request, planned } of writes) {
    const event = eventOf[request.method]
    done[index] =
      'existing' in planned
        ? await existing(plan, event, request.type, planned)
        : 'same' in planned
          ? missing()
          : await (shared ? ofShared(plan, event, planned, shared) : alone(plan, event, planned))
  }
}

/** The next result of the changes that were stored together. What is derived from any of them goes with the first of its person. */
function ofShared(plan: Plan, event: string, planned: PlannedChange, { results, derived }: StoredChanges): Done {
  const change = results.shift() ?? missing()
  const own = derived.filter(({ patient }) => patient === change.patient)
  for (const one of own) derived.splice(derived.indexOf(one), 1)
  return changed(plan, event, planned, change, undefined, own)
}

async function alone(plan: Plan, event: string, planned: PlannedChange): Promise<Done> {
  const stored = await storeChanges(plan.exchange, [planned.change])
  if (isProblem(stored)) return changed(plan, event, planned, stored, undefined)
  return changed(plan, event, planned, stored.results[0] ?? missing(), undefined, stored.derived)
}

function missing(): never {
  throw new Error('One change gives one result.')
}

/** All writes about one person make one row, whatever the number of entries; each refusal and each read has its own row. */
function rowsOf(done: readonly (Done | undefined)[]): Done[] {
  const rows: Done[] = []
  const written = new Map<PatientKey, Done>()
  for (const one of done) {
    if (one === undefined) continue
    const person = one.decision?.patient.key
    if (isProblem(one.result) || one.event === 'read' || person === undefined) {
      rows.push(one)
      continue
    }
    const row = written.get(person)
    if (row) row.disclosed = [...(row.disclosed ?? []), ...(one.disclosed ?? [])]
    else written.set(person, { ...one, event: 'batch', type: undefined })
  }
  return [...rows, ...written.values()]
}

function entryAnswer(one: Done | undefined, index: number, entry: BundleEntry | undefined, answer: 'whole' | 'without-resource'): string {
  const result: Result<{ status: number; headers: Record<string, string>; body: string | undefined }> | Problem = one?.result ?? missing()
  const extension =
    typeof entry?.fullUrl === 'string' && entry.fullUrl !== '' ? { extension: [{ url: ENTRY_ID, valueUri: entry.fullUrl }] } : {}
  if (isProblem(result)) {
    const status = String(statusOfProblem(result))
    return JSON.stringify({
      response: {
        ...extension,
        status,
        outcome: problemOutcome({ ...result, issues: atEntry(entry, index, result) }, MOST_ISSUES_OF_ENTRY),
      },
    })
  }
  const { Location: location, ETag: etag } = result.headers
  const response = JSON.stringify({ ...extension, status: String(result.status), location, etag })
  return result.body && answer === 'whole' ? `{"resource":${result.body},"response":${response}}` : `{"response":${response}}`
}

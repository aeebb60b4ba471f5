/**
 * FHIR batch: each entry is handled by itself, and the error of one entry does no harm to another,
 * http://hl7.org/fhir/R4/http.html#transaction. Writes are stored together where they can be, since many measurements arrive at once; reads
 * come afterwards.
 */
import type { Bundle, BundleEntry } from '@medplum/fhirtypes'
import { isProblem, type Problem, type Result } from '../../problem/problem.ts'
import { statusOfProblem } from '../../problem/status.ts'
import type { PatientKey } from '../../store/ids.ts'
import type { Done, ServiceExchange } from '../exchange.ts'
import { problemOutcome } from '../outcome.ts'
import { recordAccess } from '../record-access.ts'
import { atEntry, entriesByUrl, entriesOf, entryRequest } from '../write/bundle-entries.ts'
import { type ChangeRequest, newPlan, type Plan, type Planned, planChange } from '../write/changes.ts'
import { changed, existing } from '../write/single-change.ts'
import { type Change, type StoredChange, storeChanges } from '../write/store-writes.ts'
import { read } from './read.ts'

/** Repeats the entry's fullUrl, so that a sender finds its own entries in the answer. The extension is the one that PMD uses. */
const ENTRY_ID = 'http://hl7.no/fhir/vkpobservation/StructureDefinition/PmdBundleResponseEntryIdExtension'

const eventOf = { POST: 'create', PUT: 'update', DELETE: 'delete' } as const

/**
 * The batch-response, and a `Done` for each read, each refusal and each person written about; or one `Done` that refuses the whole Bundle.
 */
export async function batch(exchange: ServiceExchange, bundle: Bundle): Promise<{ done: Done[]; body: string | undefined }> {
  const entries = entriesOf(bundle)
  if (isProblem(entries)) return { done: [{ event: 'batch', type: undefined, result: entries }], body: undefined }
  const done: Done[] = []
  try {
    await run(exchange, entries, done)
  } catch (error) {
    // The whole answer is a failure then. What was stored before it stays stored, and so do its rows in the access log.
    await Promise.all(rowsOf(done).map((each) => recordAccess(exchange, each)))
    throw error
  }
  const answers = entries.map((entry, index) => entryAnswer(done[index], index, entry))
  return { done: rowsOf(done), body: `{"resourceType":"Bundle","type":"batch-response","entry":[${answers.join(',')}]}` }
}

interface Write {
  index: number
  request: ChangeRequest
  planned: Planned
}

/** Fills `done` with one item for each entry. */
async function run(exchange: ServiceExchange, entries: readonly BundleEntry[], done: Done[]): Promise<void> {
  const plan = newPlan(exchange, entriesByUrl(entries))
  const writes: Write[] = []
  const reads: { index: number; type: string; id: string }[] = []
  for (const [index, entry] of entries.entries()) {
    const request = entryRequest(entry, index)
    if (isProblem(request)) done[index] = { event: 'batch', type: undefined, result: request }
    else if (request.method === 'GET') reads.push({ index, type: request.type, id: request.id })
    else {
      plan.patient = undefined
      const planned = await planChange(plan, request)
      if (isProblem(planned)) done[index] = { event: eventOf[request.method], type: request.type, patient: plan.patient, result: planned }
      else writes.push({ index, request, planned })
    }
  }
  for (const round of rounds(writes)) await store(plan, round, done)
  for (const { index, type, id } of reads) done[index] = await read(exchange, type, id)
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
  const { change } = planned
  if (change.kind !== 'create') return `record ${change.id}`
  const { patient, businessKey } = change.write.record
  return businessKey === undefined ? `new ${change.id}` : `${patient} ${businessKey}`
}

/** Stores the writes together; when one of them fails, stores them one at a time, so that it does no harm to the others. */
async function store(plan: Plan, writes: readonly Write[], done: Done[]): Promise<void> {
  const changes = writes.flatMap(({ planned }) => ('change' in planned ? [planned.change] : []))
  const together = changes.length > 1 ? await storeChanges(plan.exchange, changes) : undefined
  const results = Array.isArray(together) ? [...together] : undefined
  for (const { index, request, planned } of writes) {
    const event = eventOf[request.method]
    done[index] =
      'existing' in planned
        ? await existing(plan, event, request.type, planned)
        : changed(plan, event, planned, results ? (results.shift() ?? missing()) : await alone(plan, planned.change), undefined)
  }
}

async function alone({ exchange }: Plan, change: Change): Promise<Result<StoredChange>> {
  const stored = await storeChanges(exchange, [change])
  return isProblem(stored) ? stored : (stored[0] ?? missing())
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

function entryAnswer(one: Done | undefined, index: number, entry: BundleEntry): string {
  const result: Result<{ status: number; headers: Record<string, string>; body: string | undefined }> | Problem = one?.result ?? missing()
  const extension = entry?.fullUrl ? { extension: [{ url: ENTRY_ID, valueUri: entry.fullUrl }] } : {}
  if (isProblem(result)) {
    const status = String(statusOfProblem(result))
    return JSON.stringify({
      response: { ...extension, status, outcome: problemOutcome({ ...result, issues: atEntry(entry, index, result) }) },
    })
  }
  const { Location: location, ETag: etag } = result.headers
  const response = JSON.stringify({ ...extension, status: String(result.status), location, etag })
  return result.body ? `{"resource":${result.body},"response":${response}}` : `{"response":${response}}`
}

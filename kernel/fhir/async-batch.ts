/**
 * A batch that is answered later (http://hl7.org/fhir/R4/async.html): 202 with the address of its status, 202 with X-Progress while it
 * runs, and then the batch-response. docs/decisions/0071-batches-that-are-answered-later.md
 */
import type { Bundle, BundleEntry } from '@medplum/fhirtypes'
import { isProblem, problem } from '../problem/problem.ts'
import { statusOfProblem } from '../problem/status.ts'
import type { JobOwner, JobStatus } from '../store/batch-jobs.ts'
import { isUnavailable } from '../store/unavailable.ts'
import { jsonAnswer } from './answer.ts'
import type { ServiceExchange } from './exchange.ts'
import { someOf } from './interactions/batch.ts'
import { operationOutcome, problemOutcome } from './outcome.ts'
import { preferred } from './prefer.ts'
import { recordAccess } from './record-access.ts'
import { type Outcome, one } from './routes.ts'
import { entriesOf } from './write/bundle-entries.ts'
import { addressOf, linksTo } from './write/references.ts'

const event = '$batch'

/** Entries that are handled before the answers are kept; more where they refer to each other. */
const STEP = 20

/**
 * Begins a batch of writes of a system that prefers it (RFC 7240 section 4.1); undefined where it is answered at once: others have no such
 * preference, and what is read is an answer that nobody keeps.
 */
export async function beginBatch(exchange: ServiceExchange, bundle: Bundle, prefer: string | undefined): Promise<Outcome | undefined> {
  const { kernel, caller, service } = exchange
  if (preferred(prefer, 'respond-async') !== '' || caller.kind !== 'system') return undefined
  const entries = entriesOf(bundle, kernel.validator)
  if (isProblem(entries) || entries.some((entry) => entry?.request?.method === 'GET')) return undefined
  const owner = ownerOf(exchange)
  const steps = stepsOf(entries)
  const id = await kernel.jobs.begin(owner, { service: service.id, entries: entries.length }, async (keep) => {
    try {
      for (const places of steps) {
        const { rows, answers } = await someOf(exchange, entries, places, 'without-resource')
        await Promise.all(rows.map((row) => recordAccess(exchange, row)))
        if (!(await keep(new Map(places.map((at, index) => [at, JSON.parse(answers[index] ?? '{}')]))))) return
      }
    } catch (error) {
      await recordAccess(exchange, { event: 'failed', type: undefined, result: problem(isUnavailable(error) ? 'unavailable' : 'fault') })
    }
  })
  if (isProblem(id)) return one({ event: 'batch', type: undefined, result: id })
  const headers = { 'Content-Location': `${kernel.baseUrl}/fhir/${service.id}/$batch/${id}` }
  const reason = `${entries.length} entries, to be stored after the answer`
  return one({ event: 'batch', type: undefined, reason, result: { status: 202, headers, body: undefined } })
}

/**
 * 202 while it runs, with X-Progress; then 200 with the batch-response. An entry that a server did not come to when it ended has status
 * 503: it may be stored or not, and to send it again is safe.
 */
export async function batchStatus(exchange: ServiceExchange, id: string): Promise<Outcome> {
  const found = await exchange.kernel.jobs.status(ownerOf(exchange), exchange.service.id, id)
  if (!found) return one({ event, type: undefined, result: notThere() })
  // What it says of persons stands in the rows of the log that the entries have made.
  if (found.state !== 'running') return { done: [], answer: jsonAnswer(responseOf(found)) }
  const headers = { 'X-Progress': progressOf(found), 'Retry-After': '1' }
  return { done: [], answer: { status: 202, headers, body: undefined } }
}

/** 202, and then it is not known any more. What is stored stays stored. */
export async function endBatch(exchange: ServiceExchange, id: string): Promise<Outcome> {
  const found = await exchange.kernel.jobs.end(ownerOf(exchange), exchange.service.id, id)
  if (!found) return one({ event, type: undefined, result: notThere() })
  const text = `Ended. ${progressOf(found)} were kept; twenty more may be. What is stored stays stored.`
  const outcome = operationOutcome([{ severity: 'information', type: 'informational', code: 'batch-ended', text }])
  const answer = { ...jsonAnswer(outcome), status: 202 }
  return one({ event, type: undefined, reason: `ended: ${progressOf(found)}`, result: answer })
}

function ownerOf({ caller }: ServiceExchange): JobOwner {
  return { organization: caller.organization ?? '', client: caller.client, supplier: caller.supplier ?? '' }
}

const notThere = () => problem('not-found', 'There is no batch of yours with this id. They are kept for a day.')

function progressOf({ answers, entries }: JobStatus): string {
  return `${Object.keys(answers).length} of ${entries} entries`
}

function responseOf({ answers, entries }: JobStatus): Bundle {
  const cutOff = problem('unavailable', 'The server ended before it came to this entry, or could not keep its answer. Send it again.')
  const unknown = { response: { status: String(statusOfProblem(cutOff)), outcome: problemOutcome(cutOff) } }
  const entry = Array.from({ length: entries }, (_, at) => (answers[at] ?? unknown) as BundleEntry)
  return { resourceType: 'Bundle', type: 'batch-response', ...(entry.length > 0 ? { entry } : {}) }
}

/** The places of the entries in steps of twenty, in their order. What refers to each other, and all between it, is in one step. */
export function stepsOf(entries: readonly BundleEntry[]): number[][] {
  const places = new Map(entries.flatMap((entry, at) => (typeof entry?.fullUrl === 'string' ? [[addressOf(entry.fullUrl), at]] : [])))
  const steps: number[][] = []
  /** Where each entry leads to at the furthest, by the entry where the link begins or ends first. */
  const furthest = entries.map((_, at) => at)
  for (const [at, entry] of entries.entries()) {
    if (typeof entry?.resource !== 'object' || entry.resource === null) continue
    const url = typeof entry.fullUrl === 'string' ? entry.fullUrl : undefined
    for (const { target } of linksTo(entry.resource, places, url)) {
      const first = Math.min(at, target)
      furthest[first] = Math.max(furthest[first] ?? first, at, target)
    }
  }
  let step: number[] = []
  let open = -1
  for (const at of entries.keys()) {
    step.push(at)
    open = Math.max(open, furthest[at] ?? at)
    if (open <= at && step.length >= STEP) {
      steps.push(step)
      step = []
    }
  }
  return step.length > 0 ? [...steps, step] : steps
}

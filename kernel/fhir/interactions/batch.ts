/** FHIR batch: each entry on its own, http://hl7.org/fhir/R4/http.html#transaction. One entry's error harms no other. */
import type { Bundle, BundleEntry, Resource } from '@medplum/fhirtypes'
import { isProblem } from '../../problem/problem.ts'
import { statusOfProblem } from '../../problem/status.ts'
import { atEntry, entriesByUrl, entriesOf, entryRequest } from '../bundle-entries.ts'
import { newPlan } from '../changes.ts'
import type { Done, Exchange } from '../exchange.ts'
import { problemOutcome } from '../outcome.ts'
import { recordAccess } from '../record-access.ts'
import { changeOne } from '../single-change.ts'
import { read } from './read.ts'

/** Echoes the entry's fullUrl, so that a sender finds its own entries in the answer; the extension is the one PMD uses. */
const ENTRY_ID = 'http://hl7.no/fhir/vkpobservation/StructureDefinition/PmdBundleResponseEntryIdExtension'

const eventOf = { GET: 'read', POST: 'create', PUT: 'update', DELETE: 'delete' } as const

/** One `Done` per entry, and the batch-response around them; or one `Done` that refuses the Bundle as a whole. */
export async function batch(exchange: Exchange, bundle: Bundle): Promise<{ done: Done[]; body: string | undefined }> {
  const entries = entriesOf(bundle)
  if (isProblem(entries)) return { done: [{ event: 'batch', type: undefined, result: entries }], body: undefined }
  const byUrl = entriesByUrl(entries)
  const done: Done[] = []
  try {
    for (const [index, entry] of entries.entries()) done.push(await one(exchange, entry, index, byUrl))
  } catch (error) {
    // The whole answer is a failure then, and what the entries before it wrote stays written: their rows of the log too.
    await Promise.all(done.map((each) => recordAccess(exchange, each)))
    throw error
  }
  const answers = done.map((each, index) => entryAnswer(each, index, entries[index]?.fullUrl))
  return { done, body: `{"resourceType":"Bundle","type":"batch-response","entry":[${answers.join(',')}]}` }
}

async function one(exchange: Exchange, entry: BundleEntry, index: number, byUrl: ReadonlyMap<string, Resource>): Promise<Done> {
  const request = entryRequest(entry, index)
  if (isProblem(request)) return { event: 'batch', type: undefined, result: request }
  if (request.method === 'GET') return await read(exchange, request.type, request.id)
  return await changeOne(newPlan(exchange, byUrl), eventOf[request.method], request, undefined)
}

function entryAnswer({ result }: Done, index: number, fullUrl: string | undefined): string {
  const extension = fullUrl ? { extension: [{ url: ENTRY_ID, valueUri: fullUrl }] } : {}
  if (isProblem(result)) {
    const status = String(statusOfProblem(result))
    return JSON.stringify({ response: { ...extension, status, outcome: problemOutcome({ ...result, issues: atEntry(index, result) }) } })
  }
  const { Location: location, ETag: etag } = result.headers
  const response = JSON.stringify({ ...extension, status: String(result.status), location, etag })
  return result.body ? `{"resource":${result.body},"response":${response}}` : `{"response":${response}}`
}

/** FHIR transaction: all entries or none, http://hl7.org/fhir/R4/http.html#transaction */

import type { Bundle } from '@medplum/fhirtypes'
import { type Issue, isProblem, problemWith } from '../../problem/problem.ts'
import { logicalId, type PatientKey } from '../../store/ids.ts'
import { etag } from '../answer.ts'
import type { Authorized, Done, ServiceExchange } from '../exchange.ts'
import { MOST_ISSUES_OF_ENTRY, operationOutcome } from '../outcome.ts'
import type { Disclosure } from '../rows.ts'
import {
  atEntry,
  entriesByUrl,
  entriesOf,
  entryRequest,
  noTransaction,
  notInTransaction,
  offersTransaction,
  repeated,
  responseBundle,
} from '../write/bundle-entries.ts'
import { assignedIds, faultyLinks, fullUrlsOf, keepKnownIds, type PlannedEntry, rewriteReferences } from '../write/bundle-references.ts'
import { planChange } from '../write/changes.ts'
import { newPlan, type Plan, type Planned } from '../write/plan.ts'
import { resolveSearches } from '../write/search-references.ts'
import { storeChanges } from '../write/store-writes.ts'
import type { StoredChange } from '../write/stored-change.ts'

/**
 * 200 with a transaction-response, or the faults of every entry at once and nothing stored. There is one `Done` for each person concerned,
 * so that each of them finds the write in the access log; the first `Done` carries the answer.
 */
export async function transaction(exchange: ServiceExchange, bundle: Bundle): Promise<Done[]> {
  const event = 'transaction'
  const { service } = exchange
  if (!offersTransaction(service)) return [{ event, type: undefined, result: noTransaction(service) }]
  const entries = entriesOf(bundle, exchange.kernel.validator)
  if (isProblem(entries)) return [{ event, type: undefined, result: entries }]
  const first = newPlan(exchange, entriesByUrl(entries))
  const unresolved = new Map((await resolveSearches(first, entries)).map(({ index, problem }) => [index, problem]))
  // The entries that a search has found may have got a fullUrl.
  const plan = { ...first, entries: entriesByUrl(entries) }
  const planned: PlannedEntry[] = []
  const issues: Issue[] = []
  let refusal: Done['result'] | undefined
  const planEntry = async (request: ReturnType<typeof entryRequest>, index: number) => {
    if (isProblem(request)) return request
    if (request.method === 'GET') return notInTransaction(index)
    return unresolved.get(index) ?? (await planChange(plan, request))
  }
  for (const [index, entry] of entries.entries()) {
    const request = entryRequest(entry, index, 'transaction', exchange.kernel.validator)
    const outcome = await planEntry(request, index)
    if (isProblem(outcome)) {
      if (outcome.problem !== 'invalid-resource') refusal ??= { ...outcome, issues: atEntry(entry, index, outcome) }
      issues.push(...atEntry(entry, index, outcome))
    } else if (!isProblem(request) && request.method !== 'GET') planned.push({ index, request, planned: outcome })
  }
  issues.push(...repeatedKeys(planned), ...faultsOfLinks(planned, plan.entries))
  if (issues.length > 0) {
    const result = refusal && isProblem(refusal) ? { ...refusal, issues } : problemWith('invalid-resource', issues)
    return [{ event, type: undefined, patient: plan.patient, result }]
  }

  const changes = planned.flatMap(({ planned }) => ('change' in planned ? [planned.change] : []))
  await keepKnownIds(exchange, changes)
  rewriteReferences(changes, assignedIds(planned), fullUrlsOf(planned))
  const stored = await storeChanges(exchange, changes)
  if (isProblem(stored)) return [{ event, type: undefined, patient: plan.patient, result: stored }]
  return answers(planned, resultsOf(planned, stored.results), stored.derived)
}

function repeatedKeys(planned: PlannedEntry[]): Issue[] {
  return repeated(
    planned.flatMap(({ index, planned }) => {
      if (!('change' in planned) || planned.change.kind !== 'create') return []
      const { patient, businessKey } = planned.change.write.record
      return businessKey === undefined ? [] : [{ index, key: `${patient}|${businessKey}` }]
    }),
  )
}

/** Faults of the references between entries. */
function faultsOfLinks(planned: PlannedEntry[], entries: Plan['entries']): Issue[] {
  return faultyLinks(planned, entries, assignedIds(planned)).flatMap(({ entry, faults }) =>
    faults.map((issue) => ({ ...issue, expression: inEntry(entry.index, issue.expression ?? '') })),
  )
}

/** A place in the resource of an entry; `expression` begins with the type. */
function inEntry(index: number, expression: string): string {
  return [`Bundle.entry[${index}].resource`, ...expression.split('.').slice(1)].join('.')
}

/** What became of each change that was planned. */
function resultsOf(planned: readonly PlannedEntry[], stored: readonly StoredChange[]): Map<Planned, StoredChange> {
  const changes = planned.filter(({ planned }) => 'change' in planned)
  return new Map(changes.flatMap(({ planned }, index) => (stored[index] ? [[planned, stored[index]]] : [])))
}

const statusText = { created: '201 Created', unchanged: '200 OK', updated: '200 OK', deleted: '204 No Content' } as const

function answers(planned: PlannedEntry[], results: ReadonlyMap<Planned, StoredChange>, derived: readonly StoredChange[]): Done[] {
  const byPatient = new Map<PatientKey, { decision: Authorized; disclosed: Disclosure[] }>()
  const entry = planned.map(({ request, planned }) => {
    const { decision } = planned
    const change = results.get('same' in planned ? planned.same : planned)
    const disclosure = change ?? ('existing' in planned && !planned.existing.deleted ? planned.existing : undefined)
    const person = byPatient.get(decision.patient.key) ?? { decision, disclosed: [] }
    if (disclosure) person.disclosed.push({ id: disclosure.id, version: disclosure.version, controller: change?.controller })
    byPatient.set(decision.patient.key, person)
    if ('existing' in planned && planned.existing.deleted) return { response: { status: statusText.deleted } }
    if (!change)
      return {
        response: {
          status: statusText.unchanged,
          location: 'existing' in planned ? `${request.type}/${logicalId(decision.patient.key, planned.existing.id)}` : undefined,
        },
      }
    const flags = 'change' in planned && planned.flags.length > 0 ? { outcome: operationOutcome(planned.flags, MOST_ISSUES_OF_ENTRY) } : {}
    const location = `${change.type}/${logicalId(change.patient, change.id)}/_history/${change.version}`
    return {
      response: {
        status: 'same' in planned ? statusText.unchanged : statusText[change.outcome],
        location,
        etag: etag(change.version),
        lastModified: change.recorded.toISOString(),
        ...flags,
      },
    }
  })
  for (const { patient, id, version, controller } of derived) byPatient.get(patient)?.disclosed.push({ id, version, controller })
  const body = responseBundle(
    'transaction-response',
    entry.map((one) => JSON.stringify(one)),
  )
  const answer = { status: 200, headers: {}, body }
  const done = [...byPatient.values()].map(
    ({ decision, disclosed }): Done => ({ event: 'transaction', type: undefined, decision, disclosed, result: answer }),
  )
  return done.length > 0 ? done : [{ event: 'transaction', type: undefined, result: answer }]
}

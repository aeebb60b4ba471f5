/** FHIR transaction: all entries or none, http://hl7.org/fhir/R4/http.html#transaction */

import type { Bundle } from '@medplum/fhirtypes'
import { type Issue, isProblem, problemWith } from '../../problem/problem.ts'
import { logicalId, type PatientKey } from '../../store/ids.ts'
import { etag } from '../answer.ts'
import type { Authorized, Done, ServiceExchange } from '../exchange.ts'
import { MOST_ISSUES_OF_ENTRY, operationOutcome } from '../outcome.ts'
import type { Disclosure } from '../rows.ts'
import { atEntry, entriesByUrl, entriesOf, entryRequest, notInTransaction, repeated } from '../write/bundle-entries.ts'
import { assignedIds, fullUrlsOf, keepKnownIds, type PlannedEntry } from '../write/bundle-references.ts'
import { isSamePerson, newPlan, type Planned, planChange, rewriteReferences } from '../write/changes.ts'
import { linksTo, unresolvedIn } from '../write/references.ts'
import { type StoredChange, storeChanges } from '../write/store-writes.ts'

/**
 * 200 with a transaction-response, or the faults of every entry at once and nothing stored. There is one `Done` for each person concerned,
 * so that each of them finds the write in the access log; the first `Done` carries the answer.
 */
export async function transaction(exchange: ServiceExchange, bundle: Bundle): Promise<Done[]> {
  const event = 'transaction'
  const entries = entriesOf(bundle)
  if (isProblem(entries)) return [{ event, type: undefined, result: entries }]
  const plan = newPlan(exchange, entriesByUrl(entries))
  const planned: PlannedEntry[] = []
  const issues: Issue[] = []
  let refusal: Done['result'] | undefined
  for (const [index, entry] of entries.entries()) {
    const request = entryRequest(entry, index)
    const outcome = isProblem(request) ? request : request.method === 'GET' ? notInTransaction(index) : await planChange(plan, request)
    if (isProblem(outcome)) {
      if (outcome.problem !== 'invalid-resource') refusal ??= { ...outcome, issues: atEntry(entry, index, outcome) }
      issues.push(...atEntry(entry, index, outcome))
    } else if (!isProblem(request) && request.method !== 'GET') planned.push({ index, request, planned: outcome })
  }
  issues.push(...repeatedKeys(planned), ...otherPersons(planned), ...unresolved(planned))
  if (issues.length > 0) {
    const result = refusal && isProblem(refusal) ? { ...refusal, issues } : problemWith('invalid-resource', issues)
    return [{ event, type: undefined, patient: plan.patient, result }]
  }

  const changes = planned.flatMap(({ planned }) => ('change' in planned ? [planned.change] : []))
  await keepKnownIds(exchange, changes)
  rewriteReferences(changes, assignedIds(planned), fullUrlsOf(planned))
  const stored = await storeChanges(exchange, changes)
  if (isProblem(stored)) return [{ event, type: undefined, patient: plan.patient, result: stored }]
  return answers(planned, resultsOf(planned, stored))
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

/** A resource refers to resources of the same person: a reference to another person would bring that person's key into this record. */
function otherPersons(planned: PlannedEntry[]): Issue[] {
  const ids = assignedIds(planned)
  return planned.flatMap(({ index, request, planned }) => {
    if (!('change' in planned) || planned.change.kind === 'delete') return []
    const { patient } = planned.decision
    return linksTo(planned.change.write.content, ids, request.fullUrl)
      .filter(({ target }) => !isSamePerson(patient, target.patient))
      .map(({ expression }) => ({
        severity: 'error' as const,
        type: 'business-rule',
        code: 'reference-to-another-person',
        text: 'The entry referred to is about another person. A resource refers to resources of the same person.',
        expression: inEntry(index, expression),
      }))
  })
}

/** References to entries that the Bundle does not have. */
function unresolved(planned: PlannedEntry[]): Issue[] {
  const ids = assignedIds(planned)
  return planned.flatMap(({ index, request, planned }) => {
    if (!('change' in planned) || planned.change.kind === 'delete') return []
    const issues = unresolvedIn(planned.change.write.content, ids, request.fullUrl)
    return issues.map((issue) => ({ ...issue, expression: inEntry(index, issue.expression ?? '') }))
  })
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

function answers(planned: PlannedEntry[], results: ReadonlyMap<Planned, StoredChange>): Done[] {
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
  const body = JSON.stringify({ resourceType: 'Bundle', type: 'transaction-response', entry })
  const answer = { status: 200, headers: {}, body }
  const done = [...byPatient.values()].map(
    ({ decision, disclosed }): Done => ({ event: 'transaction', type: undefined, decision, disclosed, result: answer }),
  )
  return done.length > 0 ? done : [{ event: 'transaction', type: undefined, result: answer }]
}

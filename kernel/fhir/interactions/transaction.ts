/** FHIR transaction: all entries or none, http://hl7.org/fhir/R4/http.html#transaction */

import type { Bundle } from '@medplum/fhirtypes'
import { type Issue, isProblem, problemWith } from '../../problem/problem.ts'
import { logicalId, type PatientKey } from '../../store/ids.ts'
import { etag } from '../answer.ts'
import type { Authorized, Done, ServiceExchange } from '../exchange.ts'
import { operationOutcome } from '../outcome.ts'
import type { Disclosure } from '../rows.ts'
import { atEntry, entriesByUrl, entriesOf, entryRequest, notInTransaction, repeated } from '../write/bundle-entries.ts'
import {
  type AssignedIds,
  type ChangeRequest,
  isSamePerson,
  newPlan,
  type Planned,
  planChange,
  referencesTo,
  rewriteReferences,
} from '../write/changes.ts'
import { type Change, type StoredChange, storeChanges } from '../write/store-writes.ts'

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
      if (outcome.problem !== 'invalid-resource' && outcome.problem !== 'invalid-bundle')
        refusal ??= { ...outcome, issues: atEntry(entry, index, outcome) }
      issues.push(...atEntry(entry, index, outcome))
    } else if (!isProblem(request) && request.method !== 'GET') planned.push({ index, request, planned: outcome })
  }
  issues.push(...repeatedKeys(planned), ...otherPersons(planned))
  if (issues.length > 0) {
    const result = refusal && isProblem(refusal) ? { ...refusal, issues } : problemWith('invalid-resource', issues)
    return [{ event, type: undefined, patient: plan.patient, result }]
  }

  const changes = planned.flatMap(({ planned }) => ('change' in planned ? [planned.change] : []))
  await keepKnownIds(exchange, changes)
  rewriteReferences(changes, assignedIds(planned))
  const stored = await storeChanges(exchange, changes)
  if (isProblem(stored)) return [{ event, type: undefined, patient: plan.patient, result: stored }]
  return answers(planned, stored)
}

/** Gives a fact that is stored already the id it has, so that references from other entries point to it. */
async function keepKnownIds({ kernel, service }: ServiceExchange, changes: readonly Change[]): Promise<void> {
  const creates = changes.filter((change) => change.kind === 'create')
  const known = await kernel.rows.store.known(
    service.id,
    creates.map(({ write }) => write.record),
  )
  for (const change of creates) {
    const { patient, businessKey } = change.write.record
    change.id = known.find((record) => record.patient === patient && record.businessKey === businessKey)?.id ?? change.id
  }
}

interface PlannedEntry {
  /** The place in the Bundle. */
  index: number
  request: ChangeRequest
  planned: Planned
}

/** Ids by fullUrl. */
function assignedIds(planned: PlannedEntry[]): AssignedIds {
  return new Map(
    planned.flatMap(({ request, planned }) => {
      if (!request.fullUrl || !('change' in planned) || planned.change.kind === 'delete') return []
      return [[request.fullUrl, { type: request.type, patient: planned.decision.patient.key, id: planned.change.id }]]
    }),
  )
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
  return planned.flatMap(({ index, planned }) => {
    if (!('change' in planned) || planned.change.kind === 'delete') return []
    const { patient } = planned.decision
    return referencesTo(planned.change.write.content, ids)
      .filter(({ target }) => !isSamePerson(patient, target.patient))
      .map(({ expression }) => ({
        severity: 'error' as const,
        type: 'business-rule',
        code: 'reference-to-another-person',
        text: 'The entry referred to is about another person. A resource refers to resources of the same person.',
        expression: `Bundle.entry[${index}].resource.${expression}`,
      }))
  })
}

const statusText = { created: '201 Created', unchanged: '200 OK', updated: '200 OK', deleted: '204 No Content' } as const

function answers(planned: PlannedEntry[], stored: StoredChange[]): Done[] {
  const results = [...stored]
  const byPatient = new Map<PatientKey, { decision: Authorized; disclosed: Disclosure[] }>()
  const entry = planned.map(({ request, planned }) => {
    const { decision } = planned
    const change = 'change' in planned ? results.shift() : undefined
    const disclosure = change ?? ('existing' in planned ? planned.existing : undefined)
    const person = byPatient.get(decision.patient.key) ?? { decision, disclosed: [] }
    if (disclosure) person.disclosed.push({ id: disclosure.id, version: disclosure.version, controller: change?.controller })
    byPatient.set(decision.patient.key, person)
    if (!change)
      return {
        response: {
          status: '200 OK',
          location: 'existing' in planned ? `${request.type}/${logicalId(decision.patient.key, planned.existing.id)}` : undefined,
        },
      }
    const flags = 'change' in planned && planned.flags.length > 0 ? { outcome: operationOutcome(planned.flags) } : {}
    const location = `${change.type}/${logicalId(change.patient, change.id)}/_history/${change.version}`
    return {
      response: {
        status: statusText[change.outcome],
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

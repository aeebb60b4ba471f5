/**
 * What a write plans before anything is stored: the request, the decision about each person, and the changes of one Bundle. A single
 * interaction is a plan with one change.
 */

import type { Resource } from '@medplum/fhirtypes'
import type { Decision } from '../../access/decision.ts'
import { type Issue, isProblem, type Problem, problem, problemWith, type Result } from '../../problem/problem.ts'
import type { PatientKey, RecordId } from '../../store/ids.ts'
import type { StoredRecord } from '../../store/record.ts'
import { echoed } from '../../values/echoed.ts'
import { parseJson } from '../../values/json.ts'
import { authorize } from '../authorize.ts'
import type { Authorized, ServiceExchange } from '../exchange.ts'
import { type BoundRecords, records } from '../records.ts'
import type { ResourceDeclaration } from '../service.ts'
import { patientIdentifier, spliceIdentifier } from './content.ts'
import { type Checking, validate } from './prepare-write.ts'
import type { Change } from './store-writes.ts'

export interface ChangeRequest {
  method: 'POST' | 'PUT' | 'DELETE' | 'PATCH'
  type: string
  /** Logical id, for PUT and DELETE. */
  id?: string | undefined
  resource?: Resource | undefined
  /** `W/"3"` */
  ifMatch?: string | undefined
  /** Search parameters, as in If-None-Exist. */
  ifNoneExist?: string | undefined
  /** Search parameters that name the resource to update, in place of its id; for POST, the identifier of a PUT in a Bundle. */
  condition?: string | undefined
  /** For PATCH: the operations of a JSON Patch, as sent. */
  patch?: unknown
  /** The address by which other entries of the Bundle refer to this one. */
  fullUrl?: string | undefined
}

/** A change that can be stored. */
export interface PlannedChange {
  change: Change
  decision: Authorized
  flags: Issue[]
  /** The version that an update replaces. */
  previous?: Resource
}

/**
 * An existing resource that If-None-Exist matched, or that a patch leaves as it is; or, with `deleted`, one that was deleted before and is
 * deleted again.
 */
export interface PlannedExisting {
  existing: { id: RecordId; version: number; deleted?: boolean }
  decision: Authorized
}

/** A resource that another entry of the Bundle makes, which If-None-Exist matched. */
interface PlannedSame {
  same: PlannedChange
  decision: Authorized
}

export type Planned = PlannedChange | PlannedExisting | PlannedSame

/** Keeps the decisions by person, so that a Bundle about one patient is decided once, and the Bundle's resources by fullUrl. */
export interface Plan {
  exchange: ServiceExchange
  decisions: Map<string, Promise<{ outcome: Result<Authorized>; patient: PatientKey | undefined }>>
  entries: ReadonlyMap<string, Resource>
  /** The creates so far, with the conditions they were sent under. */
  creates: { planned: PlannedChange; conditions: Set<string> }[]
  /** The person of the last decision, for the access log. */
  patient: PatientKey | undefined
}

/** A plan without changes. `entries` are the resources of the Bundle by `addressOf` of the fullUrl. */
export function newPlan(exchange: ServiceExchange, entries: ReadonlyMap<string, Resource> = new Map()): Plan {
  return { exchange, decisions: new Map(), entries, creates: [], patient: undefined }
}

/** Checks that the resource's type, id and patient agree with the request. */
export function sentResource(
  exchange: Checking,
  request: ChangeRequest,
  declaration: ResourceDeclaration,
): Result<{ resource: Resource; identityNumber: string }> {
  const { resource, type, id } = request
  if (!resource || resource.resourceType !== type) {
    return problem(
      'invalid-resource',
      `Expected a resource with resourceType ${type}, found ${echoed(String(resource?.resourceType ?? 'none'))}.`,
      {
        expression: 'resourceType',
      },
    )
  }
  if (request.method === 'PUT' && resource.id !== id) {
    return problem('invalid-resource', 'The id of the resource must be the id in the address.', { expression: `${type}.id` })
  }
  if (declaration.patientElement === 'none') return comesInSets(type)
  const patient = patientIdentifier(resource, declaration.patientElement)
  if (patient.issue) {
    // Nothing is decided without a patient. The other faults are reported nevertheless, so that the sender can mend all of them at once.
    const place = `${type}.${declaration.patientElement}`
    const others = validate(exchange, declaration, resource).filter(({ expression }) => !expression?.startsWith(place))
    return problemWith('invalid-resource', [patient.issue, ...others])
  }
  return { resource, identityNumber: patient.identifier?.value ?? '' }
}

/** The resource has no patient element: the patient is known only from the resources it is sent with. */
function comesInSets(type: string): Problem {
  return problem('unknown-interaction', `${type} is stored with what it belongs to, and is not sent alone.`)
}

/** A stored record as its writer sends it, with the identifier of the patient. */
export function resourceOf(
  { content }: Pick<StoredRecord, 'content'>,
  { patientElement }: ResourceDeclaration,
  decision: Decision,
): Resource {
  return parseJson(spliceIdentifier(content ?? '{}', patientElement, decision.patient.identifier)) as Resource
}

/** The decision of a write about a person, made once for each in a plan. `expression` is where the person was named. */
export async function decideFor(
  plan: Plan,
  patient: { identityNumber: string } | { key: PatientKey },
  expression: string,
): Promise<Result<Authorized>> {
  const cacheKey = JSON.stringify(patient)
  const asked = plan.decisions.get(cacheKey) ?? authorize(plan.exchange, 'write', patient)
  plan.decisions.set(cacheKey, asked)
  const { outcome, patient: person } = await asked
  plan.patient = person ?? plan.patient
  if (isProblem(outcome) && outcome.problem === 'person-unknown') return problem('person-unknown', undefined, { expression })
  return outcome
}

/** The records that a decision of the plan opens. Records that a write only looks at on the way are not logged as disclosed. */
export function rowsOf({ exchange }: Plan, decision: Decision): BoundRecords {
  return exchange.kernel.rows.bound(records, decision)
}

/** What the writer is shown: the flags of the record, and what becomes of it during an opt-out, which is not stored with it. */
export function toldTo({ shownToNobody }: Decision, flags: Issue[]): Issue[] {
  if (!shownToNobody) return flags
  const text =
    'Stored. The patient has opted out of this service: nobody is shown it until that ends. Notify those who must know in another way.'
  return [...flags, { severity: 'information', type: 'suppressed', code: 'shown-to-nobody', text }]
}

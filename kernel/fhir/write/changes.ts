/**
 * The common path of every write. Each requested change (create, update or delete) is decided, checked and prepared; then all changes of
 * the request are stored together. A single interaction is a list of one change.
 */

import type { Resource } from '@medplum/fhirtypes'
import type { Decision } from '../../access/decision.ts'
import { type Issue, isProblem, type Problem, problem, problemWith, type Result } from '../../problem/problem.ts'
import { logicalId, type PatientKey, parseLogicalId, placeText, type RecordId, referenceByPlace } from '../../store/ids.ts'
import { referenceIn, tokenText } from '../../store/read-records.ts'
import type { StoredRecord } from '../../store/record.ts'
import { isSamePerson, type Patient } from '../../store/visibility.ts'
import { echoed } from '../../values/echoed.ts'
import { parseJson } from '../../values/json.ts'
import { applyJsonPatch } from '../../values/json-patch.ts'
import { etag } from '../answer.ts'
import { authorize } from '../authorize.ts'
import { whileChoicesStand } from '../decided.ts'
import type { Authorized, ServiceExchange } from '../exchange.ts'
import { actorOf } from '../record-access.ts'
import { type BoundRecords, records } from '../records.ts'
import type { ResourceDeclaration, WriteContext } from '../service.ts'
import { conditionSearch, matchesPlanned } from './conditions.ts'
import { patientIdentifier, spliceIdentifier } from './content.ts'
import { checkIfMatch } from './if-match.ts'
import { findFor, type Naming } from './named-records.ts'
import { type Checking, checkWrite, declarationOf, prepareWrite, validate } from './prepare-write.ts'
import { addressOf, linksTo, meantBy, placesOfLinks, unresolvedIn } from './references.ts'
import { type Holder, underItsKey } from './shared-facts.ts'
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
}

/** An existing resource that If-None-Exist matched; or, with `deleted`, one that was deleted before and is deleted again. */
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

export function newPlan(exchange: ServiceExchange, entries: ReadonlyMap<string, Resource> = new Map()): Plan {
  return { exchange, decisions: new Map(), entries, creates: [], patient: undefined }
}

export async function planChange(plan: Plan, request: ChangeRequest): Promise<Result<Planned>> {
  switch (request.method) {
    case 'POST':
      return await planCreate(plan, request)
    case 'PUT':
      return request.condition === undefined ? await planUpdate(plan, request) : await planConditional(plan, request, request.condition)
    case 'PATCH':
      return await planPatch(plan, request)
    case 'DELETE':
      return await planDelete(plan, request)
  }
}

/**
 * What a change would get as answer, without storing it: decided as the change, checked as the change, and no number of staff is replaced.
 * `declaration` may name fewer profiles than the type has.
 */
export async function checkChange(
  plan: Plan,
  request: ChangeRequest,
  declaration: ResourceDeclaration,
): Promise<Result<{ decision: Authorized; issues: Issue[] }>> {
  const { exchange } = plan
  const current =
    request.method === 'POST' ? undefined : await changeable(plan, { ...request, ifMatch: undefined }, declaration, 'any-version')
  if (isProblem(current)) return current
  if (request.method === 'DELETE' && current) return { decision: current.decision, issues: [] }
  const sent = sentResource(exchange, request, declaration)
  if (isProblem(sent)) return sent
  const { identityNumber, resource } = sent
  const decision = await decideFor(plan, { identityNumber }, `${request.type}.${declaration.patientElement}.identifier`)
  if (isProblem(decision)) return decision
  if (current && !isSamePerson(decision.patient, current.decision.patient.key)) return toAnother(request.type, declaration)
  const { organizationName, name, hprNumber } = await actorOf(exchange)
  const previous = current && resourceOf(current.record, declaration, current.decision)
  const checked = await checkWrite(exchange, declaration, resource, {
    identityNumber,
    controller: current?.record.controller ?? decision.organization,
    birthDate: decision.patient.birthDate,
    writer: { organizationName, name: exchange.caller.kind === 'system' ? undefined : name, hprNumber },
    resolve: resolver(plan, request, decision),
    naming: naming(plan, request, decision, previous),
    ...(previous ? { previous } : {}),
  })
  if (isProblem(checked)) return checked
  const unresolved = unresolvedIn(checked.content, new Set())
  return { decision, issues: [...unresolved, ...toldTo(decision, checked.flags)] }
}

async function planCreate(plan: Plan, request: ChangeRequest): Promise<Result<Planned>> {
  const { exchange } = plan
  const declaration = declarationOf(exchange, request.type, 'create')
  if (isProblem(declaration)) return declaration
  const sent = sentResource(exchange, request, declaration)
  if (isProblem(sent)) return sent
  const decision = await decideFor(
    plan,
    { identityNumber: sent.identityNumber },
    `${request.type}.${declaration.patientElement}.identifier`,
  )
  if (isProblem(decision)) return decision
  if (request.condition !== undefined) {
    const other = await underAnotherKey(plan, declaration, request, sent, decision)
    if (other) return other
  }
  if (request.ifNoneExist !== undefined && exchange.caller.kind === 'person') return conditionNeedsSystem(request.type)
  if (request.ifNoneExist !== undefined) {
    const existing = await matching(plan, declaration, request, request.ifNoneExist, decision, sent.identityNumber)
    if (existing !== undefined) return existing
  }
  const prepared = await prepareWrite(exchange, declaration, sent.resource, {
    decision,
    identityNumber: sent.identityNumber,
    resolve: resolver(plan, request, decision),
    naming: naming(plan, request, decision),
  })
  if (isProblem(prepared)) return prepared
  const write = await underItsKey(prepared, exchange.kernel.rows.store, { mayChange: mayChange(plan, request.type, decision) })
  const planned: PlannedChange = {
    change: { kind: 'create', write, id: exchange.kernel.ids.recordId() },
    decision,
    flags: toldTo(decision, write.flags),
  }
  plan.creates.push({ planned, conditions: new Set(request.ifNoneExist === undefined ? [] : [request.ifNoneExist]) })
  return planned
}

/**
 * The update of the one record that has the identifier, where something else distinguishes the facts of the type: a create would then
 * make a second record with the same identifier.
 */
async function underAnotherKey(
  plan: Plan,
  declaration: ResourceDeclaration,
  request: ChangeRequest,
  { resource, identityNumber }: { resource: Resource; identityNumber: string },
  decision: Authorized,
): Promise<Result<Planned> | undefined> {
  const { type, condition = '' } = request
  const terms = { type, declaration, codes: plan.exchange.kernel.codes }
  const search = conditionSearch({ condition, identityNumber, as: 'request.url' }, terms)
  if (isProblem(search)) return undefined
  const found = await rowsOf(plan, decision).find({ ...search.filter, type, count: 2 })
  if (found.length > 1) return problem('several-matches')
  const [match] = found
  const keyOf = (one: Resource) => declaration.businessKey(one, plan.exchange.kernel.codes)
  if (!match || keyOf(resourceOf(match, declaration, decision)) === keyOf(resource)) return undefined
  const id = logicalId(match.patient, match.id)
  return await planUpdate(plan, { ...request, method: 'PUT', id, ifMatch: etag(match.version), resource: { ...resource, id } })
}

/** What the writer is shown: the flags of the record, and what becomes of it during an opt-out, which is not stored with it. */
function toldTo({ shownToNobody }: Decision, flags: Issue[]): Issue[] {
  if (!shownToNobody) return flags
  const text =
    'Stored. The patient has opted out of this service: nobody is shown it until that ends. Notify those who must know in another way.'
  return [...flags, { severity: 'information', type: 'suppressed', code: 'shown-to-nobody', text }]
}

/** A condition is a look-up without an attestation: it would show a person what a search refuses to that person. */
export function conditionNeedsSystem(type: string, what = 'If-None-Exist'): Problem {
  const rule = `${what} on ${type} is for systems. A person searches first, with an attestation, and then writes.`
  return problem('access-denied', `${rule} A fact that is sent again with the same identifier is stored only once.`)
}

async function planUpdate(plan: Plan, request: ChangeRequest): Promise<Result<Planned>> {
  const { exchange } = plan
  const declaration = declarationOf(exchange, request.type, 'update')
  if (isProblem(declaration)) return declaration
  const sent = sentResource(exchange, request, declaration)
  if (isProblem(sent)) return sent
  const current = await changeable(plan, request, declaration)
  if (isProblem(current)) return current
  const { decision, record } = current
  const target = await decideFor(plan, { identityNumber: sent.identityNumber }, `${request.type}.${declaration.patientElement}.identifier`)
  if (isProblem(target)) return target
  if (!isSamePerson(target.patient, decision.patient.key)) {
    return toAnother(request.type, declaration)
  }
  const previous = resourceOf(record, declaration, decision)
  const prepared = await prepareWrite(exchange, declaration, sent.resource, {
    decision,
    identityNumber: sent.identityNumber,
    resolve: resolver(plan, request, decision),
    naming: naming(plan, request, decision, previous),
    previous,
    controller: record.controller,
  })
  if (isProblem(prepared)) return prepared
  const write = await underItsKey(prepared, exchange.kernel.rows.store, {
    self: record.id,
    mayChange: mayChange(plan, request.type, decision),
  })
  return { change: { kind: 'update', write, id: record.id, expected: record.version }, decision, flags: toldTo(decision, write.flags) }
}

function toAnother(type: string, { patientElement }: ResourceDeclaration): Problem {
  return problem('invalid-resource', 'An update may not move a resource to another person. Delete it and create it where it belongs.', {
    expression: `${type}.${patientElement}.identifier`,
  })
}

/**
 * JSON Patch on the current version, and then an update (http://hl7.org/fhir/R4/http.html#patch). `test` and the answer show what is stored,
 * so a patch asks for all that a read asks for, too.
 */
async function planPatch(plan: Plan, request: ChangeRequest): Promise<Result<Planned>> {
  const declaration = declarationOf(plan.exchange, request.type, 'update')
  if (isProblem(declaration)) return declaration
  const current = await changeable(plan, request, declaration)
  if (isProblem(current)) return current
  const { decision, record } = current
  const shown = await readable(plan, request.type, { patient: record.patient, id: record.id })
  if (isProblem(shown)) return shown
  if (!shown.record) return problem('not-found')
  const patched = applyJsonPatch(resourceOf(record, declaration, decision), request.patch)
  if ('value' in patched) return await planUpdate(plan, { ...request, method: 'PUT', resource: patched.value as Resource })
  return problem(patched.isMalformed ? 'body-invalid' : 'invalid-resource', `JSON Patch, operation ${patched.at}: ${patched.fault}`)
}

/**
 * Conditional update (http://hl7.org/fhir/R4/http.html#cond-update): the next version of the one resource that the condition finds, a new
 * resource when it finds none, and 412 when it finds several.
 */
async function planConditional(plan: Plan, request: ChangeRequest, condition: string): Promise<Result<Planned>> {
  const { exchange } = plan
  const { type, resource } = request
  const declaration = declarationOf(exchange, type, 'update')
  if (isProblem(declaration)) return declaration
  if (exchange.caller.kind === 'person') return conditionNeedsSystem(type, 'A conditional update')
  const sent = sentResource(exchange, { ...request, method: 'POST' }, declaration)
  if (isProblem(sent)) return sent
  const { identityNumber } = sent
  const decision = await decideFor(plan, { identityNumber }, `${type}.${declaration.patientElement}.identifier`)
  if (isProblem(decision)) return decision
  const search = conditionSearch({ condition, identityNumber, as: 'The address' }, { type, declaration, codes: exchange.kernel.codes })
  if (isProblem(search)) return search
  const found = await rowsOf(plan, decision).find({ ...search.filter, type, count: 2 })
  if (found.length > 1) return problem('several-matches', 'The address matches several resources, so none is updated. Name one.')
  const [match] = found
  if (!match) {
    if (request.ifMatch !== undefined)
      return problem('version-conflict', 'Nothing matches the address, so no version is the one in If-Match.')
    if (resource?.id !== undefined)
      return problem('invalid-resource', 'Nothing matches the address. Ids are given by the server: leave id out.')
    return await planCreate(plan, { ...request, method: 'POST' })
  }
  const id = logicalId(match.patient, match.id)
  if (resource?.id !== undefined && resource.id !== id)
    return problem('invalid-parameter', 'The id of the resource is not the id of the resource that the address matches.', {
      expression: `${type}.id`,
    })
  const ifMatch = request.ifMatch ?? etag(match.version)
  return await planUpdate(plan, { ...request, id, ifMatch, resource: { ...sent.resource, id } })
}

async function planDelete(plan: Plan, request: ChangeRequest): Promise<Result<Planned>> {
  const { exchange } = plan
  const declaration = declarationOf(exchange, request.type, 'delete')
  if (isProblem(declaration)) return declaration
  // Only the controller of a record may take it back, also where others may change it.
  const current = await changeable(plan, request)
  if (isProblem(current)) return current
  const { decision, record } = current
  const { patient, id, version } = record
  if (record.deleted) return { existing: { id, version, deleted: true }, decision }
  if (!declaration.deletion) return { change: { kind: 'delete', patient, id, expected: version, type: request.type }, decision, flags: [] }
  const previous = resourceOf(record, declaration, decision)
  const write = await prepareWrite(exchange, declaration, declaration.deletion(previous), {
    decision,
    identityNumber: decision.patient.identifier.value,
    resolve: resolver(plan, request, decision),
    // What is withdrawn names what it named.
    naming: { find: async (named) => new Set(named) },
    previous,
  })
  if (isProblem(write)) return write
  return { change: { kind: 'update', write, id, expected: version }, decision, flags: write.flags }
}

export function resourceOf(
  { content }: Pick<StoredRecord, 'content'>,
  { patientElement }: ResourceDeclaration,
  decision: Decision,
): Resource {
  return parseJson(spliceIdentifier(content ?? '{}', patientElement, decision.patient.identifier)) as Resource
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

type Found = Result<{ decision: Authorized; record: StoredRecord | undefined }>

/** The current version of a record that the caller may change, matched against If-Match. */
async function changeable(
  plan: Plan,
  request: ChangeRequest,
  declaration?: ResourceDeclaration,
  version: 'as-if-match-says' | 'any-version' = 'as-if-match-says',
): Promise<Result<{ decision: Authorized; record: StoredRecord }>> {
  const key = parseLogicalId(request.id ?? '')
  if (!key) return problem('not-found', `${request.type} with this id is not known here. Ids are given by the server: send POST to create.`)
  const decision = await decideFor(plan, { key: key.patient }, `${request.type}.id`)
  if (isProblem(decision)) return decision.problem === 'person-unknown' ? problem('not-found') : decision
  const own = await rowsOf(plan, decision).current(request.type, key.id)
  const found = own || declaration?.changedBy !== 'readers' ? { decision, record: own } : await readable(plan, request.type, key)
  if (isProblem(found)) return found
  const { record } = found
  if (!record) return problem('not-found')
  // A delete of what is deleted asks for nothing more (http://hl7.org/fhir/R4/http.html#delete).
  if (record.deleted) return request.method === 'DELETE' ? { decision: found.decision, record } : problem('gone')
  const stale = version === 'any-version' ? undefined : checkIfMatch(request.ifMatch, record.version)
  if (stale) return stale
  return { decision: found.decision, record }
}

/**
 * A record of another controller, of a type that every reader may change. It is found under the decision of a read, with all its demands.
 */
async function readable(plan: Plan, type: string, key: { patient: PatientKey; id: RecordId }): Promise<Found> {
  const read = async (): Promise<Found> => {
    const { outcome: decision } = await authorize(plan.exchange, 'read', { key: key.patient })
    return isProblem(decision) ? decision : { decision, record: await rowsOf(plan, decision).current(type, key.id) }
  }
  return await whileChoicesStand(read, (busy) => busy)
}

/** Whether the writer can read and change the entry that all writers share: its own, or one that a read by this person opens. */
function mayChange(plan: Plan, type: string, decision: Authorized): (holder: Holder) => Promise<boolean> {
  return async ({ patient, id }) => {
    if (await rowsOf(plan, decision).current(type, id)) return true
    const found = await readable(plan, type, { patient, id })
    return !isProblem(found) && found.record !== undefined
  }
}

/** The records that a decision of the plan opens. Records that a write only looks at on the way are not logged as disclosed. */
export function rowsOf({ exchange }: Plan, decision: Decision): BoundRecords {
  return exchange.kernel.rows.bound(records, decision)
}

/**
 * Conditional create (http://hl7.org/fhir/R4/http.html#ccreate): undefined when nothing matches; the record, or the entry of the same
 * Bundle that makes it, when one does; 412 when several do.
 */
async function matching(
  plan: Plan,
  declaration: ResourceDeclaration,
  { type }: ChangeRequest,
  condition: string,
  decision: Authorized,
  identityNumber: string,
): Promise<Result<Planned> | undefined> {
  const terms = { type, declaration, codes: plan.exchange.kernel.codes }
  const search = conditionSearch({ condition, identityNumber, as: 'If-None-Exist' }, terms)
  if (isProblem(search)) return search
  const found = await rowsOf(plan, decision).find({ ...search.filter, type, count: 2 })
  const planned = plan.creates.filter(({ planned: { change, decision: other }, conditions }) => {
    if (change.kind !== 'create' || change.write.record.type !== type || other.patient.key !== decision.patient.key) return false
    return conditions.has(condition) || matchesPlanned(search, change.write.record.tokens)
  })
  if (found.length + planned.length > 1) return problem('several-matches')
  const [match] = found
  const [same] = planned
  if (match) return { existing: { id: match.id, version: match.version }, decision }
  same?.conditions.add(condition)
  return same && { same: same.planned, decision }
}

/**
 * Finds what a resource refers to: another entry of the Bundle, or a stored record of the caller's organisation, about the same patient.
 */
function resolver(plan: Plan, { fullUrl }: ChangeRequest, decision: Decision): WriteContext['resolve'] {
  return async (reference) => {
    const entry = meantBy(reference, fullUrl).flatMap((address) => plan.entries.get(address) ?? [])[0]
    if (entry) return (await isAbout(plan, entry, decision.patient)) ? entry : undefined
    const [type, id] = addressOf(reference).split('/').slice(-2)
    const key = parseLogicalId(id ?? '')
    if (!type || !key || !isSamePerson(decision.patient, key.patient)) return undefined
    const record = await rowsOf(plan, decision).current(type, key.id)
    const element = plan.exchange.service.resources[type]?.patientElement ?? 'subject'
    return record?.content ? (parseJson(spliceIdentifier(record.content, element, decision.patient.identifier)) as Resource) : undefined
  }
}

/** How the records that a resource names are found, and which of its links lead to other entries of the Bundle. */
function naming({ exchange, entries }: Plan, { fullUrl }: ChangeRequest, decision: Decision, previous?: Resource): Naming {
  return { find: findFor(exchange, decision, previous), links: (resource) => placesOfLinks(resource, entries, fullUrl) }
}

async function isAbout(plan: Plan, resource: Resource, patient: Patient): Promise<boolean> {
  const declaration = declarationOf(plan.exchange, resource.resourceType, 'create')
  if (isProblem(declaration) || declaration.patientElement === 'none') return false
  const { identifier } = patientIdentifier(resource, declaration.patientElement)
  const decision = identifier && (await decideFor(plan, { identityNumber: identifier.value }, ''))
  return decision !== undefined && !isProblem(decision) && isSamePerson(patient, decision.patient.key)
}

/** The record that each entry of a Bundle becomes, by fullUrl. */
export type AssignedIds = ReadonlyMap<string, AssignedId>

export interface AssignedId {
  type: string
  patient: PatientKey
  id: RecordId
}

/**
 * Replaces references to other entries (urn:uuid:…) with references to the ids that these entries were given, in the content and in the
 * search tokens. Changes the writes in place. `ids` by `addressOf` of the fullUrl; `fullUrls` for entries that refer relative to their own.
 */
export function rewriteReferences(changes: readonly Change[], ids: AssignedIds, fullUrls?: ReadonlyMap<Change, string>): void {
  if (ids.size === 0) return
  // After an attempt that failed, the references are those of that attempt, and the tokens those of before it.
  const byAddress = [...ids].map(([address, target]) => [referenceByPlace(address), target] as const)
  for (const change of changes) {
    if (change.kind === 'delete') continue
    const { content, record } = change.write
    const links = linksTo(content, ids, fullUrls?.get(change))
    if (links.length === 0) continue
    const byPlace = new Map<string, AssignedId>(byAddress)
    for (const { holder, element, target } of links) {
      byPlace.set(referenceByPlace((holder as Record<string, string>)[element] ?? ''), target)
      Object.assign(holder, { [element]: relative(target) })
    }
    record.tokens = record.tokens.map((token) => {
      const { name, text } = referenceIn(token)
      const target = text === undefined ? undefined : byPlace.get(text)
      return target ? tokenText(name, '', `${target.type}/${placeText(target.patient, target.id)}`) : token
    })
  }
}

function relative({ type, patient, id }: { type: string; patient: PatientKey; id: RecordId }): string {
  return `${type}/${logicalId(patient, id)}`
}

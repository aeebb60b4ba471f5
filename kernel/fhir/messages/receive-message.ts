/**
 * Messages of other systems, through an adapter: POST /fhir/{service}/${name}. A transaction is stored as a transaction; a record set
 * replaces its earlier version; a message about a person who is not registered is kept until a member of staff attaches it. No message is
 * lost. docs/api/adapter.md
 */
import type { OperationOutcome, Resource } from '@medplum/fhirtypes'
import type { Decision } from '../../access/decision.ts'
import { type Issue, isProblem, type Problem, problem, problemWith, type Result } from '../../problem/problem.ts'
import { logicalId } from '../../store/ids.ts'
import { attempts } from '../../values/attempts.ts'
import { identityNumberSystems, redactIdentityNumbers } from '../../values/identity-number.ts'
import { parseJson } from '../../values/json.ts'
import { resourceUrl } from '../answer.ts'
import { authorize } from '../authorize.ts'
import { decided } from '../decided.ts'
import type { Answer, Done, ServiceExchange } from '../exchange.ts'
import { transaction } from '../interactions/transaction.ts'
import { operationOutcome } from '../outcome.ts'
import { type BoundRecords, records } from '../records.ts'
import { newLedger } from '../rows.ts'
import type { Adapter, AdapterContext, CompletedSet, HandedOver, RecordSet, ResourceDeclaration, Unattached } from '../service.ts'
import { entriesByUrl } from '../write/bundle-entries.ts'
import { findFor, type Naming } from '../write/named-records.ts'
import { type Checking, type CheckSubject, declarationOf, prepareWrite } from '../write/prepare-write.ts'
import { addressOf, placesOfLinks, unresolvedIn } from '../write/references.ts'
import { membersOf, readingFor, stayingMembers } from '../write/set-reading.ts'
import { setKeyOf, type TargetSet, targetSet } from '../write/shared-set.ts'
import { type SetMember, SetOfAnother, type StoredSet, storeSet, type Together } from '../write/store-set.ts'
import { Conflict } from '../write/stored-change.ts'
import { convertedBy } from './converted-by.ts'
import { differencesOf } from './described-patient.ts'
import { handOver } from './hand-over.ts'
import { bySender } from './message-sender.ts'
import type { UnattachedMessage } from './unattached-messages.ts'

/** Extensions of the answer: a reference to the head of the set, and the source's own name for the set. */
const SET_HEAD_URL = 'http://helsevev.no/fhir/StructureDefinition/record-set-head'
const SET_KEY_URL = 'http://helsevev.no/fhir/StructureDefinition/record-set-key'

export interface SentMessage {
  /** The argument of `convert`: parsed JSON, or the octets. */
  body: unknown
  mediaType: string
  /** The octets as they came, to be kept. */
  content: Buffer
}

export async function receiveMessage(exchange: ServiceExchange, adapter: Adapter, message: SentMessage): Promise<Done[]> {
  const { kernel, caller } = exchange
  const event = `$${adapter.name}`
  const context = { codes: kernel.codes, now: kernel.clock(), production: kernel.production }
  const converted = await convertedBy(adapter, message.body, context, kernel.validator)
  if (isProblem(converted)) return [{ event, type: undefined, result: converted }]
  if ('resourceType' in converted) {
    const done = await transaction(exchange, converted)
    const places = adapter.placesOf?.(message.body)
    return done.map((one) => ({ ...one, event, ...(places && isProblem(one.result) ? { result: asSent(one.result, places) } : {}) }))
  }
  // Whether the caller may write at all is decided before anything is kept; access to the person is decided with the set.
  if (converted.kind === 'unattached') {
    const { outcome } = await authorize(exchange, 'write', { identityNumber: '' })
    if (isProblem(outcome) && outcome.problem !== 'person-unknown') return [{ event, type: undefined, result: outcome }]
    const refusal = await bySender(exchange, converted)
    if (isProblem(refusal)) return [{ event, type: undefined, result: refusal }]
    const found = await personAnswered(exchange, converted)
    const attached = found && (await convertedBy(adapter, message.body, { ...context, ...found }, kernel.validator))
    return attached && 'kind' in attached && attached.kind === 'record-set'
      ? await storeAll(exchange, event, attached)
      : [await keep(exchange, adapter, message, converted)]
  }
  const all = await storeAll(exchange, event, converted)
  const [done] = all
  // The text of a set that was refused is not kept: its writer reads again.
  if (converted.complete) return all
  if (!isProblem(done.result) && adapter.answers) return [...all, ...(await attachAnswers(exchange, adapter, converted))]
  if (!isProblem(done.result) || done.result.problem !== 'person-unknown' || caller.organization === undefined) return all
  const refusal = await bySender(exchange, converted)
  if (isProblem(refusal)) return [{ event, type: undefined, result: refusal }]
  return [
    await keep(exchange, adapter, message, {
      kind: 'unattached',
      reason: 'person-unknown',
      text: 'The person is not in the person register here. Register the person, or correct the number, and attach the message.',
      label: `${converted.key}, ${converted.version.toISOString()}`,
    }),
  ]
}

const NOTHING_STORED =
  'Nothing of the transaction is stored: leave out what is about this person, and send it when the person is registered.'

/** The issues of a Bundle that an adapter has made, at the entries that were sent. */
function asSent(refused: Problem, places: readonly number[]): Problem {
  const issues = refused.issues.map(({ expression, text, ...issue }) => ({
    ...issue,
    text: issue.code === 'person-unknown' ? `${text} ${NOTHING_STORED}` : text,
    ...(expression === undefined
      ? {}
      : {
          expression: expression.replace(/^Bundle\.entry\[(\d+)\]/, (all, index) =>
            places[index] === undefined ? all : `Bundle.entry[${places[index]}]`,
          ),
        }),
  }))
  return { ...refused, issues }
}

/** The answered message and its person; undefined when there is none, and when its id names two persons. */
async function personAnswered(
  { kernel, service, caller }: ServiceExchange,
  { answers }: Pick<Unattached, 'answers'>,
): Promise<Required<Pick<AdapterContext, 'patient'>> | undefined> {
  const controller = caller.organization
  if (!answers || controller === undefined) return undefined
  const keys = answers.map((key) => setKeyOf(controller, key))
  const [person, ...others] = await kernel.rows.store.personsOfSets({ controller, service: service.id, keys })
  if (!person || others.length > 0) return undefined
  const head = await kernel.rows.store.headOfSets({ patient: person.patient, controller, service: service.id, keys })
  const answered = head === undefined ? undefined : (parseJson(head) as Resource)
  return { patient: { system: identityNumberSystems[person.system], value: person.value }, ...(answered ? { answered } : {}) }
}

/** Attaches the messages that came before the one that they answer. */
async function attachAnswers(exchange: ServiceExchange, adapter: Adapter, { key, patient, entries }: RecordSet): Promise<Done[]> {
  const { kernel, service, caller } = exchange
  const controller = caller.organization ?? ''
  const waiting = await kernel.rows.store.messagesAnswering({ controller, service: service.id, key: setKeyOf(controller, key) })
  const made: Done[] = []
  for (const one of waiting) {
    const about = { patient, by: 'the message that it answers', answered: entries[0]?.resource }
    const done = await attachMessageTo(exchange, adapter, one, about)
    made.push(...done.map((each) => ({ ...each, reason: `attached by the message that it answers: ${one.reason}` })))
  }
  return made
}

/**
 * Stores a message that waits as one of the patient, and settles it in the same transaction. The problem of any other message, and
 * `message-unknown` when it was settled meanwhile.
 */
export async function attachMessageTo(
  exchange: ServiceExchange,
  adapter: Adapter,
  { id, content }: UnattachedMessage,
  { patient, by, answered }: { patient: RecordSet['patient']; by: string; answered?: Resource | undefined },
): Promise<[Done, ...Done[]]> {
  const { kernel } = exchange
  const { codes, production } = kernel
  const event = `$${adapter.name}`
  const body = adapter.accepts === 'xml' ? content : parseJson(content.toString('utf8'))
  const converted = await convertedBy(
    adapter,
    body,
    { codes, production, now: kernel.clock(), patient, ...(answered ? { answered } : {}) },
    kernel.validator,
  )
  if (isProblem(converted)) return [{ event, type: undefined, result: converted }]
  if (!('kind' in converted) || converted.kind === 'unattached') return [{ event, type: undefined, result: notAttachable(converted) }]
  const { sentBy: _asked, ...set } = converted
  return await storeAll(exchange, event, set, async (tx) => {
    const settled = { id, at: kernel.clock(), by, settlement: 'attached', reason: undefined } as const
    if (!(await tx.settleMessage(settled))) throw new Conflict(problem('message-unknown'))
  })
}

function notAttachable(converted: object): Problem {
  const text = 'text' in converted && typeof converted.text === 'string' ? ` ${converted.text}` : ''
  return problem('invalid-resource', `The message cannot be attached even when the person is known.${text}`)
}

/**
 * Stores a set, and the further sets of its message after it. The first answers; where a later one could not be stored, that one does, so
 * that the sender sends again: what is stored already changes nothing.
 */
async function storeAll(
  exchange: ServiceExchange,
  event: string,
  { also = [], ...set }: RecordSet,
  together?: Together,
): Promise<[Done, ...Done[]]> {
  const made: Made = { opened: [], handsOver: [] }
  const first = await storeMessage(exchange, event, set, together, made)
  const others: Done[] = [...made.opened]
  for (const other of isProblem(first.result) ? [] : also) others.push(await storeMessage(exchange, event, other))
  for (const message of isProblem(first.result) ? [] : made.handsOver)
    others.push(
      ...(await handOver(exchange, message, { patient: set.patient, event }, async (other, its) => await storeAll(other, event, its))),
    )
  const failed = others.find(({ result }) => isProblem(result))
  return failed ? [failed, first, ...others.filter((other) => other !== failed)] : [first, ...others]
}

/** What the completion of a set leaves behind: what it opened elsewhere, and what it hands over. */
interface Made {
  opened: Done[]
  handsOver: readonly HandedOver[]
}

/** How often a version is stored when another organisation begins the shared set at the same moment. */
const ATTEMPTS = 3

/** Decides, prepares, stores and answers one version of a set. `together` is done in the transaction that stores it. */
async function storeMessage(
  exchange: ServiceExchange,
  event: string,
  set: RecordSet,
  together?: Together,
  made: Made = { opened: [], handsOver: [] },
): Promise<Done> {
  return await attempts(async () => await storeOnce(exchange, event, set, together, made), {
    times: ATTEMPTS,
    again: (error) => error instanceof SetOfAnother,
    spent: () => ({ event, type: set.entries[0]?.resource.resourceType, result: problem('business-key-conflict') }),
  })
}

async function storeOnce(
  exchange: ServiceExchange,
  event: string,
  sent: RecordSet,
  together: Together | undefined,
  made: Made,
): Promise<Done> {
  const type = sent.entries[0]?.resource.resourceType
  const asking = { event, type, kind: 'write', patient: { identityNumber: sent.patient.value } } as const
  let differing = ''
  const done = await decided(exchange, asking, records, async (decision, rows) => {
    const set = await bySender(exchange, sent)
    if (isProblem(set)) return set
    if (set.described && !differing) {
      differing = differencesOf(await rows.patientNames(), decision.patient.birthDate, set.described).join(', ')
      if (differing) set.described.differs()
    }
    const target = await targetSet(exchange, decision, rows, set)
    const { shared } = target
    const completed = await completedSet(exchange, { event, decision, rows, target }, set, made)
    if (isProblem(completed)) return completed
    const whole = completed ? { ...set, ...completed } : set
    const members = await prepareMembers(exchange, whole, decision, target, completed?.namesAgain)
    if (isProblem(members)) return members
    const hidden = new Set([...(shared?.hidden ?? []), ...(completed ? stayingMembers(completed, target) : [])])
    const stored = await storeSet(exchange, versionOf(exchange, decision, whole, target), members, {
      together,
      shared: set.shared && {
        basedOn: set.basedOn,
        hidden,
        isRead: completed !== undefined,
        ...(shared ? { beside: shared.beside, seen: shared.seen } : {}),
      },
    })
    if (isProblem(stored)) return await conflictOf(exchange, { decision, rows, set }, stored)
    rows.disclose(stored.changes)
    made.handsOver = completed?.handsOver ?? []
    // A system reads the records of its own organisation alone, and so is given no address of others.
    const isOthers = exchange.caller.kind === 'system' && target.controller !== decision.organization
    return answerOf(exchange, decision, whole, isOthers ? { ...stored, head: undefined } : stored, members, completed)
  })
  return differing && !isProblem(done.result) ? { ...done, reason: `the message has another ${differing} than the register` } : done
}

/** The set as it is stored, where that depends on what the writer reads. What was read for a refusal is in its row of the access log. */
async function completedSet(
  exchange: ServiceExchange,
  about: Parameters<typeof readingFor>[1],
  set: RecordSet,
  made: Made,
): Promise<Result<CompletedSet> | undefined> {
  if (!set.complete) return undefined
  const { reading, opened } = await readingFor(exchange, about)
  const completed = await set.complete(reading)
  made.opened.push(...opened())
  const { rows, target } = about
  if (isProblem(completed)) rows.disclose(target.shared?.ledger.disclosed ?? [])
  return completed
}

/** The refusal of a version that is based on another than the one that stands, with what stands in the words of the service. */
async function conflictOf(
  exchange: ServiceExchange,
  { decision, rows, set }: { decision: Decision; rows: BoundRecords; set: RecordSet },
  refusal: Problem,
): Promise<Problem> {
  if (refusal.problem !== 'version-conflict') return refusal
  if (!set.conflict) return problem('version-conflict', set.remedy)
  // What stands now may have other members than those that were read before.
  const target = await targetSet(exchange, decision, rows, set)
  const { rows: open, ledger } = target.shared ?? { rows, ledger: newLedger() }
  const issues = await set.conflict(open.ofService(exchange.service), membersOf(decision, target))
  rows.disclose(ledger.disclosed)
  return problemWith('version-conflict', [...problem('version-conflict', set.remedy).issues, ...issues])
}

function versionOf(
  { service }: ServiceExchange,
  { patient }: Decision,
  { version, latest, rank }: RecordSet,
  { key, controller }: TargetSet,
): Parameters<typeof storeSet>[1] {
  return {
    patient: patient.key,
    service: service.id,
    key,
    controller,
    version,
    rank,
    ...(latest ? { latest } : {}),
  }
}

async function prepareMembers(
  exchange: ServiceExchange,
  set: RecordSet,
  decision: Decision,
  { controller, shared }: TargetSet,
  namesAgain: readonly string[] | undefined,
): Promise<Result<SetMember[]>> {
  const entries = entriesByUrl(set.entries)
  const previous = namesAgain && { resourceType: 'List', entry: namesAgain.map((reference) => ({ item: { reference } })) }
  const naming: Naming = { find: findFor(exchange, decision, previous), links: (resource) => placesOfLinks(resource, entries, undefined) }
  const made = await eachMember(exchange, set, async (declaration, resource, subject) =>
    prepareWrite(exchange, declaration, resource, { decision, naming, controller, ...subject }),
  )
  if (isProblem(made)) return made
  return made.map(({ fullUrl, made: { ownKey, ...write } }) => ({
    fullUrl,
    // Outside the shared set, the facts of the writer are its own.
    write: shared || ownKey === undefined ? { ...write, ownKey } : { ...write, record: { ...write.record, businessKey: ownKey } },
  }))
}

/** Works on every member of a set, and returns the faults of all members at once. */
export async function eachMember<T extends { content: object }>(
  checking: Checking,
  set: RecordSet,
  work: (
    declaration: ResourceDeclaration,
    resource: Resource,
    subject: Pick<CheckSubject, 'identityNumber' | 'resolve' | 'issues'>,
  ) => Promise<Result<T>>,
): Promise<Result<{ fullUrl: string; made: T }[]>> {
  const entries = entriesByUrl(set.entries)
  const members: { fullUrl: string; made: T }[] = []
  const faults: Issue[] = []
  for (const [index, { fullUrl, resource, issues: ofPart = [] }] of set.entries.entries()) {
    const declaration = checking.service.resources[resource.resourceType] ?? declarationOf(checking, resource.resourceType, 'create')
    if (isProblem(declaration)) return declaration
    const made = await work(declaration, resource, {
      identityNumber: set.patient.value,
      resolve: async (reference) => entries.get(addressOf(reference)),
      issues: index === 0 ? [...set.issues, ...ofPart] : ofPart,
    })
    const unresolved = isProblem(made) ? made.issues : unresolvedIn(made.content, entries, fullUrl)
    faults.push(...unresolved)
    if (!isProblem(made)) members.push({ fullUrl, made })
  }
  return faults.length > 0 ? { problem: 'invalid-resource', issues: faults } : members
}

const notices = {
  stored: { code: 'message-stored', status: 201, text: 'The message is stored, and stands as the latest version.' },
  unchanged: { code: 'message-unchanged', status: 200, text: 'This version of the message is stored already. Nothing was changed.' },
  older: { code: 'message-older', status: 200, text: 'A later version of the message stands. This one is older and changed nothing.' },
} as const

function answerOf(
  exchange: ServiceExchange,
  decision: Decision,
  set: RecordSet,
  { outcome, head }: StoredSet,
  members: SetMember[],
  completed: CompletedSet | undefined,
): Answer {
  const { code, status, text } = notices[outcome]
  const flags = outcome === 'stored' ? members.flatMap(({ write }) => write.flags) : []
  const about: Issue = { severity: 'information', type: 'informational', code, text }
  const { key } = decision.patient
  const headers: Record<string, string> =
    head && outcome === 'stored' ? { Location: `${resourceUrl(exchange, head.type, key, head.id)}/_history/${head.version}` } : {}
  if (completed) return { status, headers, body: JSON.stringify(completed.answer(flags)) }
  const body: OperationOutcome = {
    ...operationOutcome([about, ...new Map(flags.map((flag) => [`${flag.code} ${flag.expression}`, flag])).values()]),
    extension: [
      { url: SET_KEY_URL, valueString: redactIdentityNumbers(set.key) },
      ...(head ? [{ url: SET_HEAD_URL, valueReference: { reference: `${head.type}/${logicalId(key, head.id)}` } }] : []),
    ],
  }
  return { status, headers, body: JSON.stringify(body) }
}

const queued = 'The message is kept, and is in no record until a member of staff of the data controller attaches it'

async function keep(
  exchange: ServiceExchange,
  adapter: Adapter,
  { mediaType, content }: SentMessage,
  unattached: Unattached,
): Promise<Done> {
  const { kernel, service, caller } = exchange
  const { reason, text, answers } = unattached
  const controller = caller.organization ?? ''
  const event = `$${adapter.name}`
  const kept = await kernel.rows.store.keepMessage({
    id: kernel.ids.uuid(),
    service: service.id,
    adapter: adapter.name,
    controller,
    received: kernel.clock(),
    reason,
    detail: redactIdentityNumbers(text),
    label: redactIdentityNumbers(unattached.label),
    mediaType,
    content,
    answers: answers?.map((key) => setKeyOf(controller, key)),
  })
  const settled = kept.settlement !== null
  const about: Issue = settled
    ? {
        severity: 'information',
        type: 'informational',
        code: 'message-unchanged',
        text: `The message was ${kept.settlement} by hand before. Nothing was changed.`,
      }
    : {
        severity: 'warning',
        type: 'incomplete',
        code: 'message-queued',
        text: `${queued} (${reason}): ${redactIdentityNumbers(text)}`,
      }
  const result = { status: settled ? 200 : 202, headers: {}, body: JSON.stringify(operationOutcome([about])) }
  return { event, type: undefined, result, reason: `${settled ? kept.settlement : 'queued'}: ${reason}` }
}

/**
 * POST /fhir/medication-list/$sendMedication: the next version of the list, from one who has read the version that stands. Every line comes
 * back, so that no line is lost by being left out; a line that is the same stays as it is.
 * docs/decisions/0084-who-sends-the-list-states-what-was-read.md
 */
import { identifierOf, MESSAGE_ID, PLL_ID } from '@helsevev/clinical/e-prescription-fhir/systems'
import { uuidOf } from '@helsevev/clinical/kith/remove-identity-numbers'
import { senderMay } from '@helsevev/clinical/medicines/who-sends'
import { volven } from '@helsevev/clinical/systems'
import type { Adapter, CompletedSet, RecordSet, Records, SetEntry, SetReading } from '@helsevev/kernel/fhir/service'
import { type Issue, isProblem, type Problem, problem, problemWith, type Result } from '@helsevev/kernel/problem/problem'
import { instant } from '@helsevev/kernel/values/dates'
import { copyJson, sortedJson, writeJson } from '@helsevev/kernel/values/json'
import type { Coding, OperationOutcome, Parameters } from '@medplum/fhirtypes'
import { drugFaults, proposedLines, ruleFaults } from './checks.ts'
import { conflictIssues } from './conflict.ts'
import { headOf } from './head.ts'
import { type PlannedLine, type Planning, planLines } from './lines.ts'
import { mayNotSend } from './policy.ts'
import { prescriptionsNamed, type Recalls, recallsOf } from './recalls.ts'
import { readRequest, type SendRequest } from './request.ts'
import { type Standing, standingAt, standingNow } from './standing.ts'
import { prescriptionOf } from './statement.ts'
import { refuse } from './words.ts'

const KEY = 'medication-list'
const CHANGED = 'Another version of the list stands than the one that was read. Read it with $getMedication, and send again.'

export const sendMedication: Adapter = {
  name: 'sendMedication',
  summary:
    'The next version of the list from one who has read it: each line comes back, is ended or is removed, and recalls go to the outbox.',
  accepts: 'json',
  recognises: (body) => isSent(body),
  convert(body, { now, codes, faultsOf = () => [] }) {
    const request = readRequest(body, now, faultsOf)
    if (isProblem(request)) return request
    const digest = digestOf(request)
    const isReason = ({ system, code }: Coding) =>
      code === undefined || (codes.canonical(system ?? volven(7494)) === volven(7494) && codes.display(volven(7494), code) !== undefined)
    return {
      kind: 'record-set',
      patient: request.patient,
      key: KEY,
      version: now,
      rank: digest,
      entries: [],
      issues: [],
      shared: true,
      basedOn: request.basedOn,
      remedy: CHANGED,
      complete: async (reading) => await complete({ request, digest, isReason }, reading),
      conflict: async (records, members) => await conflictNow(records, members, request),
    } satisfies RecordSet
  },
}

function isSent(body: unknown): boolean {
  const { resourceType, parameter } = (body ?? {}) as Partial<Parameters>
  return resourceType === 'Parameters' && Array.isArray(parameter) && parameter.some((one) => one?.name === 'medication')
}

async function conflictNow(records: Records, members: ReadonlySet<string>, request: SendRequest): Promise<Issue[]> {
  return await conflictIssues(records, await standingNow(records, members), request)
}

/**
 * The same for the same content: not the ids and times of the document, which a second try makes again, nor what the server gave the lines.
 */
function digestOf({ readAt: _readAt, flags: _flags, lines, ...request }: SendRequest): string {
  const statements = lines.map(({ statement: { id: _id, meta: _meta, text: _text, subject: _subject, ...statement } }) => statement)
  return uuidOf(writeJson(sortedJson(copyJson({ ...request, lines: statements }) as never)))
}

type Sent = Pick<Planning, 'request' | 'isReason'> & { digest: string }

async function complete({ request, digest, isReason }: Sent, reading: SetReading): Promise<Result<CompletedSet>> {
  const refusal = mayNotSend(reading)
  if (refusal) return refusal
  const current = await standingNow(reading.standing, reading.members)
  // The same content from the same person makes the same version: sent again after an answer was lost, it changes nothing.
  const version = uuidOf(`${digest}|${reading.writer.hprNumber ?? reading.writer.name ?? ''}|${reading.writer.organization}`)
  const isAgain = current.version === version
  if (!isAgain && current.version !== request.basedOn) return await stale(reading, current, request)
  const standing = isAgain ? await standingBefore(reading.standing, current) : current
  const now = madeAt(reading.now, current, isAgain)
  const planning: Planning = { request, standing, writer: reading.writer, now, version, isReason, isAgain }
  const plan = planLines(planning)
  const prescriptions = await prescriptionsNamed(reading, plan.lines, planning)
  const recalls = await recallsOf(reading, plan.lines, planning, prescriptions)
  const faults = [
    ...plan.faults,
    ...ruleFaults(plan.lines, planning, await proposedLines(reading.all, standing.list)),
    ...drugFaults(plan.lines, prescriptions ?? []),
    ...unknownHandled(planning, plan.lines),
    ...emptied(planning, plan.lines),
    ...othersMarks(planning),
    ...recalls.faults,
  ]
  if (faults.length > 0 && !isAgain) return { ...problemWith('invalid-resource', faults), most: 1000 }
  return setOf(planning, plan.lines, { recalls, flags: [...plan.flags, ...recalls.flags], unseen: reading.unseen })
}

async function stale(reading: SetReading, current: Standing, request: SendRequest): Promise<Problem> {
  const issues = await conflictIssues(reading.standing, current, request)
  return { ...problemWith('version-conflict', [...problem('version-conflict', CHANGED).issues, ...issues]), most: 1000 }
}

/** The version before this one: the list as it stood until it was stored. */
async function standingBefore(records: Records, { list }: Standing): Promise<Standing> {
  const stored = instant(list?.meta?.lastUpdated ?? '') ?? new Date(0)
  return await standingAt(records, new Date(stored.getTime() - 1))
}

/** Later than the version that stands, whatever the clock of its sender states. */
function madeAt(now: Date, { list }: Standing, isAgain: boolean): Date {
  const before = instant(list?.date ?? '')
  if (before && isAgain) return before
  return before && before >= now ? new Date(before.getTime() + 1) : now
}

function unknownHandled({ request }: Planning, lines: readonly PlannedLine[]): Issue[] {
  const known = new Set(lines.flatMap(({ id, after }) => (after ? [id] : [])))
  return request.handled.flatMap(({ lines: named, expression }) =>
    named.every((id) => known.has(id)) ? [] : [refuse('handled-line-unknown', expression)],
  )
}

/** Lines that were registered wrongly are removed one by one; a list that they were all of is emptied on purpose alone. */
function emptied({ request }: Planning, lines: readonly PlannedLine[]): Issue[] {
  const isEmptied = lines.some(({ change, expression }) => change === 'removed' && expression !== 'Parameters.parameter.resource')
  return isEmptied && !request.isEmptied && lines.every(({ change }) => change === 'removed')
    ? [refuse('list-emptied', 'Parameters.parameter.resource')]
    : []
}

/** A warning is handled by one who has the right to prescribe, also where others may send the list. */
function othersMarks({ request, writer }: Planning): Issue[] {
  return senderMay('mark-intended', writer) ? [] : request.handled.map(({ expression }) => refuse('mark-not-yours', expression))
}

interface Made {
  recalls: Recalls
  flags: readonly Issue[]
  unseen: ReadonlySet<string>
}

function setOf(planning: Planning, lines: readonly PlannedLine[], { recalls, flags, unseen }: Made): CompletedSet {
  const { now, version } = planning
  const placed = lines.flatMap((line) => (line.after ? [{ ...line, after: line.after }] : []))
  const stays = placed.flatMap(({ change, after }) => (change === 'unchanged' && after.id !== undefined ? [after.id] : []))
  const made = placed.filter(({ change }) => change !== 'unchanged')
  const references = placed.map((line) => (line.change === 'unchanged' ? `MedicationStatement/${line.after.id}` : urlOf(line)))
  const subject = { identifier: planning.request.patient }
  // What the sender is not shown stays in the list that it stands in.
  const hidden = [...unseen].map((id) => `MedicationStatement/${id}`)
  const entries: SetEntry[] = [
    { fullUrl: `urn:uuid:${uuidOf(`${KEY}|list|M25.1`)}`, resource: { ...headOf(planning, [...references, ...hidden]), subject } },
    ...made.map((line) => ({ fullUrl: urlOf(line), resource: { ...line.after, subject }, issues: line.issues ?? [] })),
  ]
  return {
    version: now,
    rank: version,
    entries,
    stays,
    namesAgain: hidden,
    handsOver: recalls.messages,
    answer: (found) => answerOf(planning, lines, recalls, [...flags, ...found]),
  }
}

function urlOf({ id }: PlannedLine): string {
  return `urn:uuid:${uuidOf(`${KEY}|M25.1|${id}`)}`
}

function answerOf({ now, version }: Planning, lines: readonly PlannedLine[], { count }: Recalls, flags: readonly Issue[]): Parameters {
  const prescriptions = new Set(lines.flatMap(({ after }) => (after && after.status !== 'stopped' && prescriptionOf(after)) || []))
  return {
    resourceType: 'Parameters',
    parameter: [
      { name: 'listVersion', valueIdentifier: { system: MESSAGE_ID, value: version } },
      { name: 'listMade', valueDateTime: now.toISOString() },
      { name: 'prescriptionCount', valueInteger: prescriptions.size },
      { name: 'recallCount', valueInteger: count },
      ...lines.map(({ id, change }) => ({
        name: 'result',
        part: [
          { name: 'line', valueIdentifier: identifierOf(PLL_ID, id) },
          { name: 'change', valueCode: change },
        ],
      })),
      ...(flags.length > 0 ? [{ name: 'outcome', resource: outcomeOf(flags) }] : []),
    ],
  }
}

function outcomeOf(flags: readonly Issue[]): OperationOutcome {
  return {
    resourceType: 'OperationOutcome',
    issue: flags.map(({ severity, type, code, text, expression }) => ({
      severity,
      code: type as OperationOutcome['issue'][number]['code'],
      details: { coding: [{ system: 'http://helsevev.no/fhir/CodeSystem/problem', code }], text },
      ...(expression === undefined ? {} : { expression: [expression] }),
    })),
  }
}

/**
 * What becomes of each line: it stays, is changed, added, ended or removed. A line that says the same as before stays the record that it
 * is, in its version, so that the history of a line is what changed in it.
 */
import { identifierOf, PLL_ID, RESEPT_ID } from '@helsevev/clinical/e-prescription-fhir/systems'
import { uuidOf } from '@helsevev/clinical/kith/remove-identity-numbers'
import { lineState } from '@helsevev/clinical/medicines/line-state'
import { identifierSystems, volven } from '@helsevev/clinical/systems'
import { hasTimeOfDay } from '@helsevev/clinical/time'
import type { SetReading } from '@helsevev/kernel/fhir/service'
import type { Issue } from '@helsevev/kernel/problem/problem'
import { instant, period } from '@helsevev/kernel/values/dates'
import type { CodeableConcept, Coding, Extension, MedicationStatement } from '@medplum/fhirtypes'
import { extensionsOf, extensionUrls, partOf, SFM_PERFORMER_ROLE } from '../fhir/systems.ts'
import { standingOf } from '../model/standing.ts'
import type { AskedRecall, SendRequest, SentLine } from './request.ts'
import type { Standing } from './standing.ts'
import {
  atcOf,
  differencesOf,
  discontinuationOf,
  hasDrug,
  isSameTime,
  lastChangedOf,
  lineIdOf,
  lineOf,
  nameOf,
  prescriptionOf,
} from './statement.ts'
import { note, refuse } from './words.ts'

type Change = 'unchanged' | 'changed' | 'added' | 'ended' | 'removed'

export interface PlannedLine {
  id: string
  change: Change
  /** As it stands. */
  before?: MedicationStatement
  /** As it is stored; the line that stands where it is unchanged, and absent where it is removed. */
  after?: MedicationStatement
  expression: string
  /** Groups of elements that differ from before. */
  differences: readonly string[]
  /** Flags that are stored with the line. */
  issues?: readonly Issue[]
}

export interface Plan {
  lines: PlannedLine[]
  faults: Issue[]
  flags: Issue[]
}

export interface Planning {
  request: SendRequest
  standing: Standing
  writer: SetReading['writer']
  /** When the new version is made. */
  now: Date
  /** The id of the new version. */
  version: string
  /** Whether a reason of an end can be read: a code of list 7494, or words. */
  isReason: (reason: Coding) => boolean
  /** The version stands already: it was sent before, and its answer may have been lost. */
  isAgain: boolean
}

export function planLines(planning: Planning): Plan {
  const { request, standing } = planning
  const plan: Plan = { lines: [], faults: [], flags: [...request.flags] }
  const sent = new Set<string>()
  for (const [index, line] of request.lines.entries()) {
    const id = lineIdOf(line.statement) ?? uuidOf(`${planning.version}|${index}`)
    if (sent.has(id)) {
      plan.faults.push(refuse('rule-2-unique-id', line.expression, nameOf(line.statement)))
      continue
    }
    sent.add(id)
    planLine(plan, planning, line, id)
  }
  for (const [id, before] of standing.lines) if (!sent.has(id)) planMissing(plan, planning, id, before)
  return plan
}

function planLine(plan: Plan, planning: Planning, line: SentLine, id: string): void {
  const { statement, expression } = line
  const before = planning.standing.lines.get(id)
  const name = nameOf(statement)
  if (statement.status === 'entered-in-error') {
    if (before) plan.lines.push({ id, change: 'removed', before, expression, differences: [] })
    else plan.faults.push(refuse('line-unknown', `${expression}.identifier`, name))
    return
  }
  const differences = before ? differencesOf(before, statement) : []
  plan.faults.push(...faultsOf(line, before, differences), ...changeFaults(line, planning, before, differences))
  if (!before) {
    if (lineIdOf(statement) === undefined) plan.flags.push(note('line-id-made', `${expression}.identifier`, name))
    const after = settled(planning, line, id, undefined, plan)
    plan.lines.push({ id, change: 'added', after, expression, differences: [] })
    return
  }
  if (differences.length === 0) {
    const stated = lastChangedOf(statement)
    if (stated !== undefined && !isSameTime(stated, lastChangedOf(before)))
      plan.faults.push(refuse('rule-5-last-changed', `${expression}.dateAsserted`, name))
    plan.lines.push({ id, change: 'unchanged', before, after: before, expression, differences })
    return
  }
  const isEnded = discontinuationOf(statement) !== undefined && discontinuationOf(before) === undefined
  const after = settled(planning, line, id, before, plan)
  const isOther = differences.includes('drug') && nameOf(before) !== name
  const issues = isOther ? [note('drug-changed', 'MedicationStatement.contained', `${nameOf(before)} → ${name}`)] : []
  plan.lines.push({ id, change: isEnded ? 'ended' : 'changed', before, after, expression, differences, issues })
}

/** Faults of a line by itself. What stood before is none: the sender answers for what the sender changed. */
function faultsOf({ statement, expression }: SentLine, before: MedicationStatement | undefined, differences: readonly string[]): Issue[] {
  const name = nameOf(statement)
  const stop = discontinuationOf(statement)
  const isNew = (group: string) => !before || differences.includes(group)
  const numbers = [
    ...(statement.basedOn ?? []).map(({ identifier }) => identifier?.value),
    ...(statement.identifier ?? []).map(({ system, value }) => (system === RESEPT_ID ? value : undefined)),
  ].filter((value) => value !== undefined)
  const hasOther = statement.contained?.some((one) => one.resourceType !== 'Medication') ?? false
  const isInstant = stop?.time !== undefined && instant(stop.time) !== undefined
  const isStopped = statement.status === 'stopped' && (isNew('discontinuation') || before?.status !== 'stopped')
  return [
    ...(hasOther && isNew('drug') ? [refuse('contained-not-taken', `${expression}.contained`, name)] : []),
    ...(new Set(numbers).size > 1 ? [refuse('prescription-differs', `${expression}.basedOn`, name)] : []),
    ...(stop && isNew('discontinuation') && !(isInstant && stop.reason)
      ? [refuse('end-without-reason', `${expression}.extension`, name)]
      : []),
    ...(!stop && isStopped ? [refuse('stopped-without-end', `${expression}.status`, name)] : []),
  ]
}

/** What a sender changed that takes something away in silence: the dose, the substance of a line, or a reason that can be read. */
function changeFaults(
  { statement, expression }: SentLine,
  { isReason }: Planning,
  before: MedicationStatement | undefined,
  differences: readonly string[],
): Issue[] {
  const name = nameOf(statement)
  const reason = discontinuationOf(statement)?.reason
  const isEndTouched = !before || differences.includes('discontinuation')
  const isDrugTouched = !before || differences.includes('drug')
  return [
    ...(before && hasDose(before) && !hasDose(statement) ? [refuse('dose-removed', `${expression}.dosage`, name)] : []),
    ...(isDrugTouched && !hasDrug(statement) ? [refuse('drug-missing', `${expression}.contained`, name)] : []),
    ...(before && isDrugTouched && hasDrug(statement) && isAnother(before, statement)
      ? [refuse('another-drug', `${expression}.contained`, name)]
      : []),
    ...(reason && isEndTouched && !isReason(reason) ? [refuse('reason-unknown', `${expression}.extension`, name)] : []),
  ]
}

/** Another substance; or another name without the ATC code that the line had, so that nothing shows that the substance is the same. */
function isAnother(before: MedicationStatement, after: MedicationStatement): boolean {
  const [was, is] = [atcOf(before), atcOf(after)]
  return was !== undefined && (is === undefined ? nameOf(before) !== nameOf(after) : was !== is)
}

/** Words, an amount or a time: other parts of a dosage say what it is for, or what is on the label. */
function hasDose({ dosage = [] }: MedicationStatement): boolean {
  return dosage.some(({ text, doseAndRate, timing }) => text?.trim() || doseAndRate || timing)
}

/** A line that did not come back: gone after its 90 days, ended by the recall of its prescription, or missing. */
function planMissing(plan: Plan, planning: Planning, id: string, before: MedicationStatement): void {
  const { request, now } = planning
  const expression = 'Parameters.parameter.resource'
  const state = lineState(lineOf(before, id), now)
  const recall = request.recalls.find(({ prescription }) => prescription === prescriptionOf(before))
  if (state === 'gone') plan.lines.push({ id, change: 'removed', before, expression, differences: [] })
  else if (recall && state !== 'stopped') {
    const statement = endedBy(before, recall, now)
    plan.flags.push(note('ended-by-recall', recall.expression, nameOf(before)))
    const after = settled(planning, { statement, expression: recall.expression }, id, before, { flags: [], faults: [], lines: [] })
    plan.lines.push({ id, change: 'ended', before, after, expression: recall.expression, differences: ['discontinuation'] })
  } else {
    const code = state === 'stopped' ? 'rule-10-ninety-days' : 'rule-11-removed-line'
    const about = [{ url: extensionUrls.sentLine, extension: [{ url: 'line', valueIdentifier: identifierOf(PLL_ID, id) }] }]
    plan.faults.push(refuse(code, expression, nameOf(before), about))
    // The rules of the others are checked as if it had come back.
    plan.lines.push({ id, change: 'unchanged', before, after: before, expression, differences: [] })
  }
}

/** Why is known in the words of a recall (list 7500) alone. */
function endedBy(before: MedicationStatement, { reason, note: text }: AskedRecall, now: Date): MedicationStatement {
  const parts: Extension[] = [
    { url: 'timedate', valueDateTime: now.toISOString() },
    { url: 'reason', valueCodeableConcept: { coding: [reason] } },
    ...(text === undefined ? [] : [{ url: 'note', valueString: text }]),
  ]
  return { ...before, extension: [...(before.extension ?? []), { url: extensionUrls.discontinuation, extension: parts }] }
}

/** The line as it is stored, with what follows from it: its status, the end of its period, who ended it, and SistEndret. */
function settled(
  { writer, now }: Planning,
  { statement, expression }: SentLine,
  id: string,
  before: MedicationStatement | undefined,
  plan: Plan,
): MedicationStatement {
  const {
    id: _id,
    meta: _meta,
    text: _text,
    subject: _subject,
    statusReason: _reason,
    basedOn: _basedOn,
    effectivePeriod,
    ...sent
  } = statement
  const prescription = prescriptionOf(statement)
  const stop = discontinuationOf(statement)
  const changed = changedAt({ statement, before, now, expression }, plan)
  const ended = endOf(statement, before)
  const reason = stop && partOf(extensionsOf(statement, 'discontinuation')[0], 'reason')?.valueCodeableConcept
  const line: MedicationStatement = {
    ...sent,
    identifier: [identifierOf(PLL_ID, id), ...(prescription === undefined ? [] : [identifierOf(RESEPT_ID, prescription)])],
    ...(prescription === undefined ? {} : { basedOn: [{ type: 'MedicationRequest', identifier: identifierOf(RESEPT_ID, prescription) }] }),
    extension: withEnder(withLastChanged(sent.extension ?? [], changed), {
      isNew: stop !== undefined && !(before && discontinuationOf(before)),
      writer,
    }),
    dateAsserted: changed,
    subject: {},
    ...(reason ? { statusReason: [reason] } : {}),
    ...(effectivePeriod?.start === undefined && ended === undefined
      ? {}
      : { effectivePeriod: { ...effectivePeriod, ...(ended === undefined ? {} : { end: ended }) } }),
  }
  if (ended === undefined && line.effectivePeriod) delete line.effectivePeriod.end
  const statuses = { 'in-use': 'active', 'not-started': 'intended', over: 'completed', stopped: 'stopped' } as const
  return { ...line, status: statuses[standingOf(line, now)] }
}

/** The earlier of the end that was sent and the discontinuation. An end that an earlier discontinuation had set goes with it. */
function endOf(statement: MedicationStatement, before: MedicationStatement | undefined): string | undefined {
  const stop = discontinuationOf(statement)?.time
  const earlier = before && discontinuationOf(before)?.time
  const stated = statement.effectivePeriod?.end
  const kept =
    stated !== undefined && earlier !== undefined && isSameTime(stated, earlier) && !isSameTime(stop, earlier) ? undefined : stated
  const ends = [stop, kept].filter((end) => end !== undefined)
  return ends.sort((one, other) => endTime(one) - endTime(other))[0]
}

function endTime(text: string): number {
  return (hasTimeOfDay(text) ? instant(text) : period(text)?.end)?.getTime() ?? Number.POSITIVE_INFINITY
}

/** Rule 5: SistEndret is later than before and not to come. Without one that differs from before, it is the time of receipt. */
function changedAt(
  { statement, before, now, expression }: SentLine & { before: MedicationStatement | undefined; now: Date },
  { faults, flags }: Plan,
): string {
  const [stated, earlier] = [lastChangedOf(statement), before && lastChangedOf(before)]
  if (stated === undefined || (before && isSameTime(stated, earlier))) {
    if (before) flags.push(note('last-changed-set', `${expression}.dateAsserted`, nameOf(statement)))
    return now.toISOString()
  }
  const at = instant(stated)
  const last = earlier === undefined ? undefined : instant(earlier)
  if (!at || at.getTime() > now.getTime() + 60_000 || (last && at < last))
    faults.push(refuse('rule-5-last-changed', `${expression}.dateAsserted`, nameOf(statement)))
  return stated
}

function withLastChanged(extensions: readonly Extension[], valueDateTime: string): Extension[] {
  const amendment = extensions.find(({ url }) => url === extensionUrls.amendment)
  const parts = [...(amendment?.extension ?? []).filter(({ url }) => url !== 'lastchanged'), { url: 'lastchanged', valueDateTime }]
  const own = { url: extensionUrls.amendment, extension: parts }
  return amendment ? extensions.map((one) => (one === amendment ? own : one)) : [own, ...extensions]
}

/** Who ended a line is the one who was named for it, and otherwise the one who sends. */
function withEnder(extensions: readonly Extension[], { isNew, writer }: { isNew: boolean; writer: SetReading['writer'] }): Extension[] {
  const isEnder = (one: Extension) =>
    one.url === extensionUrls.registered &&
    partOf(one, 'type')?.valueCodeableConcept?.coding?.some(({ code, system }) => code === (system === SFM_PERFORMER_ROLE ? '3' : 'S'))
  if (!isNew || extensions.some(isEnder)) return [...extensions]
  const type: CodeableConcept = {
    coding: [
      { system: volven(7490), code: 'S' },
      { system: SFM_PERFORMER_ROLE, code: '3', display: 'Seponert av' },
    ],
  }
  const provider = {
    type: 'Practitioner',
    ...(writer.hprNumber === undefined ? {} : { identifier: { system: identifierSystems.HPR, value: writer.hprNumber } }),
    ...(writer.name === undefined ? {} : { display: writer.name }),
  } as const
  const parts: Extension[] = [
    { url: 'type', valueCodeableConcept: type },
    { url: 'provider', valueReference: provider },
  ]
  return [...extensions, { url: extensionUrls.registered, extension: parts }]
}

/**
 * Which prescriptions are recalled with the list, each as an M5 that nobody has sent yet: those of treatments that end, and those that the
 * sender asks for. The messages go to the outbox of e-prescriptions (docs/decisions/0087-recalls-in-an-outbox.md).
 */
import { makeMessage } from '@helsevev/clinical/e-prescription/made-up'
import { identifierValue, RESEPT_ID } from '@helsevev/clinical/e-prescription-fhir/systems'
import { uuidOf } from '@helsevev/clinical/kith/remove-identity-numbers'
import { senderMay } from '@helsevev/clinical/medicines/who-sends'
import { volven } from '@helsevev/clinical/systems'
import type { SetReading } from '@helsevev/kernel/fhir/service'
import type { Issue } from '@helsevev/kernel/problem/problem'
import type { Coding, MedicationRequest, Resource } from '@medplum/fhirtypes'
import type { PlannedLine, Planning } from './lines.ts'
import { type Discontinuation, discontinuationOf, nameOf, prescriptionOf, typeOf } from './statement.ts'
import { type MovedEnd, movedEnds, recallIdOf } from './withdrawals.ts'
import { note, refuse } from './words.ts'

const SERVICE = 'e-prescriptions'
const ADAPTER = 'e-prescription'
const STATE = 'http://helsevev.no/fhir/StructureDefinition/prescription-state'
const LOCKED = 'http://helsevev.no/fhir/StructureDefinition/prescription-locked'

/** 7500: 2, discontinued. */
const DISCONTINUED: Coding & { code: string } = { system: volven(7500), code: '2', display: 'Seponering' }

interface Recall {
  prescription: string
  reason: Coding & { code: string }
  note: string | undefined
  /** NyReseptId, where the line goes on with another prescription. */
  next: string | undefined
  discontinuation: Discontinuation | undefined
  expression: string
  name: string | undefined
  /** Whether the sender asks for it; otherwise it follows from the end of a line. */
  isAsked: boolean
}

export interface Recalls {
  messages: { service: string; adapter: string; body: Buffer }[]
  /** How many of them are recalls: others withdraw one. */
  count: number
  faults: Issue[]
  flags: Issue[]
}

/** The prescriptions that lines and recalls name, as far as the sender may read them; undefined where nothing is known. */
export async function prescriptionsNamed(
  { elsewhere }: SetReading,
  lines: readonly PlannedLine[],
  { request }: Planning,
): Promise<MedicationRequest[] | undefined> {
  const named = lines.filter(({ change }) => change !== 'unchanged').flatMap(({ before, after }) => [before, after])
  const ids = [...named.flatMap((one) => (one && prescriptionOf(one)) ?? []), ...request.recalls.map(({ prescription }) => prescription)]
  const codes = [...new Set(ids)].map((code) => ({ system: RESEPT_ID, code }))
  if (codes.length === 0) return []
  const found = await elsewhere({ service: SERVICE, type: 'MedicationRequest', tokens: { prescription: codes }, count: 1000 })
  return found?.filter((one: Resource): one is MedicationRequest => one.resourceType === 'MedicationRequest')
}

export async function recallsOf(
  reading: SetReading,
  lines: readonly PlannedLine[],
  planning: Planning,
  prescriptions: readonly MedicationRequest[] | undefined,
): Promise<Recalls> {
  const faults: Issue[] = []
  const asked = askedRecalls(lines, planning)
  for (const recall of asked) {
    const problem = problemOf(recall, lines, prescriptions)
    if (problem) faults.push(refuse(problem, recall.expression))
  }
  const ids = new Set(asked.map(({ prescription }) => prescription))
  const following = endedRecalls(lines).filter(
    (one) => !ids.has(one.prescription) && isStillOpen(one.prescription, prescriptions, planning),
  )
  const moved = (await movedEnds(reading, lines, planning)).filter(({ prescription }) => !ids.has(prescription))
  const mayWrite =
    asked.length + following.length + moved.length === 0 || (senderMay('recall', reading.writer) && (await reading.mayWrite(SERVICE)))
  const { recalls, withdrawals, flags } = ofMovedEnds(moved, planning, mayWrite)
  const all = [...asked, ...following, ...recalls]
  const handedOver = (body: Buffer) => ({ service: SERVICE, adapter: ADAPTER, body })
  if (mayWrite)
    return {
      messages: [...withdrawals, ...all.map((recall) => messageOf(recall, planning))].map(handedOver),
      count: all.length,
      faults,
      flags,
    }
  return {
    messages: [],
    count: 0,
    faults: [...faults, ...asked.map(({ expression }) => refuse('recall-not-possible', expression))],
    flags: [...flags, ...following.map(({ expression, name }) => note('recall-left-to-sender', expression, name))],
  }
}

/** Another recall for an end that was moved, and words for each. */
function ofMovedEnds(
  moved: readonly MovedEnd[],
  planning: Planning,
  mayWrite: boolean,
): { recalls: Recall[]; withdrawals: Buffer[]; flags: Issue[] } {
  const withdrawn = mayWrite ? moved.filter(({ waiting }) => waiting.length > 0) : []
  const recalls = withdrawn.flatMap(({ prescription, discontinuation, expression, name }): Recall[] =>
    discontinuation
      ? [{ prescription, reason: DISCONTINUED, note: undefined, next: undefined, isAsked: false, discontinuation, expression, name }]
      : [],
  )
  return {
    recalls,
    withdrawals: withdrawn.flatMap(({ waiting, prescription, discontinuation }) =>
      waiting.map((id) => withdrawalOf(id, prescription, discontinuation ? 'end-moved' : 'end-taken-back', planning)),
    ),
    flags: [
      ...withdrawn.map(({ expression, name }) => note('recall-withdrawn', expression, name)),
      ...moved
        .filter(({ isSent, waiting }) => isSent || (waiting.length > 0 && !mayWrite))
        .map(({ isSent, expression, name }) => note(isSent ? 'recall-sent' : 'recall-waits', expression, name)),
    ],
  }
}

/** An M5 that goes on from the one that waits, and that nobody is to send: the adapter knows it by RefToParent. */
function withdrawalOf(id: string, prescription: string, why: string, planning: Planning): Buffer {
  const head = headOf(planning, uuidOf(`${planning.version}|withdrawal|${id}`))
  const message = makeMessage('M5', {
    head: { ...head, conversation: { parent: id, conversation: id } },
    body: { prescriptionId: prescription, note: why, reason: { code: DISCONTINUED.code } },
  })
  return Buffer.from(message, 'utf8')
}

/** A prescription that is asked for twice is recalled once. */
function askedRecalls(lines: readonly PlannedLine[], { request }: Planning): Recall[] {
  const byId = new Map(request.recalls.map((one) => [one.prescription, one]))
  return [...byId.values()].map(({ prescription, reason, note: text, expression }) => {
    const line = lines.find(({ before, after }) => [before, after].some((one) => one && prescriptionOf(one) === prescription))
    const now = line?.after && prescriptionOf(line.after)
    const ended = line?.change === 'ended' && line.after ? discontinuationOf(line.after) : undefined
    const isRenewal = (reason.code === '1' || reason.code === '3') && now !== undefined && now !== prescription
    return {
      prescription,
      reason,
      note: text,
      next: isRenewal ? now : undefined,
      discontinuation: ended,
      expression,
      name: line?.before && nameOf(line.before),
      isAsked: true,
    }
  })
}

/** The electronic prescriptions of lines that end. One that was written on paper is in no register. */
function endedRecalls(lines: readonly PlannedLine[]): Recall[] {
  return lines.flatMap(({ change, after, expression }) => {
    const prescription = change === 'ended' && after && typeOf(after) !== 'P' ? prescriptionOf(after) : undefined
    if (prescription === undefined || !after) return []
    const discontinuation = discontinuationOf(after)
    const common = { prescription, reason: DISCONTINUED, note: undefined, next: undefined, isAsked: false }
    return [{ ...common, discontinuation, expression, name: nameOf(after) }]
  })
}

function problemOf({ prescription }: Recall, lines: readonly PlannedLine[], prescriptions: readonly MedicationRequest[] | undefined) {
  const known = knownAs(prescription, prescriptions)
  const isNamed = lines.some(({ before, after }) => [before, after].some((one) => one && prescriptionOf(one) === prescription))
  if (!known && !isNamed) return 'recall-unknown'
  if (isOnItsWay(known)) return 'recall-on-its-way'
  return known && !isOpen(known) ? 'recall-not-open' : undefined
}

/** Where its state is not known here, Reseptformidleren answers what it is. What was recalled with this version is recalled by it again. */
function isStillOpen(prescription: string, prescriptions: readonly MedicationRequest[] | undefined, { isAgain }: Planning): boolean {
  const known = knownAs(prescription, prescriptions)
  if (!known || (isAgain && statePart(known, 'recall'))) return true
  return isOpen(known) && !isOnItsWay(known)
}

function knownAs(prescription: string, prescriptions: readonly MedicationRequest[] | undefined): MedicationRequest | undefined {
  return prescriptions?.find(({ identifier }) => identifierValue(RESEPT_ID, identifier) === prescription)
}

function statePart({ extension = [] }: MedicationRequest, name: string) {
  return extension.find(({ url }) => url === STATE)?.extension?.find(({ url }) => url === name)
}

/** 7408: E, U and B. */
function isOpen(one: MedicationRequest): boolean {
  const isLocked = one.extension?.some(({ url }) => url === LOCKED) ?? false
  return isLocked || ['E', 'U', 'B'].includes(statePart(one, 'state')?.valueCoding?.code ?? '')
}

function isOnItsWay(one: MedicationRequest | undefined): boolean {
  const standing = one && statePart(one, 'recall')?.valueCode
  return standing === 'pending' || standing === 'waiting'
}

/** The number of the patient is not in it: it is inserted before the message is signed. */
function messageOf({ prescription, reason, note: text, next, discontinuation: stop }: Recall, planning: Planning): Buffer {
  const message = makeMessage('M5', {
    head: headOf(planning, recallIdOf(planning, prescription)),
    body: {
      prescriptionId: prescription,
      ...(text === undefined ? {} : { note: text }),
      reason: { code: reason.code, ...(reason.display === undefined ? {} : { display: reason.display }) },
      ...(next === undefined ? {} : { newPrescriptionId: next }),
    },
    ...(stop?.time === undefined ? {} : { extension: { discontinuation: endOf(stop) } }),
  })
  return Buffer.from(message, 'utf8')
}

function headOf({ writer, now }: Planning, id: string) {
  const { organization, organizationName, name, hprNumber, profession } = writer
  return {
    type: { code: 'ERM5', display: 'Tilbakekalling' },
    timestamp: now.toISOString(),
    id,
    sender: {
      organization: {
        name: organizationName ?? organization,
        identifiers: [{ value: organization, type: { code: 'ENH' } }],
        professional: {
          ...(profession === undefined ? {} : { profession: { code: profession } }),
          ...(name === undefined ? {} : { family: name }),
          ...(hprNumber === undefined ? {} : { identifiers: [{ value: hprNumber, type: { code: 'HPR' } }] }),
        },
      },
    },
    receiver: { organization: { name: 'Reseptformidleren', identifiers: [{ value: '965336796', type: { code: 'ENH' } }] } },
  }
}

function endOf({ time, reason, note: text }: Discontinuation) {
  return {
    ...(time === undefined ? {} : { time }),
    ...(reason
      ? {
          reason: {
            ...(reason.code === undefined ? {} : { code: reason.code }),
            ...(reason.display === undefined ? {} : { display: reason.display }),
          },
        }
      : {}),
    ...(text === undefined ? {} : { note: text }),
  }
}

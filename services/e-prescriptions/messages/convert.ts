/**
 * One message of e-prescription as a record set: its record first, then those of the messages that lie in it, which come in by the same
 * door. A message is known by its MsgId: sent again it changes nothing, and no other message replaces it.
 */
import { hash } from 'node:crypto'
import type { AnyMessage, MessageOf } from '@helsevev/clinical/e-prescription/kinds'
import type { Message } from '@helsevev/clinical/e-prescription/message'
import { readMessage } from '@helsevev/clinical/e-prescription/read'
import {
  aboutPatient,
  attachedNumber,
  described,
  idOf,
  isAhead,
  isTest,
  patientOf,
  statedNumber,
  timeOf,
} from '@helsevev/clinical/e-prescription-fhir/addressed'
import { type Sent, withIssues } from '@helsevev/clinical/e-prescription-fhir/making'
import { idText } from '@helsevev/clinical/e-prescription-fhir/systems'
import { uuidOf } from '@helsevev/clinical/kith/remove-identity-numbers'
import { sentByRule } from '@helsevev/clinical/medicines/who-sends'
import type { AdapterContext, RecordSet, Unattached } from '@helsevev/kernel/fhir/service'
import { isProblem, type Problem, problemWith, type Result } from '@helsevev/kernel/problem/problem'
import { instant } from '@helsevev/kernel/values/dates'
import type { Resource } from '@medplum/fhirtypes'
import { flag, refusal, type refusals } from '../model/rules.ts'
import { dispensingOf } from './dispensing.ts'
import type { Made } from './made.ts'
import { prescriptionOf } from './prescription.ts'
import { attachedRecall, deletionOf, recallAnswerOf, recallOf, receiptOf, withdrawalOf } from './recall.ts'
import { lookUpOf, statementsOf } from './statement.ts'

/** The kinds that this service takes, each with its record. */
const makers = {
  M1: (sent: Sent) => prescriptionOf(sent as Sent<MessageOf<'M1'>>),
  M5: (sent: Sent, context: MakerContext) => {
    const withdrawn = context.unsent ? sent.message.head?.conversation?.parent : undefined
    return withdrawn === undefined
      ? recallOf(sent as Sent<MessageOf<'M5'>>, context)
      : withdrawalOf(sent as Sent<MessageOf<'M5'>>, withdrawn)
  },
  'M5.2': (sent: Sent) => recallAnswerOf(sent as Sent<MessageOf<'M5.2'>>),
  M6: (sent: Sent) => dispensingOf(sent as Sent<MessageOf<'M6'>>),
  M7: (sent: Sent) => deletionOf(sent as Sent<MessageOf<'M7'>>),
  M8: (sent: Sent) => dispensingOf(sent as Sent<MessageOf<'M8'>>),
  'M9.6': (sent: Sent) => lookUpOf(sent as Sent<MessageOf<'M9.6'>>),
  M10: (sent: Sent) => dispensingOf(sent as Sent<MessageOf<'M10'>>),
  AppRec: (sent: Sent, { answered }: MakerContext) => receiptOf(sent as Sent<MessageOf<'AppRec'>>, answered),
} as const satisfies Partial<Record<AnyMessage['kind'], Maker>>

interface MakerContext {
  now?: Date
  /** The message itself, where it was made here and nobody has sent it. */
  unsent?: Buffer | undefined
  /** The head of the record set that it answers. */
  answered?: Resource | undefined
}

type Maker = (sent: Sent, context: MakerContext) => Made

function makerOf({ kind }: Message): Maker | undefined {
  return Object.hasOwn(makers, kind) ? makers[kind as keyof typeof makers] : undefined
}

/** `not-xml`, `unreadable-message`, `too-large` and `invalid-resource`. */
export function convertMessage(octets: Buffer, context: AdapterContext): Result<RecordSet | Unattached> {
  const message = readMessage(octets, context.codes)
  if (isProblem(message)) return message
  if (!makerOf(message)) return refused('other-message', message.kind)
  if (message.kind !== 'AppRec' && !message.head) return refused('head-missing', message.kind)
  if (context.production === true && isTest(message)) return refused('test-message-refused', 'MsgHead/MsgInfo/ProcessingStatus')
  const id = idOf(message)
  if (id === undefined) return refused('message-id-missing', 'MsgHead/MsgInfo/MsgId')
  const label = `${message.kind} ${id}`
  const time = timeOf(message)
  if (time === undefined) return { kind: 'unattached', reason: 'no-time', text: 'The message states no time at which it was made.', label }
  if (isAhead(time, context.now)) return refused('made-ahead', 'MsgHead/MsgInfo/GenDate')
  const patient = context.patient ?? patientOf(message, label, numberElsewhere(message))
  if ('kind' in patient)
    return { ...patient, answers: answersOf(message), sentBy: sentByRule(message, { resourceType: 'Basic' } as Resource) }
  const asked = message.kind === 'M9.6' ? message.body.patient : undefined
  const own = [patient.value, asked?.patient ?? patient.value, ...(asked?.otherNumbers ?? [])]
  if (message.head?.patient && !context.patient && asked?.patient !== undefined && !own.slice(1).includes(patient.value))
    return refused('asked-person-differs', 'M96/PasientInfo/Fnr')
  // The message as it was sent replaces the one that waits, also when both were made at one time.
  const digest = context.isUnsent ? '' : hash('sha256', octets)
  const { now, answered } = context
  return recordSetOf(
    { message, id, time },
    { patient, numbers: own, digest, context: { now, answered, unsent: context.isUnsent && octets } },
  )
}

function refused(code: keyof typeof refusals, expression: string): Problem {
  return problemWith('invalid-resource', [refusal(code, expression)])
}

/** The keys of the messages that it may answer: RefToParent, the message of a receipt, and the M1 of its prescription. */
function answersOf({ kind, head, body }: AnyMessage): string[] {
  const parent = head?.conversation?.parent
  const original = kind === 'AppRec' ? body.original : undefined
  const named = 'prescriptionId' in body ? body.prescriptionId : undefined
  const kinds = Object.keys(makers)
  return [
    ...(parent === undefined ? [] : kinds.map((one) => `${one}|${idText(parent)}`)),
    ...(original?.id === undefined
      ? []
      : kinds.filter((one) => original.type?.code === `ER${one.replace('.', '')}`).map((one) => `${one}|${idText(original.id ?? '')}`)),
    ...(named === undefined ? [] : [`M1|${idText(named)}`]),
  ]
}

/** The person that an M9.6 was asked about, or the patient of all that lies in an M9.6 or M7 without one in MsgHead. */
function numberElsewhere(message: AnyMessage): string | undefined {
  const asked = message.kind === 'M9.6' ? message.body.patient?.patient : undefined
  const isCarrier = message.kind === 'M9.6' || message.kind === 'M7'
  const isBare = (message.head?.patient?.identifiers ?? []).length === 0
  return asked ?? (isCarrier && isBare ? attachedNumber(message) : undefined)
}

interface About {
  patient: RecordSet['patient']
  /** All numbers that the message has for the patient. */
  numbers: readonly string[]
  digest: string
  context: MakerContext
}

function recordSetOf(sent: Sent, { patient, numbers, digest, context }: About): RecordSet {
  const { message, id, time } = sent
  const made = recordsOf(sent, numbers, context)
  const [head = { resourceType: 'Communication', status: 'completed' } as const] = made
  if (isTest(message)) withIssues(head, [flag('test-message', 'MsgHead/MsgInfo/ProcessingStatus')])
  aboutPatient(made, { patient, numbers }, ({ resourceType }) => (resourceType === 'Task' ? 'for' : 'subject'))
  return {
    kind: 'record-set',
    patient,
    key: `${message.kind}|${id}`,
    version: instant(time) ?? new Date(0),
    rank: digest,
    entries: made.map((resource, index) => ({ fullUrl: `urn:uuid:${uuidOf(`${message.kind}|${id}|${index}`)}`, resource })),
    issues: [],
    sentBy: sentByRule(message, head),
    ...described(message, head),
  }
}

function recordsOf(sent: Sent, numbers: readonly string[], context: MakerContext): Made[] {
  const { message } = sent
  const head = makerOf(message)?.(sent, context)
  if (!head) return []
  const inside = message.kind === 'M9.6' ? message.attachments.map(({ message: inner }) => inner) : []
  const recall = message.kind === 'M7' ? [attachedRecall(message)] : []
  const inner = [...inside, ...recall].flatMap((each) => (each ? innerRecords(each, numbers, head) : []))
  const statements = message.kind === 'M9.6' ? statementsOf(sent as Sent<MessageOf<'M9.6'>>) : []
  // A message that lies there twice is one record.
  return [head, ...statements, ...new Map(inner.map((one) => [keyOf(one), one])).values()]
}

/** The record of a message that lies in another; the head says where it could not be stored. */
function innerRecords(message: Message, numbers: readonly string[], head: Made): Made[] {
  const make = makerOf(message)
  const [id, time] = [idOf(message), timeOf(message)]
  if (!make || message.kind === 'M9.6' || !message.head || id === undefined || time === undefined) {
    withIssues(head, [flag('attachment-not-read', 'MsgHead/Document')])
    return []
  }
  const number = statedNumber(message)
  if (number !== undefined && !numbers.includes(number)) {
    withIssues(head, [flag('attachment-of-another', 'MsgHead/Document')])
    return []
  }
  return [make({ message: message as AnyMessage, id, time }, {})]
}

/** The records of a controller that have one key are one. */
export function keyOf({ identifier = [] }: Pick<Made, 'identifier'>): string | undefined {
  return identifier.at(-1)?.value
}

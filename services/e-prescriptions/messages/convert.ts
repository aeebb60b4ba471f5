/**
 * One message of e-prescription as a record set: its record first, then those of the messages that lie in it, which come in by the same
 * door. A message is known by its MsgId: sent again it changes nothing, and no other message replaces it.
 */
import { hash } from 'node:crypto'
import type { AnyMessage, MessageOf } from '@helsevev/clinical/e-prescription/kinds'
import type { Message } from '@helsevev/clinical/e-prescription/message'
import { numberOf } from '@helsevev/clinical/e-prescription/messages/common'
import { readMessage } from '@helsevev/clinical/e-prescription/read'
import { removeIdentityNumbers, uuidOf } from '@helsevev/clinical/kith/remove-identity-numbers'
import type { AdapterContext, DescribedPatient, RecordSet, Unattached } from '@helsevev/kernel/fhir/service'
import { isProblem, type Problem, problemWith, type Result } from '@helsevev/kernel/problem/problem'
import { instant } from '@helsevev/kernel/values/dates'
import { identityNumberSystems, parseIdentityNumber } from '@helsevev/kernel/values/identity-number'
import { idText } from '../fhir/systems.ts'
import { flag, refusal, type refusals } from '../model/rules.ts'
import { dispensingOf } from './dispensing.ts'
import { type Made, type Sent, withIssues } from './making.ts'
import { prescriptionOf } from './prescription.ts'
import { attachedRecall, deletionOf, recallAnswerOf, recallOf, receiptOf } from './recall.ts'
import { lookUpOf, statementsOf } from './statement.ts'

/** The kinds that this service takes, each with its record. */
const makers = {
  M1: (sent: Sent) => prescriptionOf(sent as Sent<MessageOf<'M1'>>),
  M5: (sent: Sent) => recallOf(sent as Sent<MessageOf<'M5'>>),
  'M5.2': (sent: Sent) => recallAnswerOf(sent as Sent<MessageOf<'M5.2'>>),
  M6: (sent: Sent) => dispensingOf(sent as Sent<MessageOf<'M6'>>),
  M7: (sent: Sent) => deletionOf(sent as Sent<MessageOf<'M7'>>),
  M8: (sent: Sent) => dispensingOf(sent as Sent<MessageOf<'M8'>>),
  'M9.6': (sent: Sent) => lookUpOf(sent as Sent<MessageOf<'M9.6'>>),
  M10: (sent: Sent) => dispensingOf(sent as Sent<MessageOf<'M10'>>),
  AppRec: (sent: Sent) => receiptOf(sent as Sent<MessageOf<'AppRec'>>),
} as const satisfies Partial<Record<AnyMessage['kind'], (sent: Sent) => Made>>

function makerOf({ kind }: Message): ((sent: Sent) => Made) | undefined {
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
  const patient = context.patient ?? patientOf(message, label)
  if ('kind' in patient) return { ...patient, answers: answersOf(message) }
  const asked = message.kind === 'M9.6' ? message.body.patient : undefined
  const own = [patient.value, asked?.patient ?? patient.value, ...(asked?.otherNumbers ?? [])]
  if (message.head?.patient && !context.patient && asked?.patient !== undefined && !own.slice(1).includes(patient.value))
    return refused('asked-person-differs', 'M96/PasientInfo/Fnr')
  return recordSetOf({ message, id, time }, { patient, numbers: own, digest: hash('sha256', octets) })
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

/** P is production; T and D are training and debugging. */
function isTest({ head }: Message): boolean {
  const code = head?.processingStatus?.code?.trim().toUpperCase()
  return code !== undefined && code !== 'P'
}

function idOf(message: Message): string | undefined {
  const stated = message.head?.id ?? (message.kind === 'AppRec' ? (message as MessageOf<'AppRec'>).body.id : undefined)
  const id = stated === undefined ? '' : idText(stated)
  return id === '' || id.length > 200 ? undefined : id
}

function timeOf(message: Message): string | undefined {
  const stated = message.head?.timestamp ?? (message.kind === 'AppRec' ? (message as MessageOf<'AppRec'>).body.timestamp : undefined)
  return stated !== undefined && instant(stated) ? stated : undefined
}

/** The numbers of the patients of messages that lie in a message without one; those of an M9.6 are of the person who was asked about. */
function attachedNumber({ attachments }: Message): string | undefined {
  const numbers = attachments.flatMap(({ message }) => {
    const identifiers = message?.head?.patient?.identifiers ?? []
    return numberOf(identifiers, 'FNR') ?? numberOf(identifiers, 'DNR') ?? []
  })
  const [only, ...others] = new Set(numbers.map((number) => number.trim()))
  return others.length === 0 ? only : undefined
}

/** The patient of MsgHead; of an M9.6 or M7 without one, the person who was asked about, or the patient of all that lies in it. */
function patientOf(message: AnyMessage, label: string): RecordSet['patient'] | Unattached {
  const nobody = (reason: string, text: string): Unattached => ({ kind: 'unattached', reason, text, label })
  const identifiers = message.head?.patient?.identifiers ?? []
  const stated = numberOf(identifiers, 'FNR') ?? numberOf(identifiers, 'DNR')
  const asked = message.kind === 'M9.6' ? message.body.patient?.patient : undefined
  const isCarrier = message.kind === 'M9.6' || message.kind === 'M7'
  const number = (stated ?? asked ?? (isCarrier && identifiers.length === 0 ? attachedNumber(message) : undefined))?.trim()
  if (number === undefined || number === '')
    return identifiers.length > 0
      ? nobody('identity-not-national', 'The patient has a number of another kind than FNR and DNR, which names nobody outside the sender.')
      : nobody('no-identity-number', 'The message names no patient.')
  if (!/^\d{11}$/.test(number)) return nobody('identity-number-invalid', 'The number of the patient is not eleven digits.')
  const kind = parseIdentityNumber(number)?.kind ?? (numberOf(identifiers, 'FNR') === undefined ? 'DNR' : 'FNR')
  return { system: identityNumberSystems[kind], value: number }
}

interface About {
  patient: RecordSet['patient']
  /** All numbers that the message has for the patient. */
  numbers: readonly string[]
  digest: string
}

function recordSetOf(sent: Sent, { patient, numbers, digest }: About): RecordSet {
  const { message, id, time } = sent
  const made = recordsOf(sent, numbers)
  const [head = { resourceType: 'Communication', status: 'completed' } as const] = made
  if (isTest(message)) withIssues(head, [flag('test-message', 'MsgHead/MsgInfo/ProcessingStatus')])
  for (const resource of made) {
    for (const number of new Set(numbers))
      removeIdentityNumbers([resource], number, (place) => withIssues(resource, [flag('identity-number-removed', place)]))
    Object.assign(resource, { [resource.resourceType === 'Task' ? 'for' : 'subject']: { identifier: patient } })
  }
  return {
    kind: 'record-set',
    patient,
    key: `${message.kind}|${id}`,
    version: instant(time) ?? new Date(0),
    rank: digest,
    entries: made.map((resource, index) => ({ fullUrl: `urn:uuid:${uuidOf(`${message.kind}|${id}|${index}`)}`, resource })),
    issues: [],
    ...(message.head?.patient ? { described: { ...describedIn(message.head.patient), differs: () => markAnother(head) } } : {}),
  }
}

function recordsOf(sent: Sent, numbers: readonly string[]): Made[] {
  const { message } = sent
  const head = makerOf(message)?.(sent)
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
  const identifiers = message.head.patient?.identifiers ?? []
  const number = numberOf(identifiers, 'FNR') ?? numberOf(identifiers, 'DNR')
  if (number !== undefined && !numbers.includes(number.trim())) {
    withIssues(head, [flag('attachment-of-another', 'MsgHead/Document')])
    return []
  }
  return [make({ message: message as AnyMessage, id, time })]
}

/** The records of a controller that have one key are one. */
export function keyOf({ identifier = [] }: Pick<Made, 'identifier'>): string | undefined {
  return identifier.at(-1)?.value
}

type Stated = NonNullable<NonNullable<Message['head']>['patient']>

function describedIn({ given, middle, family, birthDate, sex }: Stated): DescribedPatient {
  const name = [given, middle, family].filter(Boolean).join(' ')
  const code = sex?.code
  return {
    ...(name === '' ? {} : { name }),
    ...(birthDate === undefined ? {} : { birthDate }),
    ...(code === '1' ? { gender: 'male' } : code === '2' ? { gender: 'female' } : {}),
  }
}

const ANOTHER =
  'Navn, fødselsdato eller kjønn i meldingen er ikke det som er registrert på fødselsnummeret. Kontroller at den gjelder rett person.'

/** The record says so to its readers, and has the flag. */
function markAnother(head: Made): void {
  withIssues(head, [flag('patient-differs', 'MsgHead/MsgInfo/Patient')])
  head.note = [{ text: ANOTHER }, ...(head.note ?? [])]
}

/**
 * A message of the medication list as a record set. M25.1 is one set of the patient, no matter who sends it: the newest holds. What a
 * pharmacy proposes or packs is a set of that pharmacy.
 */
import type { AnyMessage, MessageOf } from '@helsevev/clinical/e-prescription/kinds'
import type { Message } from '@helsevev/clinical/e-prescription/message'
import { readMessage } from '@helsevev/clinical/e-prescription/read'
import {
  aboutPatient,
  described,
  idOf,
  isAhead,
  isTest,
  patientOf,
  statedNumber,
  timeOf,
} from '@helsevev/clinical/e-prescription-fhir/addressed'
import { type Sent, withIssues } from '@helsevev/clinical/e-prescription-fhir/making'
import { identifierValue, MESSAGE_ID, MESSAGE_KIND, PLL_ID } from '@helsevev/clinical/e-prescription-fhir/systems'
import { uuidOf } from '@helsevev/clinical/kith/remove-identity-numbers'
import { linesOf } from '@helsevev/clinical/medicines/list-line'
import { MOST_LINES } from '@helsevev/clinical/medicines/sending-limits'
import { sentByRule } from '@helsevev/clinical/medicines/who-sends'
import type { AdapterContext, RecordSet, Unattached } from '@helsevev/kernel/fhir/service'
import { isProblem, type Problem, problemWith, type Result } from '@helsevev/kernel/problem/problem'
import { instant } from '@helsevev/kernel/values/dates'
import type { CareTeam, Communication, List, MedicationStatement, Resource } from '@medplum/fhirtypes'
import { extensionsOf } from '../fhir/systems.ts'
import { flag, refusal } from '../model/rules.ts'
import { standsInOf } from '../model/standing.ts'
import { refuse } from '../send/words.ts'
import type { ListMessage } from './line.ts'
import { listOf } from './list.ts'
import { requestOf, sayingOf, statementOf } from './multidose.ts'

export type Made = List | MedicationStatement | CareTeam | Communication

/** The sets of a patient: the shared list, and those of pharmacies. */
const keys = {
  'M25.1': 'medication-list',
  'M25.2': 'pharmacy-changes',
  'M25.3': 'multidose-dispensings',
  'M25.4': 'lines',
} as const

type Taken = ListMessage | MessageOf<'M9.12'> | MessageOf<'M27.1'> | MessageOf<'M27.2'> | MessageOf<'M28'>

function isList(message: AnyMessage | Message): message is ListMessage {
  return Object.hasOwn(keys, message.kind)
}

/** The schemas of messages about the list. UTF-16 has a zero octet in each letter. */
const SCHEMA = /\/xmlstds\/eresept\/m(25\d|912|27\d|28)\//

/** Whether octets of XML are a message about the list, with or without faults. */
export function isOfList(octets: Buffer): boolean {
  return SCHEMA.test(octets.toString('latin1').replaceAll('\0', ''))
}

function isTaken(message: AnyMessage | Message): message is Taken {
  return isList(message) || ['M9.12', 'M27.1', 'M27.2', 'M28'].includes(message.kind)
}

/** `not-xml`, `unreadable-message`, `too-large` and `invalid-resource`. */
export function convertMessage(octets: Buffer, context: AdapterContext): Result<RecordSet | Unattached> {
  const message = readMessage(octets, context.codes)
  if (isProblem(message)) return message
  if (!isTaken(message)) return refused('other-message', message.kind)
  if (!message.head) return refused('head-missing', message.kind)
  if (context.production === true && isTest(message)) return refused('test-message-refused', 'MsgHead/MsgInfo/ProcessingStatus')
  const id = idOf(message)
  if (id === undefined) return refused('message-id-missing', 'MsgHead/MsgInfo/MsgId')
  if (isList(message) && hasOneIdTwice(message)) return refused('unique-id', 'LegemidlerIBruk/EnkeltoppforingLIB/Id')
  if (isList(message) && hasTooMany(message))
    return problemWith('invalid-resource', [refuse('too-many-lines', 'LegemidlerIBruk/EnkeltoppforingLIB')])
  const label = `${message.kind} ${id}`
  const time = timeOf(message)
  if (time === undefined) return { kind: 'unattached', reason: 'no-time', text: 'The message states no time at which it was made.', label }
  if (isAhead(time, context.now)) return refused('made-ahead', 'MsgHead/MsgInfo/GenDate')
  const { patient: asked, otherNumbers = [] } = (message.kind === 'M9.12' && (message as MessageOf<'M9.12'>).body.patient) || {}
  const patient = context.patient ?? patientOf(message, label, asked)
  if ('kind' in patient) return { ...patient, sentBy: sentByRule(message, { resourceType: 'Basic' } as Resource) }
  const about = { patient, numbers: [patient.value, ...(asked === undefined ? [] : [asked]), ...otherNumbers] }
  const sent: Sent<Taken> = { message, id, time }
  return isList(message)
    ? listSet({ message, id, time }, about, context.now)
    : sayingSet(sent as Sent<Exclude<Taken, ListMessage>>, about, context.now)
}

function refused(code: Parameters<typeof refusal>[0], expression: string): Problem {
  return problemWith('invalid-resource', [refusal(code, expression)])
}

function hasTooMany({ body }: ListMessage): boolean {
  return body.lines.length > MOST_LINES
}

function hasOneIdTwice(message: ListMessage): boolean {
  const ids = linesOf(message).map((line) => line.id.trim().toLowerCase())
  return new Set(ids).size < ids.length
}

interface About {
  patient: RecordSet['patient']
  /** All numbers that the message has for the patient. */
  numbers: readonly string[]
}

function listSet(sent: Sent<ListMessage>, about: About, now: Date): RecordSet {
  const { message } = sent
  const key = keys[message.kind]
  const made: [List, ...MedicationStatement[]] = listOf(sent, now, (one) => urlOf(key, one))
  return { ...setOf(sent, key, made, about), ...(message.kind === 'M25.1' ? { shared: true } : {}) }
}

/** An answer of Reseptformidleren has lists that lie in it, each with its own time and signature. */
function sayingSet(sent: Sent<Exclude<Taken, ListMessage>>, about: About, now: Date): RecordSet {
  const { message, id } = sent
  const key = `${message.kind}|${id}`
  if (message.kind === 'M27.1') return setOf(sent, key, [requestOf(sent as Sent<MessageOf<'M27.1'>>)], about)
  const head = sayingOf(sent)
  const also = message.kind === 'M9.12' ? setsInside(sent as Sent<MessageOf<'M9.12'>>, head, about, now) : []
  const set = setOf(sent, key, [head], about)
  return also.length > 0 ? { ...set, also } : set
}

function setsInside(sent: Sent<MessageOf<'M9.12'>>, head: Communication, about: About, now: Date): RecordSet[] {
  const lists = (sent.message.body.patient?.lists ?? []).flatMap(({ message }) => {
    const [id, time] = message ? [idOf(message), timeOf(message)] : []
    const isSound = message?.head && isList(message) && !hasOneIdTwice(message) && !hasTooMany(message)
    if (!message || !isSound || id === undefined || time === undefined || isAhead(time, now)) {
      withIssues(head, [flag('attachment-not-read', 'M912/Pasient/VarerIBrukB64')])
      return []
    }
    const number = statedNumber(message)
    if (number !== undefined && !about.numbers.includes(number)) {
      withIssues(head, [flag('attachment-of-another', 'M912/Pasient/VarerIBrukB64')])
      return []
    }
    return [listSet({ message, id, time }, about, now)]
  })
  return [setOf(sent, 'multidose-statement', [statementOf(sent)], about), ...lists]
}

/** M25.1 does not say which version its sender has read: a person sends the first one, and no version over that of another. */
const firstOnly = {
  basedOn: '',
  remedy:
    'A list stands, and M25.1 does not say which version was read. Read it with $getMedication, and send the next with $sendMedication.',
} as const

function urlOf(key: string, resource: Made): string {
  return `urn:uuid:${uuidOf(`${key}|${keyOf(resource)}`)}`
}

function setOf(sent: Sent<Taken>, key: string, made: readonly [Made, ...Made[]], { patient, numbers }: About): RecordSet {
  const [head] = made
  if (isTest(sent.message)) withIssues(head, [flag('test-message', 'MsgHead/MsgInfo/ProcessingStatus')])
  aboutPatient<Made>(made, { patient, numbers }, () => 'subject')
  return {
    kind: 'record-set',
    patient,
    key,
    version: instant(sent.time) ?? new Date(0),
    rank: sent.id,
    entries: made.map((resource) => ({ fullUrl: urlOf(key, resource), resource })),
    issues: [],
    sentBy: sentByRule(sent.message as AnyMessage, head, sent.message.kind === 'M25.1' ? firstOnly : undefined),
    ...described(sent.message, head),
  }
}

/** A list is one record in all its versions, and so is a line. The same line that a pharmacy proposes is another record. */
export function keyOf(resource: Made): string | undefined {
  const id = identifierValue(MESSAGE_ID, resource.identifier)
  if (resource.resourceType === 'CareTeam') return extensionsOf(resource, 'multidoseStatement').length > 0 ? 'multidose-statement' : id
  if (resource.resourceType === 'Communication') return id
  if (resource.resourceType === 'MedicationStatement')
    return `${standsInOf(resource) ?? 'M25.1'}|${identifierValue(PLL_ID, resource.identifier) ?? ''}`
  const kind = resource.code?.coding?.find(({ system }) => system === MESSAGE_KIND)?.code
  return kind === undefined ? id : `list|${kind}`
}

/**
 * A message of the medication list as a record set. M25.1 is one set of the patient, whoever sends it: the newest holds. What a pharmacy
 * proposes or packs is a set of that pharmacy.
 */
import type { AnyMessage } from '@helsevev/clinical/e-prescription/kinds'
import type { Message } from '@helsevev/clinical/e-prescription/message'
import { readMessage } from '@helsevev/clinical/e-prescription/read'
import { aboutPatient, described, idOf, isTest, patientOf, timeOf } from '@helsevev/clinical/e-prescription-fhir/addressed'
import { type Sent, withIssues } from '@helsevev/clinical/e-prescription-fhir/making'
import { identifierValue, MESSAGE_ID, MESSAGE_KIND, PLL_ID } from '@helsevev/clinical/e-prescription-fhir/systems'
import { uuidOf } from '@helsevev/clinical/kith/remove-identity-numbers'
import { linesOf } from '@helsevev/clinical/medicines/list-line'
import type { AdapterContext, RecordSet, Unattached } from '@helsevev/kernel/fhir/service'
import { isProblem, type Problem, problemWith, type Result } from '@helsevev/kernel/problem/problem'
import { instant } from '@helsevev/kernel/values/dates'
import type { List, MedicationStatement } from '@medplum/fhirtypes'
import { flag, refusal } from '../model/rules.ts'
import { standsInOf } from '../model/standing.ts'
import type { ListMessage } from './line.ts'
import { listOf } from './list.ts'

export type Made = List | MedicationStatement

/** The sets of a patient: the shared list, and those of pharmacies. */
const keys = {
  'M25.1': 'medication-list',
  'M25.2': 'pharmacy-changes',
  'M25.3': 'multidose-dispensings',
  'M25.4': 'lines',
} as const

function isList(message: AnyMessage | Message): message is ListMessage {
  return Object.hasOwn(keys, message.kind)
}

/** `not-xml`, `unreadable-message`, `too-large` and `invalid-resource`. */
export function convertMessage(octets: Buffer, context: AdapterContext): Result<RecordSet | Unattached> {
  const message = readMessage(octets, context.codes)
  if (isProblem(message)) return message
  if (!isList(message)) return refused('other-message', message.kind)
  if (!message.head) return refused('head-missing', message.kind)
  if (context.production === true && isTest(message)) return refused('test-message-refused', 'MsgHead/MsgInfo/ProcessingStatus')
  const id = idOf(message)
  if (id === undefined) return refused('message-id-missing', 'MsgHead/MsgInfo/MsgId')
  const ids = linesOf(message).map((line) => line.id.trim().toLowerCase())
  if (new Set(ids).size < ids.length) return refused('unique-id', 'LegemidlerIBruk/EnkeltoppforingLIB/Id')
  const label = `${message.kind} ${id}`
  const time = timeOf(message)
  if (time === undefined) return { kind: 'unattached', reason: 'no-time', text: 'The message states no time at which it was made.', label }
  const patient = context.patient ?? patientOf(message, label)
  return 'kind' in patient ? patient : recordSetOf({ message, id, time }, patient, context.now)
}

function refused(code: Parameters<typeof refusal>[0], expression: string): Problem {
  return problemWith('invalid-resource', [refusal(code, expression)])
}

function recordSetOf(sent: Sent<ListMessage>, patient: RecordSet['patient'], now: Date): RecordSet {
  const { message, id, time } = sent
  const key = keys[message.kind]
  const urlOf = (resource: Made) => `urn:uuid:${uuidOf(`${key}|${keyOf(resource)}`)}`
  const made: [List, ...MedicationStatement[]] = listOf(sent, now, urlOf)
  const [head] = made
  if (isTest(message)) withIssues(head, [flag('test-message', 'MsgHead/MsgInfo/ProcessingStatus')])
  aboutPatient<Made>(made, { patient, numbers: [patient.value] }, () => 'subject')
  return {
    kind: 'record-set',
    patient,
    key,
    version: instant(time) ?? new Date(0),
    rank: id,
    entries: made.map((resource) => ({ fullUrl: urlOf(resource), resource })),
    issues: [],
    ...described(message, head),
  }
}

/** A list is one record in all its versions, and so is a line. The same line that a pharmacy proposes is another record. */
export function keyOf(resource: Made): string | undefined {
  if (resource.resourceType === 'MedicationStatement')
    return `${standsInOf(resource) ?? 'M25.1'}|${identifierValue(PLL_ID, resource.identifier) ?? ''}`
  const kind = resource.code?.coding?.find(({ system }) => system === MESSAGE_KIND)?.code
  return kind === undefined ? identifierValue(MESSAGE_ID, resource.identifier) : `list|${kind}`
}

/** M25 as a List with its lines: the head says who made it, when, and what is about the list as a whole. */
import type { AnyMessage, MessageOf } from '@helsevev/clinical/e-prescription/kinds'
import { medicationListExtension as extensionType, medicationList } from '@helsevev/clinical/e-prescription/messages/medication-list'
import { prescribedDrug } from '@helsevev/clinical/e-prescription/messages/prescription'
import { conceptOf } from '@helsevev/clinical/e-prescription-fhir/coded'
import { keptElements } from '@helsevev/clinical/e-prescription-fhir/elements'
import {
  annotations,
  annotationsOf,
  commonExtensions,
  messageIdentifier,
  type Sent,
  withIssues,
  withoutEmpty,
} from '@helsevev/clinical/e-prescription-fhir/making'
import { senderRole } from '@helsevev/clinical/e-prescription-fhir/parties'
import { identifierOf, MESSAGE_KIND, PLL_ID } from '@helsevev/clinical/e-prescription-fhir/systems'
import { linesOf } from '@helsevev/clinical/medicines/list-line'
import { type Breach, breachesOf } from '@helsevev/clinical/medicines/list-rules'
import { hl7 } from '@helsevev/clinical/systems'
import type { Issue } from '@helsevev/kernel/problem/problem'
import type { Extension, List, MedicationStatement } from '@medplum/fhirtypes'
import { extensionUrls, LIST_CODE } from '../fhir/systems.ts'
import { flag } from '../model/rules.ts'
import { authorParts, relatedParties } from './authors.ts'
import { isOfLine, type ListMessage, statementsOf } from './line.ts'
import { placed } from './placed.ts'

const titles = {
  'M25.1': 'Legemidler i bruk',
  'M25.2': 'Endringer som apoteket foreslår',
  'M25.3': 'Utleverte multidoselegemidler',
  'M25.4': 'Legemidler',
} as const

const modes = { 'M25.1': 'working', 'M25.2': 'changes', 'M25.3': 'snapshot', 'M25.4': 'snapshot' } as const

type Extended = NonNullable<MessageOf<'M25.1'>['extension']>

/** The head first, then its lines. `urlOf` names the entry of a line. */
export function listOf(
  sent: Sent<ListMessage & AnyMessage>,
  now: Date,
  urlOf: (statement: MedicationStatement) => string,
): [List, ...MedicationStatement[]] {
  const { message } = sent
  const statements = statementsOf(message, now)
  return [headOf(sent, statements.map(urlOf), now), ...statements]
}

function headOf(sent: Sent<ListMessage & AnyMessage>, lines: readonly string[], now: Date): List {
  const { message, time } = sent
  const { kind, body } = message
  const extended = kind === 'M25.1' ? (message as MessageOf<'M25.1'>).extension : undefined
  const sender = senderRole(message.head?.sender)
  const parties = relatedParties(body.roles)
  const notes = message.notes.filter((note) => !isOfLine(note, message))
  const isList = kind === 'M25.1'
  const resource = withoutEmpty<List>({
    resourceType: 'List',
    contained: [...(sender ? [sender] : []), ...parties],
    extension: [
      ...commonExtensions(sent, placed),
      ...infoOf(
        message,
        parties.map(({ id }) => `#${id ?? ''}`),
      ),
      ...(extended?.handledWarnings.map(warningOf) ?? []),
      ...(extended?.review ? [reviewOf(extended.review)] : []),
      ...strayOf(message),
    ],
    identifier: [messageIdentifier(sent)],
    status: 'current',
    mode: modes[kind],
    title: titles[kind],
    code: { coding: [...(isList ? [LIST_CODE] : []), { system: MESSAGE_KIND, code: kind }] },
    subject: {},
    date: time,
    ...(sender ? { source: { reference: '#sender' } } : {}),
    note: [...annotations(body.note), ...annotationsOf(notes)],
    entry: lines.map((reference) => ({ item: { reference } })),
    ...(lines.length > 0 ? {} : { emptyReason: { coding: [{ system: hl7('list-empty-reason'), code: 'nilknown' }] } }),
  })
  return withIssues(resource, [
    ...notes.map(({ flag: name, path }) => flag(name, path)),
    ...(body.lines.some(({ id }) => id === undefined) ? [flag('line-without-id', 'LegemidlerIBruk/EnkeltoppforingLIB/Id')] : []),
    ...(isList ? ruleIssues(message as MessageOf<'M25.1'>, now) : []),
    ...(extended && strayRefs(extended, message).length > 0 ? [flag('line-in-no-list', 'LegemidlerIbrukUtvidelse')] : []),
  ])
}

/** `substitute`, the time of the list, and who is what to the patient. */
function infoOf({ kind, body, head }: ListMessage, parties: readonly string[]): Extension[] {
  const substitute = kind === 'M25.1' ? (body as MessageOf<'M25.1'>['body']).isSubstitute : undefined
  const isKnown = substitute?.code === '1' || substitute?.code === '2'
  const other = substitute && !isKnown ? conceptOf(substitute, 1101) : undefined
  const parts: Extension[] = [
    ...(isKnown ? [{ url: 'substitute', valueBoolean: substitute.code === '1' }] : []),
    ...(other ? [{ url: 'substitute-code', valueCodeableConcept: other }] : []),
    ...(head?.timestamp === undefined ? [] : [{ url: 'PLLdate', valueDateTime: head.timestamp }]),
    ...parties.map((reference) => ({ url: 'relatedparties', valueReference: { reference } })),
  ]
  return parts.length > 0 ? [{ url: extensionUrls.listInfo, extension: parts }] : []
}

function warningOf(warning: Extended['handledWarnings'][number]): Extension {
  const { lines, id, type, code, time, note, author, reference } = warning
  const [kind, about] = [conceptOf(type), conceptOf(code)]
  return {
    url: extensionUrls.handledWarning,
    extension: [
      ...lines.map((line) => ({ url: 'line', valueIdentifier: identifierOf(PLL_ID, line) })),
      ...(id === undefined ? [] : [{ url: 'id', valueString: id }]),
      ...(kind ? [{ url: 'type', valueCodeableConcept: kind }] : []),
      ...(about ? [{ url: 'code', valueCodeableConcept: about }] : []),
      ...(time === undefined ? [] : [{ url: 'time', valueDateTime: time }]),
      ...(note === undefined ? [] : [{ url: 'note', valueString: note }]),
      ...authorParts(author),
      ...(reference ? [{ url: 'reference', extension: referenceParts(reference) }] : []),
    ],
  }
}

function referenceParts(reference: NonNullable<Extended['handledWarnings'][number]['reference']>): Extension[] {
  const { identifier, time, type, display } = reference
  return [
    ...(identifier === undefined ? [] : [{ url: 'identifier', valueString: identifier }]),
    ...(time === undefined ? [] : [{ url: 'time', valueDateTime: time }]),
    ...(type === undefined ? [] : [{ url: 'type', valueString: type }]),
    ...(display === undefined ? [] : [{ url: 'display', valueString: display }]),
  ]
}

function reviewOf({ time, note, author }: NonNullable<Extended['review']>): Extension {
  return {
    url: extensionUrls.review,
    extension: [
      ...(time === undefined ? [] : [{ url: 'time', valueDateTime: time }]),
      ...(note === undefined ? [] : [{ url: 'note', valueString: note }]),
      ...authorParts(author),
    ],
  }
}

/** What has no line to stand with: lines without Id, and what the extension says of lines that the list does not hold. */
function strayOf(message: ListMessage): Extension[] {
  const keeping = { places: placed, isWhole: true }
  const { fields } = medicationList.group
  const lines = (message.body.lines as MessageOf<'M25.1'>['body']['lines']).flatMap(({ id, drug, ...line }, index) => {
    if (id !== undefined) return []
    const path = `LegemidlerIBruk/EnkeltoppforingLIB[${index + 1}]`
    return [
      ...keptElements(fields.lines.type, line, path, keeping),
      ...keptElements(prescribedDrug, drug?.message?.body, `${path}/ReseptDokLegemiddel`, keeping),
    ]
  })
  const extended = message.kind === 'M25.1' ? (message as MessageOf<'M25.1'>).extension : undefined
  return [...lines, ...(extended ? strayRefs(extended, message) : [])]
}

function strayRefs(extended: Extended, message: ListMessage): Extension[] {
  const known = new Set(linesOf(message).map(({ id }) => id))
  const isStray = ({ line }: { line?: string }) => line === undefined || !known.has(line)
  const left = {
    dosages: extended.dosages.filter(isStray),
    medicalChanges: extended.medicalChanges.filter(isStray),
    comments: extended.comments.filter(isStray),
    handledWarnings: [],
  }
  return keptElements(extensionType, left, 'LegemidlerIbrukUtvidelse', { places: placed, isWhole: true })
}

/** The published rules that a list alone can break. Those of the step from one list to the next ask for both. */
function ruleIssues(message: MessageOf<'M25.1'>, now: Date): Issue[] {
  const breaches = breachesOf({ patient: message.head?.patient?.identifiers ?? [], lines: linesOf(message), now })
  return breaches.flatMap(({ rule, element }: Breach) =>
    rule === 'prescription-id' || rule === 'one-active-line' || rule === 'drugs-only' || rule === 'supplements'
      ? [flag(rule, `LegemidlerIBruk/EnkeltoppforingLIB/${element}`)]
      : [],
  )
}

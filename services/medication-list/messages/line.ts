/**
 * A line of M25 as a MedicationStatement. It says nothing of the message that it stands in, so that a line that is the same in the next
 * list is the same record.
 */
import type { AnyMessage, MessageOf } from '@helsevev/clinical/e-prescription/kinds'
import { dispensing as dispensingGroup } from '@helsevev/clinical/e-prescription/messages/dispense'
import { medicationList, multidoseDispensings } from '@helsevev/clinical/e-prescription/messages/medication-list'
import { prescribedDrug } from '@helsevev/clinical/e-prescription/messages/prescription'
import type { Note } from '@helsevev/clinical/e-prescription/notes'
import { conceptOf } from '@helsevev/clinical/e-prescription-fhir/coded'
import { dosagesOf } from '@helsevev/clinical/e-prescription-fhir/dosage'
import { keptElements } from '@helsevev/clinical/e-prescription-fhir/elements'
import { annotations, annotationsOf, withIssues, withoutEmpty } from '@helsevev/clinical/e-prescription-fhir/making'
import { medicationOf } from '@helsevev/clinical/e-prescription-fhir/medication'
import { identifierOf, PLL_ID, RESEPT_ID } from '@helsevev/clinical/e-prescription-fhir/systems'
import { lineState } from '@helsevev/clinical/medicines/line-state'
import { type Line, linesOf } from '@helsevev/clinical/medicines/list-line'
import { hasTimeOfDay } from '@helsevev/clinical/time'
import { instant, period } from '@helsevev/kernel/values/dates'
import type { Annotation, Extension, MedicationStatement, Period } from '@medplum/fhirtypes'
import { extensionUrls } from '../fhir/systems.ts'
import { flag } from '../model/rules.ts'
import { statusOf } from '../model/standing.ts'
import { authorParts, authorReference, registrations } from './authors.ts'
import { placed } from './placed.ts'

export type ListMessage = Extract<AnyMessage, { kind: 'M25.1' | 'M25.2' | 'M25.3' | 'M25.4' }>
type Extended = NonNullable<MessageOf<'M25.1'>['extension']>

const NOT_STATED = 'Ikke oppgitt i meldingen'
const PATH = 'EnkeltoppforingLIB'

interface Stated {
  readonly kind: ListMessage['kind']
  readonly line: Line
  readonly extension: Extended | undefined
  /** What was noted in the line, and in its drug. */
  readonly notes: readonly Note[]
  readonly now: Date
}

function statementOf(stated: Stated): MedicationStatement {
  const { kind, line, extension, notes, now } = stated
  const { drug } = line
  const prescribing = drug?.prescribing ?? { dosings: [] }
  const medication = medicationOf(drug)
  const words = extension?.dosages.find((one) => one.line === line.id)
  const { dosages, isContradictory } = dosagesOf(prescribing, words)
  const reason = conceptOf(line.discontinuation?.reason, 7494)
  const category = prescribing.use && conceptOf(prescribing.use, 9101)
  const effective = effectiveOf(line)
  const resource = withoutEmpty<MedicationStatement>({
    resourceType: 'MedicationStatement',
    contained: medication ? [medication] : [],
    extension: [
      ...(kind === 'M25.1' ? [] : [{ url: extensionUrls.standsIn, valueCode: kind }]),
      ...amendment(line),
      ...registrations(line.roles),
      ...discontinuation(line),
      ...(line.withChange === undefined ? [] : [{ url: extensionUrls.changedAtRenewal, valueBoolean: line.withChange }]),
      ...line.questions.map(questionOf),
      ...(extension?.medicalChanges.filter((one) => one.line === line.id).map(medicalChangeOf) ?? []),
      ...elementsOf(stated),
      ...(words?.doseText !== undefined && prescribing.doseText !== undefined ? [otherWords(words.doseText)] : []),
    ],
    identifier: [
      identifierOf(PLL_ID, line.id),
      ...(line.prescriptionId === undefined ? [] : [identifierOf(RESEPT_ID, line.prescriptionId)]),
    ],
    basedOn:
      line.prescriptionId === undefined ? [] : [{ type: 'MedicationRequest', identifier: identifierOf(RESEPT_ID, line.prescriptionId) }],
    // A line that a pharmacy proposes may come to be taken; one that it packs says nothing of that.
    status: kind === 'M25.1' ? statusOf(lineState(line, now)) : kind === 'M25.2' ? 'intended' : 'unknown',
    statusReason: reason ? [reason] : [],
    ...(category ? { category } : {}),
    ...(medication ? { medicationReference: { reference: '#medication' } } : { medicationCodeableConcept: { text: NOT_STATED } }),
    subject: {},
    ...(effective ? { effectivePeriod: effective } : {}),
    ...(line.lastChanged === undefined ? {} : { dateAsserted: line.lastChanged }),
    reasonCode: prescribing.applicationArea === undefined ? [] : [{ text: prescribing.applicationArea }],
    note: [
      ...annotations(drug?.note),
      ...(extension?.comments.filter((one) => one.line === line.id).map(commentOf) ?? []),
      ...annotationsOf(notes),
    ],
    dosage: dosages,
  })
  return withIssues(resource, [
    ...notes.map(({ flag: name, path }) => flag(name, path)),
    ...(isContradictory ? [flag('dose-contradiction', 'Forskrivning')] : []),
  ])
}

function amendment({ type, prescriptionValidUntil, lastChanged }: Line): Extension[] {
  const kind = conceptOf(type, 7491)
  const parts: Extension[] = [
    ...(kind ? [{ url: 'typeresept', valueCodeableConcept: kind }] : []),
    ...(prescriptionValidUntil === undefined ? [] : [{ url: 'expirationdate', valueDate: prescriptionValidUntil }]),
    ...(lastChanged === undefined ? [] : [{ url: 'lastchanged', valueDateTime: lastChanged }]),
  ]
  return parts.length > 0 ? [{ url: extensionUrls.amendment, extension: parts }] : []
}

function discontinuation({ discontinuation: stop }: Line): Extension[] {
  if (!stop) return []
  const reason = conceptOf(stop.reason, 7494)
  const parts: Extension[] = [
    ...(stop.time === undefined ? [] : [{ url: 'timedate', valueDateTime: stop.time }]),
    ...(reason ? [{ url: 'reason', valueCodeableConcept: reason }] : []),
    ...(stop.note === undefined ? [] : [{ url: 'note', valueString: stop.note }]),
  ]
  return [{ url: extensionUrls.discontinuation, extension: parts }]
}

type Question = Line['questions'][number]

function questionOf({ code, note, time, asker, recipient, answer }: Question): Extension {
  const asked = conceptOf(code, 7495)
  const answered = conceptOf(answer?.code, 7493)
  return {
    url: extensionUrls.question,
    extension: [
      ...(asked ? [{ url: 'code', valueCodeableConcept: asked }] : []),
      ...texts({ note, asker, recipient, 'answer-note': answer?.note }),
      ...(time === undefined ? [] : [{ url: 'time', valueDateTime: time }]),
      ...(answered ? [{ url: 'answer', valueCodeableConcept: answered }] : []),
    ],
  }
}

function texts(parts: Readonly<Record<string, string | undefined>>): Extension[] {
  return Object.entries(parts).flatMap(([url, valueString]) => (valueString === undefined ? [] : [{ url, valueString }]))
}

function medicalChangeOf({ codes, time, note, author }: Extended['medicalChanges'][number]): Extension {
  return {
    url: extensionUrls.medicalChange,
    extension: [
      ...codes.flatMap((code) => {
        const valueCodeableConcept = conceptOf(code)
        return valueCodeableConcept ? [{ url: 'code', valueCodeableConcept }] : []
      }),
      ...(time === undefined ? [] : [{ url: 'time', valueDateTime: time }]),
      ...texts({ note }),
      ...authorParts(author),
    ],
  }
}

/** KommentarBehandling as a note. */
function commentOf({ time, note, author }: Extended['comments'][number]): Annotation {
  const who = authorReference(author)
  const details = authorParts(author).filter(({ url }) => url !== 'author')
  return {
    ...(details.length > 0 ? { extension: [{ url: extensionUrls.author, extension: details }] } : {}),
    ...(who ? { authorReference: who } : {}),
    ...(time === undefined ? {} : { time }),
    text: note ?? NOT_STATED,
  }
}

function otherWords(valueString: string): Extension {
  const path = { url: 'path', valueString: 'LegemidlerIbrukUtvidelse/Dosering/Doseringstekst' }
  return { url: extensionUrls.element, extension: [path, { url: 'value', valueString }] }
}

/** From its start until it is discontinued or its last dose is over, whichever comes first. */
function effectiveOf(line: Line): Period | undefined {
  const { start } = line
  const ends = [line.discontinuation?.time, lastDay(line)].filter((end) => end !== undefined)
  const end = ends.sort((one, other) => endOf(one) - endOf(other))[0]
  if (start === undefined && end === undefined) return undefined
  return { ...(start === undefined || isAfter(start, end) ? {} : { start }), ...(end === undefined ? {} : { end }) }
}

function isAfter(start: string, end: string | undefined): boolean {
  return end !== undefined && (instant(start)?.getTime() ?? 0) > (instant(end)?.getTime() ?? Number.POSITIVE_INFINITY)
}

function endOf(text: string): number {
  return (hasTimeOfDay(text) ? instant(text) : period(text)?.end)?.getTime() ?? Number.POSITIVE_INFINITY
}

/** Sluttidspunkt is the first day without the drug. Undefined where a part of the dose has no end. */
function lastDay({ drug }: Line): string | undefined {
  const ends = (drug?.prescribing?.dosings ?? []).map(({ end }) => end)
  const [first, ...others] = ends
  if (first === undefined || others.includes(undefined)) return undefined
  const last = [first, ...others].flatMap((end) => end ?? []).sort((one, other) => endOf(other) - endOf(one))[0]
  if (last === undefined || hasTimeOfDay(last)) return last
  return Temporal.PlainDate.from(last).subtract({ days: 1 }).toString()
}

/** What FHIR has no element for; the start of a line that ended before it began as well. */
function elementsOf({ kind, line }: Stated): Extension[] {
  const type = (kind === 'M25.3' ? multidoseDispensings : medicationList).group.fields.lines.type
  const isOdd = line.start !== undefined && effectiveOf(line)?.start === undefined
  const start = isOdd
    ? [
        { url: 'path', valueString: `${PATH}/DatoOppstart` },
        { url: 'value', valueString: line.start ?? '' },
      ]
    : []
  return [
    ...keptElements(type, line, PATH, { places: placed }),
    ...(start.length > 0 ? [{ url: extensionUrls.element, extension: start }] : []),
    ...keptElements(prescribedDrug, line.drug, 'ReseptDokLegemiddel', { places: placed }),
    ...packedOf(line),
  ]
}

/** SisteUtlevering of M25.3: what was handed out lies in it as a message. */
function packedOf(line: Line): Extension[] {
  const { dispensings = [] } = line as { dispensings?: MessageOf<'M25.3'>['body']['lines'][number]['dispensings'] }
  return dispensings.flatMap(({ dispensing }, index) =>
    keptElements(dispensingGroup, dispensing?.message?.body, `${PATH}/SisteUtlevering[${index + 1}]/Utlevering`, {
      places: placed,
      isWhole: true,
    }),
  )
}

/** The lines of a message, each with what was noted in it. Paths have no number: the place of a line in its list is not part of it. */
export function statementsOf(message: ListMessage, now: Date): MedicationStatement[] {
  const extension = message.kind === 'M25.1' ? (message as MessageOf<'M25.1'>).extension : undefined
  const places = message.body.lines.flatMap(({ id }, index) => (id === undefined ? [] : [index + 1]))
  return linesOf(message).map((line, at) => {
    const place = `${PATH}[${places[at]}]`
    const own = message.notes.filter(({ path }) => path.includes(`${place}/`) || path.endsWith(place))
    const inDrug = message.body.lines[(places[at] ?? 1) - 1]?.drug?.message?.notes ?? []
    const notes = [...own.map((note) => ({ ...note, path: note.path.replace(place, PATH) })), ...inDrug]
    return statementOf({ kind: message.kind, line, extension, notes, now })
  })
}

/** Whether a note is about a line, which then has it. */
export function isOfLine({ path }: Note, message: ListMessage): boolean {
  const [, place] = /EnkeltoppforingLIB\[(\d+)\]/.exec(path) ?? []
  return place !== undefined && message.body.lines[Number(place) - 1]?.id !== undefined
}

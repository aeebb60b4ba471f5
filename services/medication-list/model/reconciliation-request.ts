/**
 * What a reconciliation sends: the Parameters of `$sendMedication`. A line that is confirmed, or was discontinued before, goes back as it
 * was read, to the last digit; only what the writer decided is written new. docs/services/medication-list.md
 */
import { identifierOf, PLL_ID, RESEPT_ID } from '@helsevev/clinical/e-prescription-fhir/systems'
import { identifierSystems, volven } from '@helsevev/clinical/systems'
import { copyJson } from '@helsevev/kernel/values/json'
import type {
  Bundle,
  CodeableConcept,
  Dosage,
  Extension,
  Identifier,
  MedicationStatement,
  Parameters,
  ParametersParameter,
  Practitioner,
  Reference,
  Resource,
} from '@medplum/fhirtypes'
import { extensionUrls, HANDLED, isWithdrawn, NOT_INTENDED, SFM_PERFORMER_ROLE } from '../fhir/systems.ts'
import { dispensedKey, dosagesOf, givenKey, prescriberOf, type ReconciliationSources } from './reconciliation.ts'
import {
  type Content,
  changedParts,
  type Decision,
  itemSources,
  pairKey,
  type ReconciliationRow,
  recalledBy,
  type Stated,
  type Written,
} from './reconciliation-act.ts'

/** What was read, and from where. */
export interface ReconciliationBasis extends ReconciliationSources {
  /** As `$getMedication` gave it; absent where no list is known. */
  version?: Identifier
  /** When it was read, ISO 8601. */
  readAt: string
  subject: Reference
  /** VarselHandtert of the list. */
  handled: readonly Extension[]
}

export interface Writer {
  name: string
  hprNumber: string
}

interface Making {
  basis: ReconciliationBasis
  rows: readonly ReconciliationRow[]
  written: Written
  writer: Writer
  now: Date
  /** A new PLL-id. */
  id: () => string
}

/** `missingIn` must have found nothing. */
export function requestOf(making: Making): Parameters {
  const { basis, rows, written } = making
  const { act, decisions, stated } = written
  const made = new Map(rows.map((row) => [row.key, statementOf(row, decisions[row.key], making)]))
  const onRows = new Set(rows.flatMap(({ key, lineId }) => (key.startsWith('line:') ? (lineId ?? []) : [])))
  const untouched = basis.lines.filter((one) => !onRows.has(pllOf(one)))
  const lines = [...made.values(), ...stated.map((one) => statedLine(one, making)), ...untouched].flatMap((one) => one ?? [])
  const words = new Set([...rows.flatMap(({ sources }) => sources.map(({ word }) => word)), ...(stated.length > 0 ? ['Ukjent'] : [])])
  return {
    resourceType: 'Parameters',
    parameter: [
      { name: 'medication', resource: documentOf(lines, making) },
      ...(basis.version ? [{ name: 'listVersion', valueIdentifier: basis.version }] : []),
      { name: 'readAt', valueInstant: basis.readAt },
      ...rows.flatMap((row) => recallsOf(row, decisions[row.key], making)),
      ...handledOf(made, making),
      ...(act.kind === undefined ? [] : [{ name: 'basis', valueCode: act.kind }]),
      ...itemSources.filter((word) => words.has(word)).map((valueCode) => ({ name: 'source', valueCode })),
      { name: 'with', valueString: act.with.trim() },
    ],
  }
}

function documentOf(lines: readonly MedicationStatement[], { basis, id, now }: Making): Bundle {
  const entries = lines.map((resource) => ({ fullUrl: `urn:uuid:${id()}`, resource }))
  const at = now.toISOString()
  const composition: Resource = {
    resourceType: 'Composition',
    status: 'final',
    type: { coding: [{ system: 'http://loinc.org', code: '11503-0', display: 'Medical records' }] },
    subject: basis.subject,
    date: at,
    author: [{ display: 'Helsevev' }],
    title: 'Medication summary',
    section: [
      {
        title: 'Medication',
        code: { coding: [{ system: 'http://ehelse.no/fhir/CodeSystem/sfm-section-types', code: 'sectionMedication' }] },
        ...(entries.length > 0
          ? { entry: entries.map(({ fullUrl }) => ({ reference: fullUrl })) }
          : { emptyReason: { coding: [{ system: 'http://terminology.hl7.org/CodeSystem/list-empty-reason', code: 'nilknown' }] } }),
      },
    ],
  }
  return {
    resourceType: 'Bundle',
    identifier: { system: 'urn:ietf:rfc:3986', value: `urn:uuid:${id()}` },
    type: 'document',
    timestamp: at,
    entry: [{ fullUrl: `urn:uuid:${id()}`, resource: composition }, ...entries],
  }
}

/** The line of a row after the act; undefined where the row gives none. */
function statementOf(row: ReconciliationRow, decision: Decision | undefined, making: Making): MedicationStatement | undefined {
  const { basis } = making
  const line = [...basis.lines, ...basis.proposed].find((one) => row.lineId !== undefined && pllOf(one) === row.lineId)
  if (!decision || decision.kind === 'leave') return undefined
  if (decision.kind === 'confirm') return line
  if (decision.kind === 'end') return line && ended(onList(line), decision, making)
  if (decision.kind === 'change') return line && changed(line, row, decision, making)
  return line ? changed(onList(line), row, decision, making) : addedLine(row, decision, making)
}

/** A line that a pharmacy proposed, as a line of the list: it gets no id of a record, which the list gives. */
function onList({ id, meta: _meta, ...line }: MedicationStatement): MedicationStatement {
  const isProposal = line.extension?.some(({ url }) => url === extensionUrls.standsIn) === true
  if (!isProposal) return { ...(id === undefined ? {} : { id }), ...(_meta ? { meta: _meta } : {}), ...line }
  return { ...line, status: 'active', extension: without(line.extension, extensionUrls.standsIn) }
}

function ended(line: MedicationStatement, { reason = '', note }: Decision, { now, writer }: Making): MedicationStatement {
  const at = now.toISOString()
  const concept: CodeableConcept = { coding: [{ system: volven(7494), code: reason }] }
  const stop: Extension = {
    url: extensionUrls.discontinuation,
    extension: [
      { url: 'timedate', valueDateTime: at },
      { url: 'reason', valueCodeableConcept: concept },
      ...(isText(note) ? [{ url: 'note', valueString: note.trim() }] : []),
    ],
  }
  const copy = copyJson(line)
  const { start } = copy.effectivePeriod ?? {}
  // A line that has not begun never does: a period cannot end before it begins.
  const begins = start !== undefined && Date.parse(start) <= now.getTime() ? { start } : {}
  const rest = without(copy.extension, extensionUrls.discontinuation).filter((one) => !isRegistration(one, 'S'))
  return {
    ...copy,
    status: 'stopped',
    statusReason: [concept],
    effectivePeriod: { ...begins, end: at },
    dateAsserted: at,
    extension: [...withChangeAt(rest, at), registration('S', { code: '3', display: 'Seponert av' }, writerOf(writer)), stop],
  }
}

function changed(line: MedicationStatement, row: ReconciliationRow, decision: Decision, making: Making): MedicationStatement {
  const parts = new Set(changedParts(row, decision))
  const at = making.now.toISOString()
  const copy = copyJson(line)
  const content = { ...row, ...trimmed(decision.content) }
  const isNewDose = parts.has('dose')
  const { category: _category, reasonCode: _reason, ...whole } = isNewDose ? withoutPrescription(copy) : copy
  const { extension = [], ...rest } = whole
  const kept = withChangeAt(extension, at).filter((one) => !isNewDose || !isElementOfDose(one))
  return {
    ...rest,
    ...categoryOf(content.use),
    ...(isText(content.area) ? { reasonCode: [{ text: content.area }] } : {}),
    dateAsserted: at,
    dosage: dosageOf(copy.dosage ?? [], content, isNewDose),
    extension: [...kept, ...(isText(decision.note) ? [changeNote(decision.note.trim(), at, making.writer)] : [])],
  }
}

/** A line with another dose than its prescription names none: it is without prescription (7491: U) until a new one is written. */
function withoutPrescription({ basedOn: _basedOn, ...line }: MedicationStatement): MedicationStatement {
  const type = { url: 'typeresept', valueCodeableConcept: { coding: [{ system: volven(7491), code: 'U' }] } }
  return {
    ...line,
    identifier: (line.identifier ?? []).filter(({ system }) => system !== RESEPT_ID),
    extension: (line.extension ?? []).map((one) =>
      one.url === extensionUrls.amendment
        ? { ...one, extension: [type, ...without(without(one.extension, 'typeresept'), 'expirationdate')] }
        : one,
    ),
  }
}

/** A new dose is its words alone: what the earlier dose had of structure would contradict them. */
function dosageOf([first = {}, ...others]: readonly Dosage[], content: Content, isNewDose: boolean): Dosage[] {
  const { extension = [], asNeededBoolean: _asNeeded, text: _text, ...structure } = first
  const own = extension.filter(
    ({ url }) =>
      url !== extensionUrls.applicationArea &&
      url !== extensionUrls.use &&
      !(isNewDose && (url === extensionUrls.shortDose || url === extensionUrls.contradiction)),
  )
  const { additionalInstruction, patientInstruction } = structure
  const instructions = {
    ...(additionalInstruction ? { additionalInstruction } : {}),
    ...(patientInstruction ? { patientInstruction } : {}),
  }
  const extensions = [...contentExtensions(content), ...own]
  const words: Dosage = {
    ...(isNewDose ? instructions : structure),
    ...(extensions.length > 0 ? { extension: extensions } : {}),
    ...(isText(content.dose) ? { text: content.dose.trim() } : {}),
    ...(content.use === '3' ? { asNeededBoolean: true } : {}),
  }
  return isNewDose ? [words] : [words, ...others]
}

function contentExtensions({ area, use }: Content): Extension[] {
  return [
    ...(isText(area) ? [{ url: extensionUrls.applicationArea, valueString: area.trim() }] : []),
    ...(isText(use) ? [{ url: extensionUrls.use, valueCoding: { system: volven(9101), code: use } }] : []),
  ]
}

function categoryOf(use: string | undefined): Pick<MedicationStatement, 'category'> {
  return isText(use) ? { category: { coding: [{ system: volven(9101), code: use }] } } : {}
}

const DOSE_ELEMENTS = ['ReseptDokLegemiddel/Forskrivning/Dosering', 'LegemidlerIbrukUtvidelse/Dosering']

/** An element that was kept of the earlier dose. */
function isElementOfDose(one: Extension): boolean {
  const path = one.extension?.find(({ url }) => url === 'path')?.valueString ?? ''
  return one.url === extensionUrls.element && DOSE_ELEMENTS.some((begins) => path.startsWith(begins))
}

/** A row that only another source has, as a line of the list. */
function addedLine(row: ReconciliationRow, decision: Decision, making: Making): MedicationStatement | undefined {
  const { basis } = making
  const number = row.prescriptions[0]?.id
  const request = basis.prescriptions.find((one) => one.identifier?.some(({ system, value }) => system === RESEPT_ID && value === number))
  const dispensed = basis.dispensings.find((one) => row.key === dispensedKey(one))
  const given = basis.given.find((one) => row.key === givenKey(one))
  const content = { ...row, ...trimmed(decision.content) }
  const isNewDose = changedParts(row, decision).includes('dose')
  const origin = request ?? dispensed
  const { contained = [], medicationReference } = origin ?? given ?? {}
  // A mixture has its ingredients next to it.
  const medications = copyJson(contained.flatMap((one) => (one.resourceType === 'Medication' ? [one] : [])))
  const until = request?.dispenseRequest?.validityPeriod?.end?.slice(0, 10)
  const isPrescribed = request !== undefined && !isNewDose
  const line = newLine(content, making, {
    type: isPrescribed ? 'E' : 'U',
    ...(isPrescribed && number !== undefined ? { number } : {}),
    ...(isPrescribed && until !== undefined ? { until } : {}),
    ...(row.start === undefined ? {} : { start: row.start.slice(0, 10) }),
  })
  const { medicationCodeableConcept: _text, ...rest } = line
  const prescriber = request && prescriberOf(request)
  return {
    ...(medications.length > 0 && medicationReference ? { ...rest, contained: medications, medicationReference } : line),
    extension: [...(line.extension ?? []), ...(prescriber ? [registration('R', { code: '1', display: 'Forskrevet av' }, prescriber)] : [])],
    dosage: dosageOf(origin ? copyJson([...dosagesOf(origin)]) : [], content, isNewDose || !origin),
  }
}

/** What the patient states that no source has. */
function statedLine(one: Stated, making: Making): MedicationStatement {
  return newLine(one, making, { type: 'U' })
}

interface NewLine {
  /** Volven 7491. */
  type: 'E' | 'U'
  number?: string
  until?: string
  start?: string
}

function newLine(
  content: Content & { drug?: string },
  { basis, now, id }: Making,
  { type, number, until, start }: NewLine,
): MedicationStatement {
  const at = now.toISOString()
  const prescription = number === undefined ? undefined : identifierOf(RESEPT_ID, number)
  return {
    resourceType: 'MedicationStatement',
    extension: [
      {
        url: extensionUrls.amendment,
        extension: [
          { url: 'typeresept', valueCodeableConcept: { coding: [{ system: volven(7491), code: type }] } },
          ...(until === undefined ? [] : [{ url: 'expirationdate', valueDate: until }]),
          { url: 'lastchanged', valueDateTime: at },
        ],
      },
    ],
    identifier: [identifierOf(PLL_ID, id()), ...(prescription ? [prescription] : [])],
    ...(prescription ? { basedOn: [{ type: 'MedicationRequest', identifier: prescription }] } : {}),
    status: 'active',
    ...categoryOf(content.use),
    medicationCodeableConcept: { text: content.drug?.trim() ?? '' },
    subject: basis.subject as Reference<never>,
    ...(start === undefined ? {} : { effectivePeriod: { start } }),
    dateAsserted: at,
    ...(isText(content.area) ? { reasonCode: [{ text: content.area.trim() }] } : {}),
    dosage: dosageOf([], content, true),
  }
}

/**
 * Recalls that do not follow from a line: the prescription that a line names is recalled with it when it ends. 7500: 2 discontinued, and 4
 * another reason for one whose dose no longer holds, since a renewal with a change (3) names a new prescription, which is not written here.
 */
function recallsOf(row: ReconciliationRow, decision: Decision | undefined, { basis }: Making): ParametersParameter[] {
  const line = basis.lines.find((one) => row.lineId !== undefined && pllOf(one) === row.lineId)
  const named = decision?.kind === 'end' ? (line?.basedOn ?? []).flatMap(({ identifier }) => identifier?.value ?? []) : []
  return recalledBy(row, decision)
    .filter(({ id }) => !named.includes(id))
    .map(({ id }) => ({
      name: 'recall',
      part: [
        { name: 'prescription', valueIdentifier: identifierOf(RESEPT_ID, id) },
        { name: 'reason', valueCoding: { system: volven(7500), code: decision?.kind === 'end' ? '2' : '4' } },
        ...(isText(decision?.note) ? [{ name: 'note', valueString: decision.note.trim() }] : []),
      ],
    }))
}

/** New marks, and those that are taken away. One of a version before stands until its lines are named again. */
function handledOf(made: ReadonlyMap<string, MedicationStatement | undefined>, { basis, written }: Making): ParametersParameter[] {
  const gone = new Set(written.unmarked)
  const withdrawn = basis.handled.flatMap((one): ParametersParameter[] => {
    const lines = linesOf(one)
    const [first = '', second = ''] = lines
    const isGone = lines.length === 2 && gone.has(pairKey(`line:${first}`, `line:${second}`))
    return isGone && !isWithdrawn(one) ? [handledParameter(lines, NOT_INTENDED)] : []
  })
  const added = written.marked.flatMap(({ rows, note }): ParametersParameter[] => {
    const lines = rows.flatMap((key) => pllOf(made.get(key)) || [])
    return lines.length === 2 ? [handledParameter(lines, 'intended', note.trim())] : []
  })
  return [...withdrawn, ...added]
}

function handledParameter(lines: readonly string[], code: string, note?: string): ParametersParameter {
  return {
    name: 'handled',
    part: [
      ...lines.map((value) => ({ name: 'line', valueIdentifier: identifierOf(PLL_ID, value) })),
      { name: 'code', valueCoding: { system: HANDLED, code } },
      ...(note === undefined ? [] : [{ name: 'note', valueString: note }]),
    ],
  }
}

/** PLL-ids that a VarselHandtert names. */
export function linesOf({ extension = [] }: Extension): string[] {
  return extension.flatMap(({ url, valueIdentifier }) => (url === 'line' ? (valueIdentifier?.value ?? []) : []))
}

export function noteIn({ extension = [] }: Extension): string | undefined {
  return extension.find(({ url }) => url === 'note')?.valueString
}

function registration(role: 'R' | 'S', sfm: { code: string; display: string }, provider: Reference<Practitioner>): Extension {
  const coding = [
    { system: volven(7490), code: role },
    { system: SFM_PERFORMER_ROLE, ...sfm },
  ]
  return {
    url: extensionUrls.registered,
    extension: [
      { url: 'type', valueCodeableConcept: { coding } },
      { url: 'provider', valueReference: provider },
    ],
  }
}

function isRegistration({ url, extension = [] }: Extension, role: string): boolean {
  const codings = extension.find((one) => one.url === 'type')?.valueCodeableConcept?.coding ?? []
  return url === extensionUrls.registered && codings.some(({ system, code }) => system === volven(7490) && code === role)
}

function writerOf({ name, hprNumber }: Writer): Reference<Practitioner> {
  return { type: 'Practitioner', identifier: { system: identifierSystems.HPR, value: hprNumber }, display: name }
}

/** MedisinskEndring: why it was changed. */
function changeNote(note: string, at: string, writer: Writer): Extension {
  return {
    url: extensionUrls.medicalChange,
    extension: [
      { url: 'time', valueDateTime: at },
      { url: 'note', valueString: note },
      { url: 'author', valueReference: writerOf(writer) },
    ],
  }
}

/** SistEndret is new where the content is (published rule 5 of M25). */
function withChangeAt(extensions: readonly Extension[], at: string): Extension[] {
  return extensions.map((one) =>
    one.url === extensionUrls.amendment
      ? { ...one, extension: [...without(one.extension, 'lastchanged'), { url: 'lastchanged', valueDateTime: at }] }
      : one,
  )
}

function without(extensions: readonly Extension[] = [], url: string): Extension[] {
  return extensions.filter((one) => one.url !== url)
}

function pllOf(one: MedicationStatement | undefined): string {
  return one?.identifier?.find(({ system }) => system === PLL_ID)?.value ?? ''
}

function trimmed(content: Content | undefined): Content {
  return Object.fromEntries(Object.entries(content ?? {}).map(([name, text]) => [name, text.trim()]))
}

function isText(text: string | undefined): text is string {
  return text !== undefined && text.trim() !== ''
}

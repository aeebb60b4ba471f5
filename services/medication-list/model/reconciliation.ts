/**
 * The rows of a reconciliation, from what the sources state: the list, what a pharmacy proposes, prescriptions, dispensings and what a
 * hospital has given. Sources are one row where they share a PLL-id, and otherwise a ReseptId. Rows of one substance with another strength,
 * dose or form stay apart, beside each other. docs/decisions/0086-reconciliation.md
 */
import { statePart } from '@helsevev/clinical/e-prescription-fhir/drug-codes'
import { identifierValue, PLL_ID, RESEPT_ID } from '@helsevev/clinical/e-prescription-fhir/systems'
import { ATC, volven } from '@helsevev/clinical/systems'
import { instant, period } from '@helsevev/kernel/values/dates'
import type {
  CodeableConcept,
  Dosage,
  Extension,
  MedicationAdministration,
  MedicationDispense,
  MedicationRequest,
  MedicationStatement,
  Practitioner,
  PractitionerRole,
  Reference,
} from '@medplum/fhirtypes'
import { extensionsOf, extensionUrls, partOf } from '../fhir/systems.ts'
import { contradictionsIn, stepOf } from './dosing.ts'
import type { DecisionKind, ReconciliationRow, RowPrescription, RowSource } from './reconciliation-act.ts'
import { standingOf, standsInOf } from './standing.ts'

export interface ReconciliationSources {
  /** Those of the newest list, discontinued ones as well. */
  lines: readonly MedicationStatement[]
  /** When the list was made, and who made it. */
  list?: { made: string; by?: string }
  /** What a pharmacy proposes after the list was made. */
  proposed: readonly MedicationStatement[]
  prescriptions: readonly MedicationRequest[]
  dispensings: readonly MedicationDispense[]
  given: readonly MedicationAdministration[]
}

/** A dispensing is for three months at most: what was handed out longer ago is no sign that it is taken. Days. */
const DISPENSED_WITHIN = 100
/** What was given in a hospital counts as a source for so many days. */
const GIVEN_WITHIN = 30

type Drug = MedicationStatement | MedicationRequest | MedicationDispense | MedicationAdministration

/** All that is known of one treatment. */
interface Group {
  key: string
  lineId?: string
  /** ReseptIds by which others belong to it. */
  numbers: Set<string>
  /** What the row shows: the first source that states it. */
  shown: Drug
  line?: MedicationStatement
  sources: RowSource[]
  prescriptions: MedicationRequest[]
  choices: DecisionKind[]
}

/** Rows in the order of their sources. Lines that are discontinued need no decision, and have no row. */
export function reconciliationRows(known: ReconciliationSources, now: Date): ReconciliationRow[] {
  const groups = known.lines.filter((one) => standingOf(one, now) !== 'stopped').map((one) => ofLine(one, known.list))
  for (const one of known.proposed) addProposed(groups, one, now)
  const chains = chainsOf(known.prescriptions)
  for (const one of known.prescriptions) addPrescription(groups, one, chains, now)
  for (const one of newestFirst(known.dispensings, ({ whenHandedOver }) => whenHandedOver)) addDispensing(groups, one, now)
  for (const one of newestFirst(known.given, givenAt)) addGiven(groups, one, now)
  const rows = groups.map((group) => rowOf(group, now))
  return rows.map((row) => ({
    ...row,
    alike: rows.filter((other) => other !== row && row.substance !== undefined && row.substance === other.substance).map(({ key }) => key),
  }))
}

function ofLine(one: MedicationStatement, list: ReconciliationSources['list']): Group {
  const lineId = identifierValue(PLL_ID, one.identifier) ?? ''
  const numbers = new Set((one.basedOn ?? []).flatMap(({ identifier }) => identifier?.value ?? []))
  const by = registeredBy(one, 'R') ?? list?.by
  return {
    key: `line:${lineId}`,
    lineId,
    numbers,
    shown: one,
    line: one,
    sources: [sourceOf('list', 'M25', one, one.dateAsserted ?? list?.made, by)],
    prescriptions: [],
    choices: ['confirm', 'change', 'end'],
  }
}

/** A line that the list has already is another source of it, also one that the list has ended. */
function addProposed(groups: Group[], one: MedicationStatement, now: Date): void {
  if (standsInOf(one) !== 'M25.2' || standingOf(one, now) === 'stopped') return
  const made = ofLine(one, undefined)
  const source = { ...sourceOf('pharmacy', 'M25', one, one.dateAsserted, registeredBy(one, 'R')) }
  const same = groups.find(({ lineId, numbers }) => lineId === made.lineId || [...made.numbers].some((id) => numbers.has(id)))
  if (same) same.sources.push(source)
  else groups.push({ ...made, key: `proposed:${made.lineId ?? ''}`, sources: [source], choices: ['add', 'end'] })
}

/** ReseptIds of each chain of renewals, by any of them. */
function chainsOf(prescriptions: readonly MedicationRequest[]): Map<string, Set<string>> {
  const chains = new Map<string, Set<string>>()
  for (const one of prescriptions) {
    const next = statePart(one, 'new-prescription')?.valueIdentifier?.value
    const ids = [numberOf(one), one.priorPrescription?.identifier?.value, next].flatMap((id) => id ?? [])
    const chain = new Set(ids.flatMap((id) => [id, ...(chains.get(id) ?? [])]))
    for (const id of chain) chains.set(id, chain)
  }
  return chains
}

function addPrescription(groups: Group[], one: MedicationRequest, chains: Map<string, Set<string>>, now: Date): void {
  const id = numberOf(one) ?? ''
  const chain = chains.get(id) ?? new Set([id])
  const isOpen = standingAt(one, now) !== 'ended'
  const by = requesterOf(one)
  const same = groups.find(({ numbers }) => [...chain].some((each) => numbers.has(each)))
  if (same) {
    for (const each of chain) same.numbers.add(each)
    same.prescriptions.push(one)
    if (isOpen) same.sources = [...same.sources.map(inRegister), sourceOf('prescription', 'Rf', one, one.authoredOn, by)]
    return
  }
  if (!isOpen || isNoMedicine(one)) return
  groups.push({
    key: `prescription:${id}`,
    numbers: new Set(chain),
    shown: one,
    sources: [sourceOf('prescription', 'Rf', one, one.authoredOn, by)],
    prescriptions: [one],
    choices: isLocked(one) ? ['leave', 'end'] : ['add', 'end'],
  })
}

/** A line whose prescription Reseptformidleren has as well. */
function inRegister(source: RowSource): RowSource {
  return source.from === 'list' ? { ...source, word: 'M25/Rf' } : source
}

/** The newest dispensing of a treatment is a source of it. One of no treatment that is known is a row of its own while it may be in use. */
function addDispensing(groups: Group[], one: MedicationDispense, now: Date): void {
  if (one.status === 'entered-in-error') return
  const number = prescriptionNumber(one)
  const same = groups.find(({ numbers }) => number !== undefined && numbers.has(number))
  const source = sourceOf('dispensed', number === undefined ? 'P/Utl' : 'Utl', one, one.whenHandedOver, one.performer?.[0]?.actor.display)
  if (same) {
    if (!same.sources.some(({ from }) => from === 'dispensed')) same.sources.push(source)
    return
  }
  if (isNoMedicine(one) || !isWithin(one.whenHandedOver, DISPENSED_WITHIN, now)) return
  groups.push({
    key: dispensedKey(one),
    numbers: new Set(number === undefined ? [] : [number]),
    shown: one,
    sources: [source],
    prescriptions: [],
    choices: ['add', 'leave'],
  })
}

/** The row of a dispensing that belongs to no other. */
export function dispensedKey(one: MedicationDispense): string {
  return `dispensed:${prescriptionNumber(one) ?? one.identifier?.[0]?.value ?? one.id ?? ''}`
}

function prescriptionNumber({ authorizingPrescription = [] }: MedicationDispense): string | undefined {
  return identifierValue(
    RESEPT_ID,
    authorizingPrescription.map(({ identifier }) => identifier),
  )
}

/** The row of what was given: one for each drug, as the hospital writes it. */
export function givenKey(one: MedicationAdministration): string {
  const drug = drugOf(one)
  return drug === undefined ? `hospital:${one.id ?? ''}` : `hospital:${substanceOf(one) ?? ''}:${drug}`
}

function addGiven(groups: Group[], one: MedicationAdministration, now: Date): void {
  if (one.status === 'entered-in-error' || one.status === 'not-done' || !isWithin(givenAt(one), GIVEN_WITHIN, now)) return
  const key = givenKey(one)
  if (groups.some((group) => group.key === key)) return
  const by = one.performer?.[0]?.actor.display
  groups.push({
    key,
    numbers: new Set(),
    shown: one,
    sources: [sourceOf('hospital', 'Epj', one, givenAt(one), by)],
    prescriptions: [],
    choices: ['add', 'leave'],
  })
}

function rowOf({ key, lineId, shown, line, sources, prescriptions, choices }: Group, now: Date): ReconciliationRow {
  const stop = line && extensionsOf(line, 'discontinuation')[0]
  const start = line?.effectivePeriod?.start ?? (shown.resourceType === 'MedicationRequest' ? shown.authoredOn : undefined)
  const time = partOf(stop, 'timedate')?.valueDateTime
  const reason = partOf(stop, 'reason')?.valueCodeableConcept?.coding?.[0]?.code
  const end = line?.effectivePeriod?.end
  return {
    key,
    ...present({
      lineId,
      drug: drugOf(shown),
      substance: substanceOf(shown),
      ...contentOf(shown),
      start,
      end: end === time ? undefined : end,
      stop: stop && present({ time, reason }),
      changed: line?.dateAsserted,
      ...doseOf(shown),
      isOver: line && standingOf(line, now) === 'over' ? true : undefined,
    }),
    sources,
    prescriptions: prescriptions.map((one) => prescriptionOf(one, now)).concat(unseen(line, prescriptions)),
    alike: [],
    choices,
  }
}

/** One part alone is in the dose. */
function doseOf(one: Drug): Pick<ReconciliationRow, 'steps' | 'contradictions'> {
  const dosages = one.resourceType === 'MedicationAdministration' ? [] : dosagesOf(one)
  const [steps, contradictions] = [dosages.flatMap(stepOf), contradictionsIn(dosages)]
  return { ...(steps.length > 1 ? { steps } : {}), ...(contradictions.length > 0 ? { contradictions } : {}) }
}

/** Prescriptions that a line names, and that were not sent here or may not be read. */
function unseen(line: MedicationStatement | undefined, prescriptions: readonly MedicationRequest[]): RowPrescription[] {
  const known = new Set(prescriptions.map(numberOf))
  const named = (line?.basedOn ?? []).flatMap(({ identifier }) => identifier?.value ?? [])
  return named.filter((id) => !known.has(id)).map((id) => ({ id, standing: 'unknown' as const }))
}

function prescriptionOf(one: MedicationRequest, now: Date): RowPrescription {
  const validUntil = one.dispenseRequest?.validityPeriod?.end
  return { id: numberOf(one) ?? '', standing: standingAt(one, now), ...(validUntil === undefined ? {} : { validUntil }) }
}

const STATE = 'http://helsevev.no/fhir/StructureDefinition/prescription-state'
const LOCKED = 'http://helsevev.no/fhir/StructureDefinition/prescription-locked'

/** By the state of Reseptformidleren (7408: E, U and B can still be dispensed) and its validity. */
function standingAt(one: MedicationRequest, now: Date): RowPrescription['standing'] {
  if (one.status !== 'active' && one.status !== 'on-hold') return 'ended'
  const parts = one.extension?.find(({ url }) => url === STATE)?.extension ?? []
  const [state, recall] = ['state', 'recall'].map((name) => parts.find(({ url }) => url === name))
  if (recall?.valueCode === 'pending' || recall?.valueCode === 'waiting') return 'recalling'
  const until = one.dispenseRequest?.validityPeriod?.end
  const end = until === undefined ? undefined : period(until)?.end
  return end && end <= now && state?.valueCoding?.code !== 'U' ? 'ended' : 'open'
}

function isLocked({ extension = [] }: MedicationRequest): boolean {
  return extension.some(({ url, valueBoolean }) => url === LOCKED && valueBoolean === true)
}

/** Vaccines (9101: 4), nutrition (5) and consumables (7402 other than L) are not in the list (published rule 6 of M25). */
function isNoMedicine(one: MedicationRequest | MedicationDispense): boolean {
  const use = contentOf(one).use
  const groups = [one.category].flat().flatMap((concept) => concept?.coding ?? [])
  return use === '4' || use === '5' || groups.some(({ system, code }) => system === volven(7402) && code !== 'L')
}

/** ReseptId. */
function numberOf(one: MedicationRequest): string | undefined {
  return identifierValue(RESEPT_ID, one.identifier)
}

function sourceOf(
  from: RowSource['from'],
  word: RowSource['word'],
  one: Drug,
  time: string | undefined,
  by: string | undefined,
): RowSource {
  return { from, word, ...present({ time, by, drug: drugOf(one), dose: contentOf(one).dose }) }
}

/** As the source writes it. */
function drugOf(one: Drug): string | undefined {
  const concept = conceptOf(one)
  return concept?.text ?? concept?.coding?.find(({ display }) => display !== undefined)?.display
}

function conceptOf(one: Drug): CodeableConcept | undefined {
  const medications = (one.contained ?? []).flatMap((each) => (each.resourceType === 'Medication' ? [each] : []))
  // A mixture has its ingredients next to it.
  const medication = medications.find(({ id }) => `#${id ?? ''}` === one.medicationReference?.reference) ?? medications[0]
  return medication?.code ?? one.medicationCodeableConcept
}

function substanceOf(one: Drug): string | undefined {
  return conceptOf(one)?.coding?.find(({ system, code }) => system === ATC && code?.length === 7)?.code
}

interface Shown {
  dose?: string
  use?: string
  area?: string
}

function contentOf(one: Drug): Shown {
  if (one.resourceType === 'MedicationAdministration') return present({ dose: one.dosage?.text })
  const dosages = dosagesOf(one)
  const [words = {}] = dosages
  const own = (url: string) => words.extension?.find((each) => each.url === url)
  const use = own(extensionUrls.use)?.valueCoding?.code
  return present({
    dose: dosages.find(({ text }) => text !== undefined)?.text,
    use:
      one.resourceType === 'MedicationStatement' ? (one.category?.coding?.find(({ system }) => system === volven(9101))?.code ?? use) : use,
    area:
      (one.resourceType === 'MedicationStatement' ? one.reasonCode?.[0]?.text : undefined) ??
      own(extensionUrls.applicationArea)?.valueString,
  })
}

export function dosagesOf(one: Exclude<Drug, MedicationAdministration>): readonly Dosage[] {
  return (one.resourceType === 'MedicationStatement' ? one.dosage : one.dosageInstruction) ?? []
}

/** Who has a role of 7490 to the line. */
function registeredBy(one: MedicationStatement, role: string): string | undefined {
  const isOf = (type: Extension | undefined) =>
    type?.valueCodeableConcept?.coding?.some(({ code, system }) => system === volven(7490) && code === role)
  return partOf(
    extensionsOf(one, 'registered').find((each) => isOf(partOf(each, 'type'))),
    'provider',
  )?.valueReference?.display
}

function requesterOf({ requester, contained = [] }: MedicationRequest): string | undefined {
  const role = contained.find(
    (one): one is PractitionerRole => `#${one.id}` === requester?.reference && one.resourceType === 'PractitionerRole',
  )
  return requester?.display ?? role?.practitioner?.display ?? role?.organization?.display
}

/** Who prescribed, as a reference that stands by itself. */
export function prescriberOf({ requester, contained = [] }: MedicationRequest): Reference<Practitioner> | undefined {
  const role = contained.find(
    (one): one is PractitionerRole => `#${one.id}` === requester?.reference && one.resourceType === 'PractitionerRole',
  )
  return role?.practitioner
}

function givenAt({ effectiveDateTime, effectivePeriod }: MedicationAdministration): string | undefined {
  return effectiveDateTime ?? effectivePeriod?.start
}

function isWithin(time: string | undefined, days: number, now: Date): boolean {
  const at = time === undefined ? undefined : instant(time)
  return at !== undefined && at.getTime() >= now.getTime() - days * 86_400_000
}

function newestFirst<One>(all: readonly One[], timeOf: (one: One) => string | undefined): One[] {
  const at = (one: One) => instant(timeOf(one) ?? '')?.getTime() ?? 0
  return all.toSorted((one, other) => at(other) - at(one))
}

type Present<T> = { [K in keyof T]?: Exclude<T[K], undefined> }

function present<T extends object>(optional: T): Present<T> {
  return Object.fromEntries(Object.entries(optional).filter(([, value]) => value !== undefined)) as Present<T>
}

/** What a MedicationStatement says as a line of the list, whether it is stored or was sent. */

import type { PrescribedDrug } from '@helsevev/clinical/e-prescription/messages/prescription'
import { identifierValue, idText, messageExtensions, PLL_ID, RESEPT_ID } from '@helsevev/clinical/e-prescription-fhir/systems'
import { drugInWords } from '@helsevev/clinical/medicines/dose-delta'
import type { Line } from '@helsevev/clinical/medicines/list-line'
import { ATC, volven } from '@helsevev/clinical/systems'
import { instant } from '@helsevev/kernel/values/dates'
import { sortedJson, writeJson } from '@helsevev/kernel/values/json'
import type { CodeableConcept, Coding, Extension, MedicationStatement } from '@medplum/fhirtypes'
import { extensionsOf, extensionUrls, partOf } from '../fhir/systems.ts'

const DATA_CONTROLLER = 'http://helsevev.no/fhir/StructureDefinition/data-controller'

export function lineIdOf({ identifier }: MedicationStatement): string | undefined {
  const value = identifierValue(PLL_ID, identifier)
  return value?.trim() ? idText(value) : undefined
}

export function prescriptionOf({ basedOn = [], identifier }: MedicationStatement): string | undefined {
  const value = basedOn.map((one) => one.identifier?.value).find((one) => one !== undefined) ?? identifierValue(RESEPT_ID, identifier)
  return value === undefined ? undefined : idText(value)
}

/** What names the drug: a Medication that the line contains, or a code of its own. */
export function drugCodeOf({
  contained = [],
  medicationCodeableConcept,
}: Pick<MedicationStatement, 'contained' | 'medicationCodeableConcept'>): CodeableConcept | undefined {
  return contained.find((one) => one?.resourceType === 'Medication')?.code ?? medicationCodeableConcept
}

/** NavnFormStyrke, so that a reader knows which line is meant. */
export function nameOf(one: MedicationStatement): string {
  const code = drugCodeOf(one)
  return (code?.text ?? code?.coding?.[0]?.display ?? code?.coding?.[0]?.code ?? 'Line without a name').slice(0, 100)
}

/** The drug with its dose in words, for the comparison of the dose of a day. */
export function drugOf(one: MedicationStatement): PrescribedDrug {
  const doseText = one.dosage?.find(({ text }) => text !== undefined)?.text
  return drugInWords({ name: nameOf(one), ...(doseText === undefined ? {} : { doseText }) })
}

/** The ATC code of the drug. */
export function atcOf(one: MedicationStatement): string | undefined {
  return drugCodeOf(one)
    ?.coding?.find(({ system }) => system === ATC || system === 'http://www.whocc.no/atc')
    ?.code?.trim()
}

/** Whether it says which drug it is about, by words or by a code. */
export function hasDrug(one: MedicationStatement): boolean {
  const code = drugCodeOf(one)
  return Boolean(code?.text?.trim()) || (code?.coding ?? []).some((coding) => coding.code?.trim() || coding.display?.trim())
}

function amendmentOf(one: MedicationStatement): Extension | undefined {
  return extensionsOf(one, 'amendment')[0]
}

/** E, P or U (list 7491). */
export function typeOf(one: MedicationStatement): string | undefined {
  return partOf(amendmentOf(one), 'typeresept')?.valueCodeableConcept?.coding?.[0]?.code
}

export function lastChangedOf(one: MedicationStatement): string | undefined {
  return partOf(amendmentOf(one), 'lastchanged')?.valueDateTime ?? one.dateAsserted
}

export interface Discontinuation {
  time: string | undefined
  reason: Coding | undefined
  note: string | undefined
}

export function discontinuationOf(one: MedicationStatement): Discontinuation | undefined {
  const [stop] = extensionsOf(one, 'discontinuation')
  if (!stop) return undefined
  const concept = partOf(stop, 'reason')?.valueCodeableConcept
  return {
    time: partOf(stop, 'timedate')?.valueDateTime,
    reason: concept?.coding?.[0] ?? (concept?.text === undefined ? undefined : { display: concept.text }),
    note: partOf(stop, 'note')?.valueString,
  }
}

/** An element that FHIR has no element for, by its path in the message. */
function keptCode({ extension = [] }: MedicationStatement, path: string): string | undefined {
  const kept = extension.find((one) => one.url === messageExtensions.element && partOf(one, 'path')?.valueString === path)
  return partOf(kept, 'value')?.valueCoding?.code
}

/** The parts of a line that the published rules are about. */
export function lineOf(one: MedicationStatement, id: string): Line {
  const [type, prescriptionId, lastChanged] = [typeOf(one), prescriptionOf(one), lastChangedOf(one)]
  const stop = discontinuationOf(one)
  const use = one.category?.coding?.find(({ system }) => system === volven(9101))?.code
  const itemGroup = keptCode(one, 'ReseptDokLegemiddel/Varegruppekode')
  const drug = {
    ...(itemGroup === undefined ? {} : { itemGroup: { code: itemGroup } }),
    prescribing: { dosings: [], ...(use === undefined ? {} : { use: { code: use } }) },
  }
  return {
    id,
    roles: [],
    questions: [],
    ...(type === undefined ? {} : { type: { code: type } }),
    ...(prescriptionId === undefined ? {} : { prescriptionId }),
    ...(lastChanged === undefined ? {} : { lastChanged }),
    ...(one.effectivePeriod?.start === undefined ? {} : { start: one.effectivePeriod.start }),
    ...(stop ? { discontinuation: stop.time === undefined ? {} : { time: stop.time } } : {}),
    drug,
  } as Line
}

/** Groups of elements, by the words for them. What is in none of them is `other`. */
const groups: Readonly<Record<string, readonly string[]>> = {
  drug: ['contained', 'medicationReference', 'medicationCodeableConcept'],
  dose: ['dosage', 'category'],
  period: ['effectivePeriod', 'effectiveDateTime'],
  'what for': ['reasonCode', 'reasonReference'],
  notes: ['note'],
}
const extensionGroups: Readonly<Record<string, string>> = {
  [extensionUrls.discontinuation]: 'discontinuation',
  [extensionUrls.registered]: 'who',
  [extensionUrls.question]: 'questions',
}

/** What follows from the rest, or from the server alone. */
const derived: ReadonlySet<string> = new Set([
  ...['resourceType', 'id', 'meta', 'text', 'subject', 'status', 'statusReason', 'dateAsserted'],
  // The ids of line and prescription are compared by themselves.
  ...['identifier', 'basedOn'],
])

/**
 * The content of a line by group, each as one text. A time in another zone is the same time. SistEndret is about the line itself and is
 * left out.
 */
function contentOf(one: MedicationStatement): Map<string, string> {
  const parts = new Map<string, [string, unknown][]>()
  const add = (group: string, name: string, value: unknown) => parts.set(group, [...(parts.get(group) ?? []), [name, value]])
  for (const [name, value] of Object.entries(one)) {
    if (derived.has(name) || name === 'extension') continue
    add(Object.keys(groups).find((group) => groups[group]?.includes(name)) ?? 'other', name, value)
  }
  const prescription = prescriptionOf(one)
  if (prescription !== undefined) add('prescription', 'id', prescription)
  for (const extension of one.extension ?? []) {
    if (extension.url === DATA_CONTROLLER) continue
    const { extension: inner, ...rest } = extension
    const isAmendment = extension.url === extensionUrls.amendment
    const kept = isAmendment ? inner?.filter(({ url }) => url !== 'lastchanged') : inner
    if (isAmendment && kept?.length === 0) continue
    add(extensionGroups[extension.url] ?? 'other', extension.url, kept ? { ...rest, extension: kept } : rest)
  }
  return new Map([...parts].map(([group, values]) => [group, canonical(values)]))
}

function canonical(values: [string, unknown][]): string {
  const texts = values.map(([name, value]) => `${name}=${sameTimes(writeJson(sortedJson(value as never)))}`)
  return texts.sort().join('\n')
}

const DATE_TIME = /"\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d(?:\.\d{1,9})?)?(?:Z|[+-]\d\d:\d\d)"/g

function sameTimes(json: string): string {
  return json.replaceAll(DATE_TIME, (text) => `"${instant(text.slice(1, -1))?.toISOString() ?? text}"`)
}

/** The groups in which two lines differ, in words. */
export function differencesOf(one: MedicationStatement, other: MedicationStatement): string[] {
  const [before, after] = [contentOf(one), contentOf(other)]
  return [...new Set([...before.keys(), ...after.keys()])].filter((group) => before.get(group) !== after.get(group))
}

export function isSameTime(one: string | undefined, other: string | undefined): boolean {
  return one === other || (one !== undefined && other !== undefined && instant(one)?.getTime() === instant(other)?.getTime())
}

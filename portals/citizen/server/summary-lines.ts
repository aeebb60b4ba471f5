/**
 * One entry of a patient summary as a person reads it: what it is in plain words, the value as it was written with a mark when it is
 * outside the reference interval, when it was, and who is the source. Pure. What no rule knows keeps the line that the API wrote.
 */

import { type Code, codesAsWritten, hasCode } from '@helsevev/clinical/codes'
import { NLK, SNOMED_CT, volven } from '@helsevev/clinical/systems'
import { type VitalSignName, vitalSigns } from '@helsevev/clinical/vital-signs'
import { inUnit } from '@helsevev/kernel/units/units'
import { decimalText } from '@helsevev/kernel/values/json'
import { plainServiceNames } from '@helsevev/service-municipal-services/plain-names'
import { plainUnit } from '@helsevev/service-test-results/model/plain-unit'
import { plainAnswerOf, plainSusceptibility } from '@helsevev/service-test-results/plain-answers'
import { plainNameOf } from '@helsevev/service-test-results/plain-names'
import { decimalSignIn, formatDate, formatDateTime, formatDecimal, type Language } from '@helsevev/ui/format.ts'
import { rowIn } from '@helsevev/ui/texts.ts'
import type {
  CodeableConcept,
  Coding,
  EpisodeOfCare,
  Extension,
  Observation,
  ObservationComponent,
  Organization,
  Resource,
} from '@medplum/fhirtypes'
import { summaryWords } from './summary-words.ts'

export interface SummaryLine {
  text: string
  /** When it was and who is the source; empty when neither is known. */
  about: string
}

export interface LineContext {
  language: Language
  /** Names of organisations by their numbers. */
  organizations: ReadonlyMap<string, string>
  /** The Observation that each is a member of, by the member's id. */
  parents: ReadonlyMap<string, Observation>
  /** Kinds of specimen by the id of the Specimen. */
  specimens: ReadonlyMap<string, string>
  /** The unit of the newest number of each analysis, by its name, so that all its numbers are in one. */
  units: ReadonlyMap<string, string>
}

const DATA_CONTROLLER = 'http://helsevev.no/fhir/StructureDefinition/data-controller'
const RECORDED = 'http://helsevev.no/fhir/StructureDefinition/recorded-date'
const NEWS2_TOTAL = '1104051000000101'
const DEVIATION = volven(8244)
const SERVICES = volven(9151)
const SUSCEPTIBILITY = volven(8271)

/** `line` is what the API wrote about it. */
export function summaryLineOf(resource: Resource | undefined, line: string, context: LineContext): SummaryLine {
  if (!resource) return { text: localized(line, context.language), about: '' }
  const about = [specimenOf(resource, context), dateOf(resource, context.language), sourceOf(resource, context)].filter(Boolean).join(' · ')
  return { text: textOf(resource, line, context), about }
}

/** The Observations of the summary that have members, by the id of each member. */
export function parentsIn(resources: readonly (Resource | undefined)[]): Map<string, Observation> {
  return new Map(
    resources
      .filter((one): one is Observation => one?.resourceType === 'Observation')
      .flatMap((one) => (one.hasMember ?? []).flatMap(({ reference }) => (reference ? [[idIn(reference), one] as const] : []))),
  )
}

/** What was sampled, by the id of the Specimen. */
export function specimensIn(resources: readonly (Resource | undefined)[]): Map<string, string> {
  return new Map(
    resources.flatMap((one) => {
      const kind = one?.resourceType === 'Specimen' ? conceptText(one.type) : undefined
      return one?.id && kind ? [[one.id, kind] as const] : []
    }),
  )
}

/** The unit of the newest number of each analysis. */
export function unitsIn(resources: readonly (Resource | undefined)[]): Map<string, string> {
  const numbers = resources.filter(
    (one): one is Observation => one?.resourceType === 'Observation' && one.valueQuantity?.unit !== undefined,
  )
  const oldestFirst = numbers.toSorted((one, other) => timeOf(one) - timeOf(other))
  return new Map(oldestFirst.map((one) => [analysisOf(one), one.valueQuantity?.unit ?? '']))
}

const timeOf = ({ effectiveDateTime, effectivePeriod }: Observation) => Date.parse(effectiveDateTime ?? effectivePeriod?.start ?? '') || 0
/** Its name: laboratories may have codes of their own for the same analysis. */
const analysisOf = ({ code }: Observation) => conceptText(code)?.toLowerCase() ?? ''

/** Each Observation before its members, which follow it; otherwise in the order that they came in. */
export function parentsFirst<T extends { resource: Resource | undefined }>(
  all: readonly T[],
  parents: ReadonlyMap<string, Observation>,
): T[] {
  const membersOf = Map.groupBy(all, ({ resource }) => parents.get(resource?.id ?? '')?.id)
  const isShown = new Set(all.flatMap(({ resource }) => resource?.id ?? []))
  const isRoot = ({ resource }: T) => !isShown.has(parents.get(resource?.id ?? '')?.id ?? '')
  const withMembers = (one: T, depth = 0): T[] => {
    const members = one.resource?.id === undefined || depth > 8 ? [] : (membersOf.get(one.resource.id) ?? [])
    return [one, ...members.flatMap((member) => withMembers(member, depth + 1))]
  }
  return all.filter(isRoot).flatMap((one) => withMembers(one))
}

const idIn = (reference: string) => reference.split('/').at(-1) ?? reference

function textOf(resource: Resource, line: string, context: LineContext): string {
  if (resource.resourceType === 'Observation') return observationText(resource, context)
  if (resource.resourceType === 'EpisodeOfCare') return serviceText(resource, context)
  // The date stands with the source.
  return localized(line.replace(/, \d{4}-\d{2}-\d{2}(?=$|;| \()/, ''), context.language)
}

/** Codes and `(2 sources)` in the words of the reader, and days as they are written here. */
function localized(line: string, language: Language): string {
  const { marks } = summaryWords[language]
  const mark = (code: string) => (Object.hasOwn(marks, code) ? marks[code as keyof typeof marks] : code)
  return line
    .replace(/; ((?:status|criticality|certainty): [a-z-]+)/g, (_, code: string) => `; ${mark(code)}`)
    .replace(/; reaction: /g, `; ${marks.reaction}: `)
    .replace(/ \((mild|moderate|severe)\)/g, (_, code: string) => ` (${mark(code)})`)
    .replace(/\b\d{4}-\d{2}-\d{2}\b/g, (date) => formatDate(date, language))
    .replace(/ \((\d+) sources\)$/, (_, count: string) => ` (${summaryWords[language].sources.replace('{count}', count)})`)
}

function serviceText({ type = [], status }: EpisodeOfCare, { language }: LineContext): string {
  const { standing, service } = summaryWords[language]
  const coding = type[0]?.coding?.find(({ system }) => system === SERVICES)
  const row = coding?.code === undefined ? undefined : plainServiceNames[`service.${coding.code}` as keyof typeof plainServiceNames]
  const name = row ? rowIn(row, language) : (conceptText(type[0]) ?? service)
  return [name, ...(status !== 'active' && Object.hasOwn(standing, status) ? [standing[status as keyof typeof standing]] : [])].join(', ')
}

/** What grew, and what it resists, stand with the name of the bacterium. */
function observationText(observation: Observation, context: LineContext): string {
  const { language } = context
  const { standing, outside, grew } = summaryWords[language]
  if (observation.code.coding?.some(({ system, code }) => system === SNOMED_CT && code === NEWS2_TOTAL))
    return scoreText(observation, language)
  const parent = context.parents.get(observation.id ?? '')
  const grown = parent && conceptText(parent.valueCodeableConcept)
  const hasMembers = (observation.hasMember ?? []).some(({ reference }) => reference && context.parents.has(idIn(reference)))
  const name = parent !== undefined && hasMembers ? grew : nameOf(observation, language)
  const isOfBacterium = parent !== undefined && grown !== undefined && context.parents.has(parent.id ?? '')
  const parts = (observation.component ?? []).map((part) => `${shortName(part, name, language)} ${valueText(part, language) ?? ''}`.trim())
  const converted = numberInUnit(observation, context)
  const value = converted ?? valueText(observation, language) ?? (parts.length > 0 ? parts.join(', ') : undefined)
  const deviation = deviationOf(observation.interpretation)
  const range = observation.referenceRange?.[0]?.text
  const ownUnit = converted ? ` ${plainUnit(observation.valueQuantity?.unit ?? '')}` : ''
  const interval = range && `${decimalSignIn(range, language)}${ownUnit}`
  return [
    `${isOfBacterium ? `${grown}, ` : ''}${name}${value === undefined ? '' : `: ${value}`}`,
    ...(deviation ? [`${outside[deviation]}${interval ? ` (${interval})` : ''}`] : []),
    ...(observation.status === 'amended' || observation.status === 'corrected' ? [standing.amended] : []),
    ...(observation.status === 'preliminary' || observation.status === 'registered' ? [standing.preliminary] : []),
  ].join(', ')
}

/** A number that was sent in another unit than the newest of the same analysis: `13,7 g/dL (sendt som 137 g/L)`. */
function numberInUnit(observation: Observation, { language, units }: LineContext): string | undefined {
  const { valueQuantity } = observation
  const unit = units.get(analysisOf(observation))
  if (!valueQuantity?.unit || !unit || plainUnit(unit) === plainUnit(valueQuantity.unit)) return undefined
  const value = inUnit(valueQuantity, unit)
  const written = valueText(observation, language)
  if (value === undefined || value === valueQuantity.value || written === undefined) return undefined
  const number = formatDecimal(String(Number(value.toPrecision(6))), language)
  return `${comparatorOf(valueQuantity)}${number} ${plainUnit(unit)} (${summaryWords[language].sentAs.replace('{value}', written)})`
}

/** What was sampled, for an answer in words; the names of measurements have it in them. */
function specimenOf(resource: Resource, { language, parents, specimens }: LineContext): string {
  if (resource.resourceType !== 'Observation' || resource.valueQuantity || parents.has(resource.id ?? '')) return ''
  const kind = specimens.get(idIn(resource.specimen?.reference ?? ''))
  return kind ? summaryWords[language].specimen.replace('{specimen}', kind.toLowerCase()) : ''
}

/** `det høyeste tallet` of the blood pressure, whose name stands in front. */
function shortName(part: ObservationComponent, whole: string, language: Language): string {
  const own = nameOf(part, language).toLowerCase()
  const front = `${whole.toLowerCase()}, `
  return own.startsWith(front) ? own.slice(front.length) : own
}

function scoreText(observation: Observation, language: Language): string {
  const { score } = summaryWords[language]
  const { valueQuantity } = observation
  return valueQuantity?.value === undefined ? score.none : score.total.replace('{points}', numberText(valueQuantity, language))
}

/** List 8244, or the codes of HL7. */
function deviationOf(concepts: CodeableConcept[] = []): 'over' | 'under' | 'other' | undefined {
  for (const { system, code = '' } of concepts.flatMap(({ coding = [] }) => coding)) {
    if (system === DEVIATION ? code === '1' : /^(?:H|HH|HU|>)$/.test(code)) return 'over'
    if (system === DEVIATION ? code === '2' : /^(?:L|LL|LU|<)$/.test(code)) return 'under'
    if (system === DEVIATION ? code === '3' : /^(?:A|AA)$/.test(code)) return 'other'
  }
  return undefined
}

/** The plain name of an analysis with the laboratory's own, our name of a vital sign, or the sender's. */
function nameOf({ code }: Pick<ObservationComponent, 'code'>, language: Language): string {
  const sign = (Object.keys(vitalSigns) as VitalSignName[]).find((name) =>
    hasCode(code, vitalSigns[name].codes as readonly Code[], codesAsWritten),
  )
  if (sign) return summaryWords[language].sign[sign]
  const own = conceptText(code) ?? ''
  const nlk = code.coding?.find(({ system }) => system === NLK)?.code
  const plain = plainNameOf({ name: own, ...(nlk === undefined ? {} : { code: nlk }) }, language)
  return plain && plain !== own ? `${plain} – ${own}` : own
}

function valueText(
  one: Pick<Observation, 'valueQuantity' | 'valueString' | 'valueInteger' | 'valueCodeableConcept'>,
  language: Language,
): string | undefined {
  const { valueQuantity, valueString, valueInteger, valueCodeableConcept } = one
  if (valueQuantity?.value !== undefined) {
    // An annotation, as in {score}, is no unit.
    const unit = valueQuantity.unit ?? valueQuantity.code ?? ''
    const shownUnit = /^\{.*\}$/.test(unit) ? '' : decimalSignIn(plainUnit(unit), language)
    return `${comparatorOf(valueQuantity)}${numberText(valueQuantity, language)} ${shownUnit}`.trim()
  }
  if (valueInteger !== undefined) return String(valueInteger)
  const answer = valueCodeableConcept?.coding?.find(({ system }) => system === SUSCEPTIBILITY)?.code
  const text = plainSusceptibility(answer, language) ?? valueString ?? conceptText(valueCodeableConcept)
  // What follows is a part of the same sentence.
  return text && plainAnswerOf(text.replace(/\s+/g, ' ').trim().replace(/\.$/, ''), language)
}

const signs: Readonly<Record<string, string>> = { '<': '<', '>': '>', '<=': '≤', '>=': '≥' }
const comparatorOf = ({ comparator = '' }: { comparator?: string }) => signs[comparator] ?? ''

/** As it was written, `11.0` with its zero, with the decimal sign of the language. */
function numberText(quantity: { value?: number }, language: Language): string {
  return formatDecimal(decimalText(quantity, 'value') ?? '', language)
}

function conceptText(concept: CodeableConcept | undefined): string | undefined {
  const shown = (coding: Coding | undefined) => coding?.display ?? coding?.code
  return (
    concept?.text ?? shown(concept?.coding?.find(({ userSelected }) => userSelected) ?? concept?.coding?.find(({ display }) => display))
  )
}

interface Dated {
  effectiveDateTime?: string
  effectivePeriod?: { start?: string }
  recordedDate?: string
  recordedOn?: string
  period?: { start?: string }
  extension?: Extension[]
}

function dateOf(resource: Resource, language: Language): string {
  const { effectiveDateTime, effectivePeriod, recordedDate, recordedOn, period, extension = [] } = resource as Dated
  const recorded = extension.find(({ url }) => url === RECORDED)?.valueDateTime
  const time = effectiveDateTime ?? effectivePeriod?.start ?? recordedDate ?? recordedOn ?? recorded ?? period?.start
  if (time === undefined) return ''
  const date = resource.resourceType === 'Observation' ? formatDateTime(time, language) : formatDate(time, language)
  return resource.resourceType === 'EpisodeOfCare' ? summaryWords[language].since.replace('{date}', date) : date
}

/** The data controller, and the unit where it is stated. */
function sourceOf(resource: Resource, { language, organizations }: LineContext): string {
  const {
    extension = [],
    contained = [],
    managingOrganization,
    performer,
  } = resource as {
    extension?: Extension[]
    contained?: Resource[]
    managingOrganization?: { display?: string }
    performer?: { display?: string }[]
  }
  const number = extension.find(({ url }) => url === DATA_CONTROLLER)?.valueIdentifier?.value
  if (number === undefined) return ''
  const unit =
    managingOrganization?.display ??
    performer?.find(({ display }) => display)?.display ??
    contained.find((one): one is Organization => one.resourceType === 'Organization')?.name
  const names = [organizations.get(number) ?? number, ...(unit ? [unit] : [])]
  return summaryWords[language].source.replace('{source}', [...new Set(names)].join(', '))
}

/**
 * Result items as Observations, a tree by hasMember. The top of a tree has in meta.tag a copy of every code in the tree; searches by code
 * use these copies (NILAR). Names of rules: docs/services/test-results.md
 */

import { fhirDateTime } from '@helsevev/clinical/kith/date'
import { volven } from '@helsevev/clinical/systems'
import type { Issue } from '@helsevev/kernel/problem/problem'
import { ucum, withoutAnnotations } from '@helsevev/kernel/units/units'
import { keepDigitsOf } from '@helsevev/kernel/values/json'
import type { CodeableConcept, Coding, Extension, Observation, ObservationComponent, Quantity } from '@medplum/fhirtypes'
import { dateExtension, extensionUrls, identifierSources } from '../fhir/extensions.ts'
import { DISCIPLINE_SYSTEM } from '../model/discipline.ts'
import { isLocalList } from '../model/local-codes.ts'
import { type Interval, readInterval } from '../model/reference-interval.ts'
import { type Flag, flag } from '../model/rules.ts'
import { resultStatus } from '../model/status.ts'
import { codingOf, conceptOf } from './coded.ts'
import { comparedText, mayBeThousands, quantityOf } from './quantity.ts'
import type { ResultItem } from './svarrapport.ts'

const HEADING = volven(8243)
const DEVIATION = volven(8244)

/** What the results of one report share. */
export interface ReportContext {
  reportUrl: string
  expertise: string
  /** The time of the report, for a result that has no time of its own. */
  fallbackTime: string
  /** The type of the report (list 7309), for a result that states none. */
  serviceType: string | undefined
  /** System of the laboratory's own codes (model/local-codes.ts). */
  localCodes: string | undefined
  /** fullUrl and time of collection of a specimen, by its number; where a result names none, those of the only specimen. */
  specimenOf(number: string | undefined): { url: string; collected: string | undefined } | undefined | 'missing'
  performersOf(item: ResultItem): { reference: string }[]
  /** A fullUrl made from a text that is the same in every version of the report. */
  urlOf(kind: string, key: string): string
  /** Collects the flags of the result that is built. */
  found: Issue[]
}

export interface BuiltResult {
  fullUrl: string
  resource: Observation
  issues: Issue[]
}

/** All Observations of the items, each tree with its top first; `tops` are the references for DiagnosticReport.result. */
export function observationsOf(
  items: readonly ResultItem[],
  context: Omit<ReportContext, 'found'>,
): { results: BuiltResult[]; tops: string[] } {
  const keys = keysOf(items)
  const results: BuiltResult[] = []
  const tops = items.map((item) => {
    const start = results.length
    const url = build(item, undefined, keys, context, results)
    const tree = results.slice(start)
    const top = tree[0]?.resource
    const tags = tagsOf(tree.map(({ resource }) => resource))
    if (top && tags.length > 0) top.meta = { tag: tags }
    return url
  })
  return { results, tops }
}

function build(
  item: ResultItem,
  parent: ResultItem | undefined,
  keys: ReadonlyMap<ResultItem, string>,
  context: Omit<ReportContext, 'found'>,
  results: BuiltResult[],
): string {
  // What a nested item does not state is taken from the item that contains it.
  const whole: ResultItem = {
    ...item,
    // What is cancelled is cancelled with all that it holds, whatever a part of it states.
    serviceType: isCancelled(parent?.serviceType, context) ? 'C' : (item.serviceType ?? parent?.serviceType ?? context.serviceType),
    status: item.status ?? (parent ? parent.status : undefined),
    subjectId: item.subjectId ?? parent?.subjectId,
    investigationDate: item.investigationDate ?? parent?.investigationDate,
  }
  const key = keys.get(item) ?? ''
  const fullUrl = context.urlOf('result', key)
  const issues: Issue[] = []
  if (item.id !== undefined && key !== item.id) issues.push(flag('result-item-id-repeated', `ServReport.Patient.ResultItem(${key})`))
  const resource = observationOf(whole, key, { ...context, found: issues })
  results.push({ fullUrl, resource, issues })
  const members = item.items.map((inner) => ({ reference: build(inner, whole, keys, context, results) }))
  if (members.length > 0) resource.hasMember = members
  return fullUrl
}

function isCancelled(serviceType: string | undefined, { serviceType: ofReport }: Pick<ReportContext, 'serviceType'>): boolean {
  return serviceType === 'C' || ofReport === 'C'
}

function observationOf(item: ResultItem, key: string, context: ReportContext): Observation {
  const note = (code: Flag) => context.found.push(flag(code, `ServReport.Patient.ResultItem(${key})`))
  const status = resultStatus(item.status, item.serviceType)
  if (status === 'unknown') note('result-status-unknown')
  if (item.decided.byName.length > 0) note('code-read-by-name')
  if (item.decided.unknown.length > 0) note('code-not-known')
  const specimen = context.specimenOf(item.subjectId)
  if (specimen === 'missing') note('specimen-not-in-message')
  const collected = specimen && specimen !== 'missing' ? specimen.collected : undefined
  const heading = item.heading && codingOf(item.heading, HEADING)
  if (item.investigations.some(({ code, system }) => code !== undefined && system === undefined)) note('code-without-list')
  const code = withLocalCodes(conceptOf(item.investigations), context.localCodes)
  if (!code && !item.heading && item.structured.length === 0) note('investigation-missing')
  const method = conceptOf(item.specification)
  const performer = context.performersOf(item)
  const interval = item.referenceInterval
  const { value, rest } = resultValue(item, note)
  const unit = value.valueQuantity
  const read = interval === undefined ? undefined : intervalInUnit(interval, unit)
  const bound = (limits: Interval, end: 'low' | 'high'): { low?: Quantity; high?: Quantity } => {
    const number = limits[end]
    if (number === undefined) return {}
    const value: Quantity = {
      value: number,
      ...(unit?.unit ? { unit: unit.unit } : {}),
      ...(unit?.code ? { system: unit.system, code: unit.code } : {}),
    }
    keepDigitsOf(value, 'value', [limits, end])
    return { [end]: value }
  }
  const structured = item.structured.map(componentOf)
  const components = structured.map(({ component }) => component)
  const kept = [...item.kept, ...rest, ...structured.flatMap((one) => one.rest)]
  if (kept.length > 0) note('element-kept-as-note')
  const notes = [...item.comments, ...kept]
  return {
    resourceType: 'Observation',
    extension: extensionsOf(item, heading, context.reportUrl),
    identifier: item.id === undefined ? [] : [{ system: identifierSources.result, value: item.id }],
    status,
    category: [{ coding: [{ system: DISCIPLINE_SYSTEM, code: context.expertise }] }],
    code: code ?? (heading ? { coding: [heading], text: item.heading?.display ?? heading.code ?? '' } : { text: textOfStructured(item) }),
    effectiveDateTime: collected ?? fhirDateTime(item.investigationDate) ?? context.fallbackTime,
    ...value,
    ...(item.deviation ? { interpretation: [conceptOf([item.deviation], DEVIATION) ?? {}] } : {}),
    ...(method ? { method } : {}),
    ...(interval === undefined
      ? {}
      : {
          referenceRange: [
            {
              text: interval,
              ...(read ? { ...bound(read, 'low'), ...bound(read, 'high') } : {}),
            },
          ],
        }),
    ...(specimen && specimen !== 'missing' ? { specimen: { reference: specimen.url } } : {}),
    ...(performer.length > 0 ? { performer } : {}),
    ...(notes.length > 0 ? { note: notes.map((text) => ({ text })) } : {}),
    ...(components.length > 0 ? { component: components } : {}),
  }
}

/** Adds each local code of the laboratory a second time, as a code of that laboratory and no other. */
function withLocalCodes(concept: CodeableConcept | undefined, system: string | undefined): CodeableConcept | undefined {
  const own = (concept?.coding ?? []).flatMap(({ system: list, code }) => (system && code && isLocalList(list) ? [{ system, code }] : []))
  if (!concept || own.length === 0) return concept
  return { ...concept, coding: [...(concept.coding ?? []), ...new Map(own.map((coding) => [coding.code, coding])).values()] }
}

function textOfStructured({ structured, text }: ResultItem): string {
  return structured[0]?.type.display ?? (text ? 'Tekst' : 'Ikke angitt')
}

/** The limits of a reference interval; undefined where they are of another unit than the result, in which they would say something else. */
function intervalInUnit(text: string, result: Quantity | undefined): Interval | undefined {
  const read = readInterval(text)
  if (read?.unit === undefined) return read
  const bare = (code: string | undefined) => code && withoutAnnotations(code)
  return bare(ucum(read.unit)) === bare(result?.code ?? ucum(result?.unit)) ? read : undefined
}

type Value = Pick<Observation, 'valueQuantity' | 'valueDateTime' | 'valueCodeableConcept'>

/** The value of an item, and what else the item states, for notes: a result in FHIR has one value. */
function resultValue(item: ResultItem, note: (code: Flag) => void): { value: Value; rest: string[] } {
  const value = mainValueOf(item, note)
  const { number, text, textUnit, date } = item
  const interval = wordsOf(item.interval)
  const words = [
    text && textUnit ? `${text} ${textUnit}` : text,
    ...item.textCodes.map(({ display, original, code }) => display ?? original ?? code),
  ]
  const isDate = value.valueDateTime !== undefined
  const rest = number ? [...words, interval, date] : isDate ? [...words, interval] : value.valueQuantity ? [interval] : []
  return { value, rest: rest.filter(Boolean).map((one) => `Resultat: ${one}`) }
}

function wordsOf(interval: ResultItem['interval']): string {
  return interval
    .map(({ value, unit }) => [value, unit].filter(Boolean).join(' '))
    .filter(Boolean)
    .join(' – ')
}

/** A number, a time, or the finding in codes and words; the words are kept together with the codes. */
function mainValueOf(item: ResultItem, note: (code: Flag) => void): Value {
  const { number, text, textCodes, textUnit, date } = item
  if (number) {
    const read = quantityOf(number.value, number.unit, number.comparator)
    if (read === 'other-comparator') {
      note('comparator-kept-as-text')
      return { valueCodeableConcept: { text: comparedText(number) } }
    }
    if (read) {
      if (!read.unitKnown) note('unit-not-known')
      return { valueQuantity: read.quantity }
    }
    note('number-not-readable')
    const words = [number.comparator, number.value, number.unit].filter(Boolean).join(' ')
    return words ? { valueCodeableConcept: { text: words } } : {}
  }
  const moment = fhirDateTime(date)
  if (moment) return { valueDateTime: moment }
  const read = textUnit !== undefined && textCodes.length === 0 ? quantityOf(text, textUnit) : undefined
  const isDoubtful = read !== undefined && mayBeThousands(text)
  if (isDoubtful) note('number-ambiguous')
  if (read && read !== 'other-comparator' && !isDoubtful) {
    note('text-read-as-number')
    return { valueQuantity: read.quantity }
  }
  const words = [text && textUnit ? `${text} ${textUnit}` : text, wordsOf(item.interval)].filter(Boolean).join('\n') || undefined
  const concept = conceptOf(textCodes, undefined, words)
  return concept ? { valueCodeableConcept: concept } : {}
}

/** A component with the first value that is stated, and the others in words, for notes. */
function componentOf({ type, coded, integer, text, flag: answer, quantity }: ResultItem['structured'][number]): {
  component: ObservationComponent
  rest: string[]
} {
  const code = conceptOf([type]) ?? {}
  const read = quantity && quantityOf(quantity.value, quantity.unit)
  const measured = [quantity?.value, quantity?.unit].filter(Boolean).join(' ')
  const values: [value: Partial<ObservationComponent>, words: string | undefined][] = [
    ...(coded ? [[{ valueCodeableConcept: conceptOf([coded]) ?? {} }, coded.display ?? coded.original ?? coded.code] as const] : []),
    ...(integer !== undefined && /^-?(?:0|[1-9]\d{0,8})$/.test(integer) ? [[{ valueInteger: Number(integer) }, integer] as const] : []),
    ...(answer === undefined ? [] : [[{ valueBoolean: answer }, answer ? 'ja' : 'nei'] as const]),
    ...(read && read !== 'other-comparator' ? [[{ valueQuantity: read.quantity }, measured] as const] : []),
  ].map(([value, words]) => [value, words])
  const inWords = [text, integer, measured].filter((one): one is string => one !== undefined && one !== '')
  const [first, ...others] = values
  const name = type.display ?? type.original ?? type.code ?? ''
  const told = [first?.[1], ...others.map(([, words]) => words)]
  const rest = [...others.map(([, words]) => words), ...inWords.filter((one) => first !== undefined && !told.includes(one))]
  return {
    component: { code, ...(first ? first[0] : { valueString: inWords.join(' ') || 'Ikke angitt' }) },
    rest: rest.map((one) => `${name}: ${one}`),
  }
}

function extensionsOf(item: ResultItem, heading: Coding | undefined, reportUrl: string): Extension[] {
  return [
    { url: extensionUrls.reportReference, valueReference: { reference: reportUrl } },
    ...(item.accredited === undefined ? [] : [{ url: extensionUrls.accredited, valueBoolean: item.accredited }]),
    ...(heading ? [{ url: extensionUrls.heading, valueCoding: heading }] : []),
    ...dateExtension(extensionUrls.investigationDate, fhirDateTime(item.investigationDate)),
    ...dateExtension(extensionUrls.statusChangeDate, fhirDateTime(item.statusChangeDate)),
    ...dateExtension(extensionUrls.medicalValidationDate, fhirDateTime(item.medicalValidationDate)),
    ...dateExtension(extensionUrls.counterSignDate, fhirDateTime(item.counterSignDate)),
    ...dateExtension(extensionUrls.descriptionDate, fhirDateTime(item.descriptionDate)),
  ]
}

/**
 * A key for each item that is the same in the next version of the report: its IdResultItem where the message has it once; otherwise its
 * place and what was investigated, under the key of the item that contains it.
 */
function keysOf(items: readonly ResultItem[]): Map<ResultItem, string> {
  const counts = new Map<string, number>()
  const count = (item: ResultItem): void => {
    if (item.id !== undefined) counts.set(item.id, (counts.get(item.id) ?? 0) + 1)
    item.items.forEach(count)
  }
  items.forEach(count)
  const keys = new Map<ResultItem, string>()
  const name = (item: ResultItem, prefix: string, ordinals: Map<string, number>): void => {
    if (item.id !== undefined && counts.get(item.id) === 1) keys.set(item, item.id)
    else {
      const kind = item.investigations[0]?.code ?? item.investigations[0]?.original ?? item.heading?.code ?? ''
      const ordinal = (ordinals.get(kind) ?? 0) + 1
      ordinals.set(kind, ordinal)
      keys.set(item, `${prefix}/${kind}.${ordinal}`)
    }
    const inner = new Map<string, number>()
    for (const member of item.items) name(member, keys.get(item) ?? '', inner)
  }
  const top = new Map<string, number>()
  for (const item of items) name(item, '', top)
  return keys
}

function tagsOf(tree: readonly Observation[]): Coding[] {
  const codings = tree.flatMap(({ code, valueCodeableConcept, component }) => [
    ...(code?.coding ?? []),
    ...(valueCodeableConcept?.coding ?? []),
    ...(component ?? []).flatMap((one) => [...(one.code?.coding ?? []), ...(one.valueCodeableConcept?.coding ?? [])]),
  ])
  return [
    ...new Map(
      codings.map(({ system, code }) => [`${system}|${code}`, { ...(system ? { system } : {}), ...(code ? { code } : {}) }]),
    ).values(),
  ]
}

/**
 * The rules of the service for a measurement or threshold that follows its profile. What was sent is never changed; what we compute is
 * added to it.
 */
import type { Code } from '@helsevev/clinical/codes'
import { formerTotalCode, totalCode } from '@helsevev/clinical/news2/codes'
import { isWithdrawn } from '@helsevev/clinical/statuses'
import { UCUM } from '@helsevev/clinical/systems'
import { hasTimeOfDay, timeOf } from '@helsevev/clinical/time'
import { bloodPressurePanel, consciousness } from '@helsevev/clinical/vital-signs'
import type { Prepared, WriteContext } from '@helsevev/kernel/fhir/service'
import type { Issue } from '@helsevev/kernel/problem/problem'
import { instant } from '@helsevev/kernel/values/dates'
import type { Extension, Goal, Observation } from '@medplum/fhirtypes'
import { flag, refusal } from '../model/rules.ts'
import { COMPARABLE_URL, hasUcum, isPlausible, kindOf, type Measured, measuredIn } from './measurement.ts'

/** Clocks differ a little between systems. */
const CLOCK_TOLERANCE = 10 * 60_000

export function prepareMeasurement(sent: Observation, { codes, now }: WriteContext): Prepared<Observation> {
  const measured = measuredIn(sent, codes.canonical)
  if (isNews2(sent)) return { resource: sent, issues: [refusal('news2-elsewhere', 'Observation.code')] }
  const issues = [
    ...valueIssues(sent),
    ...timeIssues(sent, now),
    ...(isKnown(sent, codes.canonical) ? [] : [flag('code-not-known', 'Observation.code')]),
    ...measured.flatMap(unitIssues),
    ...((sent.performer ?? []).length > 0 ? [] : [flag('performer-missing', 'Observation.performer')]),
    ...(sent.device ? [] : [flag('device-missing', 'Observation.device')]),
    ...((sent.identifier ?? []).some(({ system, value }) => system && value) ? [] : [flag('identifier-missing', 'Observation.identifier')]),
  ]
  return { resource: withComparable(sent, measured), issues }
}

function isKnown(observation: Observation, canonical: (system: string) => string): boolean {
  const isOneOf = (codes: readonly Code[]) =>
    (observation.code?.coding ?? []).some((coding) =>
      codes.some(({ system, code }) => system === canonical(coding.system ?? '') && code === coding.code),
    )
  return kindOf(observation.code, canonical) !== undefined || isOneOf(bloodPressurePanel) || isOneOf(consciousness)
}

/** The codes of the total score, which has a service of its own: SNOMED CT, and LOINC for the score before NEWS2. */
const news2Codes: ReadonlySet<string | undefined> = new Set([totalCode, formerTotalCode])

function isNews2({ code }: Observation): boolean {
  return (code?.coding ?? []).some((coding) => news2Codes.has(coding.code))
}

function valueIssues(observation: Observation): Issue[] {
  const { component = [], dataAbsentReason } = observation
  const hasValue = Object.keys(observation).some((key) => key.startsWith('value')) || component.length > 0
  return hasValue || dataAbsentReason || isWithdrawn(observation) ? [] : [refusal('value-missing', 'Observation.value')]
}

function timeIssues(observation: Observation, now: Date): Issue[] {
  const time = timeOf(observation) ?? ''
  const start = instant(time)
  if (!start) return []
  if (start.getTime() > now.getTime() + CLOCK_TOLERANCE) return [refusal('effective-in-future', 'Observation.effective')]
  return hasTimeOfDay(time) ? [] : [flag('time-of-day-missing', 'Observation.effective')]
}

function unitIssues(one: Measured): Issue[] {
  const { quantity, value, kind, expression } = one
  const written = quantity.code ?? quantity.unit
  if (written === undefined && kind.unit !== '1') return [refusal('unit-missing', expression)]
  if (value === undefined)
    return [
      {
        ...refusal('unit-not-comparable', expression),
        text: `${refusal('unit-not-comparable', expression).text} It is compared in ${kind.unit}.`,
      },
    ]
  return [
    ...(written !== undefined && !hasUcum(quantity) ? [flag('unit-not-ucum', expression)] : []),
    ...(value === quantity.value ? [] : [flag('unit-converted', expression)]),
    ...(isPlausible(one) ? [] : [flag('value-implausible', expression)]),
  ]
}

/** Adds the converted value as an extension of the value. Our extensions are made again on every write. */
function withComparable(sent: Observation, measured: readonly Measured[]): Observation {
  const beside = (expression: string): Extension[] => {
    const one = measured.find((candidate) => candidate.expression === expression)
    if (!one || one.value === undefined || one.value === one.quantity.value) return []
    const { unit } = one.kind
    return [{ url: COMPARABLE_URL, valueQuantity: { value: one.value, unit, system: UCUM, code: unit } }]
  }
  const others = (extensions: Extension[] | undefined) => (extensions ?? []).filter(({ url }) => url !== COMPARABLE_URL)
  const extended = <T extends { extension?: Extension[] }>(holder: T, expression: string): T => {
    const extension = [...others(holder.extension), ...beside(expression)]
    const { extension: _extension, ...rest } = holder
    return (extension.length > 0 ? { ...rest, extension } : rest) as T
  }
  const resource = extended(sent, 'Observation.value')
  if (!sent.component) return resource
  return { ...resource, component: sent.component.map((component, index) => extended(component, `Observation.component[${index}].value`)) }
}

/** A threshold of the person's own: what is measured, and the target range. */
export function prepareGoal(sent: Goal, { codes }: WriteContext): Prepared<Goal> {
  const targets = sent.target ?? []
  const issues = targets.flatMap(({ measure, detailRange, detailQuantity }, index): Issue[] => {
    const place = `Goal.target[${index}]`
    const bounds = [detailRange?.low, detailRange?.high, detailQuantity].filter((bound) => bound?.value !== undefined)
    if (!measure || bounds.length === 0) return [refusal('goal-without-bound', place)]
    const kind = kindOf(measure, codes.canonical)
    if (!kind) return [flag('code-not-known', `${place}.measure`)]
    const wrong = bounds.some(
      (bound) => bound && measuredIn({ code: measure, valueQuantity: bound } as Observation, codes.canonical)[0]?.value === undefined,
    )
    return wrong ? [refusal('unit-not-comparable', place)] : []
  })
  return { resource: sent, issues: targets.length > 0 ? issues : [refusal('goal-without-bound', 'Goal.target')] }
}

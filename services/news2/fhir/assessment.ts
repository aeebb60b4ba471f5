/**
 * Our reading of a score, as one extension in addition to what the sender wrote: computed total, band, sub-scores and flags. `prepare`
 * writes it, the panel and consumers read it; docs/services/news2.md lists the sub-extensions.
 */

import type { Band, Monitoring, Parameter, Scale, Score } from '@helsevev/clinical/news2/chart'
import { columnOf } from '@helsevev/clinical/news2/chart'
import { type Basis, monitoringOf, type NotApplicable } from '@helsevev/clinical/news2/score'
import { identifierSystems, UCUM } from '@helsevev/clinical/systems'
import { keepDecimal } from '@helsevev/kernel/values/json'
import type { Extension, Observation, Quantity, Reference } from '@medplum/fhirtypes'
import type { MeasuredValue } from './measurements.ts'
import { writtenOf } from './quantity.ts'

export const assessmentUrl = 'http://helsevev.no/fhir/StructureDefinition/news2-assessment'

export interface AssessedSubScore {
  parameter: Parameter
  score?: Score
  basis?: Basis
  measured?: MeasuredValue
  /** The measured number with the digits that were sent, where JavaScript writes it with others: `38.0`. */
  written?: string
  /** As sent; differs from `score` where the sender scored otherwise. */
  sent?: number
}

export interface Assessment {
  /** Organisation number of the data controller that is responsible for the score. */
  controller: string
  total?: number
  band?: Band
  monitoring?: Monitoring
  partial: boolean
  missing: Parameter[]
  partialSum?: number
  bandAtLeast?: Band
  scale?: Scale
  scaleChosenBy?: Reference
  worstParameters: Parameter[]
  worstScore?: Score
  notApplicable: NotApplicable[]
  sentTotal?: number
  subScores: AssessedSubScore[]
  flags: string[]
}

type Value = Omit<Extension, 'url'>

export function assessmentExtension(assessment: Assessment): Extension {
  const part = (url: string, value: Value | undefined): Extension[] => (value ? [{ url, ...value }] : [])
  const codes = (url: string, values: readonly string[]) => values.map((valueCode) => ({ url, valueCode }))
  const whole = (value: number | undefined) => (value === undefined ? undefined : { valueInteger: value })
  const decimal = (value: number | undefined) => (value === undefined ? undefined : { valueDecimal: value })
  const code = (value: string | undefined) => (value === undefined ? undefined : { valueCode: value })
  return {
    url: assessmentUrl,
    extension: [
      ...part('controller', { valueIdentifier: { system: identifierSystems.ENH, value: assessment.controller } }),
      ...part('total', whole(assessment.total)),
      ...part('band', code(assessment.band)),
      ...part('monitoring', code(assessment.band && monitoringOf(assessment.band))),
      ...part('partial', { valueBoolean: assessment.partial }),
      ...codes('missing', assessment.missing),
      ...part('partialSum', whole(assessment.partialSum)),
      ...part('bandAtLeast', code(assessment.bandAtLeast)),
      ...part('scale', whole(assessment.scale)),
      ...part('scaleChosenBy', assessment.scaleChosenBy && { valueReference: assessment.scaleChosenBy }),
      ...codes('worstParameter', assessment.worstParameters),
      ...part('worstScore', whole(assessment.worstScore)),
      ...codes('notApplicable', assessment.notApplicable),
      ...part('sentTotal', decimal(assessment.sentTotal)),
      ...assessment.subScores.map(({ parameter, score, basis, measured, written, sent }) => ({
        url: 'subScore',
        extension: [
          ...part('parameter', code(parameter)),
          ...part('score', whole(score)),
          ...part('basis', code(basis)),
          ...part('measured', measured === undefined ? undefined : measuredValue(parameter, measured, written)),
          ...part('sent', decimal(sent)),
        ],
      })),
      ...codes('flag', assessment.flags),
    ],
  }
}

function measuredValue(parameter: Parameter, value: MeasuredValue, written: string | undefined): Value {
  if (typeof value === 'string' || parameter === 'oxygen' || parameter === 'consciousness') return { valueCode: String(value) }
  const { unit } = columnOf(parameter, 1)
  const valueQuantity: Quantity = { value, unit, system: UCUM, code: unit }
  if (written !== undefined) keepDecimal(valueQuantity, 'value', written)
  return { valueQuantity }
}

/** The assessment of a stored score; undefined when the resource has none, like a measurement. */
export function readAssessment(observation: Observation): Assessment | undefined {
  const parts = observation.extension?.find(({ url }) => url === assessmentUrl)?.extension
  if (!parts) return undefined
  const one = (url: string) => parts.find((part) => part.url === url)
  const codes = <T extends string>(url: string) =>
    parts.flatMap((part) => (part.url === url && part.valueCode ? [part.valueCode as T] : []))
  return {
    controller: one('controller')?.valueIdentifier?.value ?? '',
    ...defined('total', one('total')?.valueInteger),
    ...defined('band', one('band')?.valueCode as Band | undefined),
    ...defined('monitoring', one('monitoring')?.valueCode as Monitoring | undefined),
    partial: one('partial')?.valueBoolean ?? false,
    missing: codes<Parameter>('missing'),
    ...defined('partialSum', one('partialSum')?.valueInteger),
    ...defined('bandAtLeast', one('bandAtLeast')?.valueCode as Band | undefined),
    ...defined('scale', one('scale')?.valueInteger as Scale | undefined),
    ...defined('scaleChosenBy', one('scaleChosenBy')?.valueReference),
    worstParameters: codes<Parameter>('worstParameter'),
    ...defined('worstScore', one('worstScore')?.valueInteger as Score | undefined),
    notApplicable: codes<NotApplicable>('notApplicable'),
    ...defined('sentTotal', one('sentTotal')?.valueDecimal),
    subScores: parts.filter(({ url }) => url === 'subScore').map(({ extension = [] }) => readSubScore(extension)),
    flags: codes('flag'),
  }
}

function readSubScore(parts: Extension[]): AssessedSubScore {
  const one = (url: string) => parts.find((part) => part.url === url)
  const measured = one('measured')
  return {
    parameter: one('parameter')?.valueCode as Parameter,
    ...defined('score', one('score')?.valueInteger as Score | undefined),
    ...defined('basis', one('basis')?.valueCode as Basis | undefined),
    ...defined('measured', (measured?.valueQuantity?.value ?? measured?.valueCode) as MeasuredValue | undefined),
    ...(measured?.valueQuantity ? writtenOf(measured.valueQuantity) : {}),
    ...defined('sent', one('sent')?.valueDecimal),
  }
}

function defined<K extends string, V>(key: K, value: V | undefined): Partial<Record<K, V>> {
  return value === undefined ? {} : ({ [key]: value } as Record<K, V>)
}

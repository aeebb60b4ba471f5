/** Takes a score Observation apart: what was measured, what was scored, on which scale, and why NEWS2 may not apply to the patient. */

import { hasCode } from '@helsevev/clinical/codes'
import { type Parameter, parameters, type Scale } from '@helsevev/clinical/news2/chart'
import { subScoreCodes } from '@helsevev/clinical/news2/codes'
import { isWithdrawn } from '@helsevev/clinical/statuses'
import { SNOMED_CT } from '@helsevev/clinical/systems'
import { pregnancyStatus, pregnant } from '@helsevev/clinical/vital-signs'
import type { WriteContext } from '@helsevev/kernel/fhir/service'
import type { Issue } from '@helsevev/kernel/problem/problem'
import type { CodeableConcept, Observation, ObservationComponent, Reference } from '@medplum/fhirtypes'
import { type Measurement, readMeasurements } from './measurements.ts'
import { breach } from './rules.ts'
import { readScale2Chooser } from './scale2-chooser.ts'

interface SentSubScore {
  parameter: Parameter
  scale?: Scale
  /** As sent, whatever the value. */
  score?: number
  /** The band in words. */
  text?: string
  expression: string
}

export interface ReadScore {
  sentTotal?: number
  subScores: Map<Parameter, SentSubScore>
  measured: Map<Parameter, Measurement>
  scale?: Scale
  chosenBy?: Reference
  pregnant?: { expression: string }
  issues: Issue[]
}

export async function readScore(observation: Observation, context: WriteContext): Promise<ReadScore> {
  const components = (observation.component ?? []).map((component, index) => ({ component, expression: `Observation.component[${index}]` }))
  const sent = components.flatMap(({ component, expression }) => readSubScore(component, expression, context) ?? [])
  const inComponents = components.map(({ component, expression }) => readMeasurements(component, expression, context.codes))
  const derived = await readDerived(observation, context)
  const scale = readScale(sent)
  const measured = onePerParameter([...inComponents.flatMap(({ measurements }) => measurements), ...derived.measurements])
  const state = components.find(({ component }) => hasCode(component.code, pregnancyStatus, context.codes))
  const isPregnant = state && hasCode(state.component.valueCodeableConcept, pregnant, context.codes)
  const sentTotal = observation.valueQuantity?.value ?? observation.valueInteger
  const chosenBy = readScale2Chooser(observation)
  const given = [...sent, ...measured.found.values(), ...(observation.derivedFrom ?? [])]
  return {
    ...(sentTotal === undefined ? {} : { sentTotal }),
    subScores: new Map(sent.map((subScore) => [subScore.parameter, subScore])),
    measured: measured.found,
    ...(scale.scale ? { scale: scale.scale } : {}),
    ...(chosenBy ? { chosenBy } : {}),
    ...(isPregnant ? { pregnant: { expression: state.expression } } : {}),
    issues: [
      ...inComponents.flatMap(({ issues }) => issues),
      ...derived.issues,
      ...scale.issues,
      ...measured.issues,
      ...(sentTotal === undefined && given.length === 0 ? [breach('score-empty', 'Observation')] : []),
    ],
  }
}

function readSubScore(component: ObservationComponent, expression: string, { codes }: WriteContext): SentSubScore | undefined {
  const code = component.code.coding?.find(
    (coding) => codes.canonical(coding.system ?? '') === SNOMED_CT && subScoreCodes[coding.code ?? ''],
  )?.code
  const kind = subScoreCodes[code ?? '']
  if (!kind || component.dataAbsentReason) return undefined
  const score = component.valueQuantity?.value ?? component.valueInteger
  const text = wordsOf([...(component.interpretation ?? []), ...(component.valueCodeableConcept ? [component.valueCodeableConcept] : [])])
  return { ...kind, ...(score === undefined ? {} : { score }), ...(text ? { text } : {}), expression }
}

function wordsOf(concepts: CodeableConcept[]): string | undefined {
  return concepts.flatMap(({ text, coding }) => text ?? coding?.[0]?.display ?? [])[0]
}

function readScale(sent: SentSubScore[]): { scale?: Scale; issues: Issue[] } {
  const issues = parameters.flatMap((parameter) => {
    const [first, second] = sent.filter((subScore) => subScore.parameter === parameter)
    if (!first || !second) return []
    return [
      breach(
        first.scale === second.scale ? 'parameter-twice' : 'scale-both',
        second.expression,
        `There are two sub-scores of ${parameter}`,
      ),
    ]
  })
  const scale = sent.find((subScore) => subScore.scale)?.scale
  return scale ? { scale, issues } : { issues }
}

/** The same value in a component and in derivedFrom is one measurement; two different values contradict each other. */
function onePerParameter(measurements: Measurement[]): { found: Map<Parameter, Measurement>; issues: Issue[] } {
  const found = new Map<Parameter, Measurement>()
  const issues: Issue[] = []
  for (const measurement of measurements) {
    const first = found.get(measurement.parameter)
    if (!first) found.set(measurement.parameter, measurement)
    else if (first.value !== measurement.value) {
      issues.push(
        breach('parameter-twice', measurement.expression, `${measurement.parameter} is measured differently at ${first.expression}`),
      )
    }
  }
  return { found, issues }
}

/** The faults of a measurement were reported when it was written; here it matters only whether it can be counted. */
async function readDerived(observation: Observation, context: WriteContext): Promise<{ measurements: Measurement[]; issues: Issue[] }> {
  const read = await Promise.all(
    (observation.derivedFrom ?? []).map(async ({ reference }, index) => {
      const expression = `Observation.derivedFrom[${index}]`
      const resource = reference ? await context.resolve(reference) : undefined
      const usable = resource?.resourceType === 'Observation' && !isWithdrawn(resource)
      const measurements = usable ? readMeasurements(resource, expression, context.codes).measurements : []
      return { measurements, issues: measurements.length > 0 ? [] : [breach('derived-from-unusable', expression)] }
    }),
  )
  return {
    measurements: read.flatMap(({ measurements }) => measurements),
    issues: read.flatMap(({ issues }) => issues),
  }
}

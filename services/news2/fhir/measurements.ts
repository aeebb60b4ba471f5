/** The measured values that an Observation or a component holds. */
import { hasCode } from '@helsevev/clinical/codes'
import type { NumericParameter, Parameter } from '@helsevev/clinical/news2/chart'
import type { Breathing, Consciousness } from '@helsevev/clinical/vital-signs'
import type { Codes } from '@helsevev/kernel/codes/codes'
import type { Issue } from '@helsevev/kernel/problem/problem'
import type { CodeableConcept, Observation } from '@medplum/fhirtypes'
import { readBreathingAnswer, readConsciousnessAnswer } from './answers.ts'
import { measurementCodes, oxygenCodes } from './codes.ts'
import { absent, type ReadValue, readNumber, type Valued } from './quantity.ts'

export type MeasuredValue = number | Breathing | Consciousness

export interface Measurement {
  parameter: Parameter
  value: MeasuredValue
  /** A number with the digits that were sent, where JavaScript writes it with others. */
  written?: string
  expression: string
}

export interface Measurements {
  measurements: Measurement[]
  issues: Issue[]
}

/** The parameter that a code measures; `panel` is a blood pressure whose systolic pressure is a component. */
function measuredBy(code: CodeableConcept | undefined, codes: Codes): Parameter | 'panel' | undefined {
  const kinds = Object.keys(measurementCodes) as (keyof typeof measurementCodes)[]
  const kind = kinds.find((candidate) => hasCode(code, measurementCodes[candidate], codes))
  if (kind) return kind
  return hasCode(code, oxygenCodes, codes) ? 'oxygen' : undefined
}

/** Whether an Observation is one of the measurements that a NEWS2 score is made from. */
export function isVitalSign(observation: Observation, codes: Codes): boolean {
  return measuredBy(observation.code, codes) !== undefined
}

/** Reads a vital-sign Observation, or a component of a score. */
export function readMeasurements(element: Valued & Pick<Observation, 'component'>, expression: string, codes: Codes): Measurements {
  const parameter = measuredBy(element.code, codes)
  if (!parameter) return { measurements: [], issues: [] }
  if (parameter === 'panel') return readPanel(element, expression, codes)
  const { value, written, issues } = readValue(element, parameter, expression, codes)
  if (value === undefined) return { measurements: [], issues }
  return { measurements: [{ parameter, value, ...(written === undefined ? {} : { written }), expression }], issues }
}

function readPanel(panel: Valued & Pick<Observation, 'component'>, expression: string, codes: Codes): Measurements {
  const parts = (panel.component ?? []).flatMap((component, index) =>
    measuredBy(component.code, codes) === 'systolic' ? [readMeasurements(component, `${expression}.component[${index}]`, codes)] : [],
  )
  if (parts.length === 0)
    return { measurements: [], issues: absent(panel, `${expression}.component`, 'A component with the systolic pressure is expected') }
  return { measurements: parts.flatMap(({ measurements }) => measurements), issues: parts.flatMap(({ issues }) => issues) }
}

function readValue(element: Valued, parameter: Parameter, expression: string, codes: Codes): ReadValue<MeasuredValue> {
  if (parameter === 'consciousness') return readConsciousnessAnswer(element, expression, codes)
  if (parameter === 'oxygen') return readBreathingAnswer(element, expression, codes)
  return readNumber(element, parameter satisfies NumericParameter, expression)
}

/**
 * English names of vital signs and scores for a line of a patient summary, where the sender gave a code and no words. A name that was sent
 * is never replaced, and the resource keeps what was sent.
 */
import type { Codes } from '@helsevev/kernel/codes/codes'
import type { CodeableConcept, Observation } from '@medplum/fhirtypes'
import { type Code, codesOf, hasCode } from './codes.ts'
import { news2Total, subScoreCodes } from './news2/codes.ts'
import {
  bloodPressurePanel,
  breathing,
  consciousness,
  consciousnessAnswers,
  inhaledOxygenFlow,
  inhaledOxygenShare,
  pregnancyStatus,
  pregnant,
  type VitalSignName,
  vitalSigns,
} from './vital-signs.ts'

const ofSigns: Readonly<Record<VitalSignName, string>> = {
  'heart-rate': 'Heart rate',
  systolic: 'Systolic blood pressure',
  diastolic: 'Diastolic blood pressure',
  'mean-arterial-pressure': 'Mean arterial pressure',
  'oxygen-saturation': 'Oxygen saturation',
  glucose: 'Glucose',
  temperature: 'Body temperature',
  weight: 'Body weight',
  height: 'Body height',
  'respiratory-rate': 'Respiratory rate',
  bmi: 'Body mass index',
  'questionnaire-score': 'Questionnaire score',
  frailty: 'Clinical Frailty Scale',
}

const names: readonly (readonly [codes: readonly Code[], name: string])[] = [
  [[news2Total], 'NEWS2 total score'],
  ...Object.entries(subScoreCodes).map(([code, { parameter }]) => [codesOf(code), `NEWS2 score of ${parameter}`] as const),
  ...(Object.keys(ofSigns) as VitalSignName[]).map((sign) => [vitalSigns[sign].codes, ofSigns[sign]] as const),
  [bloodPressurePanel, 'Blood pressure'],
  [consciousness, 'Consciousness'],
  [consciousnessAnswers.A, 'alert'],
  [consciousnessAnswers.C, 'new confusion'],
  [consciousnessAnswers.V, 'responds to voice'],
  [consciousnessAnswers.P, 'responds to pain'],
  [consciousnessAnswers.U, 'unresponsive'],
  [breathing.air, 'Breathes air'],
  [breathing.oxygen, 'Breathes oxygen'],
  [inhaledOxygenShare, 'Inhaled oxygen'],
  [inhaledOxygenFlow, 'Inhaled oxygen flow'],
  [pregnancyStatus, 'Pregnancy status'],
  [pregnant, 'pregnant'],
]

/** The Observation with a name for each code that came without one. */
export function withNames(observation: Observation, codes: Codes): Observation {
  const value = observation.valueCodeableConcept
  return {
    ...observation,
    code: named(observation.code, codes),
    ...(value ? { valueCodeableConcept: named(value, codes) } : {}),
    ...(observation.component
      ? {
          component: observation.component.map((part) => ({
            ...part,
            code: named(part.code, codes),
            ...(part.valueCodeableConcept ? { valueCodeableConcept: named(part.valueCodeableConcept, codes) } : {}),
          })),
        }
      : {}),
  }
}

function named(concept: CodeableConcept, codes: Codes): CodeableConcept {
  if (concept.text !== undefined || concept.coding?.some(({ display }) => display !== undefined)) return concept
  const text = names.find(([wanted]) => hasCode(concept, wanted, codes))?.[1]
  return text === undefined ? concept : { ...concept, text }
}

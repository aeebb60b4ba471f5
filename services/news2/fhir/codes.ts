/** The codes and units of the measurements that a NEWS2 score is made from. */
import { type Code, codesOf } from '@helsevev/clinical/codes'
import type { NumericParameter } from '@helsevev/clinical/news2/chart'
import {
  bloodPressurePanel,
  breathing,
  consciousness,
  inhaledOxygenFlow,
  inhaledOxygenShare,
  vitalSigns,
} from '@helsevev/clinical/vital-signs'

/** A panel holds the systolic pressure as a component. */
export const measurementCodes: Record<NumericParameter | 'consciousness' | 'panel', readonly Code[]> = {
  respiration: vitalSigns['respiratory-rate'].codes,
  saturation: vitalSigns['oxygen-saturation'].codes,
  panel: bloodPressurePanel,
  systolic: vitalSigns.systolic.codes,
  pulse: vitalSigns['heart-rate'].codes,
  temperature: vitalSigns.temperature.codes,
  consciousness,
}

export const inhaledOxygen: readonly Code[] = [...inhaledOxygenShare, ...inhaledOxygenFlow]
export const oxygenCodes: readonly Code[] = [...Object.values(breathing).flat(), ...inhaledOxygen]
export const answerNo: readonly Code[] = codesOf('373067005')

export const allMeasurementCodes: readonly Code[] = [...Object.values(measurementCodes).flat(), ...oxygenCodes]

/** UCUM codes, without annotations, that are taken as the unit of a parameter, and how it is written where a sender has no code. */
export const units: Record<NumericParameter, { ucum: readonly string[]; written: readonly string[] }> = {
  respiration: {
    ucum: ['/min', '1/min'],
    written: ['/min', 'per min', 'per minutt', 'breaths/min', 'pust/min'],
  },
  saturation: { ucum: ['%'], written: ['%', 'prosent', 'percent'] },
  systolic: { ucum: ['mm[Hg]'], written: ['mmhg', 'mm hg', 'mm[hg]'] },
  pulse: {
    ucum: ['/min', '1/min'],
    written: ['/min', 'per min', 'per minutt', 'bpm', 'slag/min', 'beats/min'],
  },
  temperature: { ucum: ['Cel'], written: ['°c', 'c', 'cel', 'grader c', 'degc', 'grader celsius'] },
}

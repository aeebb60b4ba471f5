/** Home measurements as a system for digital home monitoring sends them: one code, UCUM, the device, the source's own identifier. */
import { identifierSystems, LOINC, OBSERVATION_CATEGORY, UCUM } from '@helsevev/clinical/systems'
import type { Observation } from '@medplum/fhirtypes'

export const HOME_SYSTEM = 'https://dho.example/fhir/measurement'

const measured = [
  { code: '8867-4', display: 'Heart rate', unit: '/min', low: 60, step: 1 },
  { code: '2708-6', display: 'Oxygen saturation', unit: '%', low: 88, step: 0.5 },
  { code: '9279-1', display: 'Respiratory rate', unit: '/min', low: 14, step: 0.5 },
  { code: '8310-5', display: 'Body temperature', unit: 'Cel', low: 36.2, step: 0.1 },
  { code: '29463-7', display: 'Body weight', unit: 'kg', low: 70, step: 0.2 },
] as const

export const measuredKinds = measured.length
/** How many values each kind takes. */
export const VALUES = 10

export interface Taken {
  /** Organisation number of the data controller. */
  controller: string
  time: string
  /** Unique at the source. */
  identifier: string
}

/** The measurement of kind number `kind` with its value number `value`. */
export function measurement(kind: number, value: number, { controller, time, identifier }: Taken): Omit<Observation, 'subject'> {
  const { code, display, unit, low, step } = measured[kind] ?? measured[0]
  return {
    resourceType: 'Observation',
    identifier: [{ system: HOME_SYSTEM, value: identifier }],
    status: 'final',
    category: [{ coding: [{ system: OBSERVATION_CATEGORY, code: 'vital-signs' }] }],
    code: { coding: [{ system: LOINC, code, display }] },
    effectiveDateTime: time,
    performer: [{ identifier: { system: identifierSystems.ENH, value: controller } }],
    device: { display: 'Nonin 3230' },
    valueQuantity: { value: Number((low + value * step).toFixed(1)), unit, system: UCUM, code: unit },
  }
}

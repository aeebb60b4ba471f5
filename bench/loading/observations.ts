/**
 * Observations as a record system sends them: seven measurements of one moment, and the NEWS2 score made from them. Sent lean: one
 * code each, the performing organisation by number.
 */

import { scoreBreathing, scoreConsciousness, scoreNumber } from '@helsevev/clinical/news2/score'
import { identifierSystems, LOINC, OBSERVATION_CATEGORY, SNOMED_CT, UCUM } from '@helsevev/clinical/systems'
import { randomFrom } from '@helsevev/server/seed/random'
import { type Measured, measure } from '@helsevev/server/seed/stories/vital-signs'
import type { Observation, Quantity } from '@medplum/fhirtypes'

export const MEASUREMENT_SYSTEM = 'https://ehr.example/fhir/measurement'

/** `score` is made from the seven before it. */
export const kinds = ['respiration', 'saturation', 'oxygen', 'pressure', 'pulse', 'consciousness', 'temperature', 'score'] as const
export type Kind = (typeof kinds)[number]

export type Sent = Omit<Observation, 'subject'>

export interface Moment {
  /** Organisation number of the data controller. */
  controller: string
  /** UTC, such as 2026-05-01T08:00:00Z. */
  time: string
  /** Identifier of the observation of a kind. */
  identifier: (kind: Kind) => string
  /** Reference to the observation of a kind, for the score. */
  reference: (kind: Kind) => string
}

/** The n-th set of values; sets repeat after `VARIANTS`. */
export const VARIANTS = 16

export function observation(kind: Kind, variant: number, moment: Moment): Sent {
  const measured = measure(randomFrom(`bench ${variant}`), (variant % VARIANTS) / VARIANTS)
  return kind === 'score' ? score(measured, moment) : { ...common(kind, 'vital-signs', moment), ...vitalSign(kind, measured) }
}

function common(kind: Kind, category: string, { controller, time, identifier }: Moment) {
  return {
    resourceType: 'Observation' as const,
    identifier: [{ system: MEASUREMENT_SYSTEM, value: identifier(kind) }],
    status: 'final' as const,
    category: [{ coding: [{ system: OBSERVATION_CATEGORY, code: category }] }],
    effectiveDateTime: time,
    performer: [{ identifier: { system: identifierSystems.ENH, value: controller } }],
  }
}

function vitalSign(
  kind: Exclude<Kind, 'score'>,
  measured: Measured,
): Pick<Observation, 'code' | 'valueQuantity' | 'valueCodeableConcept' | 'component'> {
  switch (kind) {
    case 'respiration':
      return { code: loinc('9279-1'), valueQuantity: quantity(measured.respiration, '/min') }
    case 'saturation':
      return { code: loinc('2708-6'), valueQuantity: quantity(measured.saturation, '%') }
    case 'oxygen':
      if (measured.oxygenFlow === 0) return { code: loinc('3150-6'), valueQuantity: quantity(21, '%') }
      return { code: loinc('3151-8'), valueQuantity: quantity(measured.oxygenFlow, 'L/min') }
    case 'pressure':
      return {
        code: loinc('85354-9'),
        component: [
          { code: loinc('8480-6'), valueQuantity: quantity(measured.systolic, 'mm[Hg]') },
          { code: loinc('8462-4'), valueQuantity: quantity(measured.diastolic, 'mm[Hg]') },
        ],
      }
    case 'pulse':
      return { code: loinc('8867-4'), valueQuantity: quantity(measured.pulse, '/min') }
    case 'consciousness':
      return { code: snomed('1104441000000107'), valueCodeableConcept: snomed(answers[measured.consciousness]) }
    case 'temperature':
      return { code: loinc('8310-5'), valueQuantity: quantity(measured.temperature, 'Cel') }
  }
}

const answers = { A: '248234008', C: '130987000', V: '300202002' } as const

function score(measured: Measured, moment: Moment): Sent {
  const breathing = measured.oxygenFlow > 0 ? 'oxygen' : 'air'
  const subScores: [code: string, value: number | undefined][] = [
    ['1104301000000104', scoreNumber('respiration', measured.respiration)],
    ['1104311000000102', scoreNumber('saturation', measured.saturation, 1, breathing)],
    ['1104331000000105', scoreBreathing(breathing)],
    ['1104341000000101', scoreNumber('systolic', measured.systolic)],
    ['1104351000000103', scoreNumber('pulse', measured.pulse)],
    ['1104361000000100', scoreConsciousness(measured.consciousness)],
    ['1104371000000107', scoreNumber('temperature', measured.temperature)],
  ]
  return {
    ...common('score', 'survey', moment),
    code: snomed('1104051000000101'),
    valueQuantity: quantity(
      subScores.reduce((sum, [, value = 0]) => sum + value, 0),
      '{score}',
    ),
    component: subScores.map(([code, value = 0]) => ({ code: snomed(code), valueQuantity: quantity(value, '{score}') })),
    derivedFrom: kinds.filter((kind) => kind !== 'score').map((kind) => ({ reference: moment.reference(kind) })),
  }
}

function quantity(value: number, code: string): Quantity {
  return { value, unit: code, system: UCUM, code }
}

function loinc(code: string) {
  return { coding: [{ system: LOINC, code }] }
}

function snomed(code: string) {
  return { coding: [{ system: SNOMED_CT, code }] }
}

/**
 * The seven measurements of NEWS2 at one moment, and how ill somebody is as one number between 0 (well) and 1 (dying). The numbers
 * are an illustration and no physiology.
 */
import { LOINC, OBSERVATION_CATEGORY, SNOMED_CT, UCUM } from '@helsevev/clinical/systems'
import type { CodeableConcept, Observation, ObservationComponent } from '@medplum/fhirtypes'
import type { Random } from '../random.ts'

export interface Measured {
  respiration: number
  saturation: number
  /** Litres of oxygen a minute; 0 on room air. */
  oxygenFlow: number
  systolic: number
  diastolic: number
  pulse: number
  consciousness: 'A' | 'C' | 'V'
  temperature: number
}

export function measure(random: Random, severity: number): Measured {
  const about = (value: number) => Math.round(value + random.next() * 2 - 1)
  return {
    respiration: about(15 + 13 * severity),
    saturation: Math.min(99, about(97.5 - 7 * severity)),
    oxygenFlow: severity > 0.45 ? 2 : 0,
    systolic: about(132 - 42 * severity),
    diastolic: about(78 - 20 * severity),
    pulse: about(72 + 50 * severity),
    consciousness: severity >= 0.85 ? 'C' : 'A',
    temperature: Math.round((36.8 + 2.6 * severity + random.next() * 0.2) * 10) / 10,
  }
}

const codes = {
  respiration: concept('Respirasjonsfrekvens', '9279-1', '86290005'),
  saturation: concept('Oksygenmetning', '2708-6', '431314004'),
  pressure: concept('Blodtrykk', '85354-9', '75367002'),
  systolic: concept('Systolisk blodtrykk', '8480-6', '271649006'),
  diastolic: concept('Diastolisk blodtrykk', '8462-4', '271650006'),
  pulse: concept('Hjertefrekvens', '8867-4', '364075005'),
  temperature: concept('Kroppstemperatur', '8310-5', '276885007'),
  consciousness: concept('Bevissthet (ACVPU)', undefined, '1104441000000107'),
  oxygenFlow: concept('Oksygentilførsel', '3151-8'),
  oxygenShare: concept('Andel oksygen i innåndingsluft', '3150-6'),
}

const answers = { A: ['248234008', 'Våken'], C: ['130987000', 'Nyoppstått forvirring'], V: ['300202002', 'Reagerer på tiltale'] } as const

/** Measured values as components of a score; diastolic pressure is no part of it. */
export function measuredComponents(measured: Measured): ObservationComponent[] {
  return [
    { code: codes.respiration, valueQuantity: quantity(measured.respiration, '/min') },
    { code: codes.saturation, valueQuantity: quantity(measured.saturation, '%') },
    oxygenComponent(measured),
    { code: codes.systolic, valueQuantity: quantity(measured.systolic, 'mm[Hg]', 'mmHg') },
    { code: codes.pulse, valueQuantity: quantity(measured.pulse, '/min') },
    { code: codes.consciousness, valueCodeableConcept: consciousness(measured) },
    { code: codes.temperature, valueQuantity: quantity(measured.temperature, 'Cel', '°C') },
  ]
}

type VitalSign = Omit<Observation, 'subject' | 'status'>

/** The same as Observations of their own. What the person breathes is one of them, since scale 2 needs it. */
export function measuredObservations(measured: Measured): VitalSign[] {
  const category = [{ coding: [{ system: OBSERVATION_CATEGORY, code: 'vital-signs', display: 'Vital Signs' }] }]
  const vitalSign = (rest: Pick<Observation, 'code' | 'valueQuantity' | 'valueCodeableConcept' | 'component'>): VitalSign => ({
    resourceType: 'Observation',
    category,
    ...rest,
  })
  return [
    vitalSign({ code: codes.respiration, valueQuantity: quantity(measured.respiration, '/min') }),
    vitalSign({ code: codes.saturation, valueQuantity: quantity(measured.saturation, '%') }),
    vitalSign(oxygenComponent(measured)),
    vitalSign({
      code: codes.pressure,
      component: [
        { code: codes.systolic, valueQuantity: quantity(measured.systolic, 'mm[Hg]', 'mmHg') },
        { code: codes.diastolic, valueQuantity: quantity(measured.diastolic, 'mm[Hg]', 'mmHg') },
      ],
    }),
    vitalSign({ code: codes.pulse, valueQuantity: quantity(measured.pulse, '/min') }),
    vitalSign({ code: codes.consciousness, valueCodeableConcept: consciousness(measured) }),
    vitalSign({ code: codes.temperature, valueQuantity: quantity(measured.temperature, 'Cel', '°C') }),
  ]
}

function oxygenComponent({ oxygenFlow }: Measured): Pick<ObservationComponent, 'valueQuantity'> & { code: CodeableConcept } {
  if (oxygenFlow > 0) return { code: codes.oxygenFlow, valueQuantity: quantity(oxygenFlow, 'L/min') }
  return { code: codes.oxygenShare, valueQuantity: quantity(21, '%') }
}

function consciousness(measured: Measured): CodeableConcept {
  const [code, display] = answers[measured.consciousness]
  return { coding: [{ system: SNOMED_CT, code, display }] }
}

function quantity(value: number, code: string, unit = code) {
  return { value, unit, system: UCUM, code }
}

function concept(text: string, loinc?: string, snomed?: string): CodeableConcept {
  return { coding: [...(loinc ? [{ system: LOINC, code: loinc }] : []), ...(snomed ? [{ system: SNOMED_CT, code: snomed }] : [])], text }
}

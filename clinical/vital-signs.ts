/**
 * Vital signs and other measurements of a person: the codes they come under, and the unit they are compared and drawn in (vkpobservation
 * 0.5 and no-domain vitalsigns 0.9 of HL7 Norge, read 2026-08). Senders use any of the codes, and some use LOINC only or SNOMED CT only.
 */
import { type Code, codesOf } from './codes.ts'
import { NLK } from './systems.ts'

export interface VitalSign {
  /** The first is the code that a trend is kept under. */
  codes: readonly Code[]
  /** UCUM. */
  unit: string
  decimals: 0 | 1 | 2
}

const sign = (unit: string, decimals: VitalSign['decimals'], ...codes: readonly Code[]): VitalSign => ({ codes, unit, decimals })

export const vitalSigns = {
  'heart-rate': sign('/min', 0, ...codesOf('8867-4', '364075005', '78564009')),
  systolic: sign('mm[Hg]', 0, ...codesOf('8480-6', '271649006', '4471000202106')),
  diastolic: sign('mm[Hg]', 0, ...codesOf('8462-4', '271650006', '4481000202108')),
  'mean-arterial-pressure': sign('mm[Hg]', 0, ...codesOf('8478-0', '4501000202102')),
  'oxygen-saturation': sign('%', 0, ...codesOf('2708-6', '59408-5', '431314004')),
  glucose: sign('mmol/L', 1, ...codesOf('15074-8', '434912009'), { system: NLK, code: 'NPU02187' }),
  temperature: sign('Cel', 1, ...codesOf('8310-5', '276885007', '386725007')),
  // 29563-7 is a misprint of the Norwegian guide for 29463-7.
  weight: sign('kg', 1, ...codesOf('29463-7', '27113001', '29563-7')),
  height: sign('cm', 0, ...codesOf('8302-2', '1153637007')),
  'respiratory-rate': sign('/min', 0, ...codesOf('9279-1', '86290005', '271625008')),
  bmi: sign('kg/m2', 1, ...codesOf('39156-5')),
  'questionnaire-score': sign('1', 0, ...codesOf('74465-6')),
  frailty: sign('1', 0, ...codesOf('763264000')),
} as const satisfies Record<string, VitalSign>

export type VitalSignName = keyof typeof vitalSigns

/** Blood pressure is a panel: its numbers are components. */
export const bloodPressurePanel: readonly Code[] = codesOf('85354-9', '75367002')

/** ACVPU: alert, new confusion, responds to voice, responds to pain, unresponsive. */
export type Consciousness = 'A' | 'C' | 'V' | 'P' | 'U'

export const consciousness: readonly Code[] = codesOf('67775-7', '1104441000000107')
export const consciousnessAnswers: Readonly<Record<Consciousness, readonly Code[]>> = {
  A: codesOf('LA9340-6', '248234008'),
  C: codesOf('LA6560-2', '130987000'),
  V: codesOf('LA17108-4', '300202002'),
  P: codesOf('LA17107-6', '450847001'),
  U: codesOf('LA9343-0', '422768004'),
}

/** What a patient breathes: stated by the code alone, or by an amount (share of oxygen in the air, or flow). */
export type Breathing = 'air' | 'oxygen'

export const breathing = {
  air: codesOf('722742002'),
  oxygen: codesOf('371825009'),
} as const satisfies Record<Breathing, readonly Code[]>
export const inhaledOxygenShare: readonly Code[] = codesOf('3150-6')
export const inhaledOxygenFlow: readonly Code[] = codesOf('3151-8')

/** International patient summary: pregnancy status, and the answer pregnant. */
export const pregnancyStatus: readonly Code[] = codesOf('82810-3')
export const pregnant: readonly Code[] = codesOf('LA15173-0', '77386006')

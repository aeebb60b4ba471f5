/**
 * The codes of NEWS2: sub-scores, measurements with their equivalents, answers and units. The score's own codes are those of the UK
 * extension of SNOMED CT, which the Norwegian profile uses while a national code is pending (HL7Norway/VkpObservation); answers
 * follow HL7 UK Core (ACVPU, inspired oxygen), or LOINC's answer codes where a sender has LOINC only.
 */
import type { Codes } from '@helsevev/kernel/codes/codes'
import type { CodeableConcept, Coding } from '@medplum/fhirtypes'
import type { Breathing, Consciousness, NumericParameter, Parameter, Scale } from '../model/chart.ts'

export const sct = 'http://snomed.info/sct'
export const loinc = 'http://loinc.org'
export const ucum = 'http://unitsofmeasure.org'
export const observationCategory = 'http://terminology.hl7.org/CodeSystem/observation-category'

export interface Code {
  system: string
  code: string
}

export const totalCode = '1104051000000101'

export const subScoreCodes: Record<string, { parameter: Parameter; scale?: Scale }> = {
  '1104301000000104': { parameter: 'respiration' },
  '1104311000000102': { parameter: 'saturation', scale: 1 },
  '1104321000000108': { parameter: 'saturation', scale: 2 },
  '1104331000000105': { parameter: 'oxygen' },
  '1104341000000101': { parameter: 'systolic' },
  '1104351000000103': { parameter: 'pulse' },
  '1104361000000100': { parameter: 'consciousness' },
  '1104371000000107': { parameter: 'temperature' },
}

/** LOINC first. A panel holds the systolic pressure as a component. */
export const measurementCodes: Record<NumericParameter | 'consciousness' | 'panel', readonly Code[]> = {
  respiration: of('9279-1', '86290005', '271625008'),
  saturation: of('2708-6', '59408-5', '431314004'),
  panel: of('85354-9', '75367002'),
  systolic: of('8480-6', '271649006', '4471000202106'),
  pulse: of('8867-4', '364075005', '78564009'),
  temperature: of('8310-5', '276885007', '386725007'),
  consciousness: of('67775-7', '1104441000000107'),
}

/** What a patient breathes is told by the code alone, or by an amount: share of oxygen in the air, or flow. */
export const breathingCodes: Record<Breathing, Code> = {
  air: { system: sct, code: '722742002' },
  oxygen: { system: sct, code: '371825009' },
}
export const inhaledOxygenShare: Code = { system: loinc, code: '3150-6' }
export const inhaledOxygenFlow: Code = { system: loinc, code: '3151-8' }
export const answerNo: Code = { system: sct, code: '373067005' }

export const allMeasurementCodes: readonly Code[] = [
  ...Object.values(measurementCodes).flat(),
  ...Object.values(breathingCodes),
  inhaledOxygenShare,
  inhaledOxygenFlow,
]

export const consciousnessAnswers: Record<Consciousness, readonly Code[]> = {
  A: of('LA9340-6', '248234008'),
  C: of('LA6560-2', '130987000'),
  V: of('LA17108-4', '300202002'),
  P: of('LA17107-6', '450847001'),
  U: of('LA9343-0', '422768004'),
}

/** International patient summary: pregnancy status, and the answer pregnant. */
export const pregnancyStatus: readonly Code[] = of('82810-3')
export const pregnant: readonly Code[] = of('LA15173-0', '77386006')

/** UCUM codes taken as the unit of a parameter, and the ways it is written where a sender has no code. */
export const units: Record<NumericParameter, { ucum: readonly string[]; written: readonly string[] }> = {
  respiration: {
    ucum: ['/min', '{breaths}/min', '{resp}/min', '1/min'],
    written: ['/min', 'per min', 'per minutt', 'breaths/min', 'pust/min'],
  },
  saturation: { ucum: ['%'], written: ['%', 'prosent', 'percent'] },
  systolic: { ucum: ['mm[Hg]'], written: ['mmhg', 'mm hg', 'mm[hg]'] },
  pulse: {
    ucum: ['/min', '{beats}/min', '{beat}/min', '1/min'],
    written: ['/min', 'per min', 'per minutt', 'bpm', 'slag/min', 'beats/min'],
  },
  temperature: { ucum: ['Cel'], written: ['°c', 'c', 'cel', 'grader c', 'degc', 'grader celsius'] },
}

/** For the places that have no reference tables: every spelling stands for itself. */
export const codesAsWritten: Codes = {
  canonical: (system) => system,
  display: () => undefined,
  known: () => false,
  equivalents: (system, code) => [{ system, code }],
}

/** Whether a concept has one of the codes, in any spelling of the system and through the kernel's equivalences. */
export function hasCode(concept: CodeableConcept | undefined, wanted: readonly Code[], codes: Codes): boolean {
  return (concept?.coding ?? []).some((coding) => isOneOf(coding, wanted, codes))
}

export function isOneOf(coding: Coding, wanted: readonly Code[], codes: Codes): boolean {
  if (!coding.system || !coding.code) return false
  const meanings = codes.equivalents(codes.canonical(coding.system), coding.code)
  return wanted.some(({ system, code }) => meanings.some((meaning) => meaning.system === codes.canonical(system) && meaning.code === code))
}

function of(...codes: string[]): readonly Code[] {
  return codes.map((code) => ({ system: code.includes('-') ? loinc : sct, code }))
}

/**
 * Codes of a NEWS2 score. They are those of the UK extension of SNOMED CT, which the Norwegian profile uses while a national code is
 * pending (HL7Norway/VkpObservation).
 */
import { SNOMED_CT } from '../systems.ts'
import type { Parameter, Scale } from './chart.ts'

export const totalCode = '1104051000000101'
export const news2Total = { system: SNOMED_CT, code: totalCode } as const
/** The total of the score before NEWS2, in LOINC. */
export const formerTotalCode = '88330-6'

export const subScoreCodes: Readonly<Record<string, { parameter: Parameter; scale?: Scale }>> = {
  '1104301000000104': { parameter: 'respiration' },
  '1104311000000102': { parameter: 'saturation', scale: 1 },
  '1104321000000108': { parameter: 'saturation', scale: 2 },
  '1104331000000105': { parameter: 'oxygen' },
  '1104341000000101': { parameter: 'systolic' },
  '1104351000000103': { parameter: 'pulse' },
  '1104361000000100': { parameter: 'consciousness' },
  '1104371000000107': { parameter: 'temperature' },
}

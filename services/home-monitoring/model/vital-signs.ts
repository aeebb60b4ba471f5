/**
 * What is measured at home: codes with their equivalents, the one unit that values are compared and drawn in, and bounds outside which a value is
 * hardly a person's (vkpobservation 0.5, no-domain vitalsigns 0.9 at HL7 Norge, read 2026-08; the bounds are ours).
 */

export const LOINC = 'http://loinc.org'
export const SCT = 'http://snomed.info/sct'
export const NLK = 'urn:oid:2.16.578.1.12.4.1.1.7280'

export type KindName =
  | 'heart-rate'
  | 'systolic'
  | 'diastolic'
  | 'mean-arterial-pressure'
  | 'oxygen-saturation'
  | 'glucose'
  | 'temperature'
  | 'weight'
  | 'height'
  | 'respiratory-rate'
  | 'bmi'
  | 'questionnaire-score'
  | 'frailty'

export interface Kind {
  name: KindName
  /** The first is the code that trends are kept under. */
  codes: readonly (readonly [system: string, code: string])[]
  /** UCUM. */
  unit: string
  decimals: 0 | 1 | 2
  /** Both ends included. */
  plausible: readonly [low: number, high: number]
}

const kind = (name: KindName, codes: Kind['codes'], unit: string, decimals: Kind['decimals'], plausible: Kind['plausible']): Kind => ({
  name,
  codes,
  unit,
  decimals,
  plausible,
})
const of = (loinc: string | undefined, ...snomed: string[]): Kind['codes'] => [
  ...(loinc === undefined ? [] : [[LOINC, loinc] as const]),
  ...snomed.map((code) => [SCT, code] as const),
]

export const kinds: readonly Kind[] = [
  kind('heart-rate', of('8867-4', '364075005', '78564009'), '/min', 0, [20, 300]),
  kind('systolic', of('8480-6', '271649006', '4471000202106'), 'mm[Hg]', 0, [40, 300]),
  kind('diastolic', of('8462-4', '271650006', '4481000202108'), 'mm[Hg]', 0, [20, 200]),
  kind('mean-arterial-pressure', of('8478-0', '4501000202102'), 'mm[Hg]', 0, [20, 250]),
  kind('oxygen-saturation', [...of('2708-6', '431314004'), [LOINC, '59408-5']], '%', 0, [50, 100]),
  kind('glucose', [...of('15074-8', '434912009'), [NLK, 'NPU02187']], 'mmol/L', 1, [0.5, 60]),
  kind('temperature', of('8310-5', '276885007', '386725007'), 'Cel', 1, [25, 45]),
  kind('weight', [...of('29463-7', '27113001'), [LOINC, '29563-7']], 'kg', 1, [0.3, 400]),
  kind('height', of('8302-2', '1153637007'), 'cm', 0, [20, 260]),
  kind('respiratory-rate', of('9279-1', '86290005', '271625008'), '/min', 0, [3, 80]),
  kind('bmi', of('39156-5'), 'kg/m2', 1, [8, 100]),
  kind('questionnaire-score', of('74465-6'), '1', 0, [-1000, 1000]),
  kind('frailty', of(undefined, '763264000'), '1', 0, [1, 9]),
]

/** Blood pressure is a panel: its numbers are components. */
export const panelCodes: Kind['codes'] = of('85354-9', '75367002')
export const consciousnessCodes: Kind['codes'] = [...of('67775-7', '1104441000000107')]

const byCode = new Map(kinds.flatMap((one) => one.codes.map(([system, code]) => [`${system}|${code}`, one] as const)))
const byName = new Map(kinds.map((one) => [one.name as string, one]))

export function kindOfCode(system: string | undefined, code: string | undefined): Kind | undefined {
  return byCode.get(`${system}|${code}`)
}

export function kindNamed(name: string): Kind | undefined {
  return byName.get(name)
}

/** `{system}|{code}` that its days are kept under (Measurement.code). */
export function trendCode({ codes: [first] }: Kind): string {
  return first ? `${first[0]}|${first[1]}` : ''
}

/** What is measured at home, with bounds outside which a value is hardly a person's. The bounds are ours. */
import { type VitalSign, type VitalSignName, vitalSigns } from '@helsevev/clinical/vital-signs'

export type KindName = VitalSignName

export interface Kind extends VitalSign {
  name: KindName
  /** Both ends are included. */
  plausible: Bounds
}

type Bounds = readonly [low: number, high: number]

const plausible: Readonly<Record<KindName, Bounds>> = {
  'heart-rate': [20, 300],
  systolic: [40, 300],
  diastolic: [20, 200],
  'mean-arterial-pressure': [20, 250],
  'oxygen-saturation': [50, 100],
  glucose: [0.5, 60],
  temperature: [25, 45],
  weight: [0.3, 400],
  height: [20, 260],
  'respiratory-rate': [3, 80],
  bmi: [8, 100],
  'questionnaire-score': [-1000, 1000],
  frailty: [1, 9],
}

export const kinds: readonly Kind[] = (Object.keys(plausible) as KindName[]).map((name) => ({
  name,
  ...vitalSigns[name],
  plausible: plausible[name],
}))

const byCode = new Map(kinds.flatMap((one) => one.codes.map(({ system, code }) => [`${system}|${code}`, one] as const)))
const byName = new Map(kinds.map((one) => [one.name as string, one]))

export function kindOfCode(system: string | undefined, code: string | undefined): Kind | undefined {
  return byCode.get(`${system}|${code}`)
}

export function kindNamed(name: string): Kind | undefined {
  return byName.get(name)
}

/** `{system}|{code}` under which the days of the trend are kept (Measurement.code). */
export function trendCode({ codes: [first] }: Kind): string {
  return first ? `${first.system}|${first.code}` : ''
}

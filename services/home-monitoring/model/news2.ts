/**
 * NEWS2 of one session's vital signs, all seven of them, on saturation scale 1 (Royal College of Physicians 2017). Never from some of them: a sum
 * with a part missing looks like a lower score. docs/decisions/0022-news2-from-home-measurements.md
 */

export interface VitalSigns {
  respiratoryRate: number
  oxygenSaturation: number
  oxygen: boolean
  systolic: number
  heartRate: number
  /** Alert; anything else scores 3. */
  alert: boolean
  temperature: number
}

type Parameter = 'respiratoryRate' | 'oxygenSaturation' | 'systolic' | 'heartRate' | 'temperature'

/** `[highest value of the band, score]`, from the lowest band up; the last holds for all above. */
const bands: Readonly<Record<Parameter, readonly (readonly [to: number, score: 0 | 1 | 2 | 3])[]>> = {
  respiratoryRate: [
    [8, 3],
    [11, 1],
    [20, 0],
    [24, 2],
    [Infinity, 3],
  ],
  oxygenSaturation: [
    [91, 3],
    [93, 2],
    [95, 1],
    [Infinity, 0],
  ],
  systolic: [
    [90, 3],
    [100, 2],
    [110, 1],
    [219, 0],
    [Infinity, 3],
  ],
  heartRate: [
    [40, 3],
    [50, 1],
    [90, 0],
    [110, 1],
    [130, 2],
    [Infinity, 3],
  ],
  temperature: [
    [35.0, 3],
    [36.0, 1],
    [38.0, 0],
    [39.0, 1],
    [Infinity, 2],
  ],
}

export interface News2 {
  total: number
  /** The highest single sub-score. */
  worst: number
  subScores: Readonly<Record<Parameter | 'oxygen' | 'consciousness', number>>
}

/** Numbers are rounded as the chart is read: whole, the temperature to one decimal. */
export function news2Of(signs: VitalSigns): News2 {
  const score = (parameter: Parameter) => {
    const factor = parameter === 'temperature' ? 10 : 1
    const value = Math.round(Number((signs[parameter] * factor).toPrecision(12))) / factor
    return bands[parameter].find(([to]) => value <= to)?.[1] ?? 3
  }
  const subScores = {
    respiratoryRate: score('respiratoryRate'),
    oxygenSaturation: score('oxygenSaturation'),
    oxygen: signs.oxygen ? 2 : 0,
    systolic: score('systolic'),
    heartRate: score('heartRate'),
    consciousness: signs.alert ? 0 : 3,
    temperature: score('temperature'),
  }
  const scores = Object.values(subScores)
  return { total: scores.reduce((sum, one) => sum + one, 0), worst: Math.max(...scores), subScores }
}

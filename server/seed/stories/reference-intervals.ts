/**
 * Reference intervals by sex and age as laboratories print them, and the estimate of kidney function. Only what a source gives: the
 * analyses of children for which none was found are not among their answers.
 *
 * - Adults: NORIP (Rustad et al., Scand J Clin Lab Invest 2004;64:271–84) for haemoglobin, sodium and creatinine; potassium 3,5–5,0 as
 *   Unilabs Norway prints it (NORIP: 3,6–4,6 in serum); HbA1c is 4,0–6,0 % turned by the master equation of IFCC.
 * - Leukocytes: Sykehuset i Vestfold, D06967 (2015). C-reactive protein: < 5 mg/L at Norwegian hospitals.
 * - Haemoglobin of children: Region Halland, Klinisk kemi 231212.
 */

export interface Patient {
  gender: 'male' | 'female'
  /** Whole years on the day of the specimen. */
  age: number
}

export interface Limits {
  /** As printed, with a comma. */
  text: string
  low?: number
  high?: number
}

interface Row {
  nlk: string
  gender?: Patient['gender']
  from: number
  /** The age itself is not included. */
  to?: number
  text: string
}

// biome-ignore format: a table, one row to a line
const rows: readonly Row[] = [
  { nlk: 'NOR05172', from: 1,  to: 5,                    text: '10,7 - 13,4' },
  { nlk: 'NOR05172', from: 5,  to: 8,                    text: '11,0 - 13,7' },
  { nlk: 'NOR05172', from: 8,  to: 10,                   text: '11,4 - 14,0' },
  { nlk: 'NOR05172', from: 10, to: 12,                   text: '11,8 - 14,8' },
  { nlk: 'NOR05172', from: 12, to: 18, gender: 'female', text: '11,6 - 14,9' },
  { nlk: 'NOR05172', from: 12, to: 16, gender: 'male',   text: '12,0 - 16,0' },
  { nlk: 'NOR05172', from: 16, to: 18, gender: 'male',   text: '13,0 - 17,0' },
  { nlk: 'NOR05172', from: 18,         gender: 'female', text: '11,7 - 15,3' },
  { nlk: 'NOR05172', from: 18,         gender: 'male',   text: '13,4 - 17,0' },
  { nlk: 'NPU02593', from: 1,  to: 3,                    text: '6,0 - 17,0' },
  { nlk: 'NPU02593', from: 3,  to: 7,                    text: '5,0 - 15,0' },
  { nlk: 'NPU02593', from: 7,  to: 16,                   text: '4,5 - 14,0' },
  { nlk: 'NPU02593', from: 16,                           text: '3,5 - 10,0' },
  { nlk: 'NPU19748', from: 1,                            text: '< 5' },
  { nlk: 'NPU03429', from: 18,                           text: '137 - 145' },
  { nlk: 'NPU03230', from: 18,                           text: '3,5 - 5,0' },
  { nlk: 'NPU04998', from: 18,         gender: 'female', text: '45 - 90' },
  { nlk: 'NPU04998', from: 18,         gender: 'male',   text: '60 - 105' },
  { nlk: 'NOR25909', from: 18,                           text: '> 60' },
  { nlk: 'NPU27300', from: 18,                           text: '20 - 42' },
]

/** Undefined when no source gives one for such a patient. */
export function referenceInterval(nlk: string, { gender, age }: Patient): Limits | undefined {
  const row = rows.find((one) => one.nlk === nlk && one.from <= age && age < (one.to ?? 200) && (one.gender ?? gender) === gender)
  if (!row) return undefined
  const [, below, above, low, high] = /^(?:< (\S+)|> (\S+)|(\S+) - (\S+))$/.exec(row.text) ?? []
  return { text: row.text, ...limit('low', above ?? low), ...limit('high', below ?? high) }
}

function limit(name: 'low' | 'high', text: string | undefined): Partial<Limits> {
  return text === undefined ? {} : { [name]: Number(text.replace(',', '.')) }
}

/** List 8244: 1 over, 2 under. The limit itself is outside where it stands with a sign, as in `< 5`. */
export function deviationOf(value: number, { text, low, high }: Limits): 1 | 2 | undefined {
  const isBound = /^[<>]/.test(text)
  if (high !== undefined && (value > high || (isBound && value === high))) return 1
  if (low !== undefined && (value < low || (isBound && value === low))) return 2
  return undefined
}

/**
 * Estimated glomerular filtration rate in mL/min/1,73 m² from creatinine in µmol/L: CKD-EPI 2009 (Levey et al., Ann Intern Med
 * 2009;150:604–12), the formula behind NOR25909, without its factor for ethnicity. For adults only.
 */
export function estimatedGfr(creatinine: number, { gender, age }: Patient): number {
  const { kappa, alpha, sex } = gender === 'female' ? { kappa: 0.7, alpha: -0.329, sex: 1.018 } : { kappa: 0.9, alpha: -0.411, sex: 1 }
  const ratio = creatinine / 88.4 / kappa
  return Math.round(141 * Math.min(ratio, 1) ** alpha * Math.max(ratio, 1) ** -1.209 * 0.993 ** age * sex)
}

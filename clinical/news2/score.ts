/** Computes a NEWS2 score from measured values or sub-scores: pure functions over the chart. */
import type { Breathing, Consciousness } from '../vital-signs.ts'
import {
  type Band,
  breathingScores,
  columnOf,
  consciousnessScores,
  legalScores,
  type Monitoring,
  type NumericParameter,
  type Parameter,
  parameters,
  type Scale,
  type Score,
  thresholds,
} from './chart.ts'

/** What a sub-score rests on: a measured value, a band named in words next to the sent sub-score, or the sent sub-score alone. */
export type Basis = 'measured' | 'band-text' | 'sent'

export interface SubScore {
  parameter: Parameter
  score: Score
  basis: Basis
}

export type NotApplicable = 'age' | 'pregnancy'

export interface Result {
  subScores: SubScore[]
  missing: Parameter[]
  /** Absent when a parameter is missing, or when NEWS2 does not apply to the patient. */
  total?: number
  band?: Band
  /** Present when a parameter is missing: the sum of the others, which is not a total, and the band that it already reaches. */
  partialSum?: number
  bandAtLeast?: Band
  /** The parameters with the highest score, when that is above 0. */
  worst?: { score: Score; parameters: Parameter[] }
  notApplicable: NotApplicable[]
}

/**
 * Rounds halves up to the decimals of the chart. `toPrecision` comes first: 35.05 is 35.049… in binary, although the thermometer showed
 * 35.05.
 */
function roundForChart(value: number, decimals: 0 | 1): number {
  const factor = 10 ** decimals
  return Math.round(Number((value * factor).toPrecision(12))) / factor
}

/** The score of a measured number; undefined when saturation on scale 2 needs to know what the patient breathes. */
export function scoreNumber(parameter: NumericParameter, value: number, scale: Scale = 1, breathing?: Breathing): Score | undefined {
  const { decimals, rows } = columnOf(parameter, scale)
  const rounded = roundForChart(value, decimals)
  const row = rows.find(
    ({ from = Number.NEGATIVE_INFINITY, to = Number.POSITIVE_INFINITY, breathing: only }) =>
      from <= rounded && rounded <= to && (only === undefined || only === breathing),
  )
  return row?.score
}

export function scoreBreathing(breathing: Breathing): Score {
  return breathingScores[breathing]
}

export function scoreConsciousness(consciousness: Consciousness): Score {
  return consciousnessScores[consciousness]
}

/** Whether a parameter can have the score at all: air or oxygen is 0 or 2, consciousness 0 or 3. */
export function isLegal(parameter: Parameter, score: number): score is Score {
  return legalScores[parameter].has(score)
}

/** The total, the worst single parameter and the band of the sub-scores found. */
export function assess(subScores: SubScore[], notApplicable: NotApplicable[] = []): Result {
  const missing = parameters.filter((parameter) => !subScores.some((found) => found.parameter === parameter))
  if (notApplicable.length > 0) return { subScores, missing, notApplicable }
  const sum = subScores.reduce((total, { score }) => total + score, 0)
  const worst = worstOf(subScores)
  const band = bandOf(sum, worst?.score ?? 0)
  const result: Result = { subScores, missing, notApplicable, ...(worst ? { worst } : {}) }
  return missing.length === 0 ? { ...result, total: sum, band } : { ...result, partialSum: sum, bandAtLeast: band }
}

/** The band of a total and of the highest single score in it. */
export function bandOf(total: number, worst: Score): Band {
  const row = thresholds.find((threshold) => (threshold.worst === undefined ? total >= (threshold.total ?? 0) : worst >= threshold.worst))
  return row?.band ?? 'band-0'
}

/** The least frequent monitoring for a band. */
export function monitoringOf(band: Band): Monitoring {
  return thresholds.find((threshold) => threshold.band === band)?.monitoring ?? 'every-12-hours'
}

/** The totals that are possible when only some sub-scores are known. */
export function possibleTotals({ subScores, missing }: Pick<Result, 'subScores' | 'missing'>): { from: number; to: number } {
  const from = subScores.reduce((sum, { score }) => sum + score, 0)
  return { from, to: missing.reduce((sum, parameter) => sum + Math.max(...legalScores[parameter]), from) }
}

function worstOf(subScores: SubScore[]): Result['worst'] {
  const score = subScores.reduce<Score>((highest, found) => (found.score > highest ? found.score : highest), 0)
  if (score === 0) return undefined
  return { score, parameters: subScores.filter((found) => found.score === score).map(({ parameter }) => parameter) }
}

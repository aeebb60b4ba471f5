/**
 * The NEWS2 scoring system as data. Royal College of Physicians, National Early Warning Score (NEWS) 2, 2017, chart 1 (bands) and
 * chart 4 (thresholds and least frequency of monitoring). The thresholds are fixed: no controller and no setting moves them.
 */
import type { Breathing, Consciousness } from '../vital-signs.ts'

export type Score = 0 | 1 | 2 | 3

/** 1 is the ordinary saturation scale; 2 is for documented hypercapnic respiratory failure with a target of 88–92 %. */
export type Scale = 1 | 2

export const parameters = ['respiration', 'saturation', 'oxygen', 'systolic', 'pulse', 'consciousness', 'temperature'] as const
export type Parameter = (typeof parameters)[number]

/** A row of the chart: measured values from and to, both included, and their score. */
interface Row {
  score: Score
  from?: number
  to?: number
  /** For saturation scale 2 from 93 %: what the patient breathes decides. */
  breathing?: Breathing
}

export interface Column {
  /** UCUM. */
  unit: string
  /** Decimals of the chart; a value is rounded to these, halves up, before it is looked up. */
  decimals: 0 | 1
  /** A value outside these limits is not a measurement of the parameter; the limits are ours, wider than any patient. */
  possible: { from: number; to: number }
  rows: readonly Row[]
}

export type NumericParameter = 'respiration' | 'saturation' | 'systolic' | 'pulse' | 'temperature'

/** No living patient is measured below 10 %; a share such as 0.97 is, and would score 3 points. */
const saturation = { unit: '%', decimals: 0, possible: { from: 10, to: 100 } } as const

export const columns: Record<Exclude<NumericParameter, 'saturation'>, Column> & { saturation: Record<Scale, Column> } = {
  respiration: {
    unit: '/min',
    decimals: 0,
    possible: { from: 0, to: 150 },
    rows: [
      { score: 3, to: 8 },
      { score: 1, from: 9, to: 11 },
      { score: 0, from: 12, to: 20 },
      { score: 2, from: 21, to: 24 },
      { score: 3, from: 25 },
    ],
  },
  saturation: {
    1: {
      ...saturation,
      rows: [
        { score: 3, to: 91 },
        { score: 2, from: 92, to: 93 },
        { score: 1, from: 94, to: 95 },
        { score: 0, from: 96 },
      ],
    },
    2: {
      ...saturation,
      rows: [
        { score: 3, to: 83 },
        { score: 2, from: 84, to: 85 },
        { score: 1, from: 86, to: 87 },
        { score: 0, from: 88, to: 92 },
        { score: 0, from: 93, breathing: 'air' },
        { score: 1, from: 93, to: 94, breathing: 'oxygen' },
        { score: 2, from: 95, to: 96, breathing: 'oxygen' },
        { score: 3, from: 97, breathing: 'oxygen' },
      ],
    },
  },
  systolic: {
    unit: 'mm[Hg]',
    decimals: 0,
    possible: { from: 0, to: 400 },
    rows: [
      { score: 3, to: 90 },
      { score: 2, from: 91, to: 100 },
      { score: 1, from: 101, to: 110 },
      { score: 0, from: 111, to: 219 },
      { score: 3, from: 220 },
    ],
  },
  pulse: {
    unit: '/min',
    decimals: 0,
    possible: { from: 0, to: 400 },
    rows: [
      { score: 3, to: 40 },
      { score: 1, from: 41, to: 50 },
      { score: 0, from: 51, to: 90 },
      { score: 1, from: 91, to: 110 },
      { score: 2, from: 111, to: 130 },
      { score: 3, from: 131 },
    ],
  },
  temperature: {
    unit: 'Cel',
    decimals: 1,
    possible: { from: 10, to: 50 },
    rows: [
      { score: 3, to: 35.0 },
      { score: 1, from: 35.1, to: 36.0 },
      { score: 0, from: 36.1, to: 38.0 },
      { score: 1, from: 38.1, to: 39.0 },
      { score: 2, from: 39.1 },
    ],
  },
}

export const breathingScores: Record<Breathing, Score> = { air: 0, oxygen: 2 }
export const consciousnessScores: Record<Consciousness, Score> = { A: 0, C: 3, V: 3, P: 3, U: 3 }

/** The scores that a parameter can have; a saturation score of an unknown scale may have those of either scale. */
export const legalScores: Record<Parameter, ReadonlySet<number>> = {
  respiration: scoresOf(columns.respiration),
  saturation: scoresOf(columns.saturation[1]),
  oxygen: new Set(Object.values(breathingScores)),
  systolic: scoresOf(columns.systolic),
  pulse: scoresOf(columns.pulse),
  consciousness: new Set(Object.values(consciousnessScores)),
  temperature: scoresOf(columns.temperature),
}

function scoresOf(column: Column): ReadonlySet<number> {
  return new Set(column.rows.map((row) => row.score))
}

export function columnOf(parameter: NumericParameter, scale: Scale): Column {
  return parameter === 'saturation' ? columns.saturation[scale] : columns[parameter]
}

export const bands = ['band-0', 'band-1-4', 'single-3', 'band-5-6', 'band-7'] as const
export type Band = (typeof bands)[number]

export type Monitoring = 'every-12-hours' | 'every-4-6-hours' | 'every-hour' | 'continuous'

/** Chart 4, gravest first; the first row that applies is the band. `worst` is a score of 3 in any one parameter. */
export const thresholds: readonly { band: Band; total?: number; worst?: Score; monitoring: Monitoring }[] = [
  { band: 'band-7', total: 7, monitoring: 'continuous' },
  { band: 'band-5-6', total: 5, monitoring: 'every-hour' },
  { band: 'single-3', worst: 3, monitoring: 'every-hour' },
  { band: 'band-1-4', total: 1, monitoring: 'every-4-6-hours' },
  { band: 'band-0', total: 0, monitoring: 'every-12-hours' },
]

/** NEWS2 does not apply below this age, nor in pregnancy (Royal College of Physicians 2017). */
export const lowestAge = 16

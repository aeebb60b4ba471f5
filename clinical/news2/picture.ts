/**
 * One picture of how a patient is, from every NEWS2 score of any maker, and from single measurements outside the person's own limits.
 * Pure: the header, the panel and the list of the unit all use it, so that they cannot disagree. docs/decisions/0059-one-picture.md
 */
import { type Band, bands, type Parameter, type Scale, type Score } from './chart.ts'

const HOUR_MS = 3_600_000

/** A day without a score: twice the longest interval of any band, so no interval has been kept. */
export const OLD_AFTER_HOURS = 24
/** A controller may set another limit: the longest interval between scores of any band (Royal College of Physicians 2017, chart 4). */
export const ACT_WITHIN_HOURS = 12

/** The points of one parameter, and what they were given for. */
export interface SubScore {
  parameter: Parameter
  score: Score
  /** A number in the unit of the chart, `air`, `oxygen`, or a letter of ACVPU. */
  measured?: number | string
  /** A measured number with the digits that were sent. */
  written?: string
}

/** A score as its source states it: with a total where the whole is known, and with the level where no more is known, as in a list. */
export interface Reading {
  id: string
  /** ISO 8601; a date alone where the sender stated no time. */
  time: string
  source?: string
  /** Whether it was computed from measurements, and nobody has assessed the patient. */
  computed: boolean
  /** The scale of saturation, where the sender stated it. */
  scale?: Scale
  total?: number
  band?: Band
  /** Whether the level is that of a whole score; otherwise it is the gravest that is known. */
  certain: boolean
  /** NEWS2 is not for the person: under sixteen, or pregnant. */
  notApplicable?: boolean
  /** The same measurements on scale 2; computed scores only. */
  onScale2?: { total?: number; band: Band; saturation?: Score }
  subScores?: readonly SubScore[]
  /** From the score before it, where only the direction is known, as in a list. */
  trend?: 'up' | 'down' | 'same'
  /** The number of hours in which the controller's text on what to do applies. */
  actWithinHours?: number
}

/** The newest measurement of a kind, when it is outside the person's own limit. */
export interface Exceeded {
  kind: string
  time: string
  value?: number
  /** The value with the digits that were sent. */
  written?: string
  unit?: string
  low?: number
  high?: number
  /** The number of digits after the point with which the limits were set. */
  decimals?: number
  source?: string
}

export interface Picture {
  /** Newest first; a computed score is on the scale that applies to the person. */
  scores: Reading[]
  /** What stands for the present. */
  current?: Reading
  /** The newest score with a level before the current one. */
  before?: Reading
  /** From before to now; more is worse. */
  direction?: 'up' | 'down' | 'same'
  /** Newest first, and none that is a day old. */
  exceeded: Exceeded[]
  /** Whether the current score is more than a day old. */
  old: boolean
  /** Whether the current score is recent enough for a text about what to do. */
  actionable: boolean
}

/** What a service has about how a patient is. */
export interface Told {
  readings: readonly Reading[]
  exceeded: readonly Exceeded[]
}

export function pictureOf(readings: readonly Reading[], exceeded: readonly Exceeded[], now: Date): Picture {
  const scores = readings.map((reading) => onApplicableScale(reading, readings)).sort((a, b) => instantOf(b.time) - instantOf(a.time))
  const current = currentOf(scores)
  const before = current && scores.find((one) => one.band !== undefined && instantOf(one.time) < instantOf(current.time))
  const age = current === undefined ? Number.POSITIVE_INFINITY : now.getTime() - instantOf(current.time)
  return {
    scores,
    ...(current ? { current } : {}),
    ...(before ? { before } : {}),
    ...directionOf(before, current),
    exceeded: exceeded
      .filter(({ time }) => now.getTime() - instantOf(time) <= OLD_AFTER_HOURS * HOUR_MS)
      .sort((a, b) => instantOf(b.time) - instantOf(a.time)),
    old: age > OLD_AFTER_HOURS * HOUR_MS,
    actionable: age <= (current?.actWithinHours ?? ACT_WITHIN_HOURS) * HOUR_MS,
  }
}

/**
 * Where a patient stands in a list, more being graver: by level, then whether a limit is exceeded. A limit that is exceeded stands between
 * a single red score and a low score. Old scores come after fresh ones, and before patients without any.
 */
export function gravityOf({ current, exceeded, old }: Picture): number {
  const level = levelOf(current)
  if (exceeded.length > 0) return Math.max(old ? 0 : level, levelOf({ band: 'band-1-4' })) + 0.5
  return old ? level / 10 : level
}

/** A date without a time stands at noon, Norwegian winter time. */
export function instantOf(time: string): number {
  return Date.parse(time.includes('T') ? time : `${time}T11:00:00Z`)
}

/** 0 without a level. */
function levelOf(reading: Pick<Reading, 'band'> | undefined): number {
  return reading?.band === undefined ? 0 : bands.indexOf(reading.band) + 1
}

/** Scale 2 applies when the last score that somebody made before these measurements says so. */
function onApplicableScale(reading: Reading, all: readonly Reading[]): Reading {
  const { onScale2, ...rest } = reading
  if (!reading.computed) return rest
  const said = all
    .filter((one) => !one.computed && one.scale !== undefined && instantOf(one.time) <= instantOf(reading.time))
    .sort((a, b) => instantOf(b.time) - instantOf(a.time))[0]
  if (said?.scale !== 2 || onScale2 === undefined) return { ...rest, scale: 1 }
  const { total: _total, subScores, ...others } = rest
  const { saturation, ...level } = onScale2
  return {
    ...others,
    ...level,
    scale: 2,
    ...(subScores && saturation !== undefined
      ? { subScores: subScores.map((one) => (one.parameter === 'saturation' ? { ...one, score: saturation } : one)) }
      : {}),
  }
}

/**
 * The newest score with a level, and of several at the same time the gravest. A score with a part missing may raise the level and never
 * lowers it: the whole score before it stands for the present for a day. Without any level, the newest score.
 */
function currentOf(newestFirst: readonly Reading[]): Reading | undefined {
  const told = newestFirst.filter(({ band, notApplicable }) => band !== undefined || notApplicable)
  const [newest] = told
  if (!newest) return newestFirst[0]
  const [gravest = newest] = told
    .filter(({ time }) => instantOf(time) === instantOf(newest.time))
    .sort((a, b) => levelOf(b) - levelOf(a) || Number(b.certain) - Number(a.certain))
  if (gravest.certain || gravest.band === undefined) return gravest
  const whole = told.find(({ certain, band }) => certain && band !== undefined)
  const stands =
    whole !== undefined && levelOf(whole) > levelOf(gravest) && instantOf(gravest.time) - instantOf(whole.time) <= OLD_AFTER_HOURS * HOUR_MS
  return stands ? whole : gravest
}

/** By totals where both are known, else by level. */
function directionOf(before: Reading | undefined, current: Reading | undefined): Pick<Picture, 'direction'> {
  if (before === undefined && current?.trend) return { direction: current.trend }
  if (before?.band === undefined || current?.band === undefined) return {}
  const by = before.total === undefined || current.total === undefined ? levelOf(current) - levelOf(before) : current.total - before.total
  return { direction: by === 0 ? 'same' : by > 0 ? 'up' : 'down' }
}

/** Vital signs that were taken together, and the NEWS2 score that they give when all are there. */

import { codesAsWritten, hasCode } from '@helsevev/clinical/codes'
import { type Parameter, parameters, type Scale, type Score } from '@helsevev/clinical/news2/chart'
import { assess, type SubScore, scoreBreathing, scoreConsciousness, scoreNumber } from '@helsevev/clinical/news2/score'
import { isWithdrawn } from '@helsevev/clinical/statuses'
import { LOINC, SNOMED_CT } from '@helsevev/clinical/systems'
import { hasTimeOfDay, timeOf } from '@helsevev/clinical/time'
import {
  type Breathing,
  breathing,
  type Consciousness,
  consciousness,
  consciousnessAnswers,
  type VitalSignName,
} from '@helsevev/clinical/vital-signs'
import { instant } from '@helsevev/kernel/values/dates'
import type { Extension, Observation } from '@medplum/fhirtypes'
import { countsIn, measuredIn } from './measurement.ts'

/** How many of the newest measurements are searched for a session that gives a NEWS2 score. */
export const SESSION_COUNT = 60

/** Measurements within this time are one session. The number is ours: the sources state "same session" and no number. */
const SESSION_MINUTES = 15

export interface ComputedScore {
  /** The time of the last measurement in the session. */
  at: string
  total: number
  /** The highest single sub-score. */
  worst: number
  /** By the names of the vital signs in the answer of `$computed-news2`. */
  subScores: Readonly<Record<string, Score>>
  /** The same session on scale 2 of saturation. */
  onScale2: { total: number; worst: number; saturation: Score }
  /** What it was computed from. */
  from: Observation[]
}

type Value = number | Breathing | Consciousness

/** Each parameter of the chart: its name in the answer of `$computed-news2`, and how it is read from an observation. */
const parameterRows: Readonly<Record<Parameter, { name: string; read: (observation: Observation) => Value | undefined }>> = {
  respiration: { name: 'respiratoryRate', read: number('respiratory-rate') },
  saturation: { name: 'oxygenSaturation', read: number('oxygen-saturation') },
  oxygen: { name: 'oxygen', read: breathingIn },
  systolic: { name: 'systolic', read: number('systolic') },
  pulse: { name: 'heartRate', read: number('heart-rate') },
  consciousness: { name: 'consciousness', read: consciousnessIn },
  temperature: { name: 'temperature', read: number('temperature') },
}

/** The parameter that a name in the answer of `$computed-news2` stands for. */
export function parameterNamed(name: string | undefined): Parameter | undefined {
  return parameters.find((parameter) => parameterRows[parameter].name === name)
}

/** The newest session that has all seven parameters; `observations` newest first, of one controller or more. */
export function newestScore(observations: readonly Observation[]): ComputedScore | undefined {
  const timed = observations.flatMap((observation) => {
    const time = timeOf(observation) ?? ''
    const at = instant(time)
    return at && !isWithdrawn(observation) && hasTimeOfDay(time) ? [{ observation, at: at.getTime() }] : []
  })
  for (const { at } of timed) {
    const session = timed.filter((one) => one.at <= at && one.at > at - SESSION_MINUTES * 60_000)
    const score = scoreOf(session.map(({ observation }) => observation))
    if (score) return score
  }
  return undefined
}

/** Never from only some of them: a sum with a part missing looks like a lower score. docs/decisions/0022-news2-from-home-measurements.md */
function scoreOf(session: readonly Observation[]): ComputedScore | undefined {
  const used = new Set<Observation>()
  const found = new Map(
    parameters.flatMap((parameter): [Parameter, Value][] => {
      const one = firstIn(session, parameterRows[parameter].read)
      if (one) used.add(one.observation)
      return one ? [[parameter, one.value]] : []
    }),
  )
  const subScores = subScoresOf(found, 1)
  const { total, worst } = assess(subScores)
  const second = assess(subScoresOf(found, 2))
  const saturation = second.subScores.find(({ parameter }) => parameter === 'saturation')?.score
  if (total === undefined || second.total === undefined || saturation === undefined) return undefined
  const [newest] = session
  return {
    at: (newest && timeOf(newest)) ?? '',
    total,
    worst: worst?.score ?? 0,
    subScores: Object.fromEntries(subScores.map(({ parameter, score }) => [parameterRows[parameter].name, score])),
    onScale2: { total: second.total, worst: second.worst?.score ?? 0, saturation },
    from: [...used],
  }
}

function subScoresOf(found: ReadonlyMap<Parameter, Value>, scale: Scale): SubScore[] {
  const breathing = found.get('oxygen') as Breathing | undefined
  return [...found].flatMap(([parameter, value]): SubScore[] => {
    const score = scoreOn(parameter, value, scale, breathing)
    return score === undefined ? [] : [{ parameter, score, basis: 'measured' }]
  })
}

/** What a score gives points for: a number, `air` or `oxygen`, or the letter of ACVPU; undefined when it is not among the observations. */
export function measuredFor(
  parameter: Parameter,
  observations: readonly Observation[],
): { measured: number | string; written?: string } | undefined {
  const found = firstIn(observations, parameterRows[parameter].read)
  if (!found) return undefined
  const { observation, value } = found
  if (typeof value === 'number') {
    const { written } = measuredIn(observation).find((one) => one.value === value) ?? {}
    return { measured: value, ...(written === undefined ? {} : { written }) }
  }
  if (parameter !== 'consciousness') return { measured: value }
  const letter = Object.entries(consciousnessAnswers).find(([, codes]) => hasCode(observation.valueCodeableConcept, codes, codesAsWritten))
  return letter && { measured: letter[0] }
}

function firstIn<T>(session: readonly Observation[], read: (observation: Observation) => T | undefined) {
  for (const observation of session) {
    const value = read(observation)
    if (value !== undefined) return { observation, value }
  }
  return undefined
}

function scoreOn(parameter: Parameter, value: Value, scale: Scale, breathing: Breathing | undefined): Score | undefined {
  if (parameter === 'oxygen') return scoreBreathing(value as Breathing)
  if (parameter === 'consciousness') return scoreConsciousness(value as Consciousness)
  return scoreNumber(parameter, value as number, scale, breathing)
}

function number(name: VitalSignName): (observation: Observation) => number | undefined {
  return (observation) => measuredIn(observation).find((one) => one.kind.name === name && countsIn(observation, one))?.value
}

/** Air or oxygen: a code of its own, or the extension on-air of a saturation (no-domain vitalsigns). */
function breathingIn({ code, valueCodeableConcept, extension }: Observation): Breathing | undefined {
  for (const one of ['air', 'oxygen'] as const) {
    if ([code, valueCodeableConcept].some((concept) => hasCode(concept, breathing[one], codesAsWritten))) return one
  }
  const onAir = onAirIn(extension)
  return onAir === undefined ? undefined : onAir ? 'air' : 'oxygen'
}

function onAirIn(extensions: Extension[] | undefined): boolean | undefined {
  for (const { url, valueBoolean, extension } of extensions ?? []) {
    if (/on-?air$/i.test(url ?? '') && valueBoolean !== undefined) return valueBoolean
    const inner = onAirIn(extension)
    if (inner !== undefined) return inner
  }
  return undefined
}

/** All answers other than alert have the same score. An answer in codes that are not known gives no basis for a score. */
function consciousnessIn({ code, valueCodeableConcept }: Observation): Consciousness | undefined {
  if (!hasCode(code, consciousness, codesAsWritten)) return undefined
  if (hasCode(valueCodeableConcept, consciousnessAnswers.A, codesAsWritten)) return 'A'
  return valueCodeableConcept?.coding?.some(({ system }) => system === SNOMED_CT || system === LOINC) ? 'C' : undefined
}

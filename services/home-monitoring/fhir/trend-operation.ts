/**
 * POST /fhir/home-monitoring/$trend: lowest, highest and mean of each kind day by day, with the person's own thresholds, over any length of
 * time.
 */
import { isTooYoung } from '@helsevev/clinical/news2/age'
import { statedTokens } from '@helsevev/clinical/statuses'
import { controllerParameters } from '@helsevev/kernel/fhir/controller-parameters'
import type { Operation, Records } from '@helsevev/kernel/fhir/service'
import { notShownOf, notShownParameters, statusOf } from '@helsevev/kernel/fhir/status-parameters'
import { problem } from '@helsevev/kernel/problem/problem'
import { instant } from '@helsevev/kernel/values/dates'
import { keepDecimal } from '@helsevev/kernel/values/json'
import { dayInNorway } from '@helsevev/kernel/values/norwegian-day'
import type { Goal, Observation, ParametersParameter } from '@medplum/fhirtypes'
import { type Kind, kindNamed, kindOfCode, kinds, trendCode } from '../model/vital-signs.ts'
import { lastScores, scaleFor } from './scale.ts'
import { type ComputedScore, newestScore, SESSION_COUNT } from './sessions.ts'
import { thresholdsOf } from './thresholds.ts'
import { seriesParameters } from './trend-series.ts'

/** A day that exists. */
const day = { takes: 'a day, such as 2026-01-31', isTaken: (text: string) => DAY.test(text) && instant(text) !== undefined }
const DAY = /^(?!0000)\d{4}-\d{2}-\d{2}$/
const USUAL_DAYS = 90

export const trendOperation: Operation = {
  name: 'trend',
  summary: 'Measurements by day with lowest, highest and mean, and the person’s own thresholds.',
  parameters: [
    { name: 'kind', documentation: `One or several of ${kinds.map(({ name }) => name).join(', ')}, or {system}|{code}; all when absent.` },
    { name: 'from', documentation: 'First day, such as 2026-01-01; 90 days before today when absent.', ...day },
    { name: 'to', documentation: 'Last day; today when absent.', ...day },
  ],
  async run(records, { now, parameters, codes }) {
    const wanted = parameters.get('kind')?.split(',') ?? []
    const chosen = wanted.map((text) => kindNamed(text) ?? byCode(text, codes.canonical))
    if (chosen.some((kind) => kind === undefined))
      return problem('invalid-parameter', `kind takes ${kinds.map(({ name }) => name).join(', ')}, or {system}|{code} of one of them.`)
    const today = dayInNorway(now)
    const from = parameters.get('from') ?? dayInNorway(new Date(now.getTime() - USUAL_DAYS * 24 * 60 * 60 * 1000))
    const to = parameters.get('to') ?? today
    if (from > to) return problem('invalid-parameter', `from is ${from}, which is after to, ${to}.`)
    return await trendOf(records, { chosen: chosen.length > 0 ? (chosen as Kind[]) : kinds, from, to, now, canonical: codes.canonical })
  },
}

interface TrendRequest {
  chosen: readonly Kind[]
  from: string
  to: string
  now: Date
  canonical: (system: string) => string
}

async function trendOf(records: Records, { chosen, from, to, now, canonical }: TrendRequest) {
  const [series, goals, contributors, notShown] = await Promise.all([
    records.measuredDays('Observation', { codes: chosen.map(trendCode), from, to }),
    records.search('Goal', { count: 100 }),
    records.contributors(),
    notShownOf(records),
  ])
  const some = series.length > 0
  const kindOf = new Map(chosen.map((kind) => [trendCode(kind), kind]))
  const parameter: ParametersParameter[] = [
    { name: 'status', valueCode: statusOf(some, notShown) },
    ...notShownParameters(some, notShown),
    ...controllerParameters(contributors),
    ...thresholdsOf(goals as Goal[], now, canonical)
      .filter(({ kind }) => chosen.some(({ name }) => name === kind))
      .map(({ kind, low, high, written }) => ({
        name: 'threshold',
        part: [
          { name: 'kind', valueCode: kind },
          ...(low === undefined ? [] : [withDigits({ name: 'low', valueDecimal: low }, written.low)]),
          ...(high === undefined ? [] : [withDigits({ name: 'high', valueDecimal: high }, written.high)]),
        ],
      })),
    ...series.flatMap((one) => {
      const kind = kindOf.get(one.code)
      return kind ? seriesParameters(one, kind) : []
    }),
  ]
  return { resourceType: 'Parameters' as const, parameter }
}

function withDigits(parameter: ParametersParameter, written: string | undefined): ParametersParameter {
  if (written !== undefined) keepDecimal(parameter, 'valueDecimal', written)
  return parameter
}

/** NEWS2 from one session's vital signs when all are there, marked as computed. */
export const news2Operation: Operation = {
  name: 'computed-news2',
  summary: 'NEWS2 computed from the newest session that has all seven vital signs; nothing when none has. Not for children under 16.',
  async run(records, { now, birthDate, elsewhere }) {
    const tooYoung = birthDate !== undefined && isTooYoung(birthDate, dayInNorway(now))
    const [found, notShown] = await Promise.all([
      tooYoung ? [] : (records.search('Observation', { tokens: { status: statedTokens }, count: SESSION_COUNT }) as Promise<Observation[]>),
      notShownOf(records),
    ])
    const score = newestScore(found)
    const [goals, scores] = score
      ? await Promise.all([
          records.search('Goal', { count: 100 }) as Promise<Goal[]>,
          elsewhere(lastScores) as Promise<Observation[] | undefined>,
        ])
      : []
    const applied = score && scaleFor(score.at, goals ?? [], scores, now)
    const second = applied?.scale === 2 ? score?.onScale2 : undefined
    const parameter: ParametersParameter[] = score
      ? [
          { name: 'computed', valueBoolean: true },
          { name: 'at', valueDateTime: score.at },
          { name: 'total', valueInteger: second?.total ?? score.total },
          { name: 'worst', valueInteger: second?.worst ?? score.worst },
          { name: 'scale', valueInteger: applied?.scale ?? 1 },
          ...(applied?.from ? [{ name: 'scaleFrom', valueCode: applied.from }] : []),
          ...Object.entries(score.subScores).map(([name, value]) => ({
            name: 'subScore',
            part: [
              { name: 'parameter', valueCode: name },
              { name: 'score', valueInteger: name === 'oxygenSaturation' && second ? second.saturation : value },
            ],
          })),
          // Both, for a reader who knows more of the patient than is known here.
          scalePart('scale1', { total: score.total, worst: score.worst, saturation: score.subScores['oxygenSaturation'] ?? 0 }),
          scalePart('scale2', score.onScale2),
          ...score.from.map(({ id = '' }) => ({ name: 'from', valueReference: { reference: `Observation/${id}` } })),
        ]
      : [
          { name: 'computed', valueBoolean: false },
          { name: 'reason', valueCode: tooYoung ? 'under-16' : 'no-complete-session' },
        ]
    const some = found.length > 0
    const status: ParametersParameter = { name: 'status', valueCode: statusOf(some, notShown) }
    return { resourceType: 'Parameters', parameter: [status, ...parameter, ...notShownParameters(some, notShown)] }
  },
}

function scalePart(name: string, { total, worst, saturation }: ComputedScore['onScale2']): ParametersParameter {
  return {
    name,
    part: [
      { name: 'total', valueInteger: total },
      { name: 'worst', valueInteger: worst },
      { name: 'saturation', valueInteger: saturation },
    ],
  }
}

function byCode(text: string, canonical: (system: string) => string): Kind | undefined {
  const bar = text.indexOf('|')
  return bar < 0 ? undefined : kindOfCode(canonical(text.slice(0, bar)), text.slice(bar + 1))
}

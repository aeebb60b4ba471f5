/**
 * Fetches the newest home measurements of the open patient, days of the last 90, the patient's own thresholds, alarms and the computed
 * NEWS2.
 */
import type { Score } from '@helsevev/clinical/news2/chart'
import { statedStatuses } from '@helsevev/clinical/statuses'
import { timeOf } from '@helsevev/clinical/time'
import { decimalText } from '@helsevev/kernel/values/json'
import { type Controller, controllerOf, controllersIn } from '@helsevev/panel/controllers.ts'
import { defineLoader } from '@helsevev/panel/loader.ts'
import { placeless, placelessName, without } from '@helsevev/panel/places.ts'
import type { Bundle, Composition, Observation, Parameters, ParametersParameter, Reference } from '@medplum/fhirtypes'
import { isPlausible, measuredIn } from '../fhir/measurement.ts'
import { measuredFor, parameterNamed } from '../fhir/sessions.ts'
import { daysOfSeries } from '../fhir/trend-series.ts'
import { type Kind, kinds } from '../model/vital-signs.ts'
import type { HomeMonitoringData, ShownAlarm, ShownComputed, ShownDay, ShownKind } from './panel-data.ts'

const SERVICE = 'home-monitoring'
const COUNT = 60
const ALARMS = 5

export const loader = defineLoader<HomeMonitoringData>({
  service: SERVICE,
  withoutPlaces,
  async fetch(api) {
    const [trend, score, measurements, alarms] = await Promise.all([
      api.operation(SERVICE, 'trend'),
      api.operation(SERVICE, 'computed-news2'),
      api.search(SERVICE, 'Observation', { status: statedStatuses.join(','), _count: String(COUNT) }),
      api.search(SERVICE, 'Composition', { _count: String(ALARMS) }),
    ])
    const data = dataOf(trend, score, measurements, alarms)
    return { data: data.kinds.length > 0 || data.alarms.length > 0 ? data : undefined, searched: [measurements] }
  },
})

function withoutPlaces({ kinds, alarms, controllers, news2, ...rest }: HomeMonitoringData): HomeMonitoringData {
  const named = <S extends { source: string }>(one: S): S => ({ ...one, source: placelessName(one.source) })
  return {
    ...rest,
    ...(news2 ? { news2: named(news2) } : {}),
    kinds: kinds.map(({ newest, days, ...kind }) => ({
      ...kind,
      days: days.map(named),
      ...(newest ? { newest: named(without(newest, 'performer', 'device')) } : {}),
    })),
    alarms: alarms.map(named),
    controllers: controllers.map(placeless),
  }
}

/** Exported for tests. */
function dataOf(trend: Parameters, score: Parameters, measurements: Bundle, alarms: Bundle): HomeMonitoringData {
  const controllers = controllersIn(trend)
  const observations = (measurements.entry ?? []).flatMap(({ resource }) => (resource?.resourceType === 'Observation' ? [resource] : []))
  const shown = kinds
    .map((kind) => shownKind(kind, trend, observations, controllers))
    .filter(({ newest, days }) => newest || days.length > 0)
  const computed = shownComputed(score, observations, controllers)
  return {
    kinds: shown,
    ...(computed ? { news2: computed } : {}),
    alarms: (alarms.entry ?? []).flatMap(({ resource }) =>
      resource?.resourceType === 'Composition' ? [shownAlarm(resource, controllers)] : [],
    ),
    controllers,
  }
}

/** Names all controllers whose measurements it was computed from. */
function shownComputed(
  { parameter: given = [] }: Parameters,
  observations: readonly Observation[],
  controllers: readonly Controller[],
): ShownComputed | undefined {
  const value = (name: string) => given.find((parameter) => parameter.name === name)
  const at = value('at')?.valueDateTime
  // The panel chooses the scale by all scores that it knows: it takes what the session gives on each.
  const first = value('scale1')
  const total = (first && partOf(first, 'total')?.valueInteger) ?? value('total')?.valueInteger
  if (!at || total === undefined) return undefined
  const used = given.flatMap(({ name, valueReference }) => (name === 'from' ? [valueReference?.reference] : []))
  const from = observations.filter(({ id }) => used.includes(`Observation/${id}`))
  const second = value('scale2')
  const number = (name: string) => second && partOf(second, name)?.valueInteger
  const [onTwo, worst, saturation] = [number('total'), number('worst') as Score | undefined, number('saturation') as Score | undefined]
  return {
    at,
    total,
    worst: ((first && partOf(first, 'worst')?.valueInteger) ?? value('worst')?.valueInteger ?? 0) as Score,
    source: [...new Set(from.map((one) => controllerOf(one, controllers).name))].join(', '),
    subScores: given.flatMap((one) => {
      const parameter = one.name === 'subScore' ? parameterNamed(partOf(one, 'parameter')?.valueCode) : undefined
      const onOne = parameter === 'saturation' && first ? partOf(first, 'saturation')?.valueInteger : undefined
      const score = (onOne ?? partOf(one, 'score')?.valueInteger ?? 0) as Score
      return parameter ? [{ parameter, score, ...measuredFor(parameter, from) }] : []
    }),
    ...(onTwo === undefined || worst === undefined || saturation === undefined ? {} : { onScale2: { total: onTwo, worst, saturation } }),
  }
}

function shownKind(kind: Kind, trend: Parameters, observations: readonly Observation[], controllers: readonly Controller[]): ShownKind {
  const parts = (name: string) =>
    (trend.parameter ?? []).filter((parameter) => parameter.name === name && partOf(parameter, 'kind')?.valueCode === kind.name)
  const [limit] = parts('threshold')
  const low = limit && partOf(limit, 'low')?.valueDecimal
  const high = limit && partOf(limit, 'high')?.valueDecimal
  const threshold = limit && {
    ...(low === undefined ? {} : { low }),
    ...(high === undefined ? {} : { high }),
    decimals: Math.max(...['low', 'high'].map((name) => decimalsIn(partOf(limit, name)))),
  }
  const newest = observations.flatMap((observation) => {
    const found = measuredIn(observation).find((one) => one.kind === kind && isPlausible(one))
    return found?.value === undefined ? [] : [{ observation, value: found.value, written: found.written }]
  })[0]
  const performer = newest && nameOf(newest.observation.performer?.[0])
  const device = newest && nameOf(newest.observation.device)
  return {
    kind: kind.name,
    unit: kind.unit,
    ...(newest
      ? {
          newest: {
            value: newest.value,
            written: newest.written ?? String(Math.round(newest.value * 1000) / 1000),
            time: timeOf(newest.observation) ?? '',
            source: controllerOf(newest.observation, controllers).name,
            ...(performer ? { performer } : {}),
            ...(device ? { device } : {}),
            ...reportedOf(newest.observation),
            outside: (low !== undefined && newest.value < low) || (high !== undefined && newest.value > high),
          },
        }
      : {}),
    ...(threshold ? { threshold } : {}),
    days: parts('series')
      .flatMap((series) => shownDays(series, controllers))
      .sort((a, b) => (a.day < b.day ? -1 : a.day > b.day ? 1 : 0)),
  }
}

function shownDays(series: ParametersParameter, controllers: readonly Controller[]): ShownDay[] {
  const organization = partOf(series, 'controller')?.valueString ?? ''
  const source = controllers.find((controller) => controller.organization === organization)?.name ?? organization
  return daysOfSeries(series).map((day) => ({ ...day, source }))
}

function decimalsIn(parameter: ParametersParameter | undefined): number {
  return (parameter && decimalText(parameter, 'valueDecimal')?.split('.')[1]?.length) ?? 0
}

function partOf({ part = [] }: ParametersParameter, name: string): ParametersParameter | undefined {
  return part.find((one) => one.name === name)
}

function nameOf(reference: Reference | undefined): string | undefined {
  return reference?.display ?? reference?.identifier?.value
}

function shownAlarm(composition: Composition, controllers: readonly Controller[]): ShownAlarm {
  const { id = '', type, title, event = [], date = '' } = composition
  return {
    id,
    title: type?.text ?? title ?? '',
    time: event[0]?.period?.start ?? date,
    source: controllerOf(composition, controllers).name,
    events: event.flatMap(({ code = [] }) => code.flatMap(({ coding = [] }) => coding.flatMap((one) => one.code ?? []))),
    ...reportedOf(composition),
  }
}

function reportedOf({ meta }: Observation | Composition): { reported?: string } {
  return meta?.lastUpdated ? { reported: meta.lastUpdated } : {}
}

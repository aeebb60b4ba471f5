/**
 * Days of a trend as FHIR SampledData (http://hl7.org/fhir/R4/datatypes.html#SampledData): lowest, highest and mean of each day, one sample
 * for each day. As separate parameters for each day, ninety days of five kinds took three hundred kilobytes.
 */

import { UCUM } from '@helsevev/clinical/systems'
import type { MeasuredSeries } from '@helsevev/kernel/store/measurements'
import type { ParametersParameter, SampledData } from '@medplum/fhirtypes'
import type { Kind } from '../model/vital-signs.ts'

const DAY = 24 * 60 * 60 * 1000
/** What FHIR writes where there is no number. */
const NONE = 'E'
/**
 * After this many days without numbers a series ends and another begins, so that few measurements over many years do not give a long
 * answer.
 */
const LONGEST_GAP = 30

export interface TrendDay {
  /** ISO 8601 date. */
  day: string
  count: number
  low: number
  high: number
  mean: number
  /** The number of digits after the point with which the lowest and the highest were measured. */
  decimals: number
}

/** Parameters `series`, one for each run of days without a gap of more than thirty. */
export function seriesParameters({ controller, days }: MeasuredSeries, { name, unit }: Kind): ParametersParameter[] {
  return runsOf(days).map((run) => {
    const numbers: string[] = []
    const counts: string[] = []
    let next = run[0]?.at ?? 0
    for (const { at, count, min, max, sum } of run) {
      for (; next < at; next += 1) {
        numbers.push(NONE, NONE, NONE)
        counts.push(NONE)
      }
      numbers.push(digits(min), digits(max), rounded(sum / count))
      counts.push(String(count))
      next += 1
    }
    return {
      name: 'series',
      part: [
        { name: 'kind', valueCode: name },
        { name: 'controller', valueString: controller },
        { name: 'first', valueDate: run[0]?.day ?? '' },
        { name: 'low-high-mean', valueSampledData: sampled(unit, 3, numbers) },
        { name: 'count', valueSampledData: sampled('1', 1, counts) },
      ],
    }
  })
}

/** The days of a parameter `series` that have numbers. */
export function daysOfSeries({ part = [] }: ParametersParameter): TrendDay[] {
  const first = Date.parse(part.find(({ name }) => name === 'first')?.valueDate ?? '')
  const numbers = samplesOf(part, 'low-high-mean')
  return samplesOf(part, 'count').flatMap((count, at) =>
    count === NONE
      ? []
      : [
          {
            day: new Date(first + at * DAY).toISOString().slice(0, 10),
            count: Number(count),
            low: Number(numbers[3 * at]),
            high: Number(numbers[3 * at + 1]),
            mean: Number(numbers[3 * at + 2]),
            decimals: Math.max(...[numbers[3 * at], numbers[3 * at + 1]].map((text = '') => text.split('.')[1]?.length ?? 0)),
          },
        ],
  )
}

function samplesOf(part: readonly ParametersParameter[], name: string): string[] {
  return part.find((one) => one.name === name)?.valueSampledData?.data?.split(' ') ?? []
}

type NumberedDay = MeasuredSeries['days'][number] & { at: number }

function runsOf(days: MeasuredSeries['days']): NumberedDay[][] {
  const runs: NumberedDay[][] = []
  for (const day of days) {
    const at = Date.parse(day.day) / DAY
    const run = runs.at(-1)
    if (run && at - (run.at(-1)?.at ?? 0) - 1 <= LONGEST_GAP) run.push({ ...day, at })
    else runs.push([{ ...day, at }])
  }
  return runs
}

function sampled(unit: string, dimensions: number, data: readonly string[]): SampledData {
  return { origin: { value: 0, unit, system: UCUM, code: unit }, period: DAY, dimensions, data: data.join(' ') }
}

/** As it was measured. What was converted may have more digits than it has meaning, and gets six. */
function digits(text: string): string {
  return /^-?\d+(\.\d+)?$/.test(text) && text.replaceAll(/^-?0*\.?0*|\./g, '').length <= 6 ? text : rounded(Number(text))
}

/** Six digits. */
function rounded(value: number): string {
  return Number.isInteger(value) ? String(value) : String(Number(value.toPrecision(6)))
}

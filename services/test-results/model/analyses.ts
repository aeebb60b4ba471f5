/** Groups the numbers of many reports into analyses over time, in one unit each, whatever laboratory and unit they came from. */
import { comparable, inUnit } from '@helsevev/kernel/units/units'
import type { Coding, Observation, Quantity } from '@medplum/fhirtypes'
import { grouped } from './grouping.ts'
import { isLaboratoryCode, isLocalList } from './local-codes.ts'

export interface Measurement {
  id: string
  laboratory: string
  codings: readonly Coding[]
  name: string
  specimen: string | undefined
  quantity: Quantity
  status?: Observation['status']
  time: string
  /** List 8244. */
  deviation: string | undefined
  low: Quantity | undefined
  high: Quantity | undefined
}

export interface AnalysisPoint {
  measurement: Measurement
  /** In the unit of the analysis. */
  value: number
  low?: number
  high?: number
}

export interface Analysis {
  name: string
  /** As in the newest number. */
  unit: string
  /** Grouped by name, specimen and unit: no code shows that they are the same. */
  guessed: boolean
  /** Oldest first. */
  points: AnalysisPoint[]
}

/** All spellings of a code that mean the same, canonical: `codes.equivalents` of the kernel. */
export type Equivalents = (system: string, code: string) => { system: string; code: string }[]

/** The most frequently measured first. A number without a time, or one that cannot be compared with the newest, is left out. */
export function analysesOf(measurements: readonly Measurement[], equivalents: Equivalents): Analysis[] {
  const groupable = measurements.flatMap((measurement) => {
    const dimension = comparable(measurement.quantity)?.unit
    if (dimension === undefined || Number.isNaN(Date.parse(measurement.time))) return []
    return [{ ...measurement, measurement, dimension, ...keysOf(measurement, equivalents) }]
  })
  return grouped(groupable)
    .map(({ results, guessed }) => {
      const inOrder = results.map(({ measurement }) => measurement).sort((one, other) => Date.parse(one.time) - Date.parse(other.time))
      const newest = inOrder.at(-1)
      const unit = newest?.quantity.unit ?? ''
      return { name: newest?.name ?? '', unit, guessed, points: pointsOf(inOrder, newest?.quantity.code ?? unit) }
    })
    .filter(({ points }) => points.length > 0)
    .sort((one, other) => other.points.length - one.points.length || one.name.localeCompare(other.name, 'nb'))
}

/** A code of a list marked as local has a meaning only together with its laboratory. */
function keysOf({ codings, laboratory }: Measurement, equivalents: Equivalents): { national: string[]; local: string[] } {
  const known = codings.flatMap(({ system, code }) => (system && code ? [{ system, code }] : []))
  const hasOwn = known.some(({ system }) => isLaboratoryCode(system))
  return {
    national: known
      .filter(({ system }) => !isLocalList(system))
      .flatMap(({ system, code }) => equivalents(system, code).map((same) => `${same.system}|${same.code}`)),
    local: hasOwn ? [] : known.filter(({ system }) => isLocalList(system)).map(({ system, code }) => `${laboratory}|${system}|${code}`),
  }
}

function pointsOf(inOrder: readonly Measurement[], unit: string): AnalysisPoint[] {
  const inThis = (quantity: Quantity | undefined) => {
    if (quantity?.value === undefined) return undefined
    const value = unit === '' ? quantity.value : inUnit(quantity, unit)
    // What was converted has more digits than it has meaning; what was sent has its own.
    return value === undefined || value === quantity.value ? value : Number(value.toPrecision(6))
  }
  return inOrder.flatMap((measurement) => {
    const value = inThis(measurement.quantity)
    if (value === undefined) return []
    const [low, high] = [inThis(measurement.low), inThis(measurement.high)]
    return [{ measurement, value, ...(low === undefined ? {} : { low }), ...(high === undefined ? {} : { high }) }]
  })
}

/** Numbers of all reports as analyses over time, in one unit each, whichever laboratory and unit they came in. */
import { comparable, inUnit } from '@helsevev/kernel/units/units'
import type { Coding, Quantity } from '@medplum/fhirtypes'
import { grouped } from '../model/grouping.ts'
import type { ShownAnalysis, ShownResult } from './panel-data.ts'

export interface Measurement {
  id: string
  laboratory: string
  codings: readonly Coding[]
  name: string
  specimen: string | undefined
  quantity: Quantity
  written: string
  time: string
  deviation: ShownResult['deviation'] | undefined
  low: Quantity | undefined
  high: Quantity | undefined
}

/** Lists of codes that a laboratory makes for itself, or that say "local". */
const LOCAL = /\.(8212|8219|7230)$/

/** Most measured first; the unit is that of the newest number. */
export function analysesOf(measurements: readonly Measurement[]): ShownAnalysis[] {
  const groupable = measurements.flatMap((measurement) => {
    const dimension = comparable(measurement.quantity)?.unit
    if (dimension === undefined || Number.isNaN(Date.parse(measurement.time))) return []
    const codes = measurement.codings.filter(({ system, code }) => system && code)
    const isLocal = ({ system }: Coding) => LOCAL.test(system ?? '')
    return [
      {
        ...measurement,
        dimension,
        national: codes.filter((coding) => !isLocal(coding)).map(({ system, code }) => `${system}|${code}`),
        local: codes.filter(isLocal).map(({ system, code }) => `${measurement.laboratory}|${system}|${code}`),
      },
    ]
  })
  return grouped(groupable)
    .map(({ results, guessed }) => {
      const inOrder = [...results].sort((one, other) => Date.parse(one.time) - Date.parse(other.time))
      const newest = inOrder.at(-1)
      const unit = newest?.quantity.unit ?? ''
      const code = newest?.quantity.code ?? unit
      const inThis = (quantity: Quantity | undefined) =>
        quantity?.value === undefined ? undefined : code === '' ? quantity.value : inUnit(quantity, code)
      const points = inOrder.flatMap(({ quantity, time, written, laboratory, deviation, low, high }) => {
        const value = inThis(quantity)
        if (value === undefined) return []
        const [least, most] = [inThis(low), inThis(high)]
        return [
          {
            time: Date.parse(time),
            value: Number(value.toPrecision(6)),
            written,
            source: laboratory,
            open: quantity.comparator !== undefined,
            ...(deviation ? { deviation } : {}),
            ...(least === undefined ? {} : { low: Number(least.toPrecision(6)) }),
            ...(most === undefined ? {} : { high: Number(most.toPrecision(6)) }),
          },
        ]
      })
      return { name: newest?.name ?? '', unit, guessed, points }
    })
    .filter(({ points }) => points.length > 0)
    .sort((one, other) => other.points.length - one.points.length || one.name.localeCompare(other.name, 'nb'))
}

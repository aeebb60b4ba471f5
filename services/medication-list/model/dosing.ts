/** What a record says of a dose apart from its words: the parts of a taper, and what its sources disagree about. Plain data. */
import { decimalText } from '@helsevev/kernel/values/json'
import type { Dosage } from '@medplum/fhirtypes'
import { extensionsOf } from '../fhir/systems.ts'

/** A part of a taper: an amount for some days. */
export interface Step {
  amount?: { value: string; unit: string }
  /** Code of Timing.when, or a time of day. */
  when: string[]
  from?: string
  /** The last day. */
  until?: string
}

/** A part with days of its own. The words say what is taken every day. */
export function stepOf({ timing, doseAndRate = [] }: Dosage): Step[] {
  const { boundsPeriod, when = [], timeOfDay = [] } = timing?.repeat ?? {}
  if (boundsPeriod === undefined) return []
  const quantity = doseAndRate[0]?.doseQuantity
  const value = quantity && decimalText(quantity, 'value')
  const { start, end } = boundsPeriod
  return [
    {
      when: [...when, ...timeOfDay.map((time) => time.slice(0, 5))],
      ...(value === undefined ? {} : { amount: { value, unit: quantity?.unit ?? '' } }),
      ...(start === undefined ? {} : { from: start }),
      ...(end === undefined ? {} : { until: end }),
    },
  ]
}

/** As `text, short-dose: amount`. */
export function contradictionsIn(dosages: readonly Dosage[]): string[] {
  return dosages.flatMap((each) => extensionsOf(each, 'contradiction').flatMap(({ valueString }) => valueString ?? []))
}

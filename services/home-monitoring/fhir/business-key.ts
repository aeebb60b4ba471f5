/** Which measurements are the same: by the identifier of the source; without one, by kind, time, device, author and value. */
import { timeOf } from '@helsevev/clinical/time'
import type { Codes } from '@helsevev/kernel/codes/codes'
import { instant } from '@helsevev/kernel/values/dates'
import type { Observation, Reference } from '@medplum/fhirtypes'
import { trendCode } from '../model/vital-signs.ts'
import { kindOf, measuredIn } from './measurement.ts'

export function businessKey(observation: Observation, { canonical }: Codes): string {
  const identifier = observation.identifier?.find(({ system, value }) => system && value)
  if (identifier) return `identifier:${identifier.system}|${identifier.value}`
  const kind = kindOf(observation.code, canonical)
  const time = timeOf(observation) ?? ''
  const { valueQuantity, valueInteger, valueCodeableConcept, valueString, component = [] } = observation
  const numbers = measuredIn(observation, canonical).map(({ kind: { name }, value, quantity }) => [name, value ?? quantity.value])
  return `content:${JSON.stringify([
    kind ? trendCode(kind) : observation.code?.coding?.map(({ system, code }) => `${system}|${code}`),
    instant(time)?.getTime() ?? time,
    named(observation.device) ?? (observation.performer ?? []).map(named),
    numbers.length > 0
      ? numbers
      : [
          valueQuantity?.value ?? valueInteger ?? valueString ?? valueCodeableConcept?.coding,
          component.map((part) => part.valueQuantity?.value),
        ],
  ])}`
}

function named(reference: Reference | undefined): string | undefined {
  const { identifier, reference: address, display } = reference ?? {}
  return identifier?.value ? `${identifier.system}|${identifier.value}` : (address ?? display)
}

/** Which resources are the same fact: by the identifier of the source; without one, by kind, time, author and value. */
import { timeOf } from '@helsevev/clinical/time'
import type { Observation } from '@medplum/fhirtypes'

export function businessKey(observation: Observation): string {
  const identifier = observation.identifier?.find(({ system, value }) => system && value)
  if (identifier) return `identifier:${identifier.system}|${identifier.value}`
  const { code, performer = [], valueQuantity, valueInteger, valueCodeableConcept, component = [] } = observation
  return `content:${JSON.stringify([
    code.coding?.map((coding) => `${coding.system}|${coding.code}`),
    timeOf(observation),
    performer.map(({ identifier: named, reference }) => (named ? `${named.system}|${named.value}` : reference)),
    valueQuantity?.value ?? valueInteger ?? valueCodeableConcept,
    component.map((part) => [part.code.coding, part.valueQuantity?.value ?? part.valueInteger ?? part.valueCodeableConcept]),
  ])}`
}

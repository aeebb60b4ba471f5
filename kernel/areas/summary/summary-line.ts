/** A resource as one line of text: what it is, its value, its time. For readers of the text of a summary; systems read the resource. */
import type { CodeableConcept, Quantity, Resource } from '@medplum/fhirtypes'

/** The elements that resources of different types share; what a sender wrote in them is checked when it is stored. */
interface Told {
  code?: CodeableConcept
  type?: CodeableConcept[]
  valueQuantity?: Quantity
  valueString?: string
  valueInteger?: number
  valueCodeableConcept?: CodeableConcept
  component?: { code: CodeableConcept; valueQuantity?: Quantity; valueCodeableConcept?: CodeableConcept }[]
  effectiveDateTime?: string
  recordedDate?: string
  period?: { start?: string; end?: string }
}

export function summaryLine(resource: Resource): string {
  const told = resource as unknown as Told
  const what = conceptText(told.code) ?? (Array.isArray(told.type) ? conceptText(told.type[0]) : undefined) ?? resource.resourceType
  const value =
    valueText(told) ?? told.component?.map((part) => [conceptText(part.code), valueText(part)].filter(Boolean).join(' ')).join(', ')
  const time = told.effectiveDateTime ?? told.recordedDate ?? told.period?.start
  return [value ? `${what}: ${value}` : what, ...(time ? [time.slice(0, 10)] : [])].join(', ')
}

function conceptText(concept: CodeableConcept | undefined): string | undefined {
  const coding =
    concept?.coding?.find(({ userSelected }) => userSelected) ?? concept?.coding?.find(({ display }) => display) ?? concept?.coding?.[0]
  return concept?.text ?? coding?.display ?? coding?.code
}

function valueText({
  valueQuantity,
  valueString,
  valueInteger,
  valueCodeableConcept,
}: Told | (NonNullable<Told['component']>[number] & Told)): string | undefined {
  if (valueQuantity?.value !== undefined)
    return [`${valueQuantity.comparator ?? ''}${valueQuantity.value}`, valueQuantity.unit ?? valueQuantity.code].filter(Boolean).join(' ')
  if (valueInteger !== undefined) return String(valueInteger)
  return valueString ?? conceptText(valueCodeableConcept)
}

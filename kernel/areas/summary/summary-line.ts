/** A resource as one line of text: what it is, its value and its time. People read the line in a summary; systems read the resource. */

import type { CodeableConcept, Quantity, Resource } from '@medplum/fhirtypes'
import { decimalText } from '../../values/json.ts'

/** The elements that resources of different types share. Their content was checked when the resource was stored. */
interface SharedElements {
  resourceType?: string
  status?: string
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
  const shared = resource as unknown as SharedElements
  const what = conceptText(shared.code) ?? (Array.isArray(shared.type) ? conceptText(shared.type[0]) : undefined) ?? resource.resourceType
  const value =
    valueText(shared) ?? shared.component?.map((part) => [conceptText(part.code), valueText(part)].filter(Boolean).join(' ')).join(', ')
  const time = shared.effectiveDateTime ?? shared.recordedDate ?? shared.period?.start
  const line = [value ? `${what}: ${value}` : what, ...(time ? [time.slice(0, 10)] : [])].join(', ')
  return [line, ...marksOf(shared)].join('; ')
}

/** What is not final must not look so. The words are codes of FHIR: a page in another language has its own for them. */
function marksOf({ resourceType, status }: SharedElements): string[] {
  return resourceType === 'Observation' && status !== undefined && status !== 'final' ? [`status: ${status}`] : []
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
}: SharedElements | (NonNullable<SharedElements['component']>[number] & SharedElements)): string | undefined {
  if (valueQuantity?.value !== undefined)
    return [`${valueQuantity.comparator ?? ''}${decimalText(valueQuantity, 'value')}`, valueQuantity.unit ?? valueQuantity.code]
      .filter(Boolean)
      .join(' ')
  if (valueInteger !== undefined) return String(valueInteger)
  return valueString ?? conceptText(valueCodeableConcept)
}

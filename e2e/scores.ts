/** NEWS2 scores as a vendor sends them. */

export const code = (system: string, value: string) => ({ coding: [{ system, code: value }] })
export const quantity = (value: number, unit: string) => ({ value, unit, system: 'http://unitsofmeasure.org', code: unit })

/** A NEWS2 score of 3: breathing 22 scores 2, pulse 95 scores 1. */
export function score(identifier: { system: string; value: string }, more: Record<string, unknown> = {}): Record<string, unknown> {
  const component = (loinc: string, value: unknown) => ({ code: code('http://loinc.org', loinc), ...(value as object) })
  return {
    resourceType: 'Observation',
    status: 'final',
    category: [code('http://terminology.hl7.org/CodeSystem/observation-category', 'survey')],
    code: code('http://snomed.info/sct', '1104051000000101'),
    subject: { identifier },
    effectiveDateTime: '2026-10-01T08:00:00+02:00',
    valueQuantity: quantity(3, '{score}'),
    component: [
      component('9279-1', { valueQuantity: quantity(22, '/min') }),
      component('2708-6', { valueQuantity: quantity(97, '%') }),
      component('8480-6', { valueQuantity: quantity(125, 'mm[Hg]') }),
      component('8867-4', { valueQuantity: quantity(95, '/min') }),
      component('8310-5', { valueQuantity: quantity(37.0, 'Cel') }),
      { code: code('http://snomed.info/sct', '1104441000000107'), valueCodeableConcept: code('http://snomed.info/sct', '248234008') },
      { code: code('http://snomed.info/sct', '1104331000000105'), valueQuantity: quantity(0, '{score}') },
    ],
    ...more,
  }
}

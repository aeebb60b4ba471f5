/** Search tables of what was given and what was ordered. */
import { codings, identifiers } from '@helsevev/clinical/search-parameters'
import type { SearchParameter } from '@helsevev/kernel/fhir/service'
import type { MedicationAdministration, MedicationRequest } from '@medplum/fhirtypes'
import { codingsOf, type Given } from './medicine.ts'

const present: SearchParameter = { name: 'present', type: 'token', expression: 'true unless entered in error', findsPresent: true }

const common = (type: 'MedicationAdministration' | 'MedicationRequest'): SearchParameter<Given>[] => [
  { name: 'identifier', type: 'token', expression: `${type}.identifier`, values: ({ identifier = [] }) => identifiers(...identifier) },
  {
    name: 'code',
    type: 'token',
    expression: `${type}.medication (Medication.code, classification and ingredients)`,
    equivalents: true,
    texts: [
      'contained.code.text',
      'contained.code.coding.display',
      'contained.ingredient.itemCodeableConcept.coding.display',
      'medicationCodeableConcept.text',
      'medicationCodeableConcept.coding.display',
    ],
    values: (record) => codingsOf(record).map(({ system, code }) => ({ system, code })),
  },
  present,
]

export const administrationParameters: readonly SearchParameter<MedicationAdministration>[] = [
  ...common('MedicationAdministration'),
  {
    name: 'status',
    type: 'token',
    expression: 'MedicationAdministration.status',
    system: 'http://terminology.hl7.org/CodeSystem/medication-admin-status',
    values: ({ status }) => [{ code: status }],
  },
  {
    name: 'effective-time',
    type: 'date',
    expression: 'MedicationAdministration.effective',
    dates: ({ effectiveDateTime, effectivePeriod }) => [effectiveDateTime ?? effectivePeriod],
  },
  {
    name: 'category',
    type: 'token',
    expression: 'MedicationAdministration.category',
    values: ({ category }) => codings(category),
  },
  {
    name: 'request',
    type: 'reference',
    expression: 'MedicationAdministration.request',
    references: ({ request }) => [request?.reference],
    targets: ['MedicationRequest'],
  },
]

export const orderParameters: readonly SearchParameter<MedicationRequest>[] = [
  ...common('MedicationRequest'),
  {
    name: 'status',
    type: 'token',
    expression: 'MedicationRequest.status',
    system: 'http://hl7.org/fhir/CodeSystem/medicationrequest-status',
    values: ({ status }) => [{ code: status }],
  },
  { name: 'authoredon', type: 'date', expression: 'MedicationRequest.authoredOn', dates: ({ authoredOn }) => [authoredOn] },
]

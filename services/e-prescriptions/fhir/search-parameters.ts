/** Search tables of the four types. A drug stands in its record, and is found by its codes and its words. */
import { codings, identifiers } from '@helsevev/clinical/search-parameters'
import type { SearchParameter } from '@helsevev/kernel/fhir/service'
import type { Communication, MedicationDispense, MedicationRequest, Task } from '@medplum/fhirtypes'

type Drugged = MedicationRequest | MedicationDispense

const present: SearchParameter = { name: 'present', type: 'token', expression: 'true when it applies now', findsPresent: true }

const identifier = (type: string): SearchParameter<MedicationRequest | MedicationDispense | Task | Communication> => ({
  name: 'identifier',
  type: 'token',
  expression: `${type}.identifier`,
  values: (one) => identifiers(...(one.identifier ?? [])),
})

const code = (type: string): SearchParameter<Drugged> => ({
  name: 'code',
  type: 'token',
  expression: `${type}.medication (Medication.code)`,
  equivalents: true,
  texts: ['contained.code.text', 'contained.code.coding.display', 'medicationCodeableConcept.text'],
  values: ({ contained = [] }) => contained.flatMap((one) => (one.resourceType === 'Medication' ? codings(one.code) : [])),
})

export const medicationRequestParameters: readonly SearchParameter<MedicationRequest>[] = [
  identifier('MedicationRequest'),
  {
    name: 'prescription',
    type: 'token',
    expression: 'MedicationRequest.identifier (ReseptId)',
    values: ({ identifier: [resept] = [] }) => identifiers(resept),
  },
  {
    name: 'status',
    type: 'token',
    expression: 'MedicationRequest.status',
    system: 'http://hl7.org/fhir/CodeSystem/medicationrequest-status',
    values: ({ status }) => [{ code: status }],
  },
  {
    name: 'intent',
    type: 'token',
    expression: 'MedicationRequest.intent',
    system: 'http://hl7.org/fhir/CodeSystem/medicationrequest-intent',
    values: ({ intent }) => [{ code: intent }],
  },
  { name: 'category', type: 'token', expression: 'MedicationRequest.category', values: ({ category = [] }) => codings(...category) },
  { name: 'authoredon', type: 'date', expression: 'MedicationRequest.authoredOn', dates: ({ authoredOn }) => [authoredOn] },
  code('MedicationRequest'),
  present,
]

export const medicationDispenseParameters: readonly SearchParameter<MedicationDispense>[] = [
  identifier('MedicationDispense'),
  {
    name: 'prescription',
    type: 'token',
    expression: 'MedicationDispense.authorizingPrescription.identifier',
    values: ({ authorizingPrescription = [] }) => identifiers(...authorizingPrescription.map((one) => one.identifier)),
  },
  {
    name: 'status',
    type: 'token',
    expression: 'MedicationDispense.status',
    system: 'http://terminology.hl7.org/CodeSystem/medicationdispense-status',
    values: ({ status }) => [{ code: status }],
  },
  {
    name: 'whenhandedover',
    type: 'date',
    expression: 'MedicationDispense.whenHandedOver',
    dates: ({ whenHandedOver }) => [whenHandedOver],
  },
  code('MedicationDispense'),
  present,
]

export const taskParameters: readonly SearchParameter<Task>[] = [
  identifier('Task'),
  {
    name: 'prescription',
    type: 'token',
    expression: 'Task.focus.identifier | Task.input.value (the prescription that renews it)',
    values: ({ focus, input = [] }) => identifiers(focus?.identifier, ...input.map(({ valueIdentifier }) => valueIdentifier)),
  },
  {
    name: 'status',
    type: 'token',
    expression: 'Task.status',
    system: 'http://hl7.org/fhir/task-status',
    values: ({ status }) => [{ code: status }],
  },
  { name: 'code', type: 'token', expression: 'Task.code', values: (one) => codings(one.code) },
  { name: 'authored-on', type: 'date', expression: 'Task.authoredOn', dates: ({ authoredOn }) => [authoredOn] },
]

export const communicationParameters: readonly SearchParameter<Communication>[] = [
  identifier('Communication'),
  {
    name: 'prescription',
    type: 'token',
    expression: 'Communication.about.identifier',
    values: ({ about = [] }) => identifiers(...about.map((one) => one.identifier)),
  },
  { name: 'category', type: 'token', expression: 'Communication.category', values: ({ category = [] }) => codings(...category) },
  { name: 'sent', type: 'date', expression: 'Communication.sent', dates: ({ sent }) => [sent] },
]

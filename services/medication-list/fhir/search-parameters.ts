/** Search tables. A drug stands in its record, and is found by its codes and its words. */
import { MESSAGE_KIND } from '@helsevev/clinical/e-prescription-fhir/systems'
import { codings, identifiers } from '@helsevev/clinical/search-parameters'
import { statusSystems } from '@helsevev/clinical/systems'
import type { SearchParameter } from '@helsevev/kernel/fhir/service'
import type { CareTeam, Communication, List, MedicationStatement } from '@medplum/fhirtypes'
import { extensionsOf } from './systems.ts'

const present: SearchParameter = { name: 'present', type: 'token', expression: 'true when it applies now', findsPresent: true }

export const listParameters: readonly SearchParameter<List>[] = [
  {
    name: 'identifier',
    type: 'token',
    expression: 'List.identifier',
    values: ({ identifier = [] }) => identifiers(...identifier),
  },
  { name: 'code', type: 'token', expression: 'List.code', values: ({ code }) => codings(code) },
  {
    name: 'status',
    type: 'token',
    expression: 'List.status',
    system: 'http://hl7.org/fhir/list-status',
    values: ({ status }) => [{ code: status }],
  },
  {
    name: 'item',
    type: 'reference',
    expression: 'List.entry.item',
    references: ({ entry = [] }) => entry.map(({ item }) => item.reference),
    targets: ['MedicationStatement'],
  },
  present,
]

export const statementParameters: readonly SearchParameter<MedicationStatement>[] = [
  {
    name: 'identifier',
    type: 'token',
    expression: 'MedicationStatement.identifier',
    values: ({ identifier = [] }) => identifiers(...identifier),
  },
  {
    name: 'status',
    type: 'token',
    expression: 'MedicationStatement.status',
    system: 'http://hl7.org/fhir/CodeSystem/medication-statement-status',
    values: ({ status }) => [{ code: status }],
  },
  {
    name: 'effective',
    type: 'date',
    expression: 'MedicationStatement.effective',
    dates: ({ effectivePeriod }) => [effectivePeriod],
  },
  { name: 'category', type: 'token', expression: 'MedicationStatement.category', values: ({ category }) => codings(category) },
  {
    name: 'code',
    type: 'token',
    expression: 'MedicationStatement.medication (Medication.code)',
    equivalents: true,
    texts: ['contained.code.text', 'contained.code.coding.display', 'medicationCodeableConcept.text'],
    values: ({ contained = [] }) => contained.flatMap((one) => (one.resourceType === 'Medication' ? codings(one.code) : [])),
  },
  {
    name: 'prescription',
    type: 'token',
    expression: 'MedicationStatement.basedOn.identifier',
    values: ({ basedOn = [] }) => identifiers(...basedOn.map(({ identifier }) => identifier)),
  },
  {
    name: 'stands-in',
    type: 'token',
    expression: 'M25.1 for a line of the list, otherwise the message that proposes or packs it',
    system: MESSAGE_KIND,
    values: (one) => [{ code: extensionsOf(one, 'standsIn')[0]?.valueCode ?? 'M25.1' }],
  },
  present,
]

export const careTeamParameters: readonly SearchParameter<CareTeam>[] = [
  { name: 'identifier', type: 'token', expression: 'CareTeam.identifier', values: ({ identifier = [] }) => identifiers(...identifier) },
  { name: 'category', type: 'token', expression: 'CareTeam.category', values: ({ category = [] }) => codings(...category) },
  {
    name: 'status',
    type: 'token',
    expression: 'CareTeam.status',
    system: statusSystems.CareTeam,
    values: ({ status }) => (status === undefined ? [] : [{ code: status }]),
  },
]

export const communicationParameters: readonly SearchParameter<Communication>[] = [
  {
    name: 'identifier',
    type: 'token',
    expression: 'Communication.identifier',
    values: ({ identifier = [] }) => identifiers(...identifier),
  },
  { name: 'category', type: 'token', expression: 'Communication.category', values: ({ category = [] }) => codings(...category) },
  { name: 'sent', type: 'date', expression: 'Communication.sent', dates: ({ sent }) => [sent] },
]

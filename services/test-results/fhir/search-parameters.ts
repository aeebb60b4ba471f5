/** Search tables of the five types, as consumers of Pasientens prøvesvar use them (domain: API of test results). */
import type { SearchParameter } from '@helsevev/kernel/fhir/service'
import type {
  CodeableConcept,
  DiagnosticReport,
  Identifier,
  Observation,
  PractitionerRole,
  Reference,
  ServiceRequest,
  Specimen,
} from '@medplum/fhirtypes'
import { extensionOf, extensionUrls } from './extensions.ts'

const codings = (concepts: readonly (CodeableConcept | undefined)[] | undefined) =>
  (concepts ?? []).flatMap((concept) => concept?.coding ?? [])
const identifiers = (list: readonly (Identifier | undefined)[] | undefined) =>
  (list ?? []).flatMap((identifier) => (identifier?.value === undefined ? [] : [{ system: identifier.system, code: identifier.value }]))
const references = (list: readonly (Reference | undefined)[] | undefined) => (list ?? []).map((reference) => reference?.reference)

export const diagnosticReportParameters: readonly SearchParameter[] = [
  { name: 'date', type: 'date', expression: 'DiagnosticReport.effective' },
  {
    name: 'identifier',
    type: 'token',
    expression: 'DiagnosticReport.identifier',
    values: ({ identifier }: DiagnosticReport) => identifiers(identifier),
  },
  { name: 'status', type: 'token', expression: 'DiagnosticReport.status', values: ({ status }: DiagnosticReport) => [{ code: status }] },
  {
    name: 'category',
    type: 'token',
    expression: 'DiagnosticReport.category',
    values: ({ category }: DiagnosticReport) => codings(category),
  },
  { name: 'code', type: 'token', expression: 'DiagnosticReport.code', values: ({ code }: DiagnosticReport) => codings([code]) },
  {
    name: 'based-on',
    type: 'reference',
    expression: 'DiagnosticReport.basedOn',
    references: ({ basedOn }: DiagnosticReport) => references(basedOn),
    targets: ['ServiceRequest'],
  },
  {
    name: 'specimen',
    type: 'reference',
    expression: 'DiagnosticReport.specimen',
    references: ({ specimen }: DiagnosticReport) => references(specimen),
    targets: ['Specimen'],
  },
  {
    name: 'result',
    type: 'reference',
    expression: 'DiagnosticReport.result',
    references: ({ result }: DiagnosticReport) => references(result),
    targets: ['Observation'],
  },
  {
    name: 'performer',
    type: 'reference',
    expression: 'DiagnosticReport.performer',
    references: ({ performer }: DiagnosticReport) => references(performer),
    targets: ['PractitionerRole'],
  },
]

export const observationParameters: readonly SearchParameter[] = [
  { name: 'date', type: 'date', expression: 'Observation.effective' },
  {
    name: 'code',
    type: 'token',
    expression: 'Observation.code',
    equivalents: true,
    values: ({ code }: Observation) => codings([code]),
  },
  { name: 'status', type: 'token', expression: 'Observation.status', values: ({ status }: Observation) => [{ code: status }] },
  { name: 'category', type: 'token', expression: 'Observation.category', values: ({ category }: Observation) => codings(category) },
  {
    name: 'identifier',
    type: 'token',
    expression: 'Observation.identifier',
    values: ({ identifier }: Observation) => identifiers(identifier),
  },
  {
    name: 'value-quantity',
    type: 'quantity',
    expression: 'Observation.value',
    quantities: ({ valueQuantity }: Observation) => [valueQuantity],
  },
  {
    name: 'specimen',
    type: 'reference',
    expression: 'Observation.specimen',
    references: ({ specimen }: Observation) => references([specimen]),
    targets: ['Specimen'],
  },
  {
    name: 'has-member',
    type: 'reference',
    expression: 'Observation.hasMember',
    references: ({ hasMember }: Observation) => references(hasMember),
    targets: ['Observation'],
  },
  {
    name: 'performer',
    type: 'reference',
    expression: 'Observation.performer',
    references: ({ performer }: Observation) => references(performer),
    targets: ['PractitionerRole'],
  },
  {
    name: 'report',
    type: 'reference',
    expression: `Observation.extension('${extensionUrls.reportReference}').value`,
    references: (resource: Observation) => references([extensionOf(resource, extensionUrls.reportReference)?.valueReference]),
    targets: ['DiagnosticReport'],
  },
]

export const specimenParameters: readonly SearchParameter[] = [
  { name: 'collected', type: 'date', expression: 'Specimen.collection.collected' },
  {
    name: 'accession',
    type: 'token',
    expression: 'Specimen.accessionIdentifier',
    values: ({ accessionIdentifier }: Specimen) => identifiers([accessionIdentifier]),
  },
  { name: 'type', type: 'token', expression: 'Specimen.type', values: ({ type }: Specimen) => codings([type]) },
]

export const serviceRequestParameters: readonly SearchParameter[] = [
  { name: 'authored', type: 'date', expression: 'ServiceRequest.authoredOn' },
  {
    name: 'identifier',
    type: 'token',
    expression: 'ServiceRequest.identifier',
    values: ({ identifier }: ServiceRequest) => identifiers(identifier),
  },
  {
    name: 'requester',
    type: 'reference',
    expression: 'ServiceRequest.requester',
    references: ({ requester }: ServiceRequest) => references([requester]),
    targets: ['PractitionerRole'],
  },
]

export const practitionerRoleParameters: readonly SearchParameter[] = [
  { name: 'date', type: 'date', expression: `PractitionerRole.extension('${extensionUrls.reportDate}').value` },
  {
    name: 'organization-identifier',
    type: 'token',
    expression: 'PractitionerRole.organization.identifier',
    values: ({ organization }: PractitionerRole) => identifiers([organization?.identifier]),
  },
]

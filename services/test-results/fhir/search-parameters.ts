/** Search tables of the five types, as consumers of Pasientens prøvesvar use them. */
import { diagnosticReport, identifiers, observation, references, serviceRequest, specimen } from '@helsevev/clinical/search-parameters'
import type { SearchParameter } from '@helsevev/kernel/fhir/service'
import type { DiagnosticReport, Observation, PractitionerRole, ServiceRequest, Specimen } from '@medplum/fhirtypes'
import { extensionOf, extensionUrls } from './extensions.ts'

export const diagnosticReportParameters: readonly SearchParameter<DiagnosticReport>[] = [
  diagnosticReport.date,
  diagnosticReport.identifier,
  diagnosticReport.status,
  diagnosticReport.category,
  diagnosticReport.code,
  { ...diagnosticReport.basedOn, targets: ['ServiceRequest'] },
  { ...diagnosticReport.specimen, targets: ['Specimen'] },
  { ...diagnosticReport.result, targets: ['Observation'] },
  { ...diagnosticReport.performer, targets: ['PractitionerRole'] },
]

export const observationParameters: readonly SearchParameter<Observation>[] = [
  observation.date,
  observation.code,
  observation.status,
  observation.category,
  observation.identifier,
  observation.valueQuantity,
  observation.valueString,
  { ...observation.specimen, targets: ['Specimen'] },
  { ...observation.hasMember, targets: ['Observation'] },
  { ...observation.performer, targets: ['PractitionerRole'] },
  {
    name: 'report',
    type: 'reference',
    expression: `Observation.extension('${extensionUrls.reportReference}').value`,
    references: (resource) => references(extensionOf(resource, extensionUrls.reportReference)?.valueReference),
    targets: ['DiagnosticReport'],
  },
]

export const specimenParameters: readonly SearchParameter<Specimen>[] = [specimen.collected, specimen.accession, specimen.type]

export const serviceRequestParameters: readonly SearchParameter<ServiceRequest>[] = [
  serviceRequest.authored,
  serviceRequest.identifier,
  { ...serviceRequest.requester, targets: ['PractitionerRole'] },
]

export const practitionerRoleParameters: readonly SearchParameter<PractitionerRole>[] = [
  { name: 'date', type: 'date', expression: `PractitionerRole.extension('${extensionUrls.reportDate}').value` },
  {
    name: 'organization-identifier',
    type: 'token',
    expression: 'PractitionerRole.organization.identifier',
    values: ({ organization }) => identifiers(organization?.identifier),
  },
]

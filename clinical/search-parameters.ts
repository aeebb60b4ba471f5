/**
 * Search parameters of FHIR R4 (http://hl7.org/fhir/R4/searchparameter-registry.html), typed by the resource that each reads. A service
 * picks the rows that it offers, and states where a reference leads: `{ ...observation.specimen, targets: ['Specimen'] }`.
 */
import type { SearchParameter } from '@helsevev/kernel/fhir/service'
import type {
  CodeableConcept,
  DetectedIssue,
  DiagnosticReport,
  EpisodeOfCare,
  Goal,
  Identifier,
  Observation,
  Reference,
  Resource,
  ServiceRequest,
  Specimen,
} from '@medplum/fhirtypes'
import { statusSystems } from './systems.ts'

type Rows<R extends Resource> = Readonly<Record<string, SearchParameter<R>>>
type Tokens = ReturnType<NonNullable<SearchParameter['values']>>

/** The codings of concepts, as values of a token. */
export function codings(...concepts: readonly (CodeableConcept | undefined)[]): Tokens {
  return concepts.flatMap((concept) => concept?.coding ?? []).map(({ system, code }) => ({ system, code }))
}

export function identifiers(...list: readonly (Identifier | undefined)[]): Tokens {
  return list.flatMap((identifier) => (identifier?.value === undefined ? [] : [{ system: identifier.system, code: identifier.value }]))
}

export function references(...list: readonly (Reference | undefined)[]): (string | undefined)[] {
  return list.map((reference) => reference?.reference)
}

export const observation = {
  category: {
    name: 'category',
    type: 'token',
    expression: 'Observation.category',
    values: ({ category = [] }) => codings(...category),
  },
  code: { name: 'code', type: 'token', expression: 'Observation.code', equivalents: true, values: ({ code }) => codings(code) },
  date: {
    name: 'date',
    type: 'date',
    expression: 'Observation.effective',
    dates: (one) => [one.effectiveDateTime ?? one.effectiveInstant ?? one.effectivePeriod],
  },
  derivedFrom: {
    name: 'derived-from',
    type: 'reference',
    expression: 'Observation.derivedFrom',
    references: ({ derivedFrom = [] }) => references(...derivedFrom),
  },
  hasMember: {
    name: 'has-member',
    type: 'reference',
    expression: 'Observation.hasMember',
    references: ({ hasMember = [] }) => references(...hasMember),
  },
  identifier: {
    name: 'identifier',
    type: 'token',
    expression: 'Observation.identifier',
    values: ({ identifier = [] }) => identifiers(...identifier),
  },
  performer: {
    name: 'performer',
    type: 'reference',
    expression: 'Observation.performer',
    references: ({ performer = [] }) => references(...performer),
  },
  specimen: {
    name: 'specimen',
    type: 'reference',
    expression: 'Observation.specimen',
    references: ({ specimen }) => references(specimen),
  },
  status: {
    name: 'status',
    type: 'token',
    expression: 'Observation.status',
    system: statusSystems.Observation,
    values: ({ status }) => [{ code: status }],
  },
  valueQuantity: {
    name: 'value-quantity',
    type: 'quantity',
    expression: 'Observation.value',
    quantities: ({ valueQuantity }) => [valueQuantity],
  },
  valueString: {
    name: 'value-string',
    type: 'string',
    expression: '(Observation.value as string) | (Observation.value as CodeableConcept).text',
    texts: ['valueString', 'valueCodeableConcept.text'],
  },
} as const satisfies Rows<Observation>

export const diagnosticReport = {
  basedOn: {
    name: 'based-on',
    type: 'reference',
    expression: 'DiagnosticReport.basedOn',
    references: ({ basedOn = [] }) => references(...basedOn),
  },
  category: {
    name: 'category',
    type: 'token',
    expression: 'DiagnosticReport.category',
    values: ({ category = [] }) => codings(...category),
  },
  code: { name: 'code', type: 'token', expression: 'DiagnosticReport.code', values: ({ code }) => codings(code) },
  date: {
    name: 'date',
    type: 'date',
    expression: 'DiagnosticReport.effective',
    dates: (one) => [one.effectiveDateTime ?? one.effectivePeriod],
  },
  identifier: {
    name: 'identifier',
    type: 'token',
    expression: 'DiagnosticReport.identifier',
    values: ({ identifier = [] }) => identifiers(...identifier),
  },
  performer: {
    name: 'performer',
    type: 'reference',
    expression: 'DiagnosticReport.performer',
    references: ({ performer = [] }) => references(...performer),
  },
  result: {
    name: 'result',
    type: 'reference',
    expression: 'DiagnosticReport.result',
    references: ({ result = [] }) => references(...result),
  },
  specimen: {
    name: 'specimen',
    type: 'reference',
    expression: 'DiagnosticReport.specimen',
    references: ({ specimen = [] }) => references(...specimen),
  },
  status: {
    name: 'status',
    type: 'token',
    expression: 'DiagnosticReport.status',
    system: statusSystems.DiagnosticReport,
    values: ({ status }) => [{ code: status }],
  },
} as const satisfies Rows<DiagnosticReport>

export const specimen = {
  accession: {
    name: 'accession',
    type: 'token',
    expression: 'Specimen.accessionIdentifier',
    values: ({ accessionIdentifier }) => identifiers(accessionIdentifier),
  },
  collected: {
    name: 'collected',
    type: 'date',
    expression: 'Specimen.collection.collected',
    dates: ({ collection }) => [collection?.collectedDateTime ?? collection?.collectedPeriod],
  },
  type: { name: 'type', type: 'token', expression: 'Specimen.type', values: ({ type }) => codings(type) },
} as const satisfies Rows<Specimen>

export const serviceRequest = {
  authored: { name: 'authored', type: 'date', expression: 'ServiceRequest.authoredOn', dates: ({ authoredOn }) => [authoredOn] },
  identifier: {
    name: 'identifier',
    type: 'token',
    expression: 'ServiceRequest.identifier',
    values: ({ identifier = [] }) => identifiers(...identifier),
  },
  requester: {
    name: 'requester',
    type: 'reference',
    expression: 'ServiceRequest.requester',
    references: ({ requester }) => references(requester),
  },
} as const satisfies Rows<ServiceRequest>

export const episodeOfCare = {
  date: { name: 'date', type: 'date', expression: 'EpisodeOfCare.period', dates: ({ period }) => [period] },
  identifier: {
    name: 'identifier',
    type: 'token',
    expression: 'EpisodeOfCare.identifier',
    values: ({ identifier = [] }) => identifiers(...identifier),
  },
  status: {
    name: 'status',
    type: 'token',
    expression: 'EpisodeOfCare.status',
    system: statusSystems.EpisodeOfCare,
    values: ({ status }) => [{ code: status }],
  },
  type: { name: 'type', type: 'token', expression: 'EpisodeOfCare.type', values: ({ type = [] }) => codings(...type) },
} as const satisfies Rows<EpisodeOfCare>

export const goal = {
  lifecycleStatus: {
    name: 'lifecycle-status',
    type: 'token',
    expression: 'Goal.lifecycleStatus',
    system: statusSystems.Goal,
    values: ({ lifecycleStatus }) => [{ code: lifecycleStatus }],
  },
  startDate: { name: 'start-date', type: 'date', expression: 'Goal.start', dates: ({ startDate }) => [startDate] },
} as const satisfies Rows<Goal>

export const detectedIssue = {
  code: { name: 'code', type: 'token', expression: 'DetectedIssue.code', values: ({ code }) => codings(code) },
  identified: {
    name: 'identified',
    type: 'date',
    expression: 'DetectedIssue.identified',
    dates: (one) => [one.identifiedDateTime ?? one.identifiedPeriod],
  },
} as const satisfies Rows<DetectedIssue>

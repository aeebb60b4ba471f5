/**
 * Test results (Pasientens prøvesvar): answers of laboratories, pathology and imaging, whichever clinician ordered them and wherever they
 * were made. They are written as the message that the laboratory sends already, and read as FHIR. docs/services/test-results.md
 */
import { statedTokens } from '@helsevev/clinical/statuses'
import { defineService } from '@helsevev/kernel/fhir/service'
import type { Extension, Identifier, Observation } from '@medplum/fhirtypes'
import { analysesOperation } from './fhir/analyses-operation.ts'
import { extensionOf, extensionUrls } from './fhir/extensions.ts'
import { diagnosticReportProfile, practitionerRoleProfile, resultProfile, serviceRequestProfile, specimenProfile } from './fhir/profiles.ts'
import {
  diagnosticReportParameters,
  observationParameters,
  practitionerRoleParameters,
  serviceRequestParameters,
  specimenParameters,
} from './fhir/search-parameters.ts'
import { statusOperation } from './fhir/status-operation.ts'
import { identity } from './identity.ts'
import { convertKithReport, MEMBER_SYSTEM } from './kith/convert.ts'
import { legalBasis } from './legal-basis.ts'
import { DISCIPLINE_SYSTEM, disciplineOf } from './model/discipline.ts'
import { rules } from './model/rules.ts'

/** Only the adapter writes: a laboratory sends its report as a whole. */
const read = {
  interactions: ['read', 'search-type'] as const,
  businessKey: ({ identifier }: { identifier?: Identifier[] }) => identifier?.find(({ system }) => system === MEMBER_SYSTEM)?.value,
}

/** Radiology and nuclear medicine are images; pathology is of the laboratory, as IPS has it. */
function summaryCategoryOf({ category = [] }: Observation): 'imaging' | 'laboratory' {
  const code = category.flatMap(({ coding = [] }) => coding).find(({ system }) => system === DISCIPLINE_SYSTEM)?.code
  return disciplineOf(code).main === 'BLD' ? 'imaging' : 'laboratory'
}

const reportDate = (resource: { extension?: Extension[] }) => extensionOf(resource, extensionUrls.reportDate)?.valueDateTime

export const testResults = defineService({
  ...identity,
  summary: {
    nb: 'Svar fra laboratorier, patologi og bildediagnostikk, uansett hvem som rekvirerte og hvor prøven ble analysert.',
    nn: 'Svar frå laboratorium, patologi og biletdiagnostikk, uansett kven som rekvirerte og kvar prøva vart analysert.',
    en: 'Results from laboratories, pathology and imaging, no matter who ordered them and where the specimen was analysed.',
  },
  storageMode: 'national-copies',
  rules,
  legalBasis,
  readers: {
    LE: ['TREAT', 'ETREAT', 'COC', 'BTG'],
    SP: ['TREAT', 'ETREAT', 'COC', 'BTG'],
    JO: ['TREAT', 'ETREAT', 'BTG'],
    TL: ['TREAT', 'ETREAT'],
    FA1: ['TREAT'],
    FA2: ['TREAT'],
  },
  representation: {
    area: '3',
    parentsOfUnder12: true,
    parentsOf12To15: false,
    youth: 'never',
    guardian: true,
    fosterParents: true,
    source: 'helsenorge.no, youth access: a youth of 13 to 15 sees no laboratory results, and neither do parents from 12; 2026-11-22',
  },
  grounds: ['treatment', 'emergency', 'coordination', 'own-data'],
  retention:
    'The copy and its versions are kept while the laboratory’s owner shares the service; the original, under the laboratory’s own rules.',
  resources: {
    DiagnosticReport: {
      ...read,
      profiles: [{ profile: diagnosticReportProfile }],
      patientElement: 'subject',
      time: ({ effectiveDateTime }) => effectiveDateTime,
      searchParameters: diagnosticReportParameters,
    },
    Observation: {
      ...read,
      profiles: [{ profile: resultProfile }],
      patientElement: 'subject',
      time: ({ effectiveDateTime }) => effectiveDateTime,
      searchParameters: observationParameters,
    },
    Specimen: {
      ...read,
      profiles: [{ profile: specimenProfile }],
      patientElement: 'subject',
      time: (resource) => resource.collection?.collectedDateTime ?? reportDate(resource),
      searchParameters: specimenParameters,
    },
    ServiceRequest: {
      ...read,
      profiles: [{ profile: serviceRequestProfile }],
      patientElement: 'subject',
      time: (resource) => resource.authoredOn ?? reportDate(resource),
      searchParameters: serviceRequestParameters,
    },
    PractitionerRole: {
      ...read,
      profiles: [{ profile: practitionerRoleProfile }],
      patientElement: 'none',
      time: reportDate,
      searchParameters: practitionerRoleParameters,
    },
  },
  operations: [statusOperation, analysesOperation],
  patientSummary: [{ section: 'results', type: 'Observation', tokens: { status: statedTokens }, count: 50, category: summaryCategoryOf }],
  adapters: [
    {
      name: 'kith-report',
      summary: 'A KITH Svarrapport 1.3 or 1.4 as the laboratory sends it, XML.',
      accepts: 'xml',
      convert: (body, context) => convertKithReport(body as Buffer, context),
    },
  ],
})

export default testResults

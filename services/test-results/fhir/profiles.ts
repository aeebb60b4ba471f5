/** Profiles of test results: what every reader can rely on. They include what NILAR 1.6 requires of the same types. */
import { defineProfile } from '@helsevev/kernel/fhir/validation/profile'
import { DISCIPLINE_SYSTEM } from '../model/discipline.ts'
import { extensionUrls } from './extensions.ts'

const OURS = 'http://helsevev.no/fhir/StructureDefinition/'
const NILAR = 'http://nhn.no/fhir/nilar/StructureDefinition/'
const named = (name: string) => ({ url: `${OURS}no-${name}`, aliases: [`${NILAR}nilar-${name}`], name: `no-${name}` })
const extensions: string[] = Object.values(extensionUrls)

export const diagnosticReportProfile = defineProfile({
  ...named('diagnostic-report'),
  title: 'Report of test results',
  type: 'DiagnosticReport',
  extensions,
  elements: [
    { path: 'DiagnosticReport.extension', min: 1, why: 'The date of the first version (nilar-report-date).' },
    {
      path: 'DiagnosticReport.category',
      min: 1,
      max: '1',
      codes: [{ system: DISCIPLINE_SYSTEM, codes: ['LAB', 'PAT', 'BLD'] }],
      why: 'The main discipline: laboratory, pathology or imaging.',
    },
    { path: 'DiagnosticReport.effective[x]', min: 1, types: ['dateTime'], why: 'The oldest time that a result in it is about.' },
    { path: 'DiagnosticReport.issued', min: 1, why: 'The time of this version.' },
    { path: 'DiagnosticReport.basedOn', max: '1' },
    { path: 'DiagnosticReport.presentedForm', max: '0', why: 'Documents may hold personal data that nobody has checked.' },
  ],
})

export const resultProfile = defineProfile({
  ...named('observation'),
  name: 'no-test-result',
  url: `${OURS}no-test-result`,
  title: 'Test result',
  type: 'Observation',
  extensions,
  elements: [
    { path: 'Observation.extension', min: 1, why: 'The report that the result is from (nilar-diagnostic-report-ref).' },
    { path: 'Observation.category', max: '1' },
    { path: 'Observation.effective[x]', min: 1, types: ['dateTime'] },
    { path: 'Observation.value[x]', types: ['Quantity', 'CodeableConcept', 'dateTime', 'Range'] },
    { path: 'Observation.interpretation', max: '1' },
  ],
})

export const specimenProfile = defineProfile({ ...named('specimen'), title: 'Specimen', type: 'Specimen', extensions, elements: [] })

export const serviceRequestProfile = defineProfile({
  ...named('service-request'),
  title: 'Requisition',
  type: 'ServiceRequest',
  extensions,
  elements: [],
})

export const practitionerRoleProfile = defineProfile({
  ...named('practitioner-role'),
  title: 'Who ordered or performed',
  type: 'PractitionerRole',
  extensions,
  elements: [],
})

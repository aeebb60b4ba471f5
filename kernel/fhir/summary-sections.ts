/**
 * The sections of a patient summary, in the order in which they are shown: those of the International Patient Summary that services can
 * fill, by LOINC code (https://hl7.org/fhir/uv/ips/2.0.1/StructureDefinition-Composition-uv-ips.html), and one of our own. An empty section
 * that is required states why it is empty; other empty sections are left out.
 */
import { LOINC_SYSTEM } from '../codes/systems.ts'

interface SectionOfSummary {
  /** LOINC where there is none. */
  system?: string
  code: string
  display: string
  title: string
  required: boolean
}

export const summarySections: Readonly<Record<SummarySection, SectionOfSummary>> = {
  alerts: { code: '104605-1', display: 'Alert', title: 'Alerts', required: false },
  allergies: { code: '48765-2', display: 'Allergies and adverse reactions Document', title: 'Allergies and intolerances', required: true },
  medications: { code: '10160-0', display: 'History of Medication use Narrative', title: 'Medication summary', required: true },
  problems: { code: '11450-4', display: 'Problem list - Reported', title: 'Problem list', required: true },
  procedures: { code: '47519-4', display: 'History of Procedures Document', title: 'History of procedures', required: false },
  devices: { code: '46264-8', display: 'History of medical device use', title: 'Medical devices', required: false },
  results: { code: '30954-2', display: 'Relevant diagnostic tests/laboratory data note', title: 'Diagnostic results', required: false },
  'vital-signs': { code: '8716-3', display: 'Vital signs note', title: 'Vital signs', required: false },
  // A plan of care of IPS holds care plans. A service that runs is none, and LOINC has no code for services of a municipality.
  'municipal-services': {
    system: 'http://helsevev.no/fhir/CodeSystem/summary-section',
    code: 'municipal-services',
    display: 'Municipal health and care services',
    title: 'Municipal health and care services',
    required: false,
  },
}

export type SummarySection =
  | 'alerts'
  | 'allergies'
  | 'medications'
  | 'problems'
  | 'procedures'
  | 'devices'
  | 'results'
  | 'vital-signs'
  | 'municipal-services'

/** The code of the document as a whole. */
export const SUMMARY_DOCUMENT = { system: LOINC_SYSTEM, code: '60591-5', display: 'Patient summary Document' } as const

/**
 * The sections of a patient summary, in the order in which they are shown: those of the International Patient Summary that services can
 * fill, by LOINC code (http://hl7.org/fhir/uv/ips/StructureDefinition-Composition-uv-ips.html). An empty section that is required states
 * why it is empty; other empty sections are left out.
 */
import { LOINC_SYSTEM } from '../codes/systems.ts'

export const summarySections = {
  alerts: { code: '104605-1', display: 'Alert', title: 'Alerts', required: false },
  allergies: { code: '48765-2', display: 'Allergies and adverse reactions Document', title: 'Allergies and intolerances', required: true },
  medications: { code: '10160-0', display: 'History of Medication use Narrative', title: 'Medication summary', required: true },
  problems: { code: '11450-4', display: 'Problem list - Reported', title: 'Problem list', required: true },
  procedures: { code: '47519-4', display: 'History of Procedures Document', title: 'History of procedures', required: false },
  devices: { code: '46264-8', display: 'History of medical device use', title: 'Medical devices', required: false },
  results: { code: '30954-2', display: 'Relevant diagnostic tests/laboratory data note', title: 'Diagnostic results', required: false },
  'vital-signs': { code: '8716-3', display: 'Vital signs note', title: 'Vital signs', required: false },
  'plan-of-care': { code: '18776-5', display: 'Plan of care note', title: 'Plan of care', required: false },
} as const satisfies Record<string, { code: string; display: string; title: string; required: boolean }>

export type SummarySection = keyof typeof summarySections

/** The code of the document as a whole. */
export const SUMMARY_DOCUMENT = { system: LOINC_SYSTEM, code: '60591-5', display: 'Patient summary Document' } as const

/**
 * Every rule this service names: flags (accepted, kept as a tag, reported to the writer) and refusals. docs/services/hospital-medicines.md
 * has the same rows; a test compares them.
 */
import type { Issue } from '@helsevev/kernel/problem/problem'

const flags = {
  'identifier-missing':
    'There is no identifier. Sent again with other content it becomes a second record, and a correction cannot find it.',
  'medicine-without-code': 'The medicine has no code of its own. It is shown by its name or its ingredients, and found by these alone.',
  'dose-without-unit': 'The dose is a number without a unit. It is shown as it was sent.',
  'reference-open': 'This refers to something that was not sent with it. The reference is kept, and leads nowhere here.',
} as const

const refusals = {
  'bundle-not-transaction': {
    type: 'structure',
    text: 'Expected a Bundle of the type transaction, with identifier and timestamp (LMDI 1.1).',
  },
  'bundle-without-identifier': { type: 'required', text: 'State Bundle.identifier, by which the delivery is known (LMDI 1.1).' },
  'bundle-without-timestamp': {
    type: 'required',
    text: 'State Bundle.timestamp: of two statements about the same, the later holds (LMDI 1.1).',
  },
  'nothing-reported': { type: 'required', text: 'The Bundle has neither a MedicationAdministration nor a MedicationRequest.' },
  'type-not-taken': {
    type: 'not-supported',
    text: [
      'LMDI has Condition, Encounter, Medication, MedicationAdministration, MedicationRequest, Organization, Patient, Practitioner',
      'and Substance. Send other types to the service that takes them.',
    ].join(' '),
  },
  'entry-not-post': { type: 'not-supported', text: 'Every entry has request.method POST, and its type as request.url (LMDI 1.1).' },
  'entry-twice': { type: 'duplicate', text: 'Another entry has the same address, so that a reference could mean either. Send it once.' },
  'entry-not-reached': {
    type: 'business-rule',
    text: 'Nothing that was given or ordered refers to this entry, so that nobody would find it again. Leave it out, or refer to it.',
  },
  'patient-without-number': {
    type: 'required',
    text: [
      'The patient has no national identity number, D-number or help number. Without one nobody knows whose record it is:',
      'leave out what is about the patient, and send it when the number is known.',
    ].join(' '),
  },
  'subject-not-resolved': {
    type: 'not-found',
    text: 'The subject is no Patient of this Bundle. Send the Patient with it, or give subject.identifier with a national number.',
  },
  'medication-missing': {
    type: 'required',
    text: 'State the medicine: a Medication of the same Bundle, a contained one, or a medicationCodeableConcept with code or text.',
  },
  'medication-empty': { type: 'required', text: 'The Medication has neither code nor ingredient, so that it is not known what it is.' },
  'status-not-used': { type: 'code-invalid', text: 'What was given is completed, or entered-in-error (LMDI 1.1).' },
  'time-of-day-missing': { type: 'value', text: 'What was given has a time of day, and a period has start and end (LMDI 1.1).' },
  'effective-in-future': { type: 'value', text: 'The time is in the future. What is planned is a MedicationRequest.' },
} as const

const sentences: Readonly<Record<keyof typeof flags | keyof typeof refusals, string | { text: string }>> = { ...flags, ...refusals }

/** Flags and refusals, each with its sentence. */
export const rules = sentences

export function flag(code: keyof typeof flags, expression: string): Issue {
  return { severity: 'warning', type: 'value', code, text: flags[code], expression }
}

export function refusal(code: keyof typeof refusals, expression: string): Issue {
  return { severity: 'error', type: refusals[code].type, code, text: refusals[code].text, expression }
}

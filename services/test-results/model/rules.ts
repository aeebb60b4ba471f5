/**
 * Every flag of this service: the message is accepted, the flag stands on the resource as a tag and is reported to the sender. One row
 * each, with the sentence a laboratory reads. docs/services/test-results.md has the same rows; a test compares them.
 */
import type { Issue } from '@helsevev/kernel/problem/problem'

export const flags = {
  'encoding-declared-wrongly': 'The XML declaration names the wrong encoding. The message was read in the encoding that it has.',
  'generation-time-missing': 'GenDate is missing or is not a time. The issue date of the report was used for the version.',
  'report-date-invalid': 'A date in the report is not valid. It was left out.',
  'report-status-unknown': 'Status and ServType of the report are a combination that the published table does not have.',
  'result-status-unknown': 'StatusInvestigation and ServType are a combination that the published table does not have.',
  'code-read-by-name': 'A code of status, type, comparison, deviation or discipline was left out. It was read by its name in the list.',
  'code-not-known':
    'A status, type or deviation is no code and no name of its list, or a code and the name of another. It was kept in words.',
  'discipline-unknown': 'MsgDescr is not a known code of list 8202. The report is shown among laboratory results.',
  'investigation-missing': 'The result has no investigation. It is shown under its heading.',
  'code-without-list': 'A code came without its code list. It is kept but cannot be searched by list.',
  'result-item-id-repeated': 'IdResultItem is used twice in the message. Results are distinguished by their place in the message.',
  'number-not-readable': 'The numeric result is not a number. It was kept as text.',
  'unit-not-known': 'No UCUM code is known for the unit. It was kept as written and is not compared with others.',
  'text-read-as-number': 'The text result is a number with a unit and is stored as one, so that it can be compared.',
  'number-ambiguous': 'The point or comma of a text result may divide thousands or begin decimals. It was kept as text.',
  'specimen-not-in-message': 'The result points to a specimen that the message does not have.',
  'collection-time-missing': 'The specimen has no time of collection.',
  'laboratory-not-identified': 'The laboratory has no identifier. Versions of the report are distinguished by the sender alone.',
  'report-id-missing': 'The report has no ServProvId. The message id was used instead: later versions cannot be joined to this one.',
  'attachment-left-out': 'Attachments are not stored: they may hold personal data that nobody has checked.',
  'comparator-kept-as-text': 'FHIR has no sign for the comparison. It was kept in words, and the value is not compared with others.',
  'element-kept-as-note': 'An element has no place of its own in FHIR, or cannot be read as what it should be. It was kept as a note.',
  'patient-differs':
    'Name, birth date or sex in the message is not that of the identity number. Check that the report is about the right person.',
  'test-message': 'Message/Status is TEST. The report says so to its readers. Production refuses it.',
  'identity-number-removed': 'A text held an identity number. It was removed before storing.',
} as const

/** A message that is refused. */
export const TEST_REFUSED = {
  code: 'test-message-refused',
  text: 'Message/Status is TEST. This is a production environment: send test messages to a test environment.',
} as const

/** Flags and refusals, each with its sentence. */
export const rules = { ...flags, [TEST_REFUSED.code]: TEST_REFUSED.text }

export type Flag = keyof typeof flags

/** `expression`: where in the message, as a path of its elements. */
export function flag(code: Flag, expression: string): Issue {
  return { severity: 'warning', type: 'value', code, text: flags[code], expression }
}

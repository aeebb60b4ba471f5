/**
 * The named rules of the service, each with the sentence that a vendor reads: `warning` and `information` are flags on an accepted
 * resource, `error` refuses it. The codes are stable; docs/services/news2.md has a row for each.
 */
import type { Issue } from '@helsevev/kernel/problem/problem'

interface Rule {
  severity: Issue['severity']
  type: string
  text: string
}

export const rules = {
  'total-disagrees': {
    severity: 'warning',
    type: 'business-rule',
    text: 'Both are stored and both are shown. Correct the calculation at the source, and send the score again with the same identifier.',
  },
  'sub-score-disagrees': {
    severity: 'warning',
    type: 'business-rule',
    text: 'The score shown follows the chart of the Royal College of Physicians (2017); the one sent is kept. Correct it at the source.',
  },
  'sub-score-illegal': {
    severity: 'warning',
    type: 'value',
    text: 'The number is kept as sent, and not counted. Send a whole number from 0 to 3; air or oxygen is 0 or 2, consciousness 0 or 3.',
  },
  'parameter-missing': {
    severity: 'warning',
    type: 'incomplete',
    text: 'The score is shown as partial, without a total. Send a sub-score or a measured value for all seven parameters.',
  },
  'scale-assumed': {
    severity: 'warning',
    type: 'incomplete',
    text: 'Saturation is scored on scale 1. Send the sub-score of the scale used: 1104311000000102 (scale 1), 1104321000000108 (scale 2).',
  },
  'scale2-chooser-missing': {
    severity: 'warning',
    type: 'incomplete',
    text: 'Scale 2 is chosen by a competent clinician. Send an HPR number, or a name as display, in http://helsevev.no/fhir/StructureDefinition/news2-scale2-chosen-by.',
  },
  'unit-missing': {
    severity: 'warning',
    type: 'incomplete',
    text: 'The value is taken to be in the unit of the chart. Send Quantity.system http://unitsofmeasure.org with its code.',
  },
  'not-applicable-age': {
    severity: 'warning',
    type: 'business-rule',
    text: 'NEWS2 is not for anyone under 16, so no total is given. Use an early warning score for children.',
  },
  'not-applicable-pregnancy': {
    severity: 'warning',
    type: 'business-rule',
    text: 'NEWS2 is not for use in pregnancy, so no total is given. Use an obstetric early warning score.',
  },
  'age-unknown': {
    severity: 'information',
    type: 'incomplete',
    text: 'The person register has no birth date, so it is not known whether NEWS2 applies; it does not under 16. Register the birth date.',
  },
  'consciousness-by-display': {
    severity: 'warning',
    type: 'code-invalid',
    text: 'The level of consciousness was recognised by its words, not its code. Send the SNOMED CT code of the ACVPU answer.',
  },
  'consciousness-code-unknown': {
    severity: 'warning',
    type: 'code-invalid',
    text: 'Consciousness is not counted. Send 248234008 (A), 130987000 (C), 300202002 (V), 450847001 (P) or 422768004 (U) of SNOMED CT.',
  },
  'breathing-unknown': {
    severity: 'warning',
    type: 'code-invalid',
    text: 'Not counted. Send SNOMED CT 722742002 (room air) or 371825009 (on oxygen), or an amount: LOINC 3150-6 (%) or 3151-8 (L/min).',
  },
  comparator: {
    severity: 'warning',
    type: 'value',
    text: 'A value with a comparator is not exact and is not counted. Send the measured value.',
  },
  'date-without-time': {
    severity: 'warning',
    type: 'incomplete',
    text: 'The place of the score within its day is not known. Send effectiveDateTime with time and time zone.',
  },
  'identifier-missing': {
    severity: 'warning',
    type: 'incomplete',
    text: 'Without it a correction cannot find the original, and only the content shows a resend. Send identifier with system and value.',
  },
  'derived-from-unusable': {
    severity: 'warning',
    type: 'not-found',
    text: 'Not counted. Refer to a NEWS2 parameter of this patient in this service: stored, or earlier in the Bundle; not withdrawn.',
  },
  'assessment-dropped': {
    severity: 'warning',
    type: 'business-rule',
    text: 'The extension news2-assessment is made here from what is sent, so the one sent was left out. Do not send it.',
  },
  'scale-both': {
    severity: 'error',
    type: 'business-rule',
    text: 'A score uses scale 1 or scale 2 for the saturation, never both. Send the one that was used.',
  },
  'parameter-twice': {
    severity: 'error',
    type: 'duplicate',
    text: 'A score holds each parameter once. Send the value that the score was made from.',
  },
  'unit-wrong': {
    severity: 'error',
    type: 'value',
    text: 'Send the value in the unit of the chart.',
  },
  'value-impossible': {
    severity: 'error',
    type: 'value',
    text: 'The value is no measurement of this parameter. Check the value, its unit and its code.',
  },
  'value-required': {
    severity: 'error',
    type: 'required',
    text: 'Send the measured value, or dataAbsentReason when it was not measured.',
  },
  'date-without-day': {
    severity: 'error',
    type: 'value',
    text: 'A score belongs to a moment. Send at least the day, better the time with time zone, as in 2026-01-15T14:05:00+01:00.',
  },
  'effective-in-future': {
    severity: 'error',
    type: 'value',
    text: 'A measurement cannot be from a time to come. Check the clock and the time zone of the source.',
  },
  'score-empty': {
    severity: 'error',
    type: 'required',
    text: 'Nothing to score. Send a total (valueQuantity), sub-scores or measured values (component), or measurements (derivedFrom).',
  },
  'not-news2': {
    severity: 'error',
    type: 'not-supported',
    text: 'Send NEWS2 scores (SNOMED CT 1104051000000101) and their measurements only. GET /fhir/metadata lists the other services.',
  },
} as const satisfies Record<string, Rule>

export type RuleCode = keyof typeof rules

/** A breach of a rule at a place. `detail` states what was found there; it never contains free text from the sender. */
export function breach(code: RuleCode, expression: string, detail?: string): Issue {
  const { severity, type, text } = rules[code]
  return { severity, type, code, text: detail ? `${detail}. ${text}` : text, expression }
}

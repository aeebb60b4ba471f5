/**
 * Every rule this service names: flags (accepted, kept as a tag, reported to the writer) and refusals. docs/services/home-monitoring.md has
 * the same rows; a test compares them.
 */
import type { Issue } from '@helsevev/kernel/problem/problem'

const flags = {
  'code-not-known': 'The code is not one of those that trends are made of. The measurement is shown only in lists.',
  'unit-converted': 'The unit differs from the one used to compare. The value is kept as sent; the converted value is shown next to it.',
  'unit-not-ucum': 'The unit is written in words. Send its UCUM code in Quantity.code, with the system http://unitsofmeasure.org.',
  'value-implausible': 'The value is hardly possible for a person. It is shown with a remark and left out of trends.',
  'performer-missing': 'No performer is named. State who measured: the patient, staff or an organisation.',
  'device-missing': 'No device is named. Name it where there is one: it distinguishes the measurements of two devices.',
  'identifier-missing':
    'The measurement has no identifier from its source. If it is corrected and sent again, it is stored as another measurement.',
  'time-of-day-missing': 'The measurement has a date but no time of day.',
  'alert-code-text-disagree': 'The code and the text name different kinds of alarm. Both are kept; do not trust either alone.',
  'patient-not-stated': 'A record of the document names no patient. It is stored about the patient of the document.',
} as const

const refusals = {
  'unit-missing': { type: 'required', text: 'A number needs its unit: a UCUM code in Quantity.code.' },
  'unit-not-comparable': { type: 'value', text: 'The unit does not fit the quantity that the code names.' },
  'value-missing': {
    type: 'required',
    text: 'A measurement has a value, components with values, or a dataAbsentReason with the reason why it has none.',
  },
  'effective-in-future': { type: 'value', text: 'The measurement is from a time that has not come. Check the clock of the device.' },
  'news2-elsewhere': {
    type: 'business-rule',
    text: 'This is a NEWS2 score. Send it to the service news2, POST /fhir/news2/Observation, which computes it again and shows its trend.',
  },
  'goal-without-bound': {
    type: 'required',
    text: 'A threshold needs target.measure, and a low, a high or both in target.detailRange or detailQuantity.',
  },
  'entry-not-reached': {
    type: 'not-found',
    text: 'No record of the document refers to this entry, so it would be lost. Refer to its fullUrl, or send it by itself.',
  },
} as const

/** Flags and refusals, each with its sentence. */
export const rules = { ...flags, ...refusals }

export type FlagCode = keyof typeof flags
export type Refusal = keyof typeof refusals

export function flag(code: FlagCode, expression: string): Issue {
  return { severity: 'warning', type: 'value', code, text: flags[code], expression }
}

export function refusal(code: Refusal, expression: string): Issue {
  return { severity: 'error', type: refusals[code].type, code, text: refusals[code].text, expression }
}

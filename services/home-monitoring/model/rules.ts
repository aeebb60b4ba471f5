/**
 * Every rule this service names: flags (accepted, kept as a tag, reported to the writer) and refusals. docs/services/home-monitoring.md has
 * the same rows; a test compares them.
 */
import type { Issue } from '@helsevev/kernel/problem/problem'

const flags = {
  'code-not-known': 'The code is none of the measurements that trends are made of. The measurement is shown in lists only.',
  'unit-converted': 'The unit is another than the one we compare in. The value as sent stands; the converted one is beside it.',
  'unit-not-ucum': 'The unit is written in words. Send its UCUM code in Quantity.code, with the system http://unitsofmeasure.org.',
  'value-implausible': 'The value is hardly a person’s. It is shown with a remark and left out of trends.',
  'performer-missing': 'Nobody stands as performer. Say whose measurement it is: the patient, staff or an organisation.',
  'device-missing': 'No device is named. Name it where there is one, so that two devices can be told apart.',
  'identifier-missing':
    'The measurement has no identifier of its source. The same measurement sent with a change is taken for another one.',
  'time-of-day-missing': 'The measurement has a date and no time of day.',
  'alert-code-text-disagree': 'Code and text of the alarm say different kinds. Both are kept; trust neither alone.',
} as const

const refusals = {
  'unit-missing': { type: 'required', text: 'A number needs its unit: a UCUM code in Quantity.code.' },
  'unit-not-comparable': { type: 'value', text: 'The unit measures something else than the code says.' },
  'value-missing': {
    type: 'required',
    text: 'A measurement has a value, components with values, or a dataAbsentReason that says why it has none.',
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
} as const

export type FlagCode = keyof typeof flags
export type Refusal = keyof typeof refusals

export function flag(code: FlagCode, expression: string): Issue {
  return { severity: 'warning', type: 'value', code, text: flags[code], expression }
}

export function refusal(code: Refusal, expression: string): Issue {
  return { severity: 'error', type: refusals[code].type, code, text: refusals[code].text, expression }
}

/**
 * Every rule this service names: flags (accepted, kept as a tag, reported to the writer) and refusals.
 * docs/services/critical-information.md has the same rows; a test compares them.
 */
import type { Issue } from '@helsevev/kernel/problem/problem'

const flags = {
  'main-code-not-chosen': 'There is more than one code, and none has userSelected. The first was taken for the main one.',
  'main-code-missing': 'The entry has text and no code. It is shown, and cannot be matched with another of the same fact.',
  'main-code-unusual': 'The main code is from a list that the category does not use. It was kept as sent.',
  'code-unknown': 'The code is not in its list. It was kept as sent.',
  'recorder-kept': 'The recorder is who registered the entry first, and stays. You stand as the one who updated it.',
  'recorder-added': 'No recorder was sent. The person or organisation of the token was taken.',
  'refuted-made-inactive': 'The entry is refuted, so its clinical status was set to inactive.',
  'valid-until-before-recorded': 'The validity ends before the entry was registered.',
  'valid-until-passed': 'The validity has ended. The entry is kept, and shown as ended.',
  'manifestation-missing': 'The reaction has no manifestation of list 7497.',
} as const

const refusals = {
  'category-missing': {
    type: 'required',
    text: 'State the category: a profile of Kjernejournal in meta.profile, or a category of list urn:oid:2.16.578.1.12.4.1.1.7651.',
  },
  'code-or-text-missing': { type: 'required', text: 'An entry says what it is about: a code, or a text where there is none.' },
  'nothing-known-stated': {
    type: 'business-rule',
    text: 'A statement that nothing is known is no critical entry. Leave it out, and withdraw entries that are wrong.',
  },
  'status-not-used': { type: 'code-invalid', text: 'The status is not one that the type uses here.' },
  'valid-until-no-date': { type: 'value', text: 'KjValidUntil takes a valueDateTime or valueDate.' },
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

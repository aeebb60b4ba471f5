/** Why a representation is not registered or ended: one row for each rule, with the remedy. docs/run/representation.md */
import { type Problem, problemWith } from '../../problem/problem.ts'

// biome-ignore format: a table, one row to a line
const representationRules = {
  'not-for-you':              'This kind of representation is registered and ended by others. They are listed in docs/run/representation.md.',
  'not-child-welfare':        'A grant to foster parents comes from the child welfare service of a municipality or of the state, named by its organisation number.',
  'same-person':              'A person cannot be their own representative. Give two different people.',
  'has-died':                 'A person who has died neither has a representative nor is one.',
  'birth-date-unknown':       'The person register has no birth date, and the age decides here. Add the birth date first.',
  'patient-too-young':        'The patient is too young for this kind of representation.',
  'patient-too-old':          'The patient is too old for this kind of representation.',
  'representative-too-young': 'A person who acts for somebody else must have turned 18.',
  'parent-required':          'Consent comes from a person with parental responsibility that is registered and in force.',
  'areas-not-here':           'This kind of representation has no areas. Leave them out.',
  'scope-invalid':            'A guardianship has one scope: PersonalAndFinancialInterests, PersonalInterests, FinancialInterests or ImmigrationPersonalAndFinancialInterests.',
  'areas-invalid':            'A power of attorney names one or more service areas by number, such as 3 for digital health services.',
  'until-required':           'A grant to foster parents has an end. Give one.',
  'until-too-far':            'A grant to foster parents is for 366 days at most. Grant it again when it ends.',
  'period-invalid':           'The period ends before it begins.',
  'period-over':              'The period is over already. Give a later end.',
  'source-invalid':           'State in 3 to 200 characters what it rests on: the register, or the reference of the document or the doctor\'s statement. Leave out identity numbers.',
  'area-not-here':            'No service here belongs to that service area. Area 3 is digital health services.',
  'not-registered':           'No such representation is registered and in force. Nothing was changed.',
} as const satisfies Record<string, string>

export type RepresentationRule = keyof typeof representationRules

/** A Problem with every rule that is broken, so that all can be mended at once. */
export function representationRefusal(broken: readonly RepresentationRule[]): Problem {
  return problemWith(
    'representation-refused',
    broken.map((rule) => ({ severity: 'error', type: 'business-rule', code: rule, text: representationRules[rule] })),
  )
}

/** Why a choice is not made: one row for each rule, with the remedy and the element of a Consent. docs/api/consent.md */
import { type Problem, problemWith } from '../../problem/problem.ts'

// biome-ignore format: a table, one row to a line
const choiceRules = {
  'service-required':      { element: 'Consent.provision.class', text: 'An opt-out names the information service it is from.' },
  'service-unknown':       { element: 'Consent.provision.class', text: 'There is no such information service here. GET /fhir/metadata lists them.' },
  'opt-out-is-whole':      { element: 'Consent.provision',       text: 'An opt-out is from a whole service: it names no organisation, practitioner or record. Make a restriction instead.' },
  'practitioner-required': { element: 'Consent.provision.actor', text: 'A block names the practitioner by HPR number.' },
  'practitioner-unknown':  { element: 'Consent.provision.actor', text: 'The HPR number is not in the register of health personnel.' },
  'restriction-is-of-all': { element: 'Consent.provision.actor', text: 'A restriction does not name a practitioner. Make a block instead.' },
  'controller-unknown':    { element: 'Consent.provision.actor', text: 'The organisation whose records are meant is not in the register, or is a unit of another organisation. Name the legal entity.' },
  'receiver-unknown':      { element: 'Consent.provision.actor', text: 'The organisation that may see or may not see is not in the register, or is a unit of another organisation. Name the legal entity.' },
  'record-unknown':        { element: 'Consent.provision.data',  text: 'The patient has no such record here, in that service and of that organisation.' },
  'period-invalid':        { element: 'Consent.provision.period', text: 'The period ends before it begins.' },
  'period-over':           { element: 'Consent.provision.period', text: 'The period is over already. Give a later end, or none.' },
  'note-required':         { element: 'Consent.extension',       text: 'Staff add a note that states how the patient asked for the choice, in words: at least ten letters, five of them different.' },
  'note-invalid':          { element: 'Consent.extension',       text: 'A note has 1 to 1000 characters and no control characters.' },
  'note-holds-number':     { element: 'Consent.extension',       text: 'The note holds what looks like an identity number. Leave it out.' },
  'too-many-choices':      { element: 'Consent',                 text: 'The patient has as many choices as there can be. End some first.' },
} as const satisfies Record<string, { element: string; text: string }>

export type ChoiceRule = keyof typeof choiceRules

/** A Problem with every rule that is broken, so that all can be mended at once. */
export function choiceRefusal(broken: readonly ChoiceRule[]): Problem {
  return problemWith(
    'choice-refused',
    broken.map((rule) => ({
      severity: 'error',
      type: 'business-rule',
      code: rule,
      text: choiceRules[rule].text,
      expression: choiceRules[rule].element,
    })),
  )
}

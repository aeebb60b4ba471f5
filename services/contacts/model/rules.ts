/**
 * Every rule this service names: flags (accepted, kept as a tag, reported to the writer) and refusals. docs/services/contacts.md has the
 * same rows; a test compares them.
 */
import type { Issue } from '@helsevev/kernel/problem/problem'

export const flags = {
  'phone-missing': 'The contact has no telephone number, so nobody can be called.',
  'relation-unknown': 'The code of the relation is in none of the lists that are read here. It was kept, and is shown by its text.',
  'guardian-scope-missing': 'It is not stated what the guardian decides about. Give the extension guardian-scope.',
  'ended-still-active': 'The period has ended, and the resource is still active. It is shown as ended.',
  'role-unknown': 'The role is neither primary contact nor regular GP. It was kept, and is shown by its text.',
  'gp-without-hpr-number': 'The regular GP has no HPR number, so it cannot be compared with a register.',
  'hpr-number-form': 'An HPR number has one to nine digits. It was kept as sent.',
  'several-gps': 'More than one regular GP is active. A person has one: end the period of the one before.',
} as const

export const refusals = {
  'name-or-relation-missing': {
    type: 'required',
    text: 'A contact has a name or a relation, so that a reader knows who answers. Give name, or relationship with a code or a text.',
  },
  'phone-form': {
    type: 'value',
    text: 'This is no telephone number that can be called. Send eight digits, or + and the country code, such as "+47 22 33 44 55".',
  },
  'identifier-of-person': {
    type: 'security',
    text: 'The identity number of a contact is not shared. Remove it, and send the number of your own system, or no identifier.',
  },
  'contained-type': {
    type: 'business-rule',
    text: 'A team contains Practitioner, PractitionerRole and Organization only. Leave this resource out.',
  },
  'element-not-needed': {
    type: 'business-rule',
    text: 'Nobody needs this element in order to call. Leave it out; it stays in the record of the sender.',
  },
  'extension-repeated': {
    type: 'business-rule',
    text: 'A contact has this extension once. Send the one that holds.',
  },
  'guardian-scope-unknown': {
    type: 'code-invalid',
    text: 'The scope of a guardian is one of the codes of the National Population Register. Send one of them as valueCode.',
  },
  'guardian-scope-without-guardian': {
    type: 'business-rule',
    text: 'Only a guardian has a scope. Add GUARD of http://terminology.hl7.org/CodeSystem/v3-RoleCode to relationship, or remove the scope.',
  },
  'contact-order-form': {
    type: 'value',
    text: 'contact-order states who is called first as a whole number from 1. Send it as valuePositiveInt.',
  },
  'participant-unnamed': {
    type: 'required',
    text: 'Nobody can see who this participant is. Give member.display, or a contained resource with a name.',
  },
} as const

/** Flags and refusals, each with its sentence. */
export const rules = { ...flags, ...refusals }

export type FlagCode = keyof typeof flags
export type Refusal = keyof typeof refusals

/** A remark on something accepted. */
export function flag(code: FlagCode, expression: string): Issue {
  return { severity: 'warning', type: 'business-rule', code, text: flags[code], expression }
}

/** A fault that refuses the write. `about` adds what is permitted in this case. */
export function refusal(code: Refusal, expression: string, about?: string): Issue {
  const { type, text } = refusals[code]
  return { severity: 'error', type, code, text: about ? `${text} ${about}` : text, expression }
}

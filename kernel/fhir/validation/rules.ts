/**
 * The rules of the validator by the code that a fault carries: what is refused, and the clause. docs/api/validation.md is made from them.
 */

interface Rule {
  /** What is refused, as the end of a sentence. */
  refuses: string
  /** Where FHIR says so. */
  clause: string
}

const R4 = 'http://hl7.org/fhir/R4/'

/** Rules of FHIR itself; an invariant has its own key as code. */
export const baseRules: Readonly<Record<string, Rule>> = {
  'unknown-element': { refuses: 'an element that FHIR does not have there', clause: `${R4}json.html` },
  'unknown-type': { refuses: 'a resource of a type that FHIR does not have', clause: `${R4}resourcelist.html` },
  'json-type': {
    refuses: 'another JSON type: a list for one value, one value for a list, an object for a text, null',
    clause: `${R4}json.html#representations`,
  },
  empty: { refuses: 'an empty object or list, or an object with an id alone (ele-1)', clause: `${R4}json.html` },
  blank: { refuses: 'a text without a character that can be seen', clause: `${R4}datatypes.html#string` },
  cardinality: {
    refuses: 'a missing element that FHIR requires, and more values than it allows. A status needs a value: extensions alone do not do',
    clause: `${R4}conformance-rules.html#cardinality`,
  },
  choice: { refuses: 'two types of one choice, such as valueString and valueQuantity', clause: `${R4}formats.html#choice` },
  format: {
    refuses:
      'a text or number that its type does not allow: a day that does not exist, a time without seconds or zone, a leap second, ' +
      'an integer with a decimal point, an exponent or as -0, control characters, spaces in a code',
    clause: `${R4}datatypes.html#primitive`,
  },
  length: {
    refuses: 'a text or number longer than its type needs: 4,000 characters for a name, 1 MB for a text (docs/run/limits.md)',
    clause: `${R4}datatypes.html#string`,
  },
  'required-code': {
    refuses:
      'a code outside a value set that is required, and a concept without a coding of it; codes that mean the same count. No tag of BCP 47',
    clause: `${R4}terminologies.html#required`,
  },
  'reference-format': {
    refuses:
      'a reference that can be no address of a resource: a search outside a transaction, a type that FHIR does not have, an id with ' +
      'other characters or none, another scheme than http, https, urn:uuid and urn:oid',
    clause: `${R4}references.html#literal`,
  },
  'reference-target': {
    refuses: 'a reference to a type that the element does not allow, as far as it says its type, or a `type` that its address contradicts',
    clause: `${R4}references.html`,
  },
  'modifier-extension': {
    refuses: 'a modifierExtension anywhere: it changes the meaning, and the server knows none',
    clause: `${R4}extensibility.html#modifierExtension`,
  },
  'implicit-rules': { refuses: 'implicitRules, for the same reason', clause: `${R4}resource.html#implicitRules` },
}

/** Rules of a profile. */
export const profileRules: Readonly<Record<string, string>> = {
  'profile-min': 'an element that the profile requires is missing',
  'profile-max': 'an element that is not used here, or that comes too often',
  'profile-type': 'another type of a choice',
  'profile-fixed': 'another value than the only one',
  'profile-pattern': 'a value without what the pattern has',
  'profile-code': 'a code outside the list of the profile',
  'profile-target': 'a reference to another type',
  'profile-slice': 'too few or too many of a kind of member',
}

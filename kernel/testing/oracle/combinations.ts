/**
 * Random requests with their facts, drawn close to the limits of the rules: a plain case that is allowed, with a few changes. A combination
 * is a flat list of named choices with the plain value first, so that fast-check reduces a difference to few changes and `changesOf` writes
 * them in words.
 */
import fc from 'fast-check'
import { agreement, choice, plainOf, relation, subset, unlike } from './draw.ts'

// biome-ignore format: a table, one row to a line
const draws = {
  kind:                unlike('search', 0, 'search', 'search', 'read', 'read', 'list', 'list', 'write', 'identify', 'control', 'control', 'citizen', 'citizen', 'citizen', 'citizen'),
  now:                 unlike('a winter morning', 2, 'the millisecond before midnight', 'midnight on 28 February', 'midnight in summer', 'when summer time begins', 'midnight on 29 February', 'a winter morning and a millisecond'),
  caller:              unlike('of its kind', 40, 'person', 'system', 'citizen'),
  loggedIn:            unlike('with a number', 60, 'without'),
  hpr:                 unlike('registered', 8, 'none'),
  otherNumbers:        unlike('none', 3, 'one of another number'),
  caseOfficer:         unlike('no', 3, 'opened by own', 'opened by east', 'opened by all', 'opened in other services'),
  organization:        unlike('named', 80, 'none'),
  child:               unlike('none', 2, 'north', 'south', 'elsewhere'),
  membership:          unlike('member', 60, 'not member', 'not in the register'),
  supplier:            unlike('none', 3, 'member', 'member', 'member', 'member', 'member', 'member', 'not member', 'not in the register'),
  delegation:          unlike('stands', 60, 'withdrawn'),
  scope:               unlike('of the request', 60, 'another direction', 'another service', 'none'),
  readers:             unlike('doctors for all', 4, 'nurses for all', 'doctors for treatment alone', 'nobody'),
  parentsUnder12:      unlike(true, 5, false),
  parents12To15:       unlike(false, 2, true),
  youth:               unlike('with-parental-consent', 4, 'never'),
  guardian:            unlike(true, 5, false),
  fosterParents:       unlike(true, 5, false),
  statesServices:      unlike(true, 1, false),
  produces:            unlike(true, 1, false),
  consumes:            unlike(true, 6, false),
  roleRules:           unlike('none', 4, 'doctors for treatment', 'doctors for all', 'nurses for all'),
  holds:               unlike('doctor', 12, 'doctor and nurse', 'nurse', 'nothing', 'not in the register'),
  attested:            unlike('yes', 40, 'no'),
  lacking:             unlike('nothing', 10, 'identifier', 'authorization', 'authorization', 'authorization', 'legal entity', 'point of care', 'service', 'purpose', 'decision', 'patient', 'time'),
  age:                 unlike('fresh', 5, '59:59', '60:00', '60:01', '5 s ahead', '6 s ahead', '1 day'),
  attestedPerson:      unlike('who is logged in', 40, 'another'),
  attestedHpr:         unlike('own', 6, 'absent', 'absent', 'of another'),
  attestedEntity:      unlike('own', 40, 'another'),
  authorization:       unlike('doctor', 8, 'nurse', 'unknown'),
  place:               unlike('legal entity', 3, 'north', 'south', 'department', 'elsewhere', 'legal entity with another system'),
  details:             unlike('service', 4, 'details', 'both'),
  purpose:             unlike('TREAT', 1, 'ETREAT', 'COC', 'BTG', 'BTG', 'unknown'),
  reason:              unlike('Unconscious on arrival', 5, 'none', '', 'ninechars', 'ten chars!', 'aaaaaaaaaaaaaaa', 'asdfasdfasdf', 'ten letter\u0301\u0301', '\u3164\u3164\u3164\u3164\u3164ninechars', 'aabbccddeee', '    nine in all    ', '          ', 'ab cd ef gh', 'twelve chars '),
  selected:            unlike<boolean | undefined>(true, 12, false, undefined),
  consentDeclared:     unlike(false, 4, true),
  named:               unlike('by number', 1, 'by key'),
  patient:             unlike('registered', 30, 'not registered'),
  linked:              unlike(false, 3, true),
  attestedFor:         unlike('the patient', 15, 'the linked number', 'another', 'nobody'),
  listed:              unlike(true, 1, false),
  namesPatient:        unlike(false, 1, true),
  contributors:        subset('own', 'east', 'west'),
  silent:              unlike('nobody', 5, 'another'),
  blockedByTheSource:  unlike(false, 4, true),
  agreements:          fc.array(agreement, { maxLength: 4 }),
  choices:             fc.array(choice, { maxLength: 4 }),
  blocked:             unlike(false, 6, true),
  closeRelation:       unlike('none', 6, 'self', 'relative'),
  relationOpenedBy:    subset('own', 'east', 'west'),
  citizen:             unlike('another', 1, 'the patient', 'the patient', 'the linked number', 'not in the register', 'unread'),
  bornYearsAgo:        unlike<number | 'unknown'>(40, 0, 10, 11, 12, 13, 15, 16, 17, 18, 'unknown'),
  bornDay:             unlike('today', 1, 'tomorrow', 'yesterday', 'leap day', 'first of March'),
  citizenYearsAgo:     unlike<number | 'unknown'>(45, 2, 15, 17, 18, 19, 'unknown'),
  citizenBornDay:      unlike('today', 1, 'tomorrow', 'leap day'),
  address:             unlike('Unclassified', 20, 'ClientAddress', 'Confidential', 'StrictlyConfidential'),
  patientAddress:      unlike('Unclassified', 20, 'ClientAddress', 'Confidential', 'StrictlyConfidential'),
  died:                unlike(false, 20, true),
  relations:           fc.array(relation, { maxLength: 3 }),
  parentalConsents:    fc.array(relation, { maxLength: 2 }),
  sameAddress:         unlike(true, 3, false),
  fosterGrant:         unlike(false, 4, true),
}

export type Drawn = { [Name in keyof typeof draws]: (typeof draws)[Name] extends fc.Arbitrary<infer Value> ? Value : never }

export const combinations: fc.Arbitrary<Drawn> = fc.record(draws) as fc.Arbitrary<Drawn>

/** The differences of a combination from the plain one, a line for each. */
export function changesOf(drawn: Drawn): string {
  return Object.entries(drawn)
    .filter(([name, value]) => (Array.isArray(value) ? value.length > 0 : value !== plainOf(draws[name as keyof Drawn])))
    .map(([name, value]) => `  ${name}: ${JSON.stringify(value)}`)
    .join('\n')
}

/** Why an act on agreements is refused: one row for each rule, with the remedy. Described in docs/run/agreements.md. */
import { type Problem, problemWith } from '../../problem/problem.ts'

// biome-ignore format: a table, one row to a line
export const rules = {
  // Who acts
  'name-missing':          'The person who acts has a name of at least two letters. Give the name.',
  'not-a-party':           'Only a party acts on an agreement: its data controller, its receiver or, for a group, one of its members. Act for one of them.',
  'not-the-controller':    'The data controller decides this. Act for that organisation.',
  'not-the-organisation':  'An organisation decides this for itself. Act for that organisation.',
  'not-the-publisher':     'The organisation that published the standard agreement signs for its side, and publishes its next versions.',
  'same-person':           'The two sides are signed by two different people. Let another person sign for the other side.',

  // The parties
  'organisation-unknown':  'The organisation is not in the register. Import it first, or mend the number.',
  'group-unknown':         'There is no such group of organisations. Make it first, or mend its id.',
  'group-exists':          'There is a group with that id already. Choose another id, or use the one there is.',
  'group-id-invalid':      'The id of a group or a standard agreement is 2 to 63 small letters, digits and hyphens, and begins with a letter.',
  'receiver-is-controller': 'An organisation needs no agreement with itself. Name another receiver.',
  'receiver-is-private':   'A private provider receives under contract with a municipality, about the persons it delivers services to. Give the receiver type private-provider.',
  'receiver-not-private':  'The receiver is not registered as a private provider. Give the receiver type organization.',
  'controller-not-municipality': 'A private provider receives under contract with a municipality. Let the municipality be the controller.',
  'unit-unknown':          'A named unit is a sub-unit of the private provider in the register of organisations. Mend the number, or import the unit.',
  'service-codes-missing': 'A contract with a private provider names the municipal services it is about, by code. Name one or more.',
  'service-code-invalid': 'This is no code of the list. Write it as the list does, without zeros in front.',
  'service-codes-not-here': 'The records of this information service state no municipal service. Leave the service codes out.',
  'service-codes-without-provider': 'Only contracts with a private provider name municipal services. Leave the service codes out.',
  'taken-over-without-provider': 'Only a contract with a private provider is taken over. Leave it out.',
  'taken-over-by-itself': 'The provider whose contract ends does not take over. Name another organisation, or leave it out for the controller.',
  'units-without-provider': 'Only agreements with a private provider name units. Leave the units out.',
  'service-unknown':       'There is no such information service here. Mend its id.',

  // The terms
  'purposes-invalid':      'An agreement names at least one purpose, of TREAT, ETREAT, COC and BTG. Emergency access (BTG) opens only what lists it.',
  'services-missing':      'A standard agreement names at least one information service.',
  'legal-basis-missing':   'An agreement names its legal basis, in at most 500 characters, such as pasientjournalloven § 19.',
  'period-invalid':        'An agreement ends after it begins. Mend the period.',
  'period-over':           'The period is over already. Give a later end, or none.',
  'code-invalid':          'An extra-sensitive code is letters, digits, dots and hyphens. Mend the code.',
  'title-missing':         'A title or a name has 1 to 200 characters.',
  'reason-missing':        'State the reason in words: at least ten letters, five of them different, and at most 500 characters.',
  'identity-number-in-text': 'A text holds what looks like an identity number. Leave it out: these texts are shown and logged.',

  // The state of an agreement
  'ended':                 'The agreement has been ended. Propose a new one.',
  'superseded':            'A newer version has replaced this one. Sign the newest.',
  'version-unknown':       'The agreement has no such version.',
  'already-signed':        'This side has signed already. The other side signs now, if it has not.',
  'nothing-changed':       'The new version is equal to the one before. Change something, or keep the present version.',
  'end-passed':            'An agreement is ended now or later, never back in time.',
  'already-closed':        'The service is closed to that receiver already.',
  'not-closed':            'The service is not closed to that receiver.',
  'already-member':        'The organisation is in the group already.',
  'not-member':            'The organisation is not in the group.',
  'private-member':        'A private provider receives under a contract of its own, and not as a member of a group.',
  'already-joined':        'The organisation has joined this version already.',
  'not-joined':            'The organisation has not joined this standard agreement.',
  'under-standard':        'This agreement follows a standard agreement. Publish a new version of that and join it, or leave it.',

  // Roles and deliveries
  'role-not-in-service':   'An organisation narrows what the service lets a role do, and never widens it. Choose among the roles and purposes of the service.',
  'no-role-rule':          'The organisation has no rule for that role in this service.',
  'no-contract':           'The provider has no agreement as private provider with this controller. Propose one first.',
  'already-delivering':    'That delivery is registered already.',
  'not-delivering':        'No such delivery is registered.',
} as const satisfies Record<string, string>

export type Rule = keyof typeof rules

/** `detail` names the case. The sentence of the rule, with the remedy, follows it. */
export function refusal(rule: Rule, detail?: string): Problem {
  return refusals([{ rule, detail }])
}

/** A Problem with every rule that is broken, so that all can be mended at once. */
export function refusals(broken: readonly { rule: Rule; detail?: string | undefined }[]): Problem {
  return problemWith(
    'agreement-refused',
    broken.map(({ rule, detail }) => ({
      severity: 'error',
      type: 'business-rule',
      code: rule,
      text: detail ? `${detail} ${rules[rule]}` : rules[rule],
    })),
  )
}

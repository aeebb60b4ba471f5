/** The words that cases are written in, and what they stand for. docs/run/access.md lists them for authors of cases. */

import type { Purpose } from '../../identity/purpose.ts'
import type { WithheldCause } from '../../store/visibility.ts'
import type { Basis } from '../decision.ts'
import type { OwnOnlyReason } from '../own-only.ts'
import type { AddressConfidentiality, Choice, CloseRelation, Relation, RequestKind } from '../request.ts'

export const yesOrNo = { yes: true, no: false }

/** Organisations, by made-up numbers. `own` is the organisation that asks. */
export const organizations = {
  own: '910000001',
  'the hospital': '910000002',
  'the neighbour municipality': '910000003',
  'the GP clinic': '910000004',
}

/** Units of the asking organisation, and one that is not. */
/** Municipal services by code, as records state them and contracts of private providers name them. */
export const municipalServices = { 'home nursing': '1', 'practical help': '2' }

export const units = {
  'no particular unit': '',
  'the legal entity': organizations.own,
  'home care': '910000011',
  'the emergency clinic': '910000012',
  'a unit of another organisation': '910000099',
}

/** Volven 9060. */
export const roles = { doctor: 'LE', nurse: 'SP', psychologist: 'PS', midwife: 'JO', physiotherapist: 'FT', pharmacist: 'FA1' }

export const purposeWords: Record<string, Purpose> = {
  treatment: 'TREAT',
  'the emergency chain': 'ETREAT',
  coordination: 'COC',
  'emergency override': 'BTG',
}

export const requests: Record<string, RequestKind> = {
  'a search': 'search',
  'a record by its id': 'read',
  'a list of patients': 'list',
  'a write': 'write',
  'an identity check': 'identify',
  "a citizen's view": 'citizen',
  'the log of its own use': 'control',
}

export const scopes = {
  read: 'helsevev:alpha/read',
  write: 'helsevev:alpha/write',
  citizen: 'helsevev:alpha/citizen',
  'read of another service': 'helsevev:other/read',
  'write of another service': 'helsevev:other/write',
  'citizen of another service': 'helsevev:other/citizen',
}

export const registered = { 'in the register': true, 'not in the register': false }

export const memberships: Record<string, boolean | undefined> = {
  'a member': true,
  'not a member': false,
  'not in the register': undefined,
}

export const choiceKinds: Record<string, Choice['kind']> = {
  'opt-out': 'opt-out',
  restriction: 'restriction',
  block: 'block',
  consent: 'consent',
}

export const services: Record<string, string | null> = { 'this service': 'alpha', 'another service': 'other', 'all services': null }

export const practitioners: Record<string, string | null> = {
  'who asks': '7000001',
  'who asks, by another number': '7000002',
  'another practitioner': '7000009',
  everybody: null,
}

export const relationKinds: Record<string, Relation['kind']> = {
  parent: 'parental-responsibility',
  'foster parent': 'foster-parent',
  guardian: 'guardian',
  'power of attorney': 'power-of-attorney',
  'acts for one without capacity': 'without-capacity',
}

/** What the member of staff who asks is to the patient, as the register has it. */
export const closeRelations: Record<string, CloseRelation['kind'] | undefined> = {
  'nobody close': undefined,
  'the patient': 'self',
  'a close relation': 'relative',
}

/** Service areas of a power of attorney, and scopes of a guardian. */
export const areas = {
  'digital health services': '3',
  'another area': '1',
  'personal interests': 'PersonalInterests',
  'personal and financial interests': 'PersonalAndFinancialInterests',
  'financial interests': 'FinancialInterests',
  'immigration, personal and financial interests': 'ImmigrationPersonalAndFinancialInterests',
}

export const addresses: Record<string, AddressConfidentiality> = {
  ordinary: 'Unclassified',
  'an institution': 'ClientAddress',
  'code 7': 'Confidential',
  'code 6': 'StrictlyConfidential',
}

export const grounds: Record<string, Basis> = {
  'its own records': 'own-data',
  treatment: 'treatment',
  'the emergency chain': 'emergency-treatment',
  coordination: 'coordination',
  'emergency override': 'emergency',
  'declared consent': 'consent',
  'registered consent': 'registered-consent',
  herself: 'self',
  'youth with consent': 'youth',
  parent: 'parent',
  'foster parent': 'foster-parent',
  guardian: 'guardian',
  'power of attorney': 'power-of-attorney',
  'acts for one without capacity': 'without-capacity',
  'control of its own use': 'control',
}

export const causes: Record<string, WithheldCause> = {
  'a block': 'SpecificBlock',
  'a restriction': 'GeneralBlock',
  'an opt-out': 'Reservation',
}

/** Why a reader gets the records of its own organisation alone. */
export const reasonsOfOwnAlone: Record<string, OwnOnlyReason> = {
  'it is a system': 'system',
  'the organisation does not consume': 'not-consuming',
  'nobody has opened it to case officers': 'not-for-case-officers',
  'there is no agreement': 'none',
  'the agreement is waiting for a signature': 'pending',
  'the agreement has not begun': 'not-begun',
  'the agreement has run out': 'expired',
  'the agreement has been ended': 'ended',
  'the controller has closed': 'closed',
  'the agreement is for other purposes': 'other-purpose',
  'the agreement is for other units': 'other-unit',
  'the provider does not deliver to the patient': 'not-delivering',
}

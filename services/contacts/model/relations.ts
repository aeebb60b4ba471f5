/**
 * How a contact is related to the patient. Senders use the family relations of HL7 Norway, which are those of the National Population
 * Register, or the personal relationships of HL7; both become one word on the screens.
 */
import { hl7 } from '@helsevev/clinical/systems'

const FAMILY_RELATION_SYSTEM = 'http://hl7.no/fhir/CodeSystem/no-basis-family-relation'
const ROLE_CODE_SYSTEM = hl7('v3-RoleCode')
/** Contact role of HL7: `N` next of kin, `C` emergency contact. */
const CONTACT_ROLE_SYSTEM = hl7('v2-0131')

const relations = [
  'partner',
  'mother',
  'father',
  'co-mother',
  'parent',
  'daughter',
  'son',
  'child',
  'sister',
  'brother',
  'sibling',
  'grandparent',
  'family',
  'friend',
  'neighbour',
  'emergency-contact',
] as const
export type Relation = (typeof relations)[number]

/** The meaning of a code of a relationship: a relation, or a role that the contact has. */
export type Meaning = Relation | 'guardian' | 'next-of-kin'

interface CodeRow {
  system: string
  codes: Readonly<Record<string, Meaning>>
}

const rows: readonly CodeRow[] = [
  {
    system: FAMILY_RELATION_SYSTEM,
    codes: {
      mor: 'mother',
      far: 'father',
      medmor: 'co-mother',
      barn: 'child',
      søsken: 'sibling',
      ektefelleEllerPartner: 'partner',
    },
  },
  {
    system: ROLE_CODE_SYSTEM,
    codes: {
      SPS: 'partner',
      HUSB: 'partner',
      WIFE: 'partner',
      DOMPART: 'partner',
      SIGOTHR: 'partner',
      MTH: 'mother',
      FTH: 'father',
      PRN: 'parent',
      DAUC: 'daughter',
      SONC: 'son',
      CHILD: 'child',
      SIS: 'sister',
      BRO: 'brother',
      SIB: 'sibling',
      GRPRN: 'grandparent',
      FAMMEMB: 'family',
      EXT: 'family',
      FRND: 'friend',
      NBOR: 'neighbour',
      GUARD: 'guardian',
      NOK: 'next-of-kin',
      ECON: 'emergency-contact',
    },
  },
  { system: CONTACT_ROLE_SYSTEM, codes: { N: 'next-of-kin', C: 'emergency-contact' } },
]

/** Undefined for a code that is not in any of the lists. */
export function meaningOf({ system, code }: { system?: string | undefined; code?: string | undefined }): Meaning | undefined {
  const codes = rows.find((row) => row.system === system)?.codes
  return codes && code && Object.hasOwn(codes, code) ? codes[code] : undefined
}

export function isRelation(meaning: Meaning): meaning is Relation {
  return (relations as readonly string[]).includes(meaning)
}

/**
 * Who may see a patient's information as a citizen: the patient, a youth with the consent of a parent, or a person who acts for the
 * patient. The rules are the rows below; each service declares which of them it opens. docs/decisions/0014-representation.md
 */
import type { CitizenPurpose } from '../identity/purpose.ts'
import { ageOn } from '../values/age.ts'
import type { RepresentationRow } from './area.ts'
import type { Basis } from './decision.ts'
import type { CitizenFacts, Relation } from './request.ts'

/** From this birthday parents no longer act as a matter of course. */
const RESTRICTED_AGE = 12
/** From this birthday a youth may sign in where the service and a parent allow it. */
const YOUTH_AGE = 13
/**
 * From this birthday a person decides alone about own health (pasient- og brukerrettighetsloven § 4-3), and may give a power of attorney.
 */
export const HEALTH_AGE = 16
/** From this birthday a person may act for another person. */
export const ADULT_AGE = 18

const READ = '2026-11-22'
/** The values of GuardianshipScope in Persontjenesten that include health in the mandate. */
const PERSONAL_SCOPES = ['PersonalAndFinancialInterests', 'PersonalInterests']

export type Representation = { basis: Basis; purpose: CitizenPurpose }
export type RepresentationRefused = { refused: 'too-young' | 'representation-missing'; why: string }

/** Everything that a condition may depend on. `relation` is the relation in force that the row is about. */
interface Given {
  service: RepresentationRow
  facts: CitizenFacts
  relation: Relation | undefined
  now: Date
}

interface Condition {
  holds: (given: Given) => boolean
  /**
   * Shown to the citizen when the condition does not hold. A condition on what the citizen need not know of the other person (where anybody
   * lives, who has taken over the care) says no more than when nothing is registered.
   */
  otherwise: string
}

const nothingRegistered = 'Nothing registered lets you act for this person.'

const conditions = {
  'parents of under 12': { holds: ({ service }) => service.parentsOfUnder12, otherwise: 'This service is not open to parents.' },
  'parents of 12 to 15': {
    holds: ({ service }) => service.parentsOf12To15,
    otherwise: `Parents do not act in this service after the child has turned ${RESTRICTED_AGE}.`,
  },
  // One parent at the child's address is enough for both parents; when no parent lives there, neither may act.
  'a parent at the same address': { holds: ({ facts }) => facts.parentAtSameAddress, otherwise: nothingRegistered },
  'no foster grant': { holds: ({ facts }) => !facts.fosterGrant, otherwise: nothingRegistered },
  'foster parents': { holds: ({ service }) => service.fosterParents, otherwise: 'This service is not open to foster parents.' },
  guardians: { holds: ({ service }) => service.guardian, otherwise: 'This service is not open to guardians.' },
  'personal interests': {
    holds: ({ relation }) => relation?.areas.some((area) => PERSONAL_SCOPES.includes(area)) ?? false,
    otherwise: 'The guardianship does not cover personal interests.',
  },
  'the service area': {
    holds: ({ service, relation }) => relation?.areas.includes(service.area) ?? false,
    otherwise: 'The power of attorney does not cover the area of this service.',
  },
  'youth sign in': {
    holds: ({ service }) => service.youth === 'with-parental-consent',
    otherwise: `Sign in here from the age of ${HEALTH_AGE}.`,
  },
  'parental consent': {
    holds: ({ facts, now }) => facts.parentalConsents.some((consent) => isInForce(consent, now)),
    otherwise: `Until the age of ${HEALTH_AGE} a parent must consent.`,
  },
} satisfies Record<string, Condition>

interface Row {
  basis: Basis
  /** The registered relation from the citizen to the patient; undefined when the citizen is the patient. */
  relation: Relation['kind'] | undefined
  /** Age of the patient: from this birthday, until the day before the second one. */
  from: number
  until: number
  /** Age of the person who acts. */
  actsFrom: number
  needs: readonly (keyof typeof conditions)[]
  purpose: CitizenPurpose
  source: string
  read: string
}

const helsenorge = 'helsenorge.no, representation'
const ALWAYS = Number.POSITIVE_INFINITY

/** The grounds in order of preference: the first row that holds is used. */
// biome-ignore format: a table, one row to a line
const representationTable: readonly Row[] = [
  { basis: 'self',              relation: undefined,                 from: HEALTH_AGE,     until: ALWAYS,         actsFrom: 0,         needs: [],                                                                         purpose: 'PATRQT',  source: 'pasient- og brukerrettighetsloven §§ 4-3, 5-1', read: READ },
  { basis: 'youth',             relation: undefined,                 from: YOUTH_AGE,      until: HEALTH_AGE,     actsFrom: 0,         needs: ['youth sign in', 'parental consent'],                                      purpose: 'PATRQT',  source: 'helsenorge.no, youth access',                    read: READ },
  { basis: 'parent',            relation: 'parental-responsibility', from: 0,              until: RESTRICTED_AGE, actsFrom: 0,         needs: ['parents of under 12', 'a parent at the same address', 'no foster grant'], purpose: 'FAMRQT',  source: helsenorge,                                       read: READ },
  { basis: 'parent',            relation: 'parental-responsibility', from: RESTRICTED_AGE, until: HEALTH_AGE,     actsFrom: 0,         needs: ['parents of 12 to 15', 'a parent at the same address', 'no foster grant'], purpose: 'FAMRQT',  source: `${helsenorge}; pasient- og brukerrettighetsloven § 3-4`, read: READ },
  { basis: 'foster-parent',     relation: 'foster-parent',           from: 0,              until: RESTRICTED_AGE, actsFrom: 0,         needs: ['foster parents'],                                                         purpose: 'FAMRQT',  source: 'no published rule: only by a grant in force',    read: READ },
  { basis: 'foster-parent',     relation: 'foster-parent',           from: RESTRICTED_AGE, until: HEALTH_AGE,     actsFrom: 0,         needs: ['foster parents', 'parents of 12 to 15'],                                  purpose: 'FAMRQT',  source: 'no published rule: as parents',                  read: READ },
  { basis: 'guardian',          relation: 'guardian',                from: 0,              until: ALWAYS,         actsFrom: 0,         needs: ['guardians', 'personal interests'],                                        purpose: 'PWATRNY', source: 'vergemålsloven; Persontjenesten GuardianshipScope', read: READ },
  { basis: 'without-capacity',  relation: 'without-capacity',        from: HEALTH_AGE,     until: ADULT_AGE,      actsFrom: ADULT_AGE, needs: [],                                                                         purpose: 'PWATRNY', source: `${helsenorge}: a doctor's statement, until 18`,  read: READ },
  { basis: 'power-of-attorney', relation: 'power-of-attorney',       from: HEALTH_AGE,     until: ALWAYS,         actsFrom: ADULT_AGE, needs: ['the service area'],                                                       purpose: 'PWATRNY', source: `${helsenorge}: giver 16, receiver 18`,           read: READ },
]

/**
 * The ground on which a citizen sees this patient in this service, or why there is none. An unknown birth date opens nothing. `isSelf` is
 * true when the citizen is the patient.
 */
export function representationOf(
  service: RepresentationRow,
  patient: { birthDate: string | undefined },
  facts: CitizenFacts,
  isSelf: boolean,
  now: Date,
): Representation | RepresentationRefused {
  const refused = isSelf ? 'too-young' : 'representation-missing'
  const age = patient.birthDate === undefined ? undefined : ageOn(patient.birthDate, now)
  if (age === undefined) return { refused, why: 'The birth date is not in the person register, and the age decides here.' }
  const neverActs = !isSelf && nobodyActs(facts)
  const lacking: string[] = []
  for (const row of representationTable) {
    const fault = whatLacks(row, age, service, facts, isSelf, now)
    if (fault === undefined && !neverActs) return { basis: row.basis, purpose: row.purpose }
    if (fault === undefined) return { refused, why: nothingRegistered }
    if (fault) lacking.push(fault)
  }
  return {
    refused,
    why: lacking[0] ?? (isSelf ? `Sign in here from the age of ${HEALTH_AGE}.` : nothingRegistered),
  }
}

/**
 * Nobody acts for another person when either has a protected address (Helsenorge PI-0009), or when the patient has died. The refusal says
 * neither of the two: that a person has a protected address is shown to no citizen.
 */
function nobodyActs(facts: CitizenFacts): boolean {
  return isProtected(facts.addressConfidentiality) || isProtected(facts.patientAddressConfidentiality) || facts.patientDied
}

/** Codes 7 and 6. A client address (an institution) is not a protected address. */
export function isProtected(address: CitizenFacts['addressConfidentiality']): boolean {
  return address === 'Confidential' || address === 'StrictlyConfidential'
}

/** Undefined when the row holds, a sentence with what is lacking when the row is about such a citizen, null when it is about others. */
function whatLacks(
  row: Row,
  age: number,
  service: RepresentationRow,
  facts: CitizenFacts,
  isSelf: boolean,
  now: Date,
): string | null | undefined {
  if (isSelf !== (row.relation === undefined) || age < row.from || age >= row.until) return null
  const relations = row.relation
    ? facts.relations.filter(({ kind }) => kind === row.relation).filter((one) => isInForce(one, now))
    : [undefined]
  if (relations.length === 0) return null
  if (row.actsFrom > 0) {
    const actingAge = facts.birthDate === undefined ? undefined : ageOn(facts.birthDate, now)
    if (actingAge === undefined || actingAge < row.actsFrom) return `A person who acts for another must have turned ${row.actsFrom}.`
  }
  const faults = relations.map((relation) => row.needs.find((need) => !conditions[need].holds({ service, facts, relation, now })))
  const [first] = faults
  return first === undefined || faults.includes(undefined) ? undefined : conditions[first].otherwise
}

/** Whether the relation holds now: from its first instant, until but not including its last. */
function isInForce({ validFrom, validUntil, ended }: Pick<Relation, 'validFrom' | 'validUntil' | 'ended'>, now: Date): boolean {
  const at = now.getTime()
  return validFrom <= at && (validUntil === null || validUntil > at) && (ended === null || ended > at)
}

/**
 * Representation as it is registered: what each kind requires, who registers it and who ends it. What a relation then opens is decided in
 * kernel/access/representation.ts, for each request. docs/decisions/0014-representation.md
 */

import { ADULT_AGE, HEALTH_AGE } from '../../access/representation.ts'
import type { Relation } from '../../access/request.ts'
import type { PatientKey } from '../../store/ids.ts'

export type RelationKind = Relation['kind']

/**
 * Who registers or ends a relation: an operator or registrar, on the grounds of a document or a national register; a child welfare service;
 * the patient; or a representative of the patient.
 */
export type RegisteredAs = 'registrar' | 'child-welfare' | 'patient' | 'representative'

/** Persontjenesten GuardianshipScope. */
export const guardianScopes = [
  'PersonalAndFinancialInterests',
  'PersonalInterests',
  'FinancialInterests',
  'ImmigrationPersonalAndFinancialInterests',
] as const

interface KindRow {
  /** Age of the patient: from the birthday `from` until the day before the birthday `until`. */
  from: number
  until: number
  /** The minimum age of the representative. */
  actsFrom: number
  areas: 'none' | 'one scope of guardianship' | 'service areas'
  registers: readonly RegisteredAs[]
  ends: readonly RegisteredAs[]
}

const ALWAYS = Number.POSITIVE_INFINITY

// biome-ignore format: a table, one row to a line
export const kinds: Record<RelationKind, KindRow> = {
  'parental-responsibility': { from: 0,          until: ADULT_AGE,  actsFrom: 0,         areas: 'none',                      registers: ['registrar'],                   ends: ['registrar'] },
  // The parent who gave the consent withdraws it.
  'parental-consent':        { from: 0,          until: HEALTH_AGE, actsFrom: 0,         areas: 'none',                      registers: ['registrar', 'representative'], ends: ['registrar', 'representative'] },
  // The end of a grant opens access to the parents again, so the child welfare service decides that too.
  'foster-parent':           { from: 0,          until: ADULT_AGE,  actsFrom: ADULT_AGE, areas: 'none',                      registers: ['child-welfare'],               ends: ['child-welfare'] },
  'guardian':                { from: 0,          until: ALWAYS,     actsFrom: ADULT_AGE, areas: 'one scope of guardianship', registers: ['registrar'],                   ends: ['registrar'] },
  'power-of-attorney':       { from: HEALTH_AGE, until: ALWAYS,     actsFrom: ADULT_AGE, areas: 'service areas',             registers: ['registrar', 'patient'],        ends: ['registrar', 'patient', 'representative'] },
  'without-capacity':        { from: HEALTH_AGE, until: ADULT_AGE,  actsFrom: ADULT_AGE, areas: 'none',                      registers: ['registrar'],                   ends: ['registrar'] },
}

export const relationKinds = Object.keys(kinds) as RelationKind[]

/** The most days that a grant to foster parents holds. After that the child welfare service must grant it again. */
export const FOSTER_GRANT_DAYS = 366

export interface NewRepresentation {
  kind: RelationKind
  /** The keys of each person, including linked ones. The relation is stored under the first. */
  patient: readonly [PatientKey, ...PatientKey[]]
  representative: readonly [PatientKey, ...PatientKey[]]
  areas: readonly string[]
  /** The relation starts at once when absent. */
  from?: Date | undefined
  /** The first instant at which the relation no longer holds. */
  until?: Date | undefined
  /** The register or document it rests on; for a youth without capacity, the doctor's statement. */
  source: string
  /** The family name of the receiver, as the giver of a power of attorney stated it. */
  receiverName?: string | undefined
}

export interface StoredRepresentation {
  patient: PatientKey
  representative: PatientKey
  kind: RelationKind
  areas: string[]
  from: Date
  until: Date | null
  source: string
  registered: Date
  registeredBy: string
  ended: Date | null
  endedBy: string | null
  /** Names of both, when the person register has them; of a receiver that the giver named, the name that the giver stated. */
  patientName: string | null
  representativeName: string | null
}

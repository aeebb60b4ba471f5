/**
 * Who acts for whom, as it is registered: what each kind asks for, who registers it and who ends it. What a relation then opens is decided
 * in kernel/access/representation.ts, for each request. docs/decisions/0014-representation.md
 */

import { ADULT_AGE, HEALTH_AGE } from '../../access/representation.ts'
import type { Relation } from '../../access/request.ts'
import type { PatientKey } from '../../store/ids.ts'

export type RelationKind = Relation['kind']

/**
 * An operator or registrar, on the grounds of a document or a national register; a child welfare service; the patient; or whoever acts
 * for the patient.
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
  /** Age of the patient: from this birthday, until the day before that one. */
  from: number
  until: number
  /** Age of whoever acts. */
  actsFrom: number
  areas: 'none' | 'one scope of guardianship' | 'service areas'
  registers: readonly RegisteredAs[]
  ends: readonly RegisteredAs[]
}

const ALWAYS = Number.POSITIVE_INFINITY

// biome-ignore format: a table, one row to a line
export const kinds: Record<RelationKind, KindRow> = {
  'parental-responsibility': { from: 0,          until: ADULT_AGE,  actsFrom: 0,         areas: 'none',                      registers: ['registrar'],                   ends: ['registrar'] },
  // Withdrawn by the parent who gave it.
  'parental-consent':        { from: 0,          until: HEALTH_AGE, actsFrom: 0,         areas: 'none',                      registers: ['registrar', 'representative'], ends: ['registrar', 'representative'] },
  // Ending a grant opens for the parents again: that too is for the child welfare service.
  'foster-parent':           { from: 0,          until: ADULT_AGE,  actsFrom: ADULT_AGE, areas: 'none',                      registers: ['child-welfare'],               ends: ['child-welfare'] },
  'guardian':                { from: 0,          until: ALWAYS,     actsFrom: ADULT_AGE, areas: 'one scope of guardianship', registers: ['registrar'],                   ends: ['registrar'] },
  'power-of-attorney':       { from: HEALTH_AGE, until: ALWAYS,     actsFrom: ADULT_AGE, areas: 'service areas',             registers: ['registrar', 'patient'],        ends: ['registrar', 'patient', 'representative'] },
  'without-capacity':        { from: HEALTH_AGE, until: ADULT_AGE,  actsFrom: ADULT_AGE, areas: 'none',                      registers: ['registrar'],                   ends: ['registrar'] },
}

export const relationKinds = Object.keys(kinds) as RelationKind[]

/** Days that a grant to foster parents holds at most; the child welfare service grants it anew. */
export const FOSTER_GRANT_DAYS = 366

export interface NewRepresentation {
  kind: RelationKind
  /** Keys of each person, linked ones too; the first is the one to store under. */
  patient: readonly [PatientKey, ...PatientKey[]]
  representative: readonly [PatientKey, ...PatientKey[]]
  areas: readonly string[]
  /** At once when absent. */
  from?: Date | undefined
  /** First instant at which it no longer holds. */
  until?: Date | undefined
  /** The register or document it rests on; of a youth without capacity, the doctor's statement. */
  source: string
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
  /** Names of both, when the person register has them. */
  patientName: string | null
  representativeName: string | null
}

/**
 * Code systems and series of identifiers that more than one service uses, as they stand in `Coding.system` and `Identifier.system`. One
 * spelling each, the canonical one; the others are in kernel/codes/data/aliases.csv. What only one service knows stands with that service.
 */
import { type IdentityNumberKind, identityNumberSystems } from '@helsevev/kernel/values/identity-number'

export const LOINC = 'http://loinc.org'
export const SNOMED_CT = 'http://snomed.info/sct'
export const UCUM = 'http://unitsofmeasure.org'

/** A list of Volven, the code lists of Norwegian health care: `volven(9151)`. */
export function volven(list: number): string {
  return `urn:oid:2.16.578.1.12.4.1.1.${list}`
}

/** ICD-10, ICPC-2 and ATC as Norway keeps them; NLK, codes of laboratory analyses. */
export const ICD_10 = volven(7110)
export const ICPC_2 = volven(7170)
export const ATC = volven(7180)
export const NLK = volven(7280)
export const PROFESSION = volven(9060)

/** Series of numbers of people, health personnel and organisations. RESH is the register of units in specialist health care. */
export const identifierSystems: Readonly<Record<IdentityNumberKind | 'HPR' | 'DUF' | 'HER' | 'ENH' | 'RESH', string>> = {
  ...identityNumberSystems,
  HPR: 'urn:oid:2.16.578.1.12.4.1.4.4',
  DUF: 'urn:oid:2.16.578.1.12.4.1.4.5',
  HER: 'urn:oid:2.16.578.1.12.4.1.2',
  ENH: 'urn:oid:2.16.578.1.12.4.1.4.101',
  RESH: 'urn:oid:2.16.578.1.12.4.1.4.102',
}

/** A code system of HL7 terminology: `hl7('condition-clinical')`. */
export function hl7(name: string): string {
  return `http://terminology.hl7.org/CodeSystem/${name}`
}

export const OBSERVATION_CATEGORY = hl7('observation-category')

/** Systems of `code` elements, which FHIR leaves out of the resource. */
export const statusSystems = {
  CareTeam: 'http://hl7.org/fhir/care-team-status',
  Procedure: 'http://hl7.org/fhir/event-status',
  DeviceUseStatement: 'http://hl7.org/fhir/device-statement-status',
  Flag: 'http://hl7.org/fhir/flag-status',
  Observation: 'http://hl7.org/fhir/observation-status',
  DiagnosticReport: 'http://hl7.org/fhir/diagnostic-report-status',
  EpisodeOfCare: 'http://hl7.org/fhir/episode-of-care-status',
  Goal: 'http://hl7.org/fhir/goal-status',
} as const

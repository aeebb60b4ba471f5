/** A relation between two people as a FHIR RelatedPerson (http://hl7.org/fhir/R4/relatedperson.html). docs/api/related-person.md */
import type { Coding, Extension, RelatedPerson } from '@medplum/fhirtypes'
import { relationId } from './relation-id.ts'
import type { RelationKind, StoredRepresentation } from './representation.ts'

export const RELATION_KIND = 'http://helsevev.no/fhir/CodeSystem/representation'
/** A service area of a power of attorney, or the scope of a guardianship. There is one extension for each. */
export const RELATION_AREA = 'http://helsevev.no/fhir/StructureDefinition/representation-area'
const ROLE_CODE = 'http://terminology.hl7.org/CodeSystem/v3-RoleCode'

/** The kinds that HL7 v3 RoleCode has a code for: http://hl7.org/fhir/R4/valueset-relatedperson-relationshiptype.html */
const roleCodes: Partial<Record<RelationKind, string>> = {
  'parental-responsibility': 'PRN',
  'foster-parent': 'PRNFOST',
  guardian: 'GUARD',
  'power-of-attorney': 'HPOWATT',
}

type PersonIdentifier = { system: string; value: string }

export interface RelatedPersonContext {
  relation: StoredRepresentation
  /**
   * The one of the two who asks. That person is shown by number, and the other by name, or not at all when the name is unknown.
   */
  asker: 'patient' | 'representative'
  identifier: PersonIdentifier
  /** Undefined when the register has no name. */
  otherName: string | undefined
  now: Date
}

export function relatedPerson({ relation, asker, identifier, otherName, now }: RelatedPersonContext): RelatedPerson & { id: string } {
  const { kind, areas, from, until, ended } = relation
  const isPatient = asker === 'patient'
  const end = ended ?? (until === null ? null : new Date(until.getTime() - 1))
  const roleCode = roleCodes[kind]
  const coding: Coding[] = [
    { system: RELATION_KIND, code: kind },
    ...(roleCode === undefined ? [] : [{ system: ROLE_CODE, code: roleCode }]),
  ]
  return {
    resourceType: 'RelatedPerson',
    id: relationId(relation),
    meta: { versionId: ended === null ? '1' : '2', lastUpdated: (ended ?? relation.registered).toISOString() },
    ...(areas.length > 0 ? { extension: areas.map((area): Extension => ({ url: RELATION_AREA, valueCode: area })) } : {}),
    ...(isPatient ? {} : { identifier: [identifier] }),
    active: ended === null && (until === null || until > now),
    patient: isPatient ? { identifier } : { type: 'Patient', ...(otherName === undefined ? {} : { display: otherName }) },
    relationship: [{ coding }],
    ...(isPatient && otherName !== undefined ? { name: [{ text: otherName }] } : {}),
    period: { start: from.toISOString(), ...(end === null ? {} : { end: end.toISOString() }) },
  }
}

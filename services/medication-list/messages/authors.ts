/** Who did something with a line or a list: the roles of M25, and the authors of its extension. */
import type { MessageOf } from '@helsevev/clinical/e-prescription/kinds'
import { conceptOf } from '@helsevev/clinical/e-prescription-fhir/coded'
import type { Line } from '@helsevev/clinical/medicines/list-line'
import { identifierSystems } from '@helsevev/clinical/systems'
import type { CodeableConcept, Extension, Organization, Practitioner, PractitionerRole, Reference } from '@medplum/fhirtypes'
import { extensionUrls, SFM_PERFORMER_ROLE } from '../fhir/systems.ts'

type Role = Line['roles'][number]
type Author = NonNullable<NonNullable<MessageOf<'M25.1'>['extension']>['comments'][number]['author']>

const { HPR, HER } = identifierSystems

/** Codes of SFM for roles of 7490. */
const sfmRoles: Readonly<Record<string, { code: string; display: string }>> = {
  R: { code: '1', display: 'Forskrevet av' },
  S: { code: '3', display: 'Seponert av' },
}

/** Health personnel by HPR number without zeros in front, so that all spellings are one. */
function person(number: string | undefined, ...names: readonly (string | undefined)[]): Reference<Practitioner> | undefined {
  const value = number?.trim().replace(/^0+(?=\d)/, '')
  const display = names.filter(Boolean).join(' ')
  if (!value && !display) return undefined
  return { type: 'Practitioner', ...(value ? { identifier: { system: HPR, value } } : {}), ...(display ? { display } : {}) }
}

function unit(number: string | undefined, ...names: readonly (string | undefined)[]): Reference<Organization> | undefined {
  const display = names.filter(Boolean).join(', ')
  if (!number && !display) return undefined
  return { type: 'Organization', ...(number ? { identifier: { system: HER, value: number } } : {}), ...(display ? { display } : {}) }
}

function practitionerIn({ practitioner }: Role) {
  return practitioner && person(practitioner.identifier?.value, practitioner.given, practitioner.family)
}

function organizationIn({ organization }: Role) {
  return organization && unit(organization.identifier?.value, organization.institution, organization.department)
}

/** The role with the code of SFM next to it. */
function roleConcept({ role }: Role): CodeableConcept | undefined {
  const concept = conceptOf(role, 7490)
  const known = role?.code === undefined ? undefined : sfmRoles[role.code]
  return known ? { ...concept, coding: [...(concept?.coding ?? []), { system: SFM_PERFORMER_ROLE, ...known }] } : concept
}

/** Rolle of a line, as SFM registers it. */
export function registrations(roles: readonly Role[]): Extension[] {
  return roles.flatMap((role) => {
    const [type, provider] = [roleConcept(role), practitionerIn(role) ?? organizationIn(role)]
    const parts = [
      ...(type ? [{ url: 'type', valueCodeableConcept: type }] : []),
      ...(provider ? [{ url: 'provider', valueReference: provider }] : []),
    ]
    return parts.length > 0 ? [{ url: extensionUrls.registered, extension: parts }] : []
  })
}

/** Rolle of a list, as contained resources: who is what to the patient. */
export function relatedParties(roles: readonly Role[]): PractitionerRole[] {
  return roles.map((role, index) => {
    const [practitioner, organization, code] = [practitionerIn(role), organizationIn(role), conceptOf(role.role, 7490)]
    return {
      resourceType: 'PractitionerRole',
      id: `party-${index + 1}`,
      ...(practitioner ? { practitioner } : {}),
      ...(organization ? { organization } : {}),
      ...(code ? { code: [code] } : {}),
    }
  })
}

/** Forfatter as the author of a note. */
export function authorReference(author: Author | undefined): Reference<Practitioner> | undefined {
  const { hprNumber, given, family } = author?.practitioner ?? {}
  return person(hprNumber, given, family)
}

/** Forfatter as parts of an extension. */
export function authorParts(author: Author | undefined): Extension[] {
  const who = authorReference(author)
  const role = conceptOf(author?.practitioner?.role)
  const { herId, organizationNumber, name } = author?.organization ?? {}
  const where = unit(herId, name)
  return [
    ...(who ? [{ url: 'author', valueReference: who }] : []),
    ...(role ? [{ url: 'author-role', valueCodeableConcept: role }] : []),
    ...(where ? [{ url: 'author-organization', valueReference: where }] : []),
    ...(organizationNumber === undefined
      ? []
      : [{ url: 'author-organization-number', valueIdentifier: { system: identifierSystems.ENH, value: organizationNumber } }]),
  ]
}

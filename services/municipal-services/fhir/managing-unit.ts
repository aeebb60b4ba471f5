/** The unit that provides the service, so that a reader knows who to call: by identifier, or contained with name and phone. */
import { identifierSystems } from '@helsevev/clinical/systems'
import { seriesOf } from '@helsevev/kernel/codes/systems'
import type { ContactPoint, EpisodeOfCare, Organization } from '@medplum/fhirtypes'

export interface ManagingUnit {
  name: string | undefined
  phone: string | undefined
  organizationNumber: string | undefined
}

export const ORGANIZATION_NUMBER_SYSTEM = identifierSystems.ENH

/** Identifiers that everyone in the health sector can look a unit up by. */
export const unitSystems = new Set([ORGANIZATION_NUMBER_SYSTEM, identifierSystems.RESH, identifierSystems.HER])

/** The contained Organization that managingOrganization refers to, and its index. */
export function containedUnit(resource: EpisodeOfCare): { organization: Organization; index: number } | undefined {
  const reference = resource.managingOrganization?.reference
  if (!reference?.startsWith('#')) return undefined
  const index = (resource.contained ?? []).findIndex((each) => each.id === reference.slice(1))
  const organization = resource.contained?.[index]
  return organization?.resourceType === 'Organization' ? { organization, index } : undefined
}

export function managingUnit(resource: EpisodeOfCare): ManagingUnit | undefined {
  const reference = resource.managingOrganization
  if (!reference) return undefined
  const organization = containedUnit(resource)?.organization
  const identifiers = [reference.identifier, ...(organization?.identifier ?? [])]
  return {
    name: organization?.name ?? reference.display,
    phone: organization && phoneOf(organization),
    organizationNumber: identifiers.find((identifier) => seriesOf(identifier?.system) === ORGANIZATION_NUMBER_SYSTEM)?.value,
  }
}

/** Phone number of an organisation: its own, or else that of a contact. */
export function phoneOf(organization: Organization): string | undefined {
  const points: ContactPoint[] = [
    ...(organization.telecom ?? []),
    ...(organization.contact ?? []).flatMap((contact) => contact.telecom ?? []),
  ]
  return points.find((point) => point.system === 'phone' && point.value?.trim())?.value
}

/** Nine digits, the last a check digit mod 11 with weights 3 2 7 6 5 4 3 2. */
export function isOrganizationNumber(value: string): boolean {
  if (!/^\d{9}$/.test(value)) return false
  const digits = [...value].map(Number)
  const sum = [3, 2, 7, 6, 5, 4, 3, 2].reduce((total, weight, index) => total + weight * (digits[index] ?? 0), 0)
  return (11 - (sum % 11)) % 11 === digits[8]
}

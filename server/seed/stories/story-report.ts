/** A resource of a story before it is about a person: who reports it, and what. */
import { identifierSystems } from '@helsevev/clinical/systems'
import type { Organization, Reference, Resource } from '@medplum/fhirtypes'
import type { ServiceId } from '../agreements.ts'
import type { SeedUnit } from '../organizations.ts'
import { clientOf } from '../sign-in.ts'

/** About nobody yet: without the element that points to the person. */
type AboutNobody<R> = R extends Resource ? Omit<R, 'patient' | 'subject'> : never
export type StoryResource = AboutNobody<Resource>

export interface StoryReport {
  controller: string
  service: ServiceId
  resource: StoryResource
  /** The address by which other resources of the same story refer to it. */
  fullUrl: string
  /** 1 for what is reported first; a correction or change of the same thing comes in a later round. */
  round: number
  /** Days ago it was reported, for a change that the resource itself has no date of. */
  reported?: number | undefined
}

export const organizationNumberSystem = identifierSystems.ENH

/** The record system's own key: decision or measurement, so that sending it again changes nothing. */
export function businessIdentifier(controller: string, kind: 'decision' | 'measurement', value: string) {
  return { system: `https://${clientOf(controller)}.example/fhir/NamingSystem/${kind}`, value }
}

/** The unit that answers, contained with name and phone, and the reference to it. */
export function answeredBy(unit: SeedUnit): { contained: [Organization]; reference: Reference<Organization> } {
  const identifier = { system: organizationNumberSystem, value: unit.number }
  return {
    contained: [
      {
        resourceType: 'Organization',
        id: 'unit',
        identifier: [identifier],
        name: unit.name,
        telecom: [{ system: 'phone', value: unit.phone }],
      },
    ],
    reference: { reference: '#unit', identifier, display: unit.name },
  }
}

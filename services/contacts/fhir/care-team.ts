/** Where a CareTeam states who is responsible for the patient. */
import { identifierSystems } from '@helsevev/clinical/systems'
import type { CareTeam, CareTeamParticipant, ContactPoint, Resource } from '@medplum/fhirtypes'
import { type Role, roleOf } from '../model/roles.ts'
import { nameOf, phonesOf } from './related-person.ts'

export interface Member {
  name?: string | undefined
  hprNumber?: string | undefined
  organization?: string | undefined
  phone?: string | undefined
}

export function roleIn({ role = [] }: CareTeamParticipant): Role | undefined {
  return role.flatMap(({ coding = [] }) => coding.flatMap((one) => roleOf(one) ?? []))[0]
}

/** The role, in the words that were sent. */
export function roleTextIn({ role = [] }: CareTeamParticipant): string | undefined {
  return role.flatMap(({ text, coding = [] }) => text ?? coding.find(({ display }) => display)?.display ?? [])[0]
}

/** The contained resource that a reference `#id` points to. */
function containedMember({ contained = [] }: CareTeam, { member }: CareTeamParticipant): Resource | undefined {
  const id = member?.reference?.startsWith('#') ? member.reference.slice(1) : undefined
  return id ? contained.find((resource) => resource.id === id) : undefined
}

export function memberOf(team: CareTeam, participant: CareTeamParticipant): Member {
  const { member, onBehalfOf } = participant
  const contained = detailsOf(containedMember(team, participant))
  const reference = member?.identifier
  const ownPhone = contained.phone
  const teamPhone = roleIn(participant) === 'gp' ? undefined : firstPhone(team.telecom)
  return {
    name: contained.name ?? member?.display,
    hprNumber: contained.hprNumber ?? (reference?.system === identifierSystems.HPR ? reference?.value : undefined),
    organization: onBehalfOf?.display ?? contained.organization,
    // The number of the team is the municipality's, and not that of the GP.
    phone: ownPhone ?? teamPhone,
  }
}

function detailsOf(resource: Resource | undefined): Member {
  if (resource?.resourceType === 'PractitionerRole') {
    const { practitioner, organization, telecom } = resource
    const isHpr = practitioner?.identifier?.system === identifierSystems.HPR
    return {
      name: practitioner?.display ?? organization?.display,
      hprNumber: isHpr ? practitioner?.identifier?.value : undefined,
      organization: organization?.display,
      phone: firstPhone(telecom),
    }
  }
  if (resource?.resourceType === 'Practitioner') {
    const { name, identifier = [], telecom } = resource
    return {
      name: nameOf(name),
      hprNumber: identifier.find(({ system }) => system === identifierSystems.HPR)?.value,
      phone: firstPhone(telecom),
    }
  }
  return resource?.resourceType === 'Organization' ? { name: resource.name, phone: firstPhone(resource.telecom) } : {}
}

function firstPhone(telecom: readonly ContactPoint[] | undefined): string | undefined {
  return phonesOf(telecom)[0]?.value
}

/** The sender's own number for the team; without one, a controller has one team for a person. */
export function teamKey({ identifier = [] }: CareTeam): string {
  const known = identifier.find(({ system, value }) => system && value)
  return known ? `id|${known.system}|${known.value}` : 'team'
}

/** Fetches the people to call for the open patient, and those who are responsible, as plain JSON. Runs on the portal's server. */

import { hasEnded, isAhead } from '@helsevev/clinical/period'
import { type Controller, controllerOf, controllersIn } from '@helsevev/panel/controllers.ts'
import { defineLoader, type Fetched, type PatientApi } from '@helsevev/panel/loader.ts'
import { placeless, without } from '@helsevev/panel/places.ts'
import { asOf } from '@helsevev/panel/versions.ts'
import type { Bundle, CareTeam, Period, RelatedPerson } from '@medplum/fhirtypes'
import { memberOf, roleIn, roleTextIn } from '../fhir/care-team.ts'
import { hasPart, nameOf, orderOf, otherRelationsOf, phonesOf, relationsOf, scopeOf } from '../fhir/related-person.ts'
import type { ContactsData, ShownContact, ShownResponsible } from './panel-data.ts'

const SERVICE = 'contacts'
const COUNT = '100'

export const loader = defineLoader<ContactsData>({
  service: SERVICE,
  fetch: async (api, now) => await fetchAt(api, now),
  fetchAt: async (api, at) => await fetchAt(api, at, (bundle) => asOf(api, SERVICE, bundle, at)),
  withoutPlaces,
})

/** `versions` finds the records of an earlier moment. */
async function fetchAt(
  api: PatientApi,
  at: Date,
  versions: (bundle: Bundle) => Promise<Bundle> = async (bundle) => bundle,
): Promise<Fetched<ContactsData>> {
  const found = async (type: string) => await versions(await api.search(SERVICE, type, { _count: COUNT }))
  const [status, people, teams] = await Promise.all([api.operation(SERVICE, 'status'), found('RelatedPerson'), found('CareTeam')])
  const data = dataOf(people, teams, controllersIn(status), at)
  return { data: data.contacts.length + data.responsible.length > 0 ? data : undefined, searched: [people, teams] }
}

/** Exported for tests. */
export function dataOf(people: Bundle, teams: Bundle, controllers: readonly Controller[], at: Date): ContactsData {
  const resources = [people, teams].flatMap(({ entry = [] }) => entry.flatMap(({ resource }) => resource ?? []))
  return {
    contacts: resources
      .flatMap((resource) => (resource.resourceType === 'RelatedPerson' ? [shownContact(resource, controllers, at)] : []))
      .sort(firstToCall),
    responsible: resources
      .flatMap((resource) => (resource.resourceType === 'CareTeam' ? shownTeam(resource, controllers, at) : []))
      .sort((one, other) => Number(other.isCurrent) - Number(one.isCurrent) || roleOrder[one.role] - roleOrder[other.role]),
  }
}

/**
 * A relative at home has the same telephone number and lives in the same place; the name of a GP leads to an office, and so may the words
 * of a sender. The names of relatives stay, and what stands by codes.
 */
function withoutPlaces({ contacts, responsible }: ContactsData): ContactsData {
  return {
    contacts: contacts.map((contact) => ({ ...contact, otherRelations: [], phones: [], controller: placeless(contact.controller) })),
    responsible: responsible.map((one) => ({
      ...without(one, 'name', 'roleText', 'hprNumber', 'organization', 'phone'),
      controller: placeless(one.controller),
    })),
    withoutPlaces: true,
  }
}

function shownContact(contact: RelatedPerson, controllers: readonly Controller[], at: Date): ShownContact {
  const scope = scopeOf(contact)
  return {
    ...reportedOf(contact, contact.period, contact.active ?? true, controllers, at),
    ...defined({ name: nameOf(contact.name), order: orderOf(contact) }),
    relations: relationsOf(contact),
    otherRelations: otherRelationsOf(contact),
    isNextOfKin: hasPart(contact, 'next-of-kin'),
    ...(hasPart(contact, 'guardian') ? { guardian: defined({ scope }) } : {}),
    phones: phonesOf(contact.telecom).flatMap(({ value }) => value ?? []),
  }
}

/** One line for each who is responsible; a team that was entered in error states nothing. */
function shownTeam(team: CareTeam, controllers: readonly Controller[], at: Date): ShownResponsible[] {
  if (team.status === 'entered-in-error') return []
  return (team.participant ?? []).map((participant, index) => {
    const role = roleIn(participant) ?? 'other'
    const isActive = team.status === 'active' && !hasEnded(team.period?.end, at)
    const reported = reportedOf(team, { ...team.period, ...participant.period }, isActive, controllers, at)
    return {
      ...reported,
      id: `${reported.id}-${index}`,
      role,
      ...defined({ ...memberOf(team, participant), roleText: role === 'other' ? roleTextIn(participant) : undefined }),
    }
  })
}

function reportedOf(
  resource: RelatedPerson | CareTeam,
  period: Period | undefined,
  isActive: boolean,
  controllers: readonly Controller[],
  at: Date,
): Omit<ShownContact, 'relations' | 'otherRelations' | 'isNextOfKin' | 'phones'> {
  const { start = '', end } = period ?? {}
  return {
    id: resource.id ?? '',
    from: start,
    isCurrent: isActive && !isAhead(start, at) && !hasEnded(end, at),
    controller: controllerOf(resource, controllers),
    ...defined({ until: end, reported: resource.meta?.lastUpdated, isAhead: isAhead(start, at) || undefined }),
  }
}

type Defined<T> = { [K in keyof T]?: Exclude<T[K], undefined> }

function defined<T extends object>(value: T): Defined<T> {
  return Object.fromEntries(Object.entries(value).filter(([, one]) => one !== undefined)) as Defined<T>
}

const roleOrder = { 'primary-contact': 0, gp: 1, other: 2 } as const

/** Those in force first, in the order that was stated; where none was, the next of kin, and then by name. */
function firstToCall(one: ShownContact, other: ShownContact): number {
  const last = Number.POSITIVE_INFINITY
  return (
    Number(other.isCurrent) - Number(one.isCurrent) ||
    compare(one.order ?? last, other.order ?? last) ||
    Number(other.isNextOfKin) - Number(one.isNextOfKin) ||
    (one.name ?? '').localeCompare(other.name ?? '', 'nb')
  )
}

function compare(one: number, other: number): number {
  return one === other ? 0 : one < other ? -1 : 1
}

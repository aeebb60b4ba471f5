/** Fetches the municipal services of the open patient: the status answer and the services behind it. Runs on the portal's server. */

import { hasEnded } from '@helsevev/clinical/period'
import { dayOf } from '@helsevev/clinical/time'
import { dayInNorway } from '@helsevev/kernel/values/norwegian-day'
import { defineLoader, type Fetched, type PatientApi } from '@helsevev/panel/loader.ts'
import type { Nothing } from '@helsevev/panel/panel.ts'
import { placeless, without } from '@helsevev/panel/places.ts'
import { asOf } from '@helsevev/panel/versions.ts'
import { withheldByAgreement } from '@helsevev/panel/withheld.ts'
import type { Bundle, EpisodeOfCare, Parameters } from '@medplum/fhirtypes'
import {
  controllerOf,
  courseOf,
  descriptionOf,
  flagsOf,
  iplosCodingOf,
  needsCaptionOf,
  serviceLevelOf,
  stayTypeIn,
  weeklyHoursOf,
} from '../fhir/episode-of-care.ts'
import { managingUnit } from '../fhir/managing-unit.ts'
import { possibleDuplicates } from '../model/duplicates.ts'
import type { Flag } from '../model/rules.ts'
import { isUnclosed, type Standing, standingOf } from '../model/standing.ts'
import type { Controller, MunicipalServicesData, ShownService } from './panel-data.ts'

const SERVICE = 'municipal-services'
const DAYS_SHOWN_AFTER_END = 90
const COUNT = 200

/** Flags that depend on the day they are read. They are judged again, since the stored ones apply to the day they were written. */
const flagsOfTheDay = new Set<Flag>(['active-after-end', 'start-in-future', 'finished-before-end'])

export const loader = defineLoader<MunicipalServicesData>({
  service: SERVICE,
  fetch: async (api, now) => await fetchAt(api, now),
  fetchAt: async (api, at) => await fetchAt(api, at, async (bundle) => asTheyWere(await asOf(api, SERVICE, bundle, at), at)),
  withoutPlaces,
})

/** `versions` finds the records of an earlier moment. */
async function fetchAt(
  api: PatientApi,
  at: Date,
  versions: (bundle: Bundle) => Promise<Bundle> = async (bundle) => bundle,
): Promise<Fetched<MunicipalServicesData>> {
  const [status, bundle] = await Promise.all([
    api.operation(SERVICE, 'status'),
    api.search(SERVICE, 'EpisodeOfCare', { status: 'active,onhold,finished', _count: String(COUNT) }),
  ])
  const data = dataOf(status, await versions(bundle), at)
  const { active, onHold, upcoming, endedLately, endedBefore } = data
  const isEmpty = [active, onHold, upcoming, endedLately, endedBefore].every((services) => services.length === 0)
  const partial = lacksAgreement(status, bundle)
  const runs = active.length + onHold.length > 0
  return { data: isEmpty ? undefined : data, searched: [bundle], ...(runs ? {} : { nothing: nothingSaid(status, partial) }), partial }
}

/** Takes out units, telephone numbers, and the municipality's own texts, which may name either. */
function withoutPlaces(data: MunicipalServicesData): MunicipalServicesData {
  const each = (services: ShownService[]) =>
    services.map((service) => ({
      ...without(service, 'unit', 'description', 'display', 'serviceLevel', 'controller'),
      ...(service.controller ? { controller: placeless(service.controller) } : {}),
    }))
  const { active, onHold, upcoming, endedLately, endedBefore } = data
  return {
    ...data,
    active: each(active),
    onHold: each(onHold),
    upcoming: each(upcoming),
    endedLately: each(endedLately),
    endedBefore: each(endedBefore),
    // Named only to show which municipalities have answered that there is nothing.
    controllers: [],
  }
}

/** A service that was reported only after it had ended still ran until its end. */
function asTheyWere(bundle: Bundle, at: Date): Bundle {
  const entry = (bundle.entry ?? []).map((one) => {
    const { resource } = one
    if (resource?.resourceType !== 'EpisodeOfCare' || resource.status !== 'finished') return one
    const { end } = courseOf(resource)
    return end && !hasEnded(end, at) ? { ...one, resource: { ...resource, status: 'active' as const } } : one
  })
  return { ...bundle, entry }
}

/** An answer without a status states nothing; an empty list is never read as `none`. */
function nothingSaid(answer: Parameters, noAgreement: boolean): Nothing {
  const code = answer.parameter?.find(({ name }) => name === 'status')?.valueCode
  if (code === 'withheld' && !noAgreement) return 'withheld-by-patient'
  return code === 'none' || code === 'withheld' ? code : 'unknown'
}

function dataOf(status: Parameters, bundle: Bundle, now: Date): MunicipalServicesData {
  const controllers = controllersIn(status)
  const resources = (bundle.entry ?? []).flatMap(({ resource }) => (resource?.resourceType === 'EpisodeOfCare' ? [resource] : []))
  const standings = resources.map((resource) => standingOf(courseOf(resource), now))
  const duplicates = possibleDuplicates(
    resources.map((resource, index) => ({
      controller: controllerOf(resource),
      code: iplosCodingOf(resource)?.code,
      standing: standings[index] ?? 'retracted',
    })),
  )
  const services = resources.map((resource, index) => ({
    standing: standings[index],
    unclosed: isUnclosed(courseOf(resource), now),
    lately: endedLately(resource, now),
    shown: shownService(resource, controllers, duplicates[index] ?? false, now),
  }))
  const standing = (wanted: Standing) => services.filter((service) => service.standing === wanted)
  return {
    active: standing('active').map(({ shown }) => shown),
    onHold: standing('onhold').map(({ shown }) => shown),
    upcoming: standing('upcoming').map(({ shown }) => shown),
    endedLately: standing('ended').flatMap(({ shown, lately }) => (lately ? [shown] : [])),
    endedBefore: standing('ended').flatMap(({ shown, lately }) => (lately ? [] : [shown])),
    olderUnclosed: standing('ended').filter(({ unclosed, lately }) => unclosed && !lately).length,
    controllers,
    more: resources.length >= COUNT,
  }
}

/** Whether something is not shown because no agreement opens it. */
function lacksAgreement(status: Parameters, bundle: Bundle): boolean {
  return status.parameter?.find(({ name }) => name === 'noAgreement')?.valueBoolean ?? withheldByAgreement(bundle)
}

function controllersIn(status: Parameters): Controller[] {
  return (status.parameter ?? [])
    .filter(({ name }) => name === 'controller')
    .map(({ part = [] }) => {
      const organization = part.find(({ name }) => name === 'organization')?.valueIdentifier?.value ?? ''
      const phone = part.find(({ name }) => name === 'phone')?.valueString
      return { organization, name: part.find(({ name }) => name === 'name')?.valueString ?? organization, ...(phone ? { phone } : {}) }
    })
}

function shownService(resource: EpisodeOfCare, controllers: Controller[], possibleDuplicate: boolean, now: Date): ShownService {
  const organization = controllerOf(resource)
  const coding = iplosCodingOf(resource)
  const unit = managingUnit(resource)
  const { start, end } = courseOf(resource)
  const optional = {
    code: coding?.code,
    display: coding?.display,
    stayType: stayTypeIn(resource),
    hoursPerWeek: weeklyHoursOf(resource),
    description: descriptionOf(resource),
    serviceLevel: serviceLevelOf(resource),
    start,
    end,
    controller:
      controllers.find((controller) => controller.organization === organization) ?? (organization && { organization, name: organization }),
    unit: unit && present({ name: unit.name, phone: unit.phone }),
  }
  return {
    id: resource.id ?? '',
    needsCaption: needsCaptionOf(resource),
    reported: resource.meta?.lastUpdated ?? '',
    flags: [
      ...flagsOf(resource).filter((flag) => !flagsOfTheDay.has(flag)),
      ...(isUnclosed(courseOf(resource), now) ? (['active-after-end'] as const) : []),
    ],
    possibleDuplicate,
    ...present(optional),
  }
}

/** Without the members that are undefined: JSON has no such value. */
function present<T extends object>(members: T): { [K in keyof T]?: Exclude<T[K], undefined | ''> } {
  return Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined && value !== '')) as {
    [K in keyof T]?: Exclude<T[K], undefined | ''>
  }
}

/** By its end date; without one, by the day it was reported as finished. */
function endedLately(resource: EpisodeOfCare, now: Date): boolean {
  const end = resource.period?.end ?? resource.meta?.lastUpdated
  if (!end) return true
  const first = new Date(now.getTime() - DAYS_SHOWN_AFTER_END * 86_400_000)
  const day = dayOf(end)
  return day >= dayInNorway(first).slice(0, day.length)
}

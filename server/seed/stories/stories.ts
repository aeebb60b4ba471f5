/**
 * Months of history for the seeded people, in the order it is to be sent. What belongs to one person, controller, service and round stands
 * together and is one transaction (`transactions`), so that scores may refer to the measurements they are made from.
 */

import { identityNumberSystems } from '@helsevev/kernel/values/identity-number'
import type { Bundle, BundleEntry, Resource } from '@medplum/fhirtypes'
import { type ServiceId, services } from '../../services.ts'
import { patients } from '../patients.ts'
import type { SeedPatient } from '../seed-patient.ts'
import { clientOf, supplierOf } from '../sign-in.ts'
import { contactsOf } from './contacts.ts'
import { criticalEntries } from './critical-entries.ts'
import { drawnStory } from './drawn.ts'
import { homeMeasurements } from './home-measurements.ts'
import { hospitalDoses } from './hospital-doses.ts'
import { namedStories } from './named.ts'
import { reportedAt } from './reported-at.ts'
import { shownStories } from './shown.ts'
import type { StoryReport } from './story-report.ts'
import { teller } from './teller.ts'

const DAY = 24 * 3_600_000

export interface Story {
  /** Organisation number of the data controller that sends. */
  controller: string
  /** Client id with which it is sent. */
  client: string
  /** Organisation number of the vendor whose client that is, when it serves many. */
  supplier: string | undefined
  service: ServiceId
  identityNumber: string
  resource: Resource
  /** `urn:uuid:`, by which others of the same transaction refer to it. */
  fullUrl: string
  /** Number of the transaction it belongs to; those of one stand together. */
  transaction: number
  /** When that transaction was sent. */
  reported: Date
}

/** Everything that has happened up to `now`; the same for the same moment. */
export function* stories(now: Date): Generator<Story> {
  let transaction = 0
  // The number of a transaction decides when it was sent: what is added comes last, so that it moves nothing.
  for (const reports of [storyOf, hospitalDoses]) {
    for (const patient of patients()) {
      for (const together of grouped(reports(patient, now))) {
        transaction++
        const sent = { transaction, reported: sentAt(`${patient.id} ${transaction}`, together, now) }
        for (const told of together) yield { ...storyFrom(told, patient), ...sent }
      }
    }
  }
}

export interface SeedTransaction {
  controller: string
  client: string
  service: ServiceId
  identityNumber: string
  /** To POST to /fhir/{service}. */
  bundle: Bundle
  /** When it was sent. */
  reported: Date
}

/** The same as transaction Bundles. */
export function* transactions(now: Date): Generator<SeedTransaction> {
  let number: number | undefined
  let open: SeedTransaction | undefined
  for (const { controller, client, service, identityNumber, resource, fullUrl, transaction, reported } of stories(now)) {
    if (transaction !== number || !open) {
      if (open) yield open
      number = transaction
      const bundle: Bundle = { resourceType: 'Bundle', type: 'transaction', entry: [] }
      open = { controller, client, service, identityNumber, bundle, reported }
    }
    const entry: BundleEntry = { fullUrl, resource, request: { method: 'POST', url: resource.resourceType } }
    open.bundle.entry?.push(entry)
  }
  if (open) yield open
}

function storyOf(patient: SeedPatient, now: Date): StoryReport[] {
  const tell = teller(patient.id, now)
  const story = namedStories[patient.id] ?? shownStories[patient.id]
  if (story) story(tell)
  else drawnStory(patient, tell, now)
  tell.told.push(...criticalEntries(patient, now), ...homeMeasurements(patient, now), ...contactsOf(patient, now))
  return tell.told
}

/** The element that points to the person. */
function patientElementOf(service: ServiceId, type: string): string {
  const declaration = services.find(({ id }) => id === service)?.resources[type]
  if (!declaration) throw new RangeError(`The service ${service} takes no ${type}.`)
  return declaration.patientElement
}

function grouped(told: readonly StoryReport[]): StoryReport[][] {
  const groups = Map.groupBy(told, (report) => `${report.round} ${report.controller} ${report.service} ${dayOf(report)}`)
  return [...groups.values()].sort(([a], [b]) => (a?.round ?? 0) - (b?.round ?? 0))
}

/** A municipality reports each decision when it is made. */
function dayOf({ service, reported, resource }: StoryReport): string | number {
  if (service !== 'municipal-services' || resource.resourceType !== 'EpisodeOfCare') return ''
  return reported ?? resource.period?.end ?? resource.period?.start ?? ''
}

function sentAt(word: string, together: readonly StoryReport[], now: Date): Date {
  const [first] = together
  if (first?.reported !== undefined) return new Date(now.getTime() - first.reported * DAY)
  return reportedAt(
    word,
    together.map(({ resource }) => resource),
    now,
  )
}

/** Municipal services are reported under the oldest number, as by a system that does not know a newer one; scores under the newest. */
function storyFrom({ controller, service, resource, fullUrl }: StoryReport, patient: SeedPatient): Omit<Story, 'transaction' | 'reported'> {
  const identifier = service === 'municipal-services' ? patient.identifiers[0] : patient.identifiers.at(-1)
  if (!identifier) throw new RangeError(`The seeded patient ${patient.id} has no number.`)
  const about = { identifier: { system: identityNumberSystems[identifier.system], value: identifier.value } }
  return {
    controller,
    client: clientOf(controller),
    supplier: supplierOf(controller),
    service,
    identityNumber: identifier.value,
    resource: { ...resource, [patientElementOf(service, resource.resourceType)]: about } as Resource,
    fullUrl,
  }
}

/** What an operation sees, in memory: services with the controller that reported each, and whether something is withheld. */
import { identifierSystems, volven } from '@helsevev/clinical/systems'
import { codesFromData } from '@helsevev/kernel/codes/data'
import type { Operation, Records } from '@helsevev/kernel/fhir/service'
import type { EpisodeOfCare, Extension } from '@medplum/fhirtypes'

export interface RecordsSeen {
  services: EpisodeOfCare[]
  contributors: { organization: string; name: string; phone?: string }[]
  withheld?: boolean
  withheldByPatient?: { cause: 'SpecificBlock' | 'GeneralBlock' | 'Reservation'; count?: number | undefined }[]
}

export function testRecords({ services, contributors, withheld = false, withheldByPatient = [] }: RecordsSeen): Records {
  return {
    search: async (type) => (type === 'EpisodeOfCare' ? services : []),
    count: async () => 0,
    unreadable: () => 0,
    asOf: async () => [],
    measuredDays: async () => [],
    contributors: async () => contributors.map((each) => ({ phone: undefined, ...each, since: new Date('2026-01-15T08:00:00Z') })),
    somethingWithheld: async () => withheld,
    withheldByPatient: async () => withheldByPatient.map(({ cause, count }) => ({ cause, count })),
    nothing: async () => (withheld ? 'withheld' : contributors.length > 0 ? 'none' : 'unknown'),
    ownOnly: undefined,
    settings: async () => [],
  }
}

/** The context of an operation that is called at `now`. */
export function context(now: Date): Parameters<Operation['run']>[1] {
  return {
    now,
    birthDate: undefined,
    patient: { system: 'urn:oid:2.16.578.1.12.4.1.4.1', value: '' },
    parameters: new URLSearchParams(),
    codes: codesFromData(),
    elsewhere: async () => undefined,
    withheldElsewhere: () => undefined,
  }
}

/** The extension in which the server states the controller that reported a service. */
export function reportedBy(controller: string): Extension {
  return {
    url: 'http://helsevev.no/fhir/StructureDefinition/data-controller',
    valueIdentifier: { system: identifierSystems.ENH, value: controller },
  }
}

/** A service as served, from the given controller. */
export function reportedService(controller: string, more: Partial<EpisodeOfCare> = {}): EpisodeOfCare {
  return {
    resourceType: 'EpisodeOfCare',
    id: 'one',
    meta: { versionId: '1', lastUpdated: '2026-06-01T08:00:00.000Z' },
    extension: [reportedBy(controller)],
    status: 'active',
    type: [{ coding: [{ system: volven(9151), code: '15', display: 'Helsetjenester i hjemmet' }] }],
    patient: { identifier: { system: identifierSystems.FNR, value: '12834100019' } },
    period: { start: '2026-01-15' },
    ...more,
  }
}

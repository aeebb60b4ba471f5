/**
 * Look-ups that wait to be asked about from the first start: two that the rules of misuse control find, and two emergency accesses that
 * two controllers each must follow up. They are decided and logged like any other. docs/run/test-people.md
 */
import type { Exchange, Kernel, ServiceExchange } from '@helsevev/kernel/fhir/exchange'
import type { InformationService } from '@helsevev/kernel/fhir/service'
import type { Purpose } from '@helsevev/kernel/identity/purpose'
import { identityNumberSystems } from '@helsevev/kernel/values/identity-number'
import type { ServiceId } from './agreements.ts'
import { kernelAt } from './kernel-at.ts'
import { bergen, fjordjournal, helseVest, helsevev, unitOf } from './organizations.ts'
import { patient, patients } from './patients.ts'
import { staff } from './staff.ts'

interface SeedOpening {
  /** Test person. */
  by: string
  organization: string
  /** Code of the service that is given: list 8663 in a municipality, 8655 at a hospital. */
  healthcareService: string
  patient: string
  purpose: Purpose
  reason?: string
  services: readonly ServiceId[]
  /** Less than a day, so that the rules of yesterday and today find it. */
  hoursAgo: number
  /** The record system that the user is in, and what is wrong with its request; the portal when absent. */
  through?: { client: string; supplier: string }
  mistake?: 'no-attestation' | 'other-authorization' | 'no-reason'
}

const atBergen = { by: 'nurse-bergen', organization: bergen.number, healthcareService: 'KA02' }
const atHelseVest = { by: 'doctor-helse-vest', organization: helseVest.number, healthcareService: 'S03' }

const openings: readonly SeedOpening[] = [
  // She draws curiosity; he has the nurse's family name, and her address.
  { ...atBergen, patient: 'linnea', purpose: 'TREAT', hoursAgo: 20.3, services: ['critical-information', 'municipal-services'] },
  { ...atBergen, patient: 'sigurd', purpose: 'TREAT', hoursAgo: 5.2, services: ['municipal-services', 'test-results'] },
  {
    ...atBergen,
    patient: 'mona',
    purpose: 'BTG',
    hoursAgo: 8.7,
    reason: 'Fant pasienten bevisstløs på hotellet. Trenger å vite om hun har sykdommer.',
    services: ['critical-information', 'test-results'],
  },
  {
    ...atHelseVest,
    patient: 'asbjorn',
    purpose: 'BTG',
    hoursAgo: 14.6,
    reason: 'Kom med ambulanse etter fall, kan ikke svare for seg.',
    services: ['municipal-services', 'critical-information'],
  },
]

/** What a controller sees of a vendor: requests that were answered, and some that were refused, each for a reason with its own remedy. */
const inFjordjournal: Omit<SeedOpening, 'services' | 'hoursAgo'> = {
  ...atBergen,
  patient: 'rolf',
  purpose: 'TREAT',
  through: { client: 'fjordjournal-user', supplier: fjordjournal.number },
}
const requestsOfVendor: readonly SeedOpening[] = [
  { ...inFjordjournal, hoursAgo: 3.4, services: ['news2', 'critical-information', 'test-results', 'municipal-services'] },
  { ...inFjordjournal, mistake: 'no-attestation', hoursAgo: 3.7, services: ['news2', 'critical-information', 'test-results'] },
  { ...inFjordjournal, mistake: 'other-authorization', hoursAgo: 6.1, services: ['news2', 'news2'] },
  { ...inFjordjournal, mistake: 'no-reason', purpose: 'BTG', hoursAgo: 1.3, services: ['critical-information'] },
]

/** Whose cases the rules are then run for. */
export const controlled = bergen.number

export interface OpeningSearch {
  exchange: ServiceExchange
  /** The type that is searched for: the first that the service declares. */
  type: string
  form: URLSearchParams
  /** It has a mistake, and is to be refused. */
  isRefused: boolean
}

export function openingSearches(kernel: Kernel): OpeningSearch[] {
  const everybody = patients()
  return [...openings, ...requestsOfVendor].flatMap((opening, at) =>
    opening.services.flatMap((id, nth) => {
      const service = kernel.services.get(id)
      const type = Object.keys(service?.resources ?? {})[0]
      if (!service || !type) return []
      const { system, value } = patient(everybody, opening.patient).identifiers.at(-1) ?? { system: 'FNR', value: '' }
      const form = new URLSearchParams({ 'patient.identifier': `${identityNumberSystems[system]}|${value}` })
      // A few seconds from one panel to the next.
      const then = new Date(kernel.clock().getTime() - opening.hoursAgo * 3_600_000 + nth * 4_000)
      const exchange = { ...exchangeOf(kernelAt(kernel, then), service, opening, value, `opening-${at + 1}`), service }
      return [{ exchange, type, form, isRefused: opening.mistake !== undefined }]
    }),
  )
}

function exchangeOf(kernel: Kernel, area: InformationService, opening: SeedOpening, number: string, decision: string): Exchange {
  const { by, organization, healthcareService, purpose, reason, mistake } = opening
  const { client, supplier } = opening.through ?? { client: 'helsevev-clinician', supplier: helsevev.number }
  const reader = staff.find(({ id }) => id === by)
  if (!reader) throw new RangeError(`There is no test person ${by}.`)
  const { pid, hprNumber, name } = reader
  const issuedAt = Math.floor(kernel.clock().getTime() / 1000)
  const place = unitOf(organization, healthcareService === atBergen.healthcareService ? 'out-of-hours' : 'ward')
  const identified = (id: string) => ({ id, system: undefined, name: undefined })
  const coded = (code: string) => ({ code, system: undefined, text: undefined })
  return {
    kernel,
    area,
    accessBasis: undefined,
    eventId: kernel.ids.uuid(),
    caller: {
      kind: 'person',
      pid,
      name: name.join(' '),
      hprNumber,
      organization,
      organizationChild: undefined,
      supplier,
      multiTenant: true,
      client,
      scopes: [`helsevev:${area.id}/read`],
      attestation: undefined,
      issuedAt,
    },
    attestation:
      mistake === 'no-attestation'
        ? undefined
        : {
            toa: issuedAt,
            practitioner: {
              identifier: identified(pid),
              hprNumber: hprNumber ? identified(hprNumber) : undefined,
              authorization: coded(mistake === 'other-authorization' ? 'LE' : (reader.authorizations.at(-1)?.code ?? '')),
              legalEntity: identified(organization),
              pointOfCare: { id: place.number, system: undefined, name: place.name },
              department: undefined,
            },
            careRelation: {
              healthcareService: coded(healthcareService),
              purposeOfUse: coded(purpose),
              purpose,
              purposeOfUseDetails: undefined,
              decisionRef: { id: decision, description: reason, userSelected: purpose === 'BTG' },
            },
            patient: { identifier: identified(number), pointOfCare: undefined, department: undefined },
            unknownMembers: [],
          },
  }
}

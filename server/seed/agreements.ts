/** What each organisation takes part in, and what it has opened to which receivers. Dates are fixed: what is past is past on every day. */
import { type ServiceId, services } from '../services.ts'
import {
  barum,
  bergen,
  bodo,
  fjellsyn,
  helseMidtNorge,
  helseNord,
  helseSorOst,
  helseVest,
  kristiansand,
  municipalities,
  omsorgOst,
  omsorgOstGrunerlokka,
  oslo,
  sandvikaLegesenter,
  stavanger,
  trustOf,
  trusts,
} from './organizations.ts'

export type { ServiceId }

type Purpose = 'TREAT' | 'ETREAT' | 'COC' | 'BTG'

export interface SeedParticipation {
  organization: string
  service: ServiceId
  produces: boolean
  consumes: boolean
}

export interface SeedAgreement {
  controller: string
  service: ServiceId
  /** Organisation number, or the id of a group. */
  receiver: string
  /** An organisation when absent. */
  receiverType?: 'group' | 'private-provider'
  /** The units of a private provider that the contract names. */
  units?: string[]
  /** The municipal services that the contract names, by code of list 9151. */
  serviceCodes?: string[]
  /** False: the receiver has not signed yet, and nothing is open. */
  receiverSigned?: false
  /** The terms that were joined. */
  standardAgreement?: string
  validFrom: string
  validUntil?: string
  purposes: Purpose[]
  sensitiveCodes: string[]
}

interface Part {
  number: string
}

/** Services that are shared in ways of their own, below. */
const arranged: readonly ServiceId[] = ['municipal-services', 'news2', 'test-results', 'home-monitoring']

/** The others: all who give care report and read, and each opens to all. A new service is shared so until it is arranged otherwise. */
const sharedByAll = services.map(({ id }) => id).filter((id) => !arranged.includes(id))

/** What the doctors' office shares with all. */
const ofPractice: readonly ServiceId[] = ['medication-list', 'e-prescriptions']

/** Adoption is gradual: Kristiansand produces and does not consume yet, and Bærum has not begun with NEWS2. */
export const participation: readonly SeedParticipation[] = [
  ...municipalities.map(({ number }) => ({
    organization: number,
    service: 'municipal-services' as const,
    produces: true,
    consumes: number !== kristiansand.number,
  })),
  ...municipalities
    .filter(({ number }) => number !== barum.number)
    .map(({ number }) => ({ organization: number, service: 'news2' as const, produces: true, consumes: number !== kristiansand.number })),
  { organization: barum.number, service: 'news2', produces: false, consumes: true },
  ...trusts.map(({ number }) => ({ organization: number, service: 'municipal-services' as const, produces: false, consumes: true })),
  ...trusts.map(({ number }) => ({ organization: number, service: 'news2' as const, produces: true, consumes: true })),
  { organization: sandvikaLegesenter.number, service: 'municipal-services', produces: false, consumes: true },
  { organization: sandvikaLegesenter.number, service: 'news2', produces: false, consumes: true },
  { organization: omsorgOst.number, service: 'municipal-services', produces: false, consumes: true },
  ...[...municipalities, ...trusts].flatMap(({ number }) =>
    ([...sharedByAll, 'home-monitoring'] as const).map((service) => ({ organization: number, service, produces: true, consumes: true })),
  ),
  ...municipalities.map(({ number }) => ({ organization: number, service: 'test-results' as const, produces: false, consumes: true })),
  ...trusts.map(({ number }) => ({ organization: number, service: 'test-results' as const, produces: true, consumes: true })),
  { organization: fjellsyn.number, service: 'test-results', produces: true, consumes: false },
  ...([...sharedByAll, 'test-results', 'home-monitoring'] as const).map((service) => ({
    organization: sandvikaLegesenter.number,
    service,
    // The list of a person is mostly made by the general practitioner, who prescribes as well.
    produces: ofPractice.includes(service),
    consumes: true,
  })),
]

const BEGIN = '2025-01-01T00:00:00Z'
const care: Purpose[] = ['TREAT', 'ETREAT', 'BTG']
const careAndCasework: Purpose[] = ['TREAT', 'ETREAT', 'COC', 'BTG']

/** Terms that municipalities share under with each other: who joins opens its services to all the others who have. */
export const standardAgreement = {
  id: 'helsevev-standard',
  title: 'Standardavtale om deling mellom kommuner (oppdiktet)',
  groupName: 'Kommuner som har sluttet seg til standardavtalen',
  services: ['municipal-services', 'news2'] as ServiceId[],
  purposes: care,
  published: BEGIN,
  members: [stavanger.number, bodo.number] as string[],
  publisher: stavanger.number as string,
}

function opens(
  controller: Part,
  service: ServiceId,
  receiver: Part,
  purposes: Purpose[],
  more: Partial<SeedAgreement> = {},
): SeedAgreement {
  return { controller: controller.number, service, receiver: receiver.number, validFrom: BEGIN, purposes, sensitiveCodes: [], ...more }
}

export const agreements: readonly SeedAgreement[] = [
  // To Bergen, as its out-of-hours clinic sees it. Oslo opens coercion decisions, Stavanger does not, Kristiansand's agreement has ended;
  // Bærum, Bodø, Helse Midt-Norge and Helse Sør-Øst are closed to it.
  opens(stavanger, 'municipal-services', bergen, care),
  // Ends, so that a controller sees what to renew; far ahead, for dates here are fixed.
  opens(stavanger, 'news2', bergen, care, { validUntil: '2030-12-31T23:00:00Z' }),
  opens(oslo, 'municipal-services', bergen, care, { sensitiveCodes: ['14', '23', '24'] }),
  opens(kristiansand, 'municipal-services', bergen, care, { validUntil: '2025-12-31T23:00:00Z' }),
  opens(helseVest, 'news2', bergen, care),
  opens(helseNord, 'news2', bergen, care),
  // Bodø has signed, Bergen has not.
  opens(bodo, 'municipal-services', bergen, care, { receiverSigned: false }),
  // To the other municipalities.
  opens(bergen, 'municipal-services', stavanger, careAndCasework),
  opens(bergen, 'news2', stavanger, care),
  opens(helseVest, 'news2', stavanger, care),
  opens(barum, 'municipal-services', oslo, careAndCasework),
  opens(helseSorOst, 'news2', oslo, care),
  opens(oslo, 'municipal-services', barum, careAndCasework),
  opens(helseSorOst, 'news2', barum, care),
  opens(helseNord, 'news2', bodo, care),
  // To the hospitals.
  opens(bergen, 'municipal-services', helseVest, careAndCasework),
  opens(bergen, 'news2', helseVest, care),
  opens(stavanger, 'municipal-services', helseVest, careAndCasework),
  opens(bodo, 'municipal-services', helseNord, careAndCasework),
  opens(bodo, 'news2', helseNord, care),
  opens(helseMidtNorge, 'news2', helseNord, care),
  opens(oslo, 'municipal-services', helseSorOst, careAndCasework),
  opens(barum, 'municipal-services', helseSorOst, careAndCasework),
  opens(kristiansand, 'municipal-services', helseSorOst, care),
  // To the doctors' office.
  opens(barum, 'municipal-services', sandvikaLegesenter, care),
  opens(helseSorOst, 'news2', sandvikaLegesenter, ['TREAT']),
  // To the private provider that gives home care for Oslo: one unit of it, the services of its contract, and only patients it delivers to.
  opens(oslo, 'municipal-services', omsorgOst, care, {
    receiverType: 'private-provider',
    units: [omsorgOstGrunerlokka.number],
    serviceCodes: ['1', '2', '5', '15'],
  }),
  // Results: Bergen sees its own hospital, Helse Sør-Øst and the private laboratory; Helse Midt-Norge is closed to it.
  ...[helseVest, helseSorOst, fjellsyn].flatMap((laboratory) => [
    ...[bergen, helseVest, helseSorOst, sandvikaLegesenter]
      .filter(({ number }) => number !== laboratory.number)
      .map((receiver) => opens(laboratory, 'test-results', receiver, care)),
  ]),
  opens(helseVest, 'test-results', stavanger, care),
  opens(helseSorOst, 'test-results', oslo, care),
  opens(helseSorOst, 'test-results', barum, care),
  opens(helseNord, 'test-results', bodo, care),
  // Such as critical information: everybody who gives care, from everybody.
  ...[...municipalities, ...trusts].flatMap((controller) =>
    [...municipalities, ...trusts, sandvikaLegesenter]
      .filter(({ number }) => number !== controller.number)
      .flatMap((receiver) => sharedByAll.map((service) => opens(controller, service, receiver, care))),
  ),
  ...[...municipalities, ...trusts].flatMap((receiver) => ofPractice.map((service) => opens(sandvikaLegesenter, service, receiver, care))),
  // Home measurements, between a municipality and its hospital.
  ...municipalities.flatMap((municipality) => {
    const hospital = trustOf[municipality.number]
    return hospital ? [opens(municipality, 'home-monitoring', hospital, care), opens(hospital, 'home-monitoring', municipality, care)] : []
  }),
  opens(helseVest, 'home-monitoring', oslo, ['TREAT']),
  // Stavanger and Bodø have joined the standard agreement.
  ...standardAgreement.members.flatMap((controller) =>
    standardAgreement.services.map((service) =>
      opens({ number: controller }, service, { number: standardAgreement.id }, care, {
        receiverType: 'group',
        standardAgreement: `${standardAgreement.id}/1`,
      }),
    ),
  ),
]

export interface SeedDelivery {
  /** Id of the seeded patient. */
  patient: string
  controller: string
  provider: string
  unit: string
}

/** The private provider reads these three patients of Oslo and no others. */
export const deliveries: readonly SeedDelivery[] = ['solveig', 'arvid', 'mona'].map((patient) => ({
  patient,
  controller: oslo.number,
  provider: omsorgOst.number,
  unit: omsorgOstGrunerlokka.number,
}))

export interface SeedClosure {
  controller: string
  service: ServiceId
  receiver: string
  closed: string
  reason: string
}

/** The agreement stands, and the controller has closed this service to this receiver. */
export const closures: readonly SeedClosure[] = [
  {
    controller: stavanger.number,
    service: 'municipal-services',
    receiver: helseVest.number,
    closed: '2026-03-02T08:00:00Z',
    reason: 'Oppslag uten tjenstlig behov er under oppklaring (oppdiktet).',
  },
]

export interface SeedRoleRule {
  organization: string
  service: ServiceId
  /** Volven 9060. */
  role: string
  purposes: Purpose[]
}

/** Helse Nord lets doctors and nurses use NEWS2; the service would let psychologists too. */
export const roleRules: readonly SeedRoleRule[] = ['LE', 'SP'].map((role) => ({
  organization: helseNord.number,
  service: 'news2',
  role,
  purposes: careAndCasework,
}))

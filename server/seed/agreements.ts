/** What each organisation takes part in, and who has opened what to whom. Dates are fixed: the past is past whenever the seed is made. */
import {
  barum,
  bergen,
  bodo,
  helseMidtNorge,
  helseNord,
  helseSorOst,
  helseVest,
  kristiansand,
  municipalities,
  oslo,
  sandvikaLegesenter,
  stavanger,
  trusts,
} from './organizations.ts'

export type ServiceId = 'municipal-services' | 'news2'
export type Purpose = 'TREAT' | 'ETREAT' | 'COC' | 'BTG'

export interface SeedParticipation {
  organization: string
  service: ServiceId
  produces: boolean
  consumes: boolean
}

export interface SeedAgreement {
  controller: string
  service: ServiceId
  receiver: string
  validFrom: string
  validUntil?: string
  purposes: Purpose[]
  sensitiveCodes: string[]
}

interface Part {
  number: string
}

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
]

const BEGIN = '2025-01-01T00:00:00Z'
const care: Purpose[] = ['TREAT', 'ETREAT', 'BTG']
const careAndCasework: Purpose[] = ['TREAT', 'ETREAT', 'COC', 'BTG']

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
  opens(stavanger, 'news2', bergen, care),
  opens(oslo, 'municipal-services', bergen, care, { sensitiveCodes: ['14', '23', '24'] }),
  opens(kristiansand, 'municipal-services', bergen, care, { validUntil: '2025-12-31T23:00:00Z' }),
  opens(helseVest, 'news2', bergen, care),
  opens(helseNord, 'news2', bergen, care),
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
]

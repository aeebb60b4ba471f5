/**
 * Who takes part in the seeded world: municipalities and regional hospital trusts, and units, vendors and a doctors' office that are made
 * up. Numbers of the series 1002xxxxx belong to no organisation, and the phone numbers to no subscriber.
 */
import { identifierSystems } from '@helsevev/clinical/systems'
import { type OrganizationType, shippedFile } from '@helsevev/kernel/codes/reference-files'

export interface SeedOrganization {
  number: string
  name: string
  type: OrganizationType
  partOf?: string
  municipality?: string
  phone: string
  /** Made up, or under a number that stands in no source (kernel/codes/data/organization-sources.csv): screens say so. */
  madeUp: boolean
  /** Member of Helsenettet with the terms accepted; units are covered by the whole they are part of. */
  member: boolean
}

/** What a municipal unit does, which decides the services it answers for. */
export type UnitKind = 'home-care' | 'welfare-technology' | 'nursing-home' | 'day-centre' | 'out-of-hours' | 'assistance'

export interface SeedUnit extends Omit<SeedOrganization, 'madeUp'> {
  partOf: string
  kind: UnitKind | 'ward'
}

export const municipalities = [
  { number: '958935420', name: 'Oslo kommune', municipality: '0301', place: 'Oslo', population: 600 },
  { number: '964338531', name: 'Bergen kommune', municipality: '4601', place: 'Bergen', population: 600 },
  { number: '964965226', name: 'Stavanger kommune', municipality: '1103', place: 'Stavanger', population: 400 },
  { number: '820852982', name: 'Kristiansand kommune', municipality: '4204', place: 'Kristiansand', population: 400 },
  { number: '972418013', name: 'Bodø kommune', municipality: '1804', place: 'Bodø', population: 400 },
  { number: '935478715', name: 'Bærum kommune', municipality: '3201', place: 'Bærum', population: 400 },
] as const

export const [oslo, bergen, stavanger, kristiansand, bodo, barum] = municipalities

export const trusts = [
  { number: '983658725', name: 'Helse Vest RHF' },
  { number: '983658776', name: 'Helse Midt-Norge RHF' },
  { number: '883658752', name: 'Helse Nord RHF' },
  { number: '991324968', name: 'Helse Sør-Øst RHF' },
] as const

export const [helseVest, helseMidtNorge, helseNord, helseSorOst] = trusts

/** The trust whose hospitals people of a municipality come to first. */
export const trustOf: Record<string, (typeof trusts)[number]> = {
  [oslo.number]: helseSorOst,
  [barum.number]: helseSorOst,
  [kristiansand.number]: helseSorOst,
  [bergen.number]: helseVest,
  [stavanger.number]: helseVest,
  [bodo.number]: helseNord,
}

/** The n-th made-up organisation number, with a check digit that agrees (mod 11, weights 3 2 7 6 5 4 3 2). */
function madeUpNumber(n: number): string {
  let left = n
  for (let series = 0; series < 10_000; series++) {
    const eight = `1002${String(series).padStart(4, '0')}`
    const sum = [3, 2, 7, 6, 5, 4, 3, 2].reduce((total, weight, place) => total + weight * Number(eight[place]), 0)
    const check = (11 - (sum % 11)) % 11
    if (check !== 10 && left-- === 0) return `${eight}${check}`
  }
  throw new RangeError(`There is no made-up organisation number ${n}.`)
}

const unitNames: Record<UnitKind, string> = {
  'home-care': 'hjemmetjenesten',
  'welfare-technology': 'responssenteret',
  'nursing-home': 'sykehjem',
  'day-centre': 'dagsenter',
  'out-of-hours': 'legevakt',
  assistance: 'avlastning og assistanse',
}
const unitKinds = Object.keys(unitNames) as UnitKind[]
/** Bergen legevakt stands in Volven 3502 under a number of its own. */
const realUnits: Record<string, string> = { [`${bergen.number} out-of-hours`]: '973925032' }

const municipalUnits: readonly SeedUnit[] = municipalities.flatMap(({ number, municipality, place }, at) =>
  unitKinds.map((kind, unit) => ({
    number: realUnits[`${number} ${kind}`] ?? madeUpNumber(100 + at * 10 + unit),
    name: `${place} ${unitNames[kind]}`,
    type: 'municipality' as const,
    partOf: number,
    municipality,
    phone: phone(at + 1, unit + 1),
    member: false,
    kind,
  })),
)

/** Trust under the regional trust, and the ward that measures. Numbers of the trusts stand in Volven 3501; wards are made up. */
const hospitals = [
  { region: helseVest, trust: { number: '983974724', name: 'Helse Bergen HF' }, ward: 'Haukeland universitetssjukehus, medisinsk post' },
  { region: helseMidtNorge, trust: { number: '883974832', name: 'St. Olavs hospital HF' }, ward: 'St. Olavs hospital, medisinsk post' },
  { region: helseNord, trust: { number: '983974910', name: 'Nordlandssykehuset HF' }, ward: 'Nordlandssykehuset Bodø, medisinsk post' },
  { region: helseSorOst, trust: { number: '993467049', name: 'Oslo universitetssykehus HF' }, ward: 'Ullevål sykehus, medisinsk post' },
] as const

const wards: readonly SeedUnit[] = hospitals.map(({ trust, ward }, at) => ({
  number: madeUpNumber(200 + at),
  name: ward,
  type: 'health-trust',
  partOf: trust.number,
  phone: phone(10 + at, 2),
  member: false,
  kind: 'ward',
}))

/** The unit of a controller that answers for a kind of work. */
export function unitOf(controller: string, kind: SeedUnit['kind']): SeedUnit {
  const trust = hospitals.find(({ region }) => region.number === controller)?.trust.number
  const unit = [...municipalUnits, ...wards].find((candidate) => candidate.kind === kind && candidate.partOf === (trust ?? controller))
  if (!unit) throw new RangeError(`Organisation ${controller} has no unit for ${kind}.`)
  return unit
}

export const fjordjournal = { number: madeUpNumber(0), name: 'Fjordjournal AS' } as const
export const tindejournal = { number: madeUpNumber(1), name: 'Tindejournal AS' } as const
export const helsevev = { number: madeUpNumber(2), name: 'Helsevev' } as const
export const sandvikaLegesenter = { number: madeUpNumber(3), name: 'Sandvika legesenter (oppdiktet)' } as const

/** A private laboratory that general practitioners and nursing homes send specimens to. */
export const fjellsyn = { number: madeUpNumber(5), name: 'Fjellsyn laboratorium AS (oppdiktet)' } as const

/** Home care under contract with Oslo; the contract names one of its two units. */
export const omsorgOst = { number: madeUpNumber(4), name: 'Omsorg Øst AS (oppdiktet)' } as const
export const omsorgOstGrunerlokka = { number: madeUpNumber(300), name: 'Omsorg Øst, avdeling Grünerløkka' } as const
export const omsorgOstFrogner = { number: madeUpNumber(301), name: 'Omsorg Øst, avdeling Frogner' } as const

const seeded: readonly Omit<SeedOrganization, 'madeUp'>[] = [
  ...municipalities.map(({ number, name, municipality }, at) => ({
    number,
    name,
    municipality,
    type: 'municipality' as const,
    phone: phone(at + 1, 0),
    member: true,
  })),
  ...trusts.map(({ number, name }, at) => ({
    number,
    name,
    type: 'regional-health-trust' as const,
    phone: phone(10 + at, 0),
    member: true,
  })),
  ...hospitals.map(({ region, trust }, at) => ({
    ...trust,
    type: 'health-trust' as const,
    partOf: region.number,
    phone: phone(10 + at, 1),
    member: false,
  })),
  { ...fjordjournal, type: 'vendor', phone: phone(20, 0), member: true },
  { ...tindejournal, type: 'vendor', phone: phone(21, 0), member: true },
  { ...helsevev, type: 'vendor', phone: phone(22, 0), member: true },
  { ...sandvikaLegesenter, type: 'general-practice', municipality: barum.municipality, phone: phone(23, 0), member: true },
  { ...fjellsyn, type: 'private-provider', municipality: bergen.municipality, phone: phone(25, 0), member: true },
  { ...omsorgOst, type: 'private-provider', municipality: oslo.municipality, phone: phone(24, 0), member: true },
  ...[omsorgOstGrunerlokka, omsorgOstFrogner].map((unit, at) => ({
    ...unit,
    type: 'private-provider' as const,
    partOf: omsorgOst.number,
    municipality: oslo.municipality,
    phone: phone(24, at + 1),
    member: false,
  })),
  ...municipalUnits,
  ...wards,
]

const inShippedRegister = new Set(shippedFile('organizations').match(/^\d{9}/gm))

export const organizations: readonly SeedOrganization[] = seeded.map((one) => ({ ...one, madeUp: !inShippedRegister.has(one.number) }))

export interface SeedServiceUnit {
  organization: string
  /** The system of the number: RESH, or the municipality's own. */
  system: string
  value: string
  name: string
  /** Volven 8655 in hospitals, 8663 in municipalities. */
  healthcareService: string
  address: string
  phone: string
}

/** Service units with the telephone to call, where those who ask come from: the clinic of a municipality and the ward of a hospital. */
export const serviceUnits: readonly SeedServiceUnit[] = [
  ...municipalities.map(({ number, place }, at) => ({
    organization: unitOf(number, 'out-of-hours').number,
    system: `https://${place.toLowerCase().replaceAll('ø', 'o').replaceAll('æ', 'ae')}.example/fhir/NamingSystem/unit`,
    value: 'legevakt-1',
    name: `${place} legevakt, mottak`,
    healthcareService: 'KA02',
    address: `Legevaktveien ${at + 1}, ${place} (oppdiktet)`,
    phone: phone(at + 1, 91),
  })),
  ...wards.map(({ partOf, name, number }, at) => ({
    organization: partOf,
    system: identifierSystems.RESH,
    value: `99${number.slice(-5)}`,
    name,
    healthcareService: 'S03',
    address: `Sykehusveien ${at + 1} (oppdiktet)`,
    phone: phone(10 + at, 91),
  })),
]

/** Made up: 50 00, the owner, the unit. */
function phone(owner: number, unit: number): string {
  return `+47 50 00 ${String(owner).padStart(2, '0')} ${String(unit).padStart(2, '0')}`
}

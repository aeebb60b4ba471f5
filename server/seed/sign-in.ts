/** Who may sign in, through which clients, and who acts for whom: what the test identity provider is told. */
import type { Delegation, TestClient, TestPerson } from '@helsevev/helseid-test'
import { makeIdentityNumber } from '@helsevev/kernel/identity/identity-number'
import {
  barum,
  bergen,
  bodo,
  fjordjournal,
  helseMidtNorge,
  helseNord,
  helseSorOst,
  helseVest,
  helsevev,
  kristiansand,
  municipalities,
  oslo,
  sandvikaLegesenter,
  stavanger,
  tindejournal,
  trusts,
} from './organizations.ts'
import { patient, patients } from './patients.ts'

export const apiScopes = [
  'helsevev:municipal-services/read',
  'helsevev:municipal-services/write',
  'helsevev:news2/read',
  'helsevev:news2/write',
  'helsevev:persons/read',
] as const

interface Staff {
  id: string
  name: [given: string, family: string]
  born: string
  gender: 'male' | 'female'
  hprNumber?: string
  /** As Volven 9060 names it, for those with an HPR number. */
  category?: string
  role: string
  employers: { number: string; name: string }[]
}

/** HPR numbers of nine digits are nobody's today. */
const staff: readonly Staff[] = [
  {
    id: 'nurse-bergen',
    name: ['Ingrid', 'Solheim'],
    born: '1985-02-11',
    gender: 'female',
    hprNumber: '990000011',
    category: 'Sykepleier',
    role: 'sykepleier, Bergen legevakt',
    employers: [bergen],
  },
  {
    id: 'nurse-oslo',
    name: ['Fatima', 'Hussain'],
    born: '1990-06-24',
    gender: 'female',
    hprNumber: '990000022',
    category: 'Sykepleier',
    role: 'sykepleier, hjemmetjenesten i Oslo',
    employers: [oslo],
  },
  {
    id: 'gp-barum',
    name: ['Henrik', 'Lie'],
    born: '1972-10-03',
    gender: 'male',
    hprNumber: '990000033',
    category: 'Lege',
    role: 'fastlege, Sandvika legesenter',
    employers: [sandvikaLegesenter],
  },
  {
    id: 'doctor-helse-nord',
    name: ['Sunniva', 'Hætta'],
    born: '1981-12-19',
    gender: 'female',
    hprNumber: '990000044',
    category: 'Lege',
    role: 'sykehuslege, Nordlandssykehuset',
    employers: [helseNord],
  },
  {
    id: 'nurse-bodo',
    name: ['Jonas', 'Berntsen'],
    born: '1988-04-08',
    gender: 'male',
    hprNumber: '990000055',
    category: 'Sykepleier',
    role: 'sykepleier i Bodø kommune og ved Nordlandssykehuset',
    employers: [bodo, helseNord],
  },
  {
    id: 'caseworker-oslo',
    name: ['Tone', 'Bråthen'],
    born: '1976-08-30',
    gender: 'female',
    role: 'saksbehandler uten HPR-nummer, Oslo kommune',
    employers: [oslo],
  },
]

export const testPeople: readonly TestPerson[] = [
  ...staff.map(({ id, name: [givenName, familyName], born, gender, hprNumber, role, employers: [employer] }) => ({
    id,
    pid: makeIdentityNumber({ birthDate: born, gender, offset: 65, series: 40 }),
    name: `${givenName} ${familyName}`,
    givenName,
    familyName,
    ...(hprNumber && { hprNumber }),
    role,
    ...(employer && { employer: { number: employer.number, name: employer.name } }),
  })),
  citizen('liv'),
]

/** A patient who signs in as herself. */
function citizen(id: string): TestPerson {
  const { givenName, familyName, identifiers } = patient(patients(), id)
  return {
    id: `citizen-${id}`,
    pid: identifiers.at(-1)?.value ?? '',
    name: `${givenName} ${familyName}`,
    givenName,
    familyName,
    role: 'innbygger',
  }
}

export interface SeedPractitionerRole {
  hprNumber: string
  organization: string
  /** Category of health personnel, as Volven 9060 names it. */
  role: string
}

export const practitionerRoles: readonly SeedPractitionerRole[] = staff.flatMap(({ hprNumber, category, employers }) =>
  hprNumber && category ? employers.map(({ number }) => ({ hprNumber, organization: number, role: category })) : [],
)

/** Who a number belongs to is a question of signed-in people; systems are refused it. */
const systemScopes = apiScopes.filter((scope) => !scope.startsWith('helsevev:persons/'))
const readScopes = apiScopes.filter((scope) => scope.endsWith('/read'))

/** One client of a vendor serves all its customers; each trust has its own. */
export const clients: readonly TestClient[] = [
  {
    clientId: 'fjordjournal-ehr',
    name: 'Fjordjournal',
    tenancy: 'multi-tenant',
    organization: fjordjournal.number,
    grants: ['client_credentials'],
    scopes: systemScopes,
  },
  {
    clientId: 'tindejournal-ehr',
    name: 'Tindejournal',
    tenancy: 'multi-tenant',
    organization: tindejournal.number,
    grants: ['client_credentials'],
    scopes: systemScopes,
  },
  ...[
    { clientId: 'helse-vest-ehr', trust: helseVest },
    { clientId: 'helse-midt-norge-ehr', trust: helseMidtNorge },
    { clientId: 'helse-nord-ehr', trust: helseNord },
    { clientId: 'helse-sor-ost-ehr', trust: helseSorOst },
  ].map(
    ({ clientId, trust }): TestClient => ({
      clientId,
      name: `Journalsystemet til ${trust.name}`,
      tenancy: 'single-tenant',
      organization: trust.number,
      grants: ['client_credentials'],
      scopes: systemScopes,
    }),
  ),
  {
    clientId: 'helsevev-clinician',
    name: 'Helsevev for helsepersonell',
    tenancy: 'multi-tenant',
    organization: helsevev.number,
    grants: ['authorization_code', 'refresh_token'],
    scopes: readScopes,
  },
]

const customers: Record<string, readonly string[]> = {
  [fjordjournal.number]: [bergen.number, stavanger.number, kristiansand.number],
  [tindejournal.number]: [oslo.number, barum.number, bodo.number],
  [helsevev.number]: [...municipalities, ...trusts, sandvikaLegesenter].map(({ number }) => number),
}

export const delegations: readonly Delegation[] = Object.entries(customers).flatMap(([supplier, served]) =>
  served.map((customer) => ({ customer, supplier })),
)

/** The vendor whose client a controller writes with; undefined for those that have their own. */
export function supplierOf(controller: string): string | undefined {
  return delegations.find((delegation) => delegation.customer === controller && delegation.supplier !== helsevev.number)?.supplier
}

/** The client with which a controller writes. */
export function clientOf(controller: string): string {
  const owner = supplierOf(controller) ?? controller
  const client = clients.find(({ organization }) => organization === owner)
  if (!client) throw new RangeError(`Organisation ${controller} has no client to write with.`)
  return client.clientId
}

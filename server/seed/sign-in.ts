/** What the test identity provider knows: who may sign in, through which clients, and which vendors act for which organisations. */
import type { Delegation, TestClient, TestPerson } from '@helsevev/helseid-test'
import { services } from '../services.ts'
import {
  barum,
  bergen,
  bodo,
  fjellsyn,
  fjordjournal,
  helseMidtNorge,
  helseNord,
  helseSorOst,
  helseVest,
  helsevev,
  kristiansand,
  municipalities,
  omsorgOst,
  oslo,
  sandvikaLegesenter,
  stavanger,
  tindejournal,
  trusts,
} from './organizations.ts'
import { patient, patients } from './patients.ts'
import { citizens } from './people.ts'
import { roleWords } from './role-words.ts'
import { inStories } from './sign-in-stories.ts'
import { staff } from './staff.ts'

/** A citizen's token holds scopes that end with /citizen and no others. */
export const apiScopes: readonly string[] = [
  ...services.flatMap(({ id }) => [`helsevev:${id}/read`, `helsevev:${id}/write`, `helsevev:${id}/citizen`]),
  'helsevev:persons/read',
  'helsevev:persons/citizen',
  'helsevev:privacy/read',
  'helsevev:privacy/write',
  'helsevev:privacy/citizen',
  'helsevev:access-log/read',
  'helsevev:access-log/citizen',
  'helsevev:representation/citizen',
  'helsevev:worklist/read',
  'helsevev:worklist/write',
  'helsevev:clinician/launch',
  'helsevev:control/read',
  'helsevev:control/write',
]

const withoutWords: readonly TestPerson[] = inStories<TestPerson>([
  ...staff.map(({ id, name: [givenName, familyName], pid, hprNumber, authorizations, role, employers: [employer] }) => ({
    id,
    pid,
    name: `${givenName} ${familyName}`,
    givenName,
    familyName,
    // The last is the one worked under, also when it has ended since.
    ...(hprNumber && { hprNumber, authorizations: authorizations.slice(-1).map(({ code }) => code) }),
    role,
    ...(employer && { employer: { number: employer.number, name: employer.name } }),
  })),
  ...citizensWhoSignIn(),
])

export const testPeople = withoutWords.map((person) => ({ ...person, roles: roleWords(person.role) }))

/** Patients and relatives who sign in as themselves. */
function citizensWhoSignIn(): TestPerson[] {
  const everybody = patients()
  return Object.entries(citizens).map(([id, role]) => {
    const { givenName, familyName, identifiers } = patient(everybody, id)
    return { id: `citizen-${id}`, pid: identifiers.at(-1)?.value ?? '', name: `${givenName} ${familyName}`, givenName, familyName, role }
  })
}

const controlScopes = apiScopes.filter((scope) => scope.startsWith('helsevev:control/'))
/** Who a number belongs to, and what a data controller decides, are questions of signed-in people; systems are refused them. */
const systemScopes = apiScopes.filter(
  (scope) => !/^helsevev:(persons|control|clinician)\/|^helsevev:worklist\/read$|\/citizen$/.test(scope),
)
const readScopes = apiScopes.filter((scope) => scope.endsWith('/read') && !/^helsevev:(access-log|control)\//.test(scope))
/** A record system that opens the portal for its users. */
const launchScopes = apiScopes.filter((scope) => scope === 'helsevev:clinician/launch')
const citizenScopes = apiScopes.filter((scope) => scope.endsWith('/citizen'))

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
    clientId: 'fjordjournal-user',
    name: 'Fjordjournal for brukere',
    tenancy: 'multi-tenant',
    organization: fjordjournal.number,
    grants: ['authorization_code', 'refresh_token'],
    redirectUris: ['http://localhost/fjordjournal/callback'],
    scopes: launchScopes,
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
    clientId: 'fjellsyn-lis',
    name: 'Laboratoriesystemet til Fjellsyn',
    tenancy: 'single-tenant',
    organization: fjellsyn.number,
    grants: ['client_credentials'],
    scopes: systemScopes,
  },
  {
    clientId: 'helsevev-clinician',
    name: 'Helsevev for helsepersonell',
    names: { nb: 'Helsevev for helsepersonell', nn: 'Helsevev for helsepersonell', en: 'Helsevev for health personnel' },
    tenancy: 'multi-tenant',
    organization: helsevev.number,
    grants: ['authorization_code', 'refresh_token', 'urn:ietf:params:oauth:grant-type:token-exchange'],
    scopes: [...readScopes, 'helsevev:medication-list/write', 'helsevev:e-prescriptions/write'],
  },
  {
    clientId: 'helsevev-citizen',
    name: 'Helsevev for innbyggere',
    names: { nb: 'Helsevev for innbyggere', nn: 'Helsevev for innbyggjarar', en: 'Helsevev for citizens' },
    // Acts for nobody but who runs the portal.
    tenancy: 'single-tenant',
    organization: helsevev.number,
    grants: ['authorization_code', 'refresh_token'],
    scopes: citizenScopes,
  },
  {
    clientId: 'helsevev-controller',
    name: 'Helsevev for dataansvarlige',
    names: { nb: 'Helsevev for dataansvarlige', nn: 'Helsevev for dataansvarlege', en: 'Helsevev for data controllers' },
    tenancy: 'multi-tenant',
    organization: helsevev.number,
    grants: ['authorization_code', 'refresh_token'],
    scopes: controlScopes,
  },
]

const customers: Record<string, readonly string[]> = {
  [fjordjournal.number]: [bergen.number, stavanger.number, kristiansand.number],
  [tindejournal.number]: [oslo.number, barum.number, bodo.number, sandvikaLegesenter.number],
  [helsevev.number]: [...municipalities, ...trusts, sandvikaLegesenter, omsorgOst].map(({ number }) => number),
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

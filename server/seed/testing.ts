/** For tests: the people who were not drawn with their history in a real database, and look-ups that the real pipeline decides. */

import assert from 'node:assert/strict'
import type { Area } from '@helsevev/kernel/access/area'
import { openKernel } from '@helsevev/kernel/areas/open-kernel'
import { codesFromData } from '@helsevev/kernel/codes/data'
import type { AccessBasis, Exchange, Kernel, ServiceExchange } from '@helsevev/kernel/fhir/exchange'
import { searchType } from '@helsevev/kernel/fhir/interactions/search-type'
import { transaction } from '@helsevev/kernel/fhir/interactions/transaction'
import { receiveMessage } from '@helsevev/kernel/fhir/messages/receive-message'
import type { InformationService } from '@helsevev/kernel/fhir/service'
import type { Attestation } from '@helsevev/kernel/identity/attestation'
import type { Purpose } from '@helsevev/kernel/identity/purpose'
import { isProblem } from '@helsevev/kernel/problem/problem'
import { type TestDatabase, testDatabase } from '@helsevev/kernel/testing/database'
import type { Bundle, Resource } from '@medplum/fhirtypes'
import { services } from '../services.ts'
import type { ServiceId } from './agreements.ts'
import { bergen, helsevev } from './organizations.ts'
import { patient, patients } from './patients.ts'
import { seedReference } from './reference.ts'
import type { SeedPatient } from './seed-patient.ts'
import { apiScopes, testPeople } from './sign-in.ts'
import { messages } from './stories/messages.ts'
import { transactions } from './stories/stories.ts'
import { world } from './world.ts'

const NOW = new Date('2026-11-22T12:00:00Z')

/** The type that a look-up of the service asks for: the first that it declares. */
function typeIn({ resources }: InformationService): string {
  return Object.keys(resources)[0] ?? ''
}

function serviceOf(id: ServiceId): InformationService {
  const found = services.find((service) => service.id === id)
  if (!found) throw new Error(`There is no service ${id}.`)
  return found
}

const all = patients()
/** Those who were not drawn. */
export const named = all.filter(({ id }) => !/^p\d+$/.test(id))

export interface LookUpRequest {
  /** Test person; Ingrid Solheim of Bergen legevakt when absent. */
  by?: string
  organization?: string
  pointOfCare?: string
  purpose?: Purpose
  reason?: string
  accessBasis?: AccessBasis
}

export interface LookUpResult {
  resources: Resource[]
  withheld: boolean
  /** Code of the problem, when refused. */
  refused: string | undefined
}

export interface SeededStories {
  database: TestDatabase
  /** A citizen with every citizen's scope, at the door of a service. */
  citizenExchange(citizen: string, service: InformationService): ServiceExchange
  /** The same at the door of an area of the kernel's own. */
  citizenIn(citizen: string, area: Area): Exchange
  /** Health personnel look up a patient in a service. */
  lookUp(id: string, service: ServiceId, asked?: LookUpRequest): Promise<LookUpResult>
  /** A citizen looks up herself, or somebody she represents. */
  citizenLookUp(id: string, service: ServiceId, citizen: string): Promise<LookUpResult>
  close(): Promise<void>
}

export async function seededStories(): Promise<SeededStories> {
  const database = await testDatabase()
  const { sql } = database
  await seedReference(sql, { ...world(), patients: named })
  const kernel = await openKernel({
    sql,
    services: Object.values(services),
    log: { append: async () => ({ episode: null }), close: async () => undefined },
    clock: () => NOW,
    codes: codesFromData(),
    baseUrl: () => 'http://localhost',
  })
  await tell(kernel)
  const search = async (exchange: ServiceExchange, service: ServiceId, about: SeedPatient): Promise<LookUpResult> => {
    const form = new URLSearchParams({ 'patient.identifier': numberOf(about), _count: '200' })
    const { result, withheld = false } = await searchType(exchange, typeIn(serviceOf(service)), form)
    if (isProblem(result)) return { resources: [], withheld, refused: result.problem }
    const { entry = [] }: Bundle = JSON.parse(result.body ?? '{}')
    const resources = entry.flatMap(({ resource, search }) => (search?.mode === 'match' && resource ? [resource] : []))
    return { resources, withheld, refused: undefined }
  }
  return {
    database,
    citizenExchange: (citizen, service) => ({ ...everyScope(asCitizen(kernel, 'news2', citizen)), area: service, service }),
    citizenIn: (citizen, area) => ({ ...everyScope(asCitizen(kernel, 'news2', citizen)), area }),
    async lookUp(id, service, asked = {}) {
      const about = patient(all, id)
      return await search(asPerson(kernel, service, about, asked), service, about)
    },
    async citizenLookUp(id, service, citizen) {
      return await search(asCitizen(kernel, service, citizen), service, patient(all, id))
    },
    close: () => database.close(),
  }
}

function everyScope(asked: ServiceExchange): ServiceExchange {
  return { ...asked, caller: { ...asked.caller, scopes: apiScopes.filter((scope) => scope.endsWith('/citizen')) } }
}

/** Writes the history of every person as their controllers' systems would. */
async function tell(kernel: Kernel): Promise<void> {
  const numbers = new Set(named.flatMap(({ identifiers }) => identifiers.map(({ value }) => value)))
  for (const { service, controller, client, identityNumber, bundle } of transactions(NOW)) {
    if (!numbers.has(identityNumber)) continue
    const system = { pid: undefined, name: client, hprNumber: undefined, organization: controller, client }
    const writing = exchange(kernel, service, { kind: 'system', ...system, scopes: [`helsevev:${service}/write`] })
    for (const { result } of await transaction(writing, bundle)) {
      assert.ok(!isProblem(result), `${client}: ${JSON.stringify(result)}`)
    }
  }
  for (const { service, controller, client, identityNumber, adapter: name, text } of messages(NOW)) {
    if (!numbers.has(identityNumber)) continue
    const system = { pid: undefined, name: client, hprNumber: undefined, organization: controller, client }
    const writing = exchange(kernel, service, { kind: 'system', ...system, scopes: [`helsevev:${service}/write`] })
    const adapter = serviceOf(service).adapters?.find((candidate) => candidate.name === name)
    assert.ok(adapter)
    const content = Buffer.from(text)
    for (const { result } of await receiveMessage(writing, adapter, { body: content, mediaType: 'application/xml', content }))
      assert.ok(!isProblem(result) && result.status !== 202, `${client}: ${JSON.stringify(result)}`)
  }
}

function asPerson(kernel: Kernel, service: ServiceId, about: SeedPatient, asked: LookUpRequest): ServiceExchange {
  const { by = 'nurse-bergen', organization = bergen.number, accessBasis } = asked
  const { pid, name, hprNumber } = testPerson(by)
  const caller = { kind: 'person', pid, name, hprNumber, organization, client: 'helsevev-clinician' } as const
  return {
    ...exchange(kernel, service, { ...caller, scopes: [`helsevev:${service}/read`] }),
    attestation: attested(about, { ...asked, by, organization }),
    accessBasis,
  }
}

function asCitizen(kernel: Kernel, service: ServiceId, citizen: string): ServiceExchange {
  const { pid, name } = testPerson(`citizen-${citizen}`)
  const caller = { kind: 'citizen', pid, name, hprNumber: undefined, organization: helsevev.number, client: 'helsevev-citizen' } as const
  return exchange(kernel, service, { ...caller, scopes: [`helsevev:${service}/citizen`] })
}

/** Decided a minute ago. */
function attested(
  about: SeedPatient,
  { by, organization, pointOfCare, purpose = 'TREAT', reason }: LookUpRequest & { by: string },
): Attestation {
  const identified = (id: string) => ({ id, system: undefined, name: undefined })
  const coded = (code: string) => ({ code, system: undefined, text: undefined })
  const { pid, hprNumber = '', authorizations = [] } = testPerson(by)
  return {
    toa: NOW.getTime() / 1000 - 60,
    practitioner: {
      identifier: identified(pid),
      hprNumber: identified(hprNumber),
      authorization: coded(authorizations[0] ?? ''),
      legalEntity: identified(organization ?? ''),
      pointOfCare: identified(pointOfCare ?? organization ?? ''),
      department: undefined,
    },
    careRelation: {
      healthcareService: coded('KA02'),
      purposeOfUse: coded(purpose),
      purpose,
      purposeOfUseDetails: undefined,
      decisionRef: { id: 'decision-1', description: reason, userSelected: purpose === 'BTG' },
    },
    patient: { identifier: identified(numberOf(about)), pointOfCare: undefined, department: undefined },
    unknownMembers: [],
  }
}

type CallerMember = 'kind' | 'pid' | 'name' | 'hprNumber' | 'organization' | 'client' | 'scopes'

function exchange(kernel: Kernel, service: ServiceId, caller: Pick<Exchange['caller'], CallerMember>): ServiceExchange {
  const rest = { organizationChild: undefined, supplier: undefined, multiTenant: false, attestation: undefined }
  return {
    kernel,
    area: serviceOf(service),
    service: serviceOf(service),
    attestation: undefined,
    accessBasis: undefined,
    eventId: 'test',
    caller: { ...caller, ...rest, issuedAt: NOW.getTime() / 1000 },
  }
}

function testPerson(id: string) {
  const person = testPeople.find((candidate) => candidate.id === id)
  assert.ok(person, id)
  return person
}

function numberOf({ identifiers }: SeedPatient): string {
  return identifiers.at(-1)?.value ?? ''
}

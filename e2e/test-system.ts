/** The whole system for a test from outside: real database, real issuer, real tokens; portals and seeded history when asked for. */
import assert from 'node:assert/strict'
import { cp, mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { InformationService } from '@helsevev/kernel/fhir/service'
import { registerPerson } from '@helsevev/kernel/identity/persons'
import { createLog } from '@helsevev/kernel/log/log'
import { parseLogicalId } from '@helsevev/kernel/store/ids'
import { filledDatabase, type Template, type TestDatabase } from '@helsevev/kernel/testing/database'
import { identityNumberSystems, makeIdentityNumber } from '@helsevev/kernel/values/identity-number'
import { type Api, type Attested, attest, type Call, createApi, createHelseId, type PersonToken, signIn, type Token } from '@helsevev/sdk'
import { type Environment, parseEnvironment } from '@helsevev/server/env'
import { world } from '@helsevev/server/seed/index'
import { type System, startSystem } from '@helsevev/server/system'

export interface TestSystem {
  system: System
  database: TestDatabase
  base: string
  /** A token of a vendor's client acting for an organisation; of a client that acts for its owner alone, undefined. */
  vendorToken(clientId: string, organization: string | undefined, scope: string | string[]): Promise<Token>
  /** The API as that vendor calls it. */
  vendor(clientId: string, organization: string | undefined, scope: string | string[]): Api
  /** A token of a test person who has signed in at a portal's client, for an organisation. */
  personToken(personId: string, organization: string, scope: string | string[], portal?: 'clinician' | 'controller'): Promise<PersonToken>
  /**
   * The API as that person calls it. Attests planned care for the patient of the call, under the person's own authorisation. `attested`
   * changes that, and null attests nothing.
   */
  person(personId: string, organization: string, scope: string | string[], attested?: Partial<Attested> | null): Promise<Api>
  /** Registers a made-up patient and returns the identifier. */
  patient(series: number): Promise<{ number: string; identifier: { system: string; value: string } }>
  close(): Promise<void>
}

export interface TestSystemOptions {
  services?: readonly InformationService[]
  /** Builds the clients of the portals when they have changed: some seconds. */
  withPortals?: boolean
  /** The made-up people's history: some seconds the first time in a run. */
  withStories?: boolean
}

/** What a system finds at its second start: the made-up people, the keys that it keeps, and with stories the people's history. */
const people: Template = { name: 'people', fill: (database, folder) => firstStart(database, folder, false) }
const peopleWithStories: Template = { name: 'people_with_stories', fill: (database, folder) => firstStart(database, folder, true) }

async function firstStart(database: TestDatabase, data: string, withStories: boolean): Promise<void> {
  const environment = environmentOf(database, data)
  const system = await startSystem({ environment, log: createLog('silent'), withPortals: false, withStories })
  await system.close()
}

function environmentOf({ url, ownerUrl }: TestDatabase, data: string): Environment {
  const environment = parseEnvironment({
    HELSEVEV_MODE: 'development',
    HELSEVEV_PORT: '0',
    HELSEVEV_ISSUER_PORT: '0',
    HELSEVEV_DATA: data,
    DATABASE_URL: url,
    DATABASE_MIGRATION_URL: ownerUrl,
  })
  assert.ok(!('sentences' in environment))
  return environment
}

export async function startTestSystem({ withPortals = false, withStories = false, services }: TestSystemOptions = {}): Promise<TestSystem> {
  const { database, folder } = await filledDatabase(withStories ? peopleWithStories : people)
  const data = await mkdtemp(join(tmpdir(), 'helsevev-e2e-'))
  await cp(folder, data, { recursive: true })
  const environment = environmentOf(database, data)
  const starting = startSystem({ environment, log: createLog('silent'), withPortals, withStories, ...(services && { services }) })
  const system = await starting.catch(async (error: unknown) => {
    // An open connection would keep the process of the test alive for ever.
    await database.close().catch(() => undefined)
    throw error
  })
  const base = `${system.baseUrl}/fhir`
  const keyOf = async (clientId: string) => JSON.parse(await readFile(join(data, 'vendor-keys', `${clientId}.json`), 'utf8'))
  const issuers = new Map<string, ReturnType<typeof createHelseId>>()

  const vendorToken: TestSystem['vendorToken'] = async (clientId, parent, scope) => {
    const helseId = issuers.get(clientId) ?? createHelseId({ issuer: system.issuer, clientId, privateJwk: await keyOf(clientId) })
    issuers.set(clientId, helseId)
    return await helseId.clientCredentials({ scope, ...(parent ? { organization: { parent } } : {}) })
  }
  const personToken: TestSystem['personToken'] = async (personId, parent, scope, portal = 'clinician') =>
    await signIn({
      issuer: system.issuer,
      clientId: environment.portalClients[portal].id,
      privateJwk: await keyOf(environment.portalClients[portal].id),
      redirectUri: `${system.baseUrl}/${portal}/callback`,
      scope,
      personId,
      organization: { parent },
    })
  return {
    system,
    database,
    base,
    vendorToken,
    vendor: (clientId, organization, scope) =>
      createApi({ baseUrl: base, token: () => vendorToken(clientId, organization, scope), sourceSystem: 'test of the system' }),
    personToken,
    async person(personId, organization, scope, attested = {}) {
      const token = await personToken(personId, organization, scope)
      const who = world().staff.find(({ id }) => id === personId)
      const authorization = who?.authorizations.at(-1)?.code
      const attestation = async (call: Call) => {
        const patient = attested?.patient ?? (await patientOf(system, call))
        if (!who || !attested || !patient) return undefined
        return attest({
          practitioner: who.pid,
          ...(who.hprNumber ? { hprNumber: who.hprNumber } : {}),
          ...(authorization ? { authorization } : {}),
          legalEntity: organization,
          service: { list: '8663', code: 'KP02' },
          purpose: 'TREAT',
          decision: { id: 'test-of-the-system', chosenByUser: true },
          ...attested,
          patient,
        })
      }
      return createApi({ baseUrl: base, token: async () => token, sourceSystem: 'test of the system', attestation })
    },
    async patient(series) {
      const number = makeIdentityNumber({ birthDate: '1947-09-30', series, offset: 65 })
      await registerPerson(database.sql, system.kernel.ids, { system: 'FNR', value: number }, { birthDate: '1947-09-30' })
      return { number, identifier: { system: identityNumberSystems.FNR, value: number } }
    },
    async close() {
      await system.close()
      await database.close()
      await rm(data, { recursive: true, force: true })
    },
  }
}

/** The number of the patient of a call: in the form of a search, or found by the record whose id stands last in the path. */
async function patientOf({ database }: System, { path, form }: Call): Promise<string | undefined> {
  const searched = form?.['patient.identifier']?.split('|').at(-1)
  if (searched !== undefined) return searched
  const id = parseLogicalId(path.split('/').at(-1) ?? '')
  if (!id) return undefined
  const [row] = await database.sql<{ value: string }[]>`select value from person_identifier where patient = ${id.patient} limit 1`
  return row?.value
}

/** The portals, mounted on the server: each is a backend for its browser pages and a caller of the API like any other. */
import type { Kernel } from '@helsevev/kernel/fhir/exchange'
import type { RateLimit } from '@helsevev/kernel/http/rate-limit'
import type { Guard } from '@helsevev/kernel/identity/guard'
import { numbersOf } from '@helsevev/kernel/identity/persons'
import type { Log } from '@helsevev/kernel/log/lines'
import { ensureBuilt } from '@helsevev/portal/build'
import { type PortalOptions, sessionRows } from '@helsevev/portal/server'
import { citizenPortal } from '@helsevev/portal-citizen/server'
import { clinicianPortal } from '@helsevev/portal-clinician/server'
import { controllerPortal } from '@helsevev/portal-controller/server'
import { gallery } from '@helsevev/portal-gallery/server'
import type { FastifyPluginAsync } from 'fastify'
import type { Sql } from 'postgres'
import type { Environment, PortalName, SmartEhr } from './env.ts'
import { checkLines } from './log-api.ts'
import { practitionersOf, sharingOrganizations } from './registers.ts'
import { loaders } from './services.ts'
import type { TestIssuer } from './test-issuer.ts'
import { authorizationsOf, controlledBy, organizationsOf, supplierOfClient } from './workplaces.ts'

export interface PortalsOptions {
  environment: Environment
  kernel: Kernel
  sql: Sql
  issuer: string
  testIssuer: TestIssuer | undefined
  log: Log
  guard: Guard
  rateLimit: RateLimit
  addressLimit: RateLimit
  sessionKey: Buffer
  smartEhrs: () => readonly SmartEhr[]
}

/** The services that a clinician writes in: the reconciled list, and recalls of prescriptions of what was ended in it. */
const writtenByPersons = ['medication-list', 'e-prescriptions']

type Mount = (common: Omit<PortalOptions, 'apiScopes'>) => FastifyPluginAsync

/** Those that have a key to sign in with at the issuer; the test identity provider makes one for each. */
export function offeredPortals({ portalClients, issuer }: Environment): PortalName[] {
  return (Object.keys(portalClients) as PortalName[]).filter((name) => portalClients[name].key !== undefined || issuer === undefined)
}

/** One plugin with every portal that is offered. */
export async function portals(options: PortalsOptions): Promise<FastifyPluginAsync> {
  const { kernel, sql, log, guard, rateLimit } = options
  const registers = { sql, clock: kernel.clock }
  const services = [...kernel.services.keys()]
  const reading = (names: readonly string[], direction: string) => names.map((name) => `helsevev:${name}/${direction}`)
  const mounts: Record<PortalName, Mount> = {
    clinician: (common) =>
      clinicianPortal({
        ...common,
        panels: loaders,
        // The register next to the services: who a number belongs to, before anything is opened.
        apiScopes: [...reading(['persons', 'worklist', ...services], 'read'), ...reading(writtenByPersons, 'write')],
        organizationsOf: (hprNumber) => organizationsOf(registers, hprNumber),
        authorizationsOf: (hprNumber, role) => authorizationsOf(registers, hprNumber, role),
        decided: (decision) => log('DECIDED', { ...decision }),
        refused: (reason, organization) => void countRefused({ kernel, sql }, { reason, organization, client: common.clientId }),
        guard,
        rateLimit,
        smartEhrs: options.smartEhrs,
        handover: (event) => log('HANDOVER', { ...event }),
      }),
    citizen: (common) =>
      citizenPortal({
        ...common,
        panels: loaders,
        apiScopes: reading(['persons', ...services, 'privacy', 'access-log', 'representation'], 'citizen'),
        organizations: () => sharingOrganizations(sql),
        practitioners: (hprNumbers) => practitionersOf(registers, hprNumbers),
        checkLines: async (ids) => await checkLines({ sql, log }, ids),
      }),
    controller: (common) =>
      controllerPortal({
        ...common,
        apiScopes: ['helsevev:control/read', 'helsevev:control/write'],
        organizationsOf: async ({ identityNumber }) => await controlledBy(registers, identityNumber),
      }),
  }
  const plugins: FastifyPluginAsync[] = []
  for (const name of offeredPortals(options.environment)) plugins.push(mounts[name](await commonOf(name, options)))
  if (options.environment.gallery) plugins.push(galleryOf(options))
  return async (app) => {
    for (const plugin of plugins) await app.register(plugin)
  }
}

/** Counts for the vendor that the portal's client last acted through; a database that is away leaves the vendor unknown. */
async function countRefused(
  { kernel, sql }: Pick<PortalsOptions, 'kernel' | 'sql'>,
  { reason, organization, client }: { reason: string; organization: string; client: string },
): Promise<void> {
  const supplier = await supplierOfClient(sql, client).catch(() => undefined)
  kernel.refusedCalls.count(reason, { client, organization, supplier })
}

/** Built once, when somebody first looks. */
function galleryOf({ kernel, log }: PortalsOptions): FastifyPluginAsync {
  let folder: Promise<string> | undefined
  const build = async () => (await ensureBuilt({ portal: 'gallery', log: { info: (note) => log('PORTAL', { note }) } })).folder
  return gallery({
    https: () => kernel.baseUrl.startsWith('https:'),
    clientFolder() {
      folder ??= build().catch((error: unknown) => {
        folder = undefined
        throw error
      })
      return folder
    },
  })
}

/** What every portal is given. */
async function commonOf(name: PortalName, { environment, kernel, sql, issuer, testIssuer, log, sessionKey, addressLimit }: PortalsOptions) {
  const { id, key } = environment.portalClients[name]
  const clientKey = key ? JSON.parse(key) : await testIssuer?.privateKey(id)
  if (!clientKey) throw new Error(`The ${name} portal has no key to sign in with: the test identity provider has no client ${id}.`)
  const { folder } = await ensureBuilt({ portal: name, log: { info: (note) => log('PORTAL', { note }) } })
  return {
    addressLimit,
    publicUrl: () => kernel.baseUrl,
    issuer,
    clientId: id,
    clientKey,
    takesLoginHint: testIssuer !== undefined,
    apiBaseUrl: () => kernel.baseUrl,
    apiAudience: environment.audience,
    services: [...kernel.services.values()].map(({ id, names }) => ({ id, names })),
    sessionRows: sessionRows(sql),
    numbersOf: (identityNumber: string) => numbersOf(sql, identityNumber),
    sessionKey,
    signInNotCompleted: (problem: string) => kernel.refusedCalls.count(`sign-in-${problem}`, { client: id }),
    clientFolder: folder,
    now: kernel.clock,
  }
}

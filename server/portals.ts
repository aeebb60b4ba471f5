/** The portals, mounted on the server: each is a backend for its browser pages and a caller of the API like any other. */
import type { Kernel } from '@helsevev/kernel/fhir/exchange'
import type { Log } from '@helsevev/kernel/log/lines'
import { ensureBuilt } from '@helsevev/portal-clinician/build'
import { clinicianPortal, sessionRows } from '@helsevev/portal-clinician/server'
import type { FastifyPluginAsync } from 'fastify'
import type { Environment } from './env.ts'
import type { TestIssuer } from './test-issuer.ts'

interface PortalsOptions {
  environment: Environment
  kernel: Kernel
  issuer: string
  testIssuer: TestIssuer | undefined
  log: Log
  sessionKey: Buffer
}

export async function portals({ environment, kernel, issuer, testIssuer, log, sessionKey }: PortalsOptions): Promise<FastifyPluginAsync> {
  const { folder } = await ensureBuilt({ log: { info: (note) => log('PORTAL', { note }) } })
  const clientKey = environment.portalClientKey
    ? JSON.parse(environment.portalClientKey)
    : await testIssuer?.privateKey(environment.portalClientId)
  if (!clientKey) throw new Error('HELSEVEV_PORTAL_CLIENT_KEY is missing: the portals sign in with it at the issuer.')
  return clinicianPortal({
    publicUrl: () => kernel.baseUrl,
    issuer,
    clientId: environment.portalClientId,
    clientKey,
    apiBaseUrl: () => kernel.baseUrl,
    apiAudience: environment.audience,
    // The register beside the services: who a number belongs to, before anything is opened.
    apiScopes: ['persons', ...kernel.services.keys()].map((service) => `helsevev:${service}/read`),
    sessionRows: sessionRows(kernel.sql),
    sessionKey,
    clientFolder: folder,
    organizationsOf: (hprNumber) => organizationsOf(kernel, hprNumber),
  })
}

/** Where a health professional works now. Index: practitioner_role_pkey. */
async function organizationsOf({ sql, clock }: Kernel, hprNumber: string): Promise<{ number: string; name: string; role: string }[]> {
  const now = clock()
  return await sql<{ number: string; name: string; role: string }[]>`
    select o.number, o.name, r.role
    from practitioner_role r join organization o on o.number = r.organization
    where r.hpr_number = ${hprNumber} and r.valid_from <= ${now} and (r.valid_until is null or r.valid_until > ${now})
    order by o.name`
}

/** The portals, mounted on the server: each is a backend for its browser pages and a caller of the API like any other. */
import type { Kernel } from '@helsevev/kernel/fhir/exchange'
import type { Log } from '@helsevev/kernel/log/lines'
import { ensureBuilt } from '@helsevev/portal-clinician/build'
import { clinicianPortal, type Employer, sessionRows } from '@helsevev/portal-clinician/server'
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
    authorizationsOf: (hprNumber, role) => authorizationsOf(kernel, hprNumber, role),
    decided: (decision) => log('DECIDED', { ...decision }),
  })
}

/**
 * Where a health professional works now, with the units at most two levels below, as the access rules know them. Index:
 * practitioner_role_pkey, organization_pkey, organization_unit_pkey; units are few and read whole.
 */
async function organizationsOf({ sql, clock }: Kernel, hprNumber: string): Promise<Employer[]> {
  const now = clock()
  const service = sql`
    (select r.healthcare_service from organization_unit r
     where r.organization in (u.number, u.part_of) and r.valid_from <= ${now} and (r.valid_until is null or r.valid_until > ${now})
       and r.healthcare_service is not null
     order by r.organization = u.number desc, r.system, r.value limit 1)`
  return await sql<Employer[]>`
    select o.number, o.name, o.type, r.role, coalesce(
      (select json_agg(json_strip_nulls(json_build_object(
         'number', u.number, 'name', u.name, 'type', u.type, 'healthcareService', ${service})) order by u.name)
       from organization u left join organization above on above.number = u.part_of
       where u.part_of = o.number or above.part_of = o.number), '[]') as units
    from practitioner_role r join organization o on o.number = r.organization
    where r.hpr_number = ${hprNumber} and r.valid_from <= ${now} and (r.valid_until is null or r.valid_until > ${now})
    order by o.name`
}

/** What the person is authorised as now: what the role is named after first, then the latest. Index: practitioner_authorization_pkey. */
async function authorizationsOf({ sql, clock }: Kernel, hprNumber: string, role: string): Promise<string[]> {
  const now = clock()
  const rows = await sql<{ code: string }[]>`
    select a.code
    from practitioner_authorization a
    left join code c on c.system = 'urn:oid:2.16.578.1.12.4.1.1.9060' and c.code = a.code
    where a.hpr_number = ${hprNumber} and a.valid_from <= ${now} and (a.valid_until is null or a.valid_until > ${now})
    order by c.display is not distinct from ${role} desc, a.valid_from desc`
  return rows.map(({ code }) => code)
}

/** The citizen portal in front of an issuer and an API that answer what a test states, and a signed-in browser. */

import { randomBytes } from 'node:crypto'
import { tmpdir } from 'node:os'
import { identifierSystems } from '@helsevev/clinical/systems'
import { browser, origin } from '@helsevev/portal/testing/browser'
import { type FakeIssuer, fakeIssuer } from '@helsevev/portal/testing/fake-issuer'
import { memoryRows } from '@helsevev/portal/testing/session-rows'
import { loader as municipalServices } from '@helsevev/service-municipal-services/load'
import fastify, { type FastifyInstance } from 'fastify'
import { aboutHeader, type Organization, type Practitioner } from '../../contract.ts'
import { citizenPortal } from '../index.ts'

const organizations: Organization[] = [
  { number: '998877665', name: 'Bergen kommune', phone: '55 00 00 00', produces: ['news2'], consumes: ['news2'] },
  { number: '887766554', name: 'Helse Bergen', produces: ['news2'], consumes: [] },
]
export const practitioners: Practitioner[] = [{ hprNumber: '990000011', name: 'Kari Sykepleier', authorization: 'SP' }]

export interface TestPortal {
  issuer: FakeIssuer
  app: FastifyInstance
  close(): Promise<void>
}

export async function testPortal(): Promise<TestPortal> {
  const issuer = await fakeIssuer()
  const app = fastify()
  await app.register(
    citizenPortal({
      panels: [municipalServices],
      publicUrl: origin,
      issuer: () => issuer.url,
      clientId: 'portal',
      clientKey: issuer.clientKey,
      apiBaseUrl: () => issuer.url,
      apiAudience: 'helsevev',
      services: [],
      apiScopes: ['helsevev:news2/citizen', 'helsevev:access-log/citizen'],
      sessionRows: memoryRows(),
      sessionKey: randomBytes(32),
      clientFolder: tmpdir(),
      organizations: async () => organizations,
      practitioners: async (hprNumbers) => practitioners.filter(({ hprNumber }) => hprNumbers.includes(hprNumber)),
      checkLines: async () => ({}),
    }),
  )
  await app.ready()
  return {
    issuer,
    app,
    async close() {
      await app.close()
      await issuer.close()
    },
  }
}

/** A signed-in browser, whose requests are about the signed-in person unless a test states another. */
export async function signedIn({ app, issuer }: TestPortal) {
  const page = browser(app, 'citizen')
  await page.signIn(issuer)
  const about = (id: string) => ({ [aboutHeader]: id }) as const
  return {
    ...page,
    about,
    get: (url: string, id = 'me') => page.get(url, about(id)),
    change: (method: 'POST' | 'PUT' | 'DELETE', url: string, body?: unknown, id = 'me') => page.change(method, url, body, about(id)),
  }
}

interface Service {
  id: string
  open: boolean
  problem?: string
  why?: string
}

export interface ToldPerson {
  self?: boolean
  name?: string
  number?: string
  birthDate?: string
  relation?: string
  services: Service[]
}

/** The answer of $acts-for. */
export function actsFor(people: ToldPerson[]) {
  return {
    resourceType: 'Parameters',
    parameter: people.map(({ self = false, name, number, birthDate, relation, services }) => ({
      name: 'person',
      part: [
        { name: 'self', valueBoolean: self },
        ...(name ? [{ name: 'name', valueString: name }] : []),
        ...(number ? [{ name: 'identifier', valueIdentifier: { system: identifierSystems.FNR, value: number } }] : []),
        ...(birthDate ? [{ name: 'birthDate', valueDate: birthDate }] : []),
        ...(relation ? [{ name: 'relation', valueCode: relation }] : []),
        ...services.map(({ id, open, problem, why }) => ({
          name: 'service',
          part: [
            { name: 'id', valueCode: id },
            { name: 'open', valueBoolean: open },
            ...(open ? [{ name: 'basis', valueCode: 'self' }] : []),
            ...(problem ? [{ name: 'problem', valueCode: problem }] : []),
            ...(why ? [{ name: 'why', valueString: why }] : []),
          ],
        })),
      ],
    })),
  }
}

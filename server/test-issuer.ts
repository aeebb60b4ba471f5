/** The test identity provider, started next to the server in development. */
import { readFile } from 'node:fs/promises'
import { type HelseIdTest, startHelseIdTest, type TestWorld } from '@helsevev/helseid-test'
import type { Log } from '@helsevev/kernel/log/lines'
import { designSystem } from '@helsevev/ui/design-system-files.ts'
import type { Environment } from './env.ts'

export interface TestIssuer extends HelseIdTest {
  /** Lets the portals' clients return to this address; known once the server listens. */
  allowPortalAt(baseUrl: string): void
}

const face = async (name: string) => await readFile(designSystem(`fonts/source-sans-pro-${name}.woff2`))

export async function startTestIssuer(environment: Environment, world: TestWorld | undefined, log: Log): Promise<TestIssuer> {
  if (environment.mode === 'production') throw new Error('The test identity provider does not run in production.')
  if (!world)
    throw new Error('The test identity provider needs the made-up people: set HELSEVEV_SEED=true, or HELSEVEV_ISSUER to another issuer.')
  const issuer = await startHelseIdTest({
    world: { ...world, apiAudience: environment.audience },
    dataDirectory: environment.dataDirectory,
    host: environment.host,
    port: environment.issuerPort,
    typeface: { 400: await face('400-regular'), 600: await face('600-semibold') },
  })
  log('ISSUER', { issuer: issuer.issuer })
  return {
    ...issuer,
    allowPortalAt(baseUrl) {
      for (const [portal, { id }] of Object.entries(environment.portalClients)) {
        const client = issuer.world.clients.find(({ clientId }) => clientId === id)
        if (!client) continue
        client.redirectUris = [`${baseUrl}/${portal}/callback`]
        client.postLogoutRedirectUris = [`${baseUrl}/${portal}/`]
      }
    },
  }
}

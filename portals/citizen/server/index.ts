/** The citizen portal: people see to their own information. What it does like every portal is in portals/shared. */
import { type PortalOptions, portal } from '@helsevev/portal/server'
import type { FastifyPluginAsync } from 'fastify'
import { pages } from '../routes.ts'

/**
 * The plugin; registers its own path /citizen. `apiScopes` end with /citizen, all of them (docs/decisions/0020): tokens are fetched for the
 * person alone and for no organisation.
 */
export function citizenPortal(options: PortalOptions): FastifyPluginAsync {
  return portal(
    {
      name: 'citizen',
      pages: Object.values(pages),
      signedIn: async () => ({}),
      me: () => ({}),
      routes() {},
    },
    options,
  )
}

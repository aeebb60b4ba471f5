/** The citizen portal: people see to their own information. What it does like every portal is in portals/shared. */
import { type PortalOptions, portal } from '@helsevev/portal/server'
import type { FastifyPluginAsync } from 'fastify'
import type { Remembered } from '../contract.ts'
import { oneself } from '../contract.ts'
import { pages } from '../routes.ts'
import { type Content, peopleRoutes } from './people.ts'

/**
 * The plugin; registers its own path /citizen. `apiScopes` end with /citizen, all of them (docs/decisions/0020): tokens are fetched for the
 * person alone and for no organisation.
 */
export function citizenPortal(options: PortalOptions): FastifyPluginAsync {
  return portal<Content>(
    {
      name: 'citizen',
      pages: Object.values(pages),
      refusals: ['too-young', 'protected-address', 'representation-missing'],
      problems: { 'person-changed': 409 },
      signedIn: async () => ({ about: oneself, others: {} }),
      me: ({ session }): Remembered => ({ about: session.about }),
      routes(_app, desk) {
        peopleRoutes(desk)
      },
    },
    options,
  )
}

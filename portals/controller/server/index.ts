/**
 * The controller portal, where people of a data controller manage what it shares. What it shares with every portal is in portals/shared.
 */
import { contract as control } from '@helsevev/kernel/control/contract'
import { askApi, type Person, type PortalOptions, portal, SignInError } from '@helsevev/portal/server'
import type { FastifyPluginAsync } from 'fastify'
import { type Acting, contract, type Organization, refusals } from '../contract.ts'
import { pages } from '../routes.ts'
import { overview } from './overview.ts'
import { relay } from './relay.ts'
import type { Content } from './session.ts'

export interface ControllerPortalOptions extends PortalOptions {
  /** The data controllers where the person has a role now. */
  organizationsOf(person: Person): Promise<Organization[]>
}

/** The plugin; registers its own path /controller. */
export function controllerPortal(options: ControllerPortalOptions): FastifyPluginAsync {
  return portal<Content>(
    {
      name: 'controller',
      pages: Object.values(pages),
      refusals,
      actsFor: ({ organization }) => organization,

      async signedIn(person) {
        const organizations = await options.organizationsOf(person)
        const [only] = organizations
        if (!only) throw new SignInError('no-organization')
        return organizations.length === 1 ? { organizations, organization: only.number } : { organizations }
      },

      me({ session: { organizations, organization } }): Acting {
        const chosen = organizations.find(({ number }) => number === organization)
        return { organizations, ...(chosen ? { organization: chosen } : {}) }
      },

      routes(_app, desk) {
        desk.serve(contract, {
          ...relay,
          async chooseOrganization({ id, session }, { body: { number } }) {
            const chosen = session.organizations.find((organization) => organization.number === number)
            if (!chosen) return { code: 'invalid-request' }
            // The token names the previous organisation.
            await desk.sessions.change(id, ({ accessToken: _, ...rest }) => ({ ...rest, organization: chosen.number }))
            return { organization: chosen }
          },
          role: async ({ api }) => await askApi(api, '/control', control.me),
          overview: async ({ api }) => await overview(api, desk.now()),
        })
      },
    },
    options,
  )
}

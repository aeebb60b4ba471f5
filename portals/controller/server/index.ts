/** The controller portal: a data controller's people see to what it shares. What it does like every portal is in portals/shared. */
import { type Person, type PortalOptions, portal, SignInError } from '@helsevev/portal/server'
import type { FastifyPluginAsync } from 'fastify'
import { z } from 'zod'
import { type Acting, type Organization, refusals } from '../contract.ts'
import { pages } from '../routes.ts'
import { overview } from './overview.ts'
import { addressAt, changes, reads } from './relay.ts'

export interface ControllerPortalOptions extends PortalOptions {
  /** The data controllers at which the person has a role now. */
  organizationsOf(person: Person): Promise<Organization[]>
}

/** What the session of this portal remembers. */
interface Content {
  organizations: Organization[]
  /** Number of the one that is acted for. */
  organization?: string
}

const organizationBody = z.object({ number: z.string().regex(/^[0-9]{9}$/) })

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
        desk.changes('POST', '/api/organization', organizationBody, async ({ id, session }, { number }) => {
          const chosen = session.organizations.find((organization) => organization.number === number)
          if (!chosen) return { code: 'invalid-request' }
          // The token names the organisation before.
          await desk.sessions.change(id, ({ accessToken: _, ...rest }) => ({ ...rest, organization: chosen.number }))
          return { organization: chosen }
        })

        desk.reads('/api/role', async ({ api }) => (await api.get('/control/me')) as object)
        desk.reads('/api/overview', async ({ api }) => await overview(api, desk.now()))

        for (const [path, query] of Object.entries(reads)) {
          desk.reads(`/api${path}`, async ({ api, parameters, request }) => {
            const asked = query.safeParse(request.query)
            const address = asked.success && addressAt(path, parameters, asked.data)
            return address ? ((await api.get(address)) as object) : { code: 'invalid-request' }
          })
        }
        for (const [path, form] of Object.entries(changes)) {
          desk.changes('POST', `/api${path}`, form, async ({ api, parameters }, body) => {
            const address = addressAt(path, parameters)
            return address ? ((await api.post(address, body)) as object) : { code: 'invalid-request' }
          })
        }
      },
    },
    options,
  )
}

/**
 * The clinician portal, in addition to what every portal is. Reading order: this file, patient-routes.ts, access.ts, attestation.ts,
 * patient-api.ts.
 */
import { addressOf, healthPersonnelScope, type Portal, portal, SignInError } from '@helsevev/portal/server'
import type { FastifyPluginAsync } from 'fastify'
import { contract, type Organization, refusals, statusOf, type Workday } from '../contract.ts'
import { pages } from '../routes.ts'
import { accesses, placeIn } from './access.ts'
import { handoverRoutes } from './handover-routes.ts'
import { launchRoutes, openAtLaunch } from './launch.ts'
import { openPatients } from './open-patients.ts'
import type { ClinicianPortalOptions } from './options.ts'
import { patientHandlers, viewOf } from './patient-routes.ts'
import { reconciliationHandlers } from './reconciliation-routes.ts'
import type { Content, Employer } from './sessions.ts'
import { holdToUser, smartHandedOver, smartRoutes } from './smart.ts'
import { worklistHandlers } from './worklist.ts'

export { launchScope } from './handover-claims.ts'
export type { ClinicianPortalOptions, Decided, HandoverEvent } from './options.ts'
export type { Employer, Workplace } from './sessions.ts'

/** The plugin; registers its own path /clinician. */
export function clinicianPortal(options: ClinicianPortalOptions): FastifyPluginAsync {
  return portal(definition(options), options)
}

function definition(options: ClinicianPortalOptions): Portal<Content> {
  const access = accesses(options)
  return {
    name: 'clinician',
    pages: Object.values(pages),
    identityScopes: [healthPersonnelScope],
    refusals,
    problems: statusOf,
    actsFor: ({ organization }) => organization,

    async signedIn(person, after) {
      const { hprNumber } = person
      if (!hprNumber) throw new SignInError('not-health-personnel')
      const organizations = await options.organizationsOf(hprNumber)
      if (after) return holdToUser(smartHandedOver.parse(after), { person: { ...person, hprNumber }, organizations })
      // With a single employer without units there is nothing to choose.
      const only = organizations.length === 1 && organizations[0]?.units.length === 0 ? organizations[0] : undefined
      const content = { person: { ...person, hprNumber }, organizations }
      return only ? { ...content, organization: only.number, place: only.number } : content
    },

    async arrived(found, after, request, desk) {
      // A SMART launch states no purpose: the record system is where the patient is treated.
      return await openAtLaunch(desk, access, found, request, { ...smartHandedOver.parse(after), purpose: 'TREAT' })
    },

    async me(found, desk): Promise<Workday> {
      const { session } = found
      const chosen = session.organizations.find(({ number }) => number === session.organization)
      const place = chosen && placeIn(chosen, session.place)
      const patient = await openPatients(desk.sessions, access).current(found)
      // A session that a record system handed over stays with that organisation.
      const recordSystems = session.ehrSession ? [] : (options.smartEhrs?.() ?? []).map(({ name }) => name)
      return {
        organizations: session.organizations.map(organizationView),
        ...(recordSystems.length > 0 ? { recordSystems } : {}),
        ...(chosen ? { organization: organizationView(chosen) } : {}),
        ...(place ? { place: { number: place.number, name: place.name } } : {}),
        ...(session.purpose ? { purpose: session.purpose } : {}),
        ...(patient && !('code' in patient) ? { patient: viewOf(desk, found, patient) } : {}),
        ...recentIn(session),
      }
    },

    routes(app, desk, signIn) {
      desk.serve(contract, {
        ...patientHandlers(desk, { panels: options.panels, access }),
        ...reconciliationHandlers(desk, { access, key: options.sessionKey }),
        ...worklistHandlers(desk, { access, services: options.panels.map(({ service }) => service) }),
        async chooseOrganization({ id, session }, { body }) {
          const chosen = session.organizations.find(({ number }) => number === body.number)
          const place = chosen && placeIn(chosen, body.place)
          if (!chosen || !place) return { code: 'invalid-request' }
          // The token names the organisation, the patients were opened on its behalf, and the list is of its unit: all end with the
          // change.
          await desk.sessions.change(id, ({ accessToken: _token, patient: _patient, rows: _rows, recent: _recent, ...rest }) => ({
            ...rest,
            organization: chosen.number,
            place: place.number,
          }))
          return { organization: organizationView(chosen) }
        },
      })
      handoverRoutes(app, desk, options)
      launchRoutes(app, desk, access)
      smartRoutes(app, desk, signIn, { ehrs: options.smartEhrs ?? (() => []), address: () => addressOf(options.publicUrl) })
    },
  }
}

/** The one who is open is not among them. */
function recentIn({ recent = [], patient }: Content): Pick<Workday, 'recent'> {
  const others = recent.filter(({ identityNumber }) => identityNumber !== patient?.identityNumber)
  if (others.length === 0) return {}
  return {
    recent: others.map(({ id, name, birthDate }) => ({ id, ...(name ? { name } : {}), ...(birthDate ? { birthDate } : {}) })),
  }
}

function organizationView({ number, name, role, units }: Employer): Organization {
  return { number, name, role, units: units.map((unit) => ({ number: unit.number, name: unit.name })) }
}

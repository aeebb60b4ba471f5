/** What the patient's page asks: open, who is it, look under another access, panels, close. The identity number stays on this side. */
import { kindOfSystem } from '@helsevev/kernel/values/identity-number'
import type { Loaded, PanelLoader } from '@helsevev/panel/loader.ts'
import { type Asked, type Desk, problemOf } from '@helsevev/portal/server'
import { endOfDay } from '@helsevev/ui/format.ts'
import { z } from 'zod'
import {
  accessHeader,
  elevations,
  type OpenPatientView,
  openingHeader,
  type PanelAnswer,
  type PortalProblem,
  purposes,
} from '../contract.ts'
import { reasonIn } from '../reason.ts'
import type { Accesses } from './access.ts'
import { openPatients } from './open-patients.ts'
import { patientApi } from './patient-api.ts'
import type { Content, OpenPatient } from './sessions.ts'

const nothing = z.object({})
const patientBody = z.union([
  z.strictObject({ identityNumber: z.string().max(40), purpose: z.enum(purposes) }),
  z.strictObject({ row: z.uuid(), purpose: z.enum(purposes) }),
])
const accessBody = z.object({ kind: z.enum(elevations), reason: z.string().max(2000).optional() })

interface Surroundings {
  panels: readonly PanelLoader<unknown>[]
  access: Accesses
}

export function patientRoutes(desk: Desk<Content>, { panels, access }: Surroundings): void {
  const { sessions, now } = desk
  const { open, identified, current, lookAnew, change, close } = openPatients(sessions, access)
  const shown = (patient: OpenPatient | PortalProblem) => ('code' in patient ? patient : { patient: viewOf(patient, now()) })

  desk.changes('POST', '/api/patient', patientBody, async (asked, body) => {
    const patient = await open(asked, 'row' in body ? { row: body.row } : body.identityNumber, body.purpose)
    if ('code' in patient) return patient
    return { patient: viewOf(patient, now()), panels: panels.map(({ service }) => service) }
  })

  desk.changes('POST', '/api/patient/person', nothing, async (asked) => {
    const shownNow = await current(asked)
    if (!shownNow) return { code: 'no-patient' }
    const patient = 'code' in shownNow ? shownNow : await identified(asked, shownNow)
    if ('code' in patient) return patient
    const { person } = patient
    await change(asked.id, patient.opening, (content) => ({ ...content, ...(person ? { person } : {}) }))
    return shown(patient)
  })

  desk.changes('POST', '/api/patient/access', accessBody, async (asked, body) => {
    const { kind } = body
    const reason = kind === 'emergency' ? reasonIn(body.reason ?? '') : undefined
    if (kind === 'emergency' && reason === undefined) return { code: 'reason-too-short' }
    return shown(await lookAnew(asked, asked.request.headers[openingHeader], kind, reason))
  })

  desk.changes('DELETE', '/api/patient/access', nothing, async (asked) =>
    shown(await lookAnew(asked, asked.request.headers[openingHeader], 'ordinary')),
  )

  desk.changes('DELETE', '/api/patient', nothing, async ({ id }) => {
    await sessions.change(id, ({ patient: _, ...rest }) => rest)
    return undefined
  })

  desk.reads('/api/panels/:service', async (asked) => await answer(asked, (panel, api) => panel.load(api, now())))

  desk.reads('/api/past/:service/:day', async (asked) => {
    const at = endOfDay(asked.parameters['day'] ?? '')
    if (!at) return { code: 'invalid-request' }
    return await answer(asked, (panel, api) => panel.loadAt?.(api, at))
  })

  desk.changes('POST', '/api/patient/number', nothing, async (asked) => {
    const patient = await current(asked)
    if (!patient) return { code: 'no-patient' }
    if ('code' in patient) return patient
    if (asked.request.headers[openingHeader] !== patient.opening) return { code: 'patient-changed' }
    return { identityNumber: patient.identityNumber }
  })

  /** What a panel says of the patient whom, and under the access that, the page believes is open. */
  async function answer(
    asked: Asked<Content>,
    load: (panel: PanelLoader<unknown>, api: ReturnType<typeof patientApi>) => Promise<Loaded<unknown>> | undefined,
  ): Promise<PanelAnswer | PortalProblem> {
    const { headers } = asked.request
    const panel = panels.find(({ service }) => service === asked.parameters['service'])
    if (!panel) return { code: 'invalid-request' }
    const patient = await current(asked)
    if (!patient) return { code: 'no-patient' }
    if ('code' in patient) return patient
    if (headers[openingHeader] !== patient.opening) return { code: 'patient-changed' }
    if (headers[accessHeader] !== patient.access.id) return { code: 'access-changed' }
    try {
      const loaded = await load(panel, patientApi(patient, asked.api))
      if (!loaded) return { code: 'invalid-request' }
      const { withheld = [], partial = false, status, data } = loaded
      // Whether the address is protected is not known of somebody whom the register did not tell of: then it may be.
      const mayShowPlaces = patient.person !== undefined && !patient.person.hasProtectedAddress
      const shown = mayShowPlaces || data === undefined ? data : withoutPlaces(panel, data)
      return { access: patient.access.id, fetched: now().toISOString(), status, data: shown, partial, withheld }
    } catch (error) {
      if (problemOf(error).code === 'person-unknown') await close(asked.id, patient.opening)
      throw error
    }
  }

  /** A service that does not say what tells where somebody lives shows nothing of whoever has, or may have, a protected address. */
  function withoutPlaces(panel: PanelLoader<unknown>, data: unknown): unknown {
    if (!panel.withoutPlaces) throw new Error(`${panel.service} cannot be shown of somebody with a protected address.`)
    return panel.withoutPlaces(data)
  }
}

export function viewOf({ opening, identityNumber, identitySystem, purpose, access, person }: OpenPatient, now: Date): OpenPatientView {
  const { id, kind, ends, reason } = access
  return {
    opening,
    access: {
      id,
      kind,
      ...(ends ? { ends: new Date(ends).toISOString(), secondsLeft: Math.ceil((ends - now.getTime()) / 1000) } : {}),
      ...(reason ? { reason } : {}),
    },
    numberEnding: identityNumber.slice(-2),
    numberKind: kindOfSystem(identitySystem) ?? 'FNR',
    purpose,
    ...(person ? { person } : {}),
  }
}

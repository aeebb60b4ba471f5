/** What the patient's page asks: open, identify, change access, load panels, close. The identity number stays on the server. */
import { kindOfSystem } from '@helsevev/kernel/values/identity-number'
import type { Loaded, PanelLoader } from '@helsevev/panel/loader.ts'
import { type Desk, type Found, type PortalHandlers, type PortalRequest, problemOf } from '@helsevev/portal/server'
import { endOfDay } from '@helsevev/ui/format.ts'
import { type contract, type OpenPatientView, openingHeader, type PanelAnswer, type PortalProblem } from '../contract.ts'
import { reasonIn } from '../reason.ts'
import type { Accesses } from './access.ts'
import { openPatients, type ShownHeaders } from './open-patients.ts'
import { patientApi } from './patient-api.ts'
import type { Content, OpenPatient } from './sessions.ts'

/** The handlers of this portal. */
export type ClinicianHandlers = PortalHandlers<typeof contract, Content>

interface Surroundings {
  panels: readonly PanelLoader<unknown>[]
  access: Accesses
}

export function patientHandlers(
  desk: Desk<Content>,
  { panels, access }: Surroundings,
): Omit<ClinicianHandlers, 'chooseOrganization' | 'worklist' | 'reconciliation' | 'reconcile'> {
  const { sessions, now } = desk
  const { open, identified, current, lookAnew, change } = openPatients(sessions, access)
  const shown = (asked: Found<Content>, patient: OpenPatient | PortalProblem) =>
    'code' in patient ? patient : { patient: viewOf(desk, asked, patient) }
  const { panelOf, answer } = panelAnswers(desk, { panels, access })

  return {
    async openPatient(asked, { body }) {
      const patient = await open(asked, 'identityNumber' in body ? body.identityNumber : body, body.purpose)
      if ('code' in patient) return patient
      return { patient: viewOf(desk, asked, patient), panels: panels.map(({ service }) => service) }
    },

    async identifyPatient(asked) {
      const shownNow = await current(asked)
      if (!shownNow) return { code: 'no-patient' }
      const patient = 'code' in shownNow ? shownNow : await identified(asked, shownNow)
      if ('code' in patient) return patient
      const { person } = patient
      await change(asked.id, patient.opening, (content) => ({ ...content, ...(person ? { person } : {}) }))
      return shown(asked, patient)
    },

    async elevate(asked, { headers, body: { kind, reason: written = '' } }) {
      const reason = kind === 'emergency' ? reasonIn(written) : undefined
      if (kind === 'emergency' && reason === undefined) return { code: 'reason-says-nothing' }
      return shown(asked, await lookAnew(asked, headers[openingHeader], kind, reason))
    },

    endElevation: async (asked, { headers }) => shown(asked, await lookAnew(asked, headers[openingHeader], 'ordinary')),

    async closePatient({ id }) {
      await sessions.change(id, ({ patient: _, ...rest }) => rest)
      return undefined
    },

    panel: async (asked, { service, headers }) => await answer(asked, service, headers, (panel, api) => panel.load(api, now())),

    async past(asked, { service, day, headers }) {
      const at = endOfDay(day)
      if (!at) return { code: 'invalid-request' }
      return await answer(asked, service, headers, (panel, api) => panel.loadAt?.(api, at), { automatic: true })
    },

    async changes(asked, { service, headers }) {
      const opened = await panelOf(asked, service, headers)
      if ('code' in opened) return opened
      const { panel, patient } = opened
      const changes = await panel.loadChanges?.(patientApi(patient, asked.api, { automatic: true }))
      if (!changes) return { code: 'invalid-request' }
      const shownOf = (data: unknown) => (data === undefined ? undefined : dataFor(patient, panel, data))
      return {
        access: patient.access.id,
        changes: changes.map(({ at, before, after }) => ({ at, before: shownOf(before), after: shownOf(after) })),
      }
    },

    async identityNumber(asked, { headers }) {
      const patient = await current(asked)
      if (!patient) return { code: 'no-patient' }
      if ('code' in patient) return patient
      if (headers[openingHeader] !== patient.opening) return { code: 'patient-changed' }
      return { identityNumber: patient.identityNumber }
    },
  }
}

/** Loads a panel only if the browser's patient and access still match the session. */
function panelAnswers({ sessions, now }: Desk<Content>, { panels, access }: Surroundings) {
  const { shown, close } = openPatients(sessions, access)

  async function panelOf(
    asked: PortalRequest<Content>,
    service: string,
    headers: ShownHeaders,
  ): Promise<{ panel: PanelLoader<unknown>; patient: OpenPatient } | PortalProblem> {
    const panel = panels.find((one) => one.service === service)
    if (!panel) return { code: 'invalid-request' }
    const patient = await shown(asked, headers)
    return 'code' in patient ? patient : { panel, patient }
  }

  async function answer(
    asked: PortalRequest<Content>,
    service: string,
    headers: ShownHeaders,
    load: (panel: PanelLoader<unknown>, api: ReturnType<typeof patientApi>) => Promise<Loaded<unknown>> | undefined,
    how: { automatic: boolean } = { automatic: false },
  ): Promise<PanelAnswer | PortalProblem> {
    const opened = await panelOf(asked, service, headers)
    if ('code' in opened) return opened
    const { panel, patient } = opened
    try {
      const loaded = await load(panel, patientApi(patient, asked.api, how))
      if (!loaded) return { code: 'invalid-request' }
      const { withheld = [], partial = false, status, data, unreadable } = loaded
      return {
        access: patient.access.id,
        fetched: now().toISOString(),
        status,
        data: data === undefined ? data : dataFor(patient, panel, data),
        partial,
        withheld,
        ...(unreadable ? { unreadable } : {}),
      }
    } catch (error) {
      if (problemOf(error).code === 'person-unknown') await close(asked.id, patient.opening)
      throw error
    }
  }
  return { panelOf, answer }
}

/** If the register did not return the person, it is not known whether the address is protected: then it may be. */
function dataFor({ person }: OpenPatient, panel: PanelLoader<unknown>, data: unknown): unknown {
  const mayShowPlaces = person !== undefined && !person.hasProtectedAddress
  return mayShowPlaces ? data : withoutPlaces(panel, data)
}

/**
 * A service that does not state which parts reveal where a person lives shows nothing about a person who has, or may have, a protected
 * address.
 */
function withoutPlaces(panel: PanelLoader<unknown>, data: unknown): unknown {
  if (!panel.withoutPlaces) throw new Error(`${panel.service} cannot be shown of somebody with a protected address.`)
  return panel.withoutPlaces(data)
}

export function viewOf(desk: Desk<Content>, found: Found<Content>, patient: OpenPatient): OpenPatientView {
  const { opening, identityNumber, identitySystem, purpose, access, person } = patient
  const { id, kind, ends, reason } = access
  return {
    opening,
    draft: desk.draftName(found, `${identitySystem}|${identityNumber}`),
    access: {
      id,
      kind,
      ...(ends ? { ends: new Date(ends).toISOString(), secondsLeft: Math.ceil((ends - desk.now().getTime()) / 1000) } : {}),
      ...(reason ? { reason } : {}),
    },
    numberEnding: identityNumber.slice(-2),
    numberKind: kindOfSystem(identitySystem) ?? 'FNR',
    purpose,
    ...(person ? { person } : {}),
  }
}
